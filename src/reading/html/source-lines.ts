import type { Html } from 'mdast';

type Point = NonNullable<Html['position']>['start'];

/** The offsets at which lines start, and last of all the one at which another would. */
export type Lines = readonly number[];

/** Where the lines of a text start. */
export function listLines(text: string): Lines {
  return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1), text.length + 1];
}

/** The place of an offset in a node's HTML, whose lines lack the marks of the quotes and lists around them. */
export function placeInFile({ position }: Html, offset: number, own: Lines, file: Lines): Point | undefined {
  const start = position?.start;
  if (start?.offset === undefined) return undefined;
  const line = countUpTo(own.length - 1, (index) => (own[index] ?? 0) <= offset) - 1;
  const inLine = offset - (own[line] ?? 0);
  if (line === 0) return { ...start, column: start.column + inLine, offset: start.offset + inLine };
  const number = start.line + line;
  const marks = Math.max(0, measureLine(file, number - 1) - measureLine(own, line));
  return { line: number, column: marks + inLine + 1, offset: (file[number - 1] ?? 0) + marks + inLine };
}

function measureLine(lines: Lines, index: number): number {
  return (lines[index + 1] ?? 0) - (lines[index] ?? 0);
}

/** How many of the first `length` numbers pass a test that no later one passes once one has failed. */
export function countUpTo(length: number, passes: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (passes(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
