import type { Nodes, Root, Table } from 'mdast';
import type { Place } from '../model/diagnostic.ts';

/** How deep a tree may be: printers call themselves for each level, and no person writes a tenth of it. */
const deepest = 400;

/**
 * How many cells the rows of a post's tables may leave out: each is printed all the same. As many as markdown-it completes; cmark-gfm
 * stops at 0x80000 (`MAX_AUTOCOMPLETED_CELLS` in its extensions/table.c; both checked November 2026).
 */
const mostLeftOut = 0x10000;

/**
 * How many characters references may stand for, beside as many as the text has: each is printed with the address and the title of
 * its definition. cmark's bound (`max_ref_size` in its src/map.c, checked November 2026).
 */
const leastReferred = 100_000;

/** How many nodes a tree may have, unless the text is long: as people write, there is one for ten or twenty characters. */
const leastNodes = 50_000;
const charactersPerNode = 4;

/** What is too much in a tree. */
export interface Excess {
  readonly what: 'cells' | 'depth' | 'nodes' | 'references';
  readonly place: Place;
}

/** What of a tree is too much for printers, if anything is. It never calls itself, so that no depth is too much for it. */
export function findExcess(tree: Root): Excess | undefined {
  const nodes = listNodes(tree);
  const lengths = measureDefinitions(nodes);
  const length = tree.position?.end.offset ?? 0;
  const mostReferred = Math.max(leastReferred, length);
  const mostNodes = Math.max(leastNodes, length / charactersPerNode);
  let leftOut = 0;
  let referred = 0;
  for (const [index, { node, depth }] of nodes.entries()) {
    if (node.type === 'table') leftOut += countLeftOut(node);
    else if (node.type === 'linkReference' || node.type === 'imageReference')
      referred += lengths.get(node.identifier) ?? 0;
    const { line = 1, column = 1 } = node.position?.start ?? {};
    const place = { line, column };
    if (depth > deepest) return { what: 'depth', place };
    if (index > mostNodes) return { what: 'nodes', place };
    if (leftOut > mostLeftOut) return { what: 'cells', place };
    if (referred > mostReferred) return { what: 'references', place };
  }
  return undefined;
}

interface Found {
  readonly node: Nodes;
  readonly depth: number;
}

/** All that is in a tree, in the order of the text. */
function listNodes(tree: Root): readonly Found[] {
  const found: Found[] = [];
  const open: Found[] = [{ node: tree, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    const { node, depth } = next;
    if ('children' in node)
      for (const child of node.children.toReversed()) open.push({ node: child, depth: depth + 1 });
  }
  return found;
}

function countLeftOut({ align, children: rows }: Table): number {
  const columns = align?.length ?? 0;
  return rows.reduce((sum, { children }) => sum + Math.max(columns - children.length, 0), 0);
}

/** How many characters the address and the title of each definition have; the first of those alike counts. */
function measureDefinitions(nodes: readonly Found[]): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  for (const { node } of nodes) {
    if (node.type !== 'definition' || lengths.has(node.identifier)) continue;
    lengths.set(node.identifier, node.url.length + (node.title?.length ?? 0));
  }
  return lengths;
}
