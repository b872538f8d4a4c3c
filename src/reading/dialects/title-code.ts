import type { Code, Root } from 'mdast';
import { blockHolders } from '../block-holders.ts';
import { walk } from '../walk.ts';
import { titleNote } from './title-note.ts';

/** How a title is written after the language: `title="app.js"`, `filename="app.js"`, or as in a group of fences `[app.js]`. */
const titles =
  /(?:^|[\s,{])(?:title|filename|file_?name|caption)\s*[=:]\s*(?:"([^"]+)"|'([^']+)'|([^\s"'},]+))|(?:^|\s)\[([^\]]*\p{L}[^\]]*)\]/iu;

/** Puts the title that a fence has on the site before it, in bold: most often the file that the code belongs to. */
export function titleCode(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (node.type !== 'code' || !blockHolders.has(parent.type)) return undefined;
    const title = readTitle(node);
    if (title === undefined) return undefined;
    node.meta = null;
    parent.children.splice(index, 0, titleNote([{ type: 'text', value: title }]));
    return index + 2;
  });
}

function readTitle({ meta }: Code): string | undefined {
  const [, double, single, bare, bracketed] = titles.exec(meta ?? '') ?? [];
  return (double ?? single ?? bare ?? bracketed)?.trim() || undefined;
}
