import type { PhrasingContent, Text } from 'mdast';
import { placeAfter } from './cut-words.ts';

/** The words of one line of a paragraph's source; a hard break ends the line that it stands in. */
export type Line = readonly PhrasingContent[];

/** Cuts running text at the ends of its source's lines. */
export function splitLines(words: readonly PhrasingContent[]): readonly Line[] {
  const lines: PhrasingContent[][] = [[]];
  for (const word of words) {
    if (word.type !== 'text') {
      lines.at(-1)?.push(word);
      if (word.type === 'break') lines.push([]);
      continue;
    }
    let from = 0;
    for (const [index, value] of word.value.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (value !== '') lines.at(-1)?.push({ ...word, value, ...placeAfter(word, from) });
      from += value.length + 1;
    }
  }
  return lines;
}

/** Puts lines that were cut apart together again, without the break that would end the last. */
export function joinLines(lines: readonly Line[]): PhrasingContent[] {
  const words: PhrasingContent[] = [];
  for (const line of lines) {
    const last = words.at(-1);
    if (last?.type === 'text') words.splice(-1, 1, { ...last, value: `${last.value}\n` });
    else if (last !== undefined && last.type !== 'break') words.push({ type: 'text', value: '\n' });
    for (const word of line) {
      const before = words.at(-1);
      if (word.type === 'text' && before?.type === 'text') words.splice(-1, 1, joinTexts(before, word));
      else words.push(word);
    }
  }
  if (words.at(-1)?.type === 'break') words.pop();
  return words;
}

/** Two texts side by side as one. */
export function joinTexts(before: Text, after: Text): Text {
  const position = before.position &&
    after.position && { start: before.position.start, end: after.position.end };
  return { type: 'text', value: before.value + after.value, ...(position && { position }) };
}
