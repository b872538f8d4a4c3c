import type { Root } from 'mdast';
import { readTags } from '../html/read-tags.ts';
import { walk } from '../walk.ts';

/** Takes out the scripts of Svelte and Vue, which bring components into the post and show nothing themselves; no browser runs them. */
export function dropSiteScripts(tree: Root, _: unknown, text: string): void {
  // A look at the text, since few posts have a script.
  if (!/<script\b/i.test(text)) return;
  walk(tree, (node, index, parent) => {
    if (node.type !== 'html' || !/^\s*<script\b/i.test(node.value) || !isOfSite(node.value)) return undefined;
    parent.children.splice(index, 1);
    return index;
  });
}

/** Whether HTML is nothing but scripts, of which one is the site's own and none is one that browsers run. */
function isOfSite(html: string): boolean {
  const tags = readTags(html).map((tag, index, all) => ({
    ...tag,
    names: new Set(tag.attributes.map(({ name }) => name)),
    behind: html.slice(tag.end, all[index + 1]?.start),
  }));
  const isClosed = tags.at(-1)?.kind === 'close';
  const isAlone = tags.every(
    ({ name, kind, behind }) => name === 'script' && (kind === 'open' || !behind.trim()),
  );
  const isRun = tags.some(({ names }) => names.has('src') || names.has('type'));
  const isOwn = tags.some(
    ({ kind, names, behind }) =>
      ['setup', 'module', 'context', 'lang'].some((name) => names.has(name)) ||
      (kind === 'open' && /^\s*import\s/.test(behind)),
  );
  return isClosed && isAlone && isOwn && !isRun;
}
