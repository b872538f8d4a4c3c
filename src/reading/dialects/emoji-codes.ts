import type { Root } from 'mdast';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';

const code = /(?<![\p{L}\p{N}_:/])((?::[\w+-]+:)+)(?![\p{L}\p{N}_])/gu;

/** Whether there could be a code such as `:smile:` in a text. */
export function hasEmojiCode(text: string): boolean {
  return /:[\w+-]+:/.test(text);
}

/** Shows codes such as `:smile:` as their emoji, where they stand between words; others, and code, stay. */
export function translateEmojiCodes(tree: Root, { emoji }: Pick<Dialect, 'emoji'>): void {
  if (typeof emoji !== 'object') return;
  walk(tree, (node) => {
    if (node.type !== 'text') return;
    node.value = node.value.replaceAll(code, (codes: string) => {
      const names = codes.slice(1, -1).split('::');
      if (!names.some((name) => Object.hasOwn(emoji, name))) return codes;
      return names.map((name) => (Object.hasOwn(emoji, name) ? emoji[name] : `:${name}:`)).join('');
    });
  });
}
