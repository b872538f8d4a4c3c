import type { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';

/**
 * Removes a first heading of level 1 that only repeats one of the titles, since targets show the title themselves.
 * Letter case, markup and punctuation do not count.
 */
export function dropTitleHeading(tree: Root, titles: readonly string[]): void {
  const index = tree.children.findIndex(({ type }) => type !== 'definition');
  const first = tree.children[index];
  if (first?.type !== 'heading' || first.depth !== 1) return;
  const words = readWords(toString(first));
  if (titles.some((title) => readWords(title) === words)) tree.children.splice(index, 1);
}

/** The words of a title; of one without words, its signs. */
function readWords(title: string): string {
  const plain = title.normalize('NFKC').toLowerCase();
  const words = plain.replaceAll(/[^\p{L}\p{M}\p{N}+#]+/gu, ' ').trim();
  return words === '' ? plain.trim() : words;
}
