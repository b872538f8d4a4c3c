import type { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';

/** Removes a first heading of level 1 that only repeats the title, since targets show the title themselves. */
export function dropTitleHeading(tree: Root, title: string): void {
  const index = tree.children.findIndex(
    (node) => node.type !== 'yaml' && (node.type as string) !== 'toml' && node.type !== 'definition',
  );
  const first = tree.children[index];
  if (first?.type !== 'heading' || first.depth !== 1) return;
  if (normaliseTitle(toString(first)) === normaliseTitle(title)) tree.children.splice(index, 1);
}

function normaliseTitle(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[‘’‚‛`´]/g, "'")
    .replaceAll(/[“”„‟]/g, '"')
    .replaceAll(/[‐‑‒–—―]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.:]$/, '');
}
