import type { Nodes } from 'mdast';
import type { Place } from '../model/diagnostic.ts';

/** Where a node begins in its file; at the top for one that stands nowhere in it. */
export function placeOf({ position }: Pick<Nodes, 'position'>): Place {
  const { line, column } = position?.start ?? { line: 1, column: 1 };
  return { line, column };
}
