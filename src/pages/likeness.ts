/** What stands in a text for a construct whose words nobody knows. */
export const gap = '\uE000';
import { decodePercent } from '../base/decode-percent.ts';

/** The letters and digits of a text: what is left of it whatever a site's typography makes of the rest. */
export function keyOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** The words of a text, in lower case. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** How much of two rows of words is the same, in any order, from 0 to 1. */
export function compareWords(one: readonly string[], other: readonly string[]): number {
  if (one.length + other.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const word of one) counts.set(word, (counts.get(word) ?? 0) + 1);
  let same = 0;
  for (const word of other) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    same += 1;
    counts.set(word, left - 1);
  }
  return (2 * same) / (one.length + other.length);
}

/** Whether a key begins with the first of the parts, ends with the last, and has the others in order between. */
export function holdsParts(key: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return key.includes(first);
  if (!key.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = key.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  const last = rest.at(-1) ?? '';
  return key.endsWith(last) && key.length - last.length >= at;
}

/**
 * The name of a picture's or a film's file, without what a site adds to it: a digest, a size, an extension, the address of a
 * program that makes it smaller.
 */
export function stemOf(address: string): string {
  const inner = /[?&]url=([^&]+)/.exec(address)?.[1];
  const path = inner === undefined ? address : decodePercent(inner);
  const film = /(?:youtu\.be\/|\/embed\/|[?&]v=|vimeo\.com\/(?:video\/)?)([\w-]{6,})/.exec(path)?.[1];
  if (film !== undefined) return film;
  const name = decodePercent(path.split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').at(-1) ?? '');
  const bare = name.toLowerCase().replace(/\.[a-z\d]{2,5}$/, '');
  const plain = bare
    .replace(/_hu[\da-f]{6,}.*$/, '')
    .replace(/\.[\w-]{8,}$/, '')
    .replace(/[._-](?=[a-z]*\d)[a-z\d]{6,}$/, '')
    .replace(/[._@-](?:\d+x\d*|\d{2,4}w?|[1-4]x)$/, '');
  return keyOf(plain) || keyOf(bare);
}
