import type { Nodes, Root, Table } from 'mdast';
import type { Place } from '../model/diagnostic.ts';

/** How deep a tree may be: printers call themselves for each level, and no person writes a tenth of it. */
const deepest = 400;

/**
 * How many cells the rows of a post's tables may leave out: each is printed all the same. As many as markdown-it completes; cmark-gfm
 * stops at 0x80000 (`MAX_AUTOCOMPLETED_CELLS` in its extensions/table.c; both checked November 2026).
 */
const mostCellsLeftOut = 0x10000;

/** What is too much in a tree. */
export interface Excess {
  readonly what: 'cells' | 'depth';
  readonly place: Place;
}

/** What of a tree is too much for printers, if anything is. It never calls itself, so that no depth is too much for it. */
export function findExcess(tree: Root): Excess | undefined {
  let cellsLeftOut = 0;
  const open: (readonly [node: Nodes, depth: number])[] = [[tree, 0]];
  const tell = (what: Excess['what'], { position }: Nodes): Excess => {
    const { line = 1, column = 1 } = position?.start ?? {};
    return { what, place: { line, column } };
  };
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, depth] = next;
    if (depth > deepest) return tell('depth', node);
    if (node.type === 'table') cellsLeftOut += countLeftOut(node);
    if (cellsLeftOut > mostCellsLeftOut) return tell('cells', node);
    if ('children' in node) for (const child of node.children) open.push([child, depth + 1]);
  }
  return undefined;
}

function countLeftOut({ align, children: rows }: Table): number {
  const columns = align?.length ?? 0;
  return rows.reduce((sum, { children }) => sum + Math.max(columns - children.length, 0), 0);
}
