import type { PhrasingContent, Text } from 'mdast';
import { placeBehind } from './place-behind.ts';

/** Running text cut where something opens in it, and where that closes; none of the three holds its marks. */
export interface CutWords {
  readonly before: readonly PhrasingContent[];
  readonly inside: readonly PhrasingContent[];
  readonly after: readonly PhrasingContent[];
}

/** Where in a text something ends, as offsets of its mark; from where it is looked for, and how deep brackets are open there. */
export type FindEnd = (text: string, from: number) => readonly [start: number, end: number] | undefined;

/** Cuts running text at the first mark that opens something and, in the same text or a later one beside it, is closed. */
export function cutWords(
  words: readonly PhrasingContent[],
  opening: RegExp,
  openEnd: () => FindEnd,
): CutWords | undefined {
  for (const [index, word] of words.entries()) {
    if (word.type !== 'text') continue;
    for (const match of word.value.matchAll(opening)) {
      const findEnd = openEnd();
      const from = match.index + match[0].length;
      for (let last = index; last < words.length; last += 1) {
        const closing = words[last];
        if (closing?.type !== 'text') continue;
        const end = findEnd(closing.value, last === index ? from : 0);
        if (end === undefined) continue;
        const [start, after] = end;
        const head = sliceText(word, from, last === index ? start : undefined);
        const tail = last === index ? [] : [...words.slice(index + 1, last), ...sliceText(closing, 0, start)];
        return {
          before: [...words.slice(0, index), ...sliceText(word, 0, match.index)],
          inside: [...head, ...tail],
          after: [...sliceText(closing, after), ...words.slice(last + 1)],
        };
      }
    }
  }
  return undefined;
}

function sliceText(text: Text, start: number, end?: number): readonly Text[] {
  const value = text.value.slice(start, end);
  return value === '' ? [] : [{ ...text, value, ...placeAfter(text, start) }];
}

/**
 * Where what follows `length` characters of a text begins, by its lines; its offsets stay, since the source may be longer than what it
 * says.
 */
export function placeAfter({ value, position }: Text, length: number): Pick<Text, 'position'> {
  if (position === undefined) return {};
  const start = { ...position.start, ...placeBehind(position.start, value.slice(0, length)) };
  return { position: { ...position, start } };
}

/** A text without the blanks it begins with. */
export function trimTextStart(text: Text): Text {
  const value = text.value.trimStart();
  return { ...text, value, ...placeAfter(text, text.value.length - value.length) };
}
