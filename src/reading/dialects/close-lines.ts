import type { Nodes, Parents, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';

/**
 * The characters of Chinese and Japanese, between which CSS shows no blank where a line of the source ends (CSS Text 4, 4.3.2,
 * https://www.w3.org/TR/css-text-4/#line-break-transform, checked December 2026); Korean has blanks between words.
 */
const wide = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303F\u30FC\uFF01-\uFF60]`;
/** Marks of all scripts, which count as Chinese or Japanese where the characters beside them are. */
const shared = '[“”‘’…—·]*';
const between = new RegExp(
  String.raw`(?<=${wide})[ \t]*\n[ \t]*(?=${shared}${wide})|(?<=${wide}${shared})[ \t]*\n[ \t]*(?=${wide})`,
  'gu',
);
const endsWide = new RegExp(String.raw`${wide}${shared}$`, 'u');
const startsWide = new RegExp(`^${shared}${wide}`, 'u');

/** What a text has that has such characters, as they are or as references such as `&#x4E2D;`. */
const mayBeWide = /[^\0-\u02FF]|&/;

/** Joins the lines of a paragraph without a blank where both sides are Chinese or Japanese. */
export function closeLines(tree: Root, _dialect: Dialect, source: string): void {
  if (!mayBeWide.test(source)) return;
  walk(tree, (node, index, parent) => {
    if (node.type !== 'text' || !node.value.includes('\n')) return;
    node.value = node.value.replaceAll(between, '');
    const next = shownText(parent, index + 1);
    if (node.value.endsWith('\n') && endsWide.test(node.value.trimEnd()) && startsWide.test(next))
      node.value = node.value.trimEnd();
    const before = shownText(parent, index - 1);
    if (node.value.startsWith('\n') && startsWide.test(node.value.trimStart()) && endsWide.test(before))
      node.value = node.value.trimStart();
  });
}

function shownText(parent: Parents, index: number): string {
  const node = parent.children[index] as Nodes | undefined;
  return node === undefined ? '' : toString(node);
}
