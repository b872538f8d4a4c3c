import type { Place } from '../model/diagnostic.ts';

/** The place at which a text ends that begins at a place. */
export function placeBehind({ line, column }: Place, text: string): Place {
  const lines = text.split('\n');
  const width = lines.at(-1)?.length ?? 0;
  return { line: line + lines.length - 1, column: lines.length === 1 ? column + width : width + 1 };
}
