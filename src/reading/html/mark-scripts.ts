import type { Html, Nodes, Root } from 'mdast';
import { walk } from '../walk.ts';
import { readTags } from './read-tags.ts';
import { isScriptAddress } from './script-address.ts';
import { listLines, placeInFile } from './source-lines.ts';

type Point = NonNullable<Nodes['position']>['start'];

declare module 'mdast' {
  interface RootData {
    /** Where the links stand that run a script or hold a page, which no copy has. */
    scripts?: readonly Point[];
  }
}

/** Notes where a text's links run a script or hold a page, before they are taken away. `text` is the whole file. */
export function markScripts(tree: Root, _: unknown, text: string): void {
  if (!/script:|data:/i.test(text)) return;
  const scripts: (Point | undefined)[] = [];
  walk(tree, (node) => {
    if ((node.type === 'link' || node.type === 'definition') && isScriptAddress(node.url))
      scripts.push(node.position?.start);
    if (node.type === 'html') scripts.push(...listInHtml(node, text));
  });
  const found = scripts.filter((place) => place !== undefined);
  if (found.length > 0) tree.data = { ...tree.data, scripts: found };
}

function listInHtml(node: Html, text: string): readonly (Point | undefined)[] {
  return readTags(node.value)
    .filter(({ name, attributes }) =>
      attributes.some((one) => name === 'a' && one.name === 'href' && isScriptAddress(one.value)),
    )
    .map(({ start }) => placeInFile(node, start, listLines(node.value), listLines(text)));
}
