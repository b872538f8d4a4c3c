import type { Element, Root, RootContent } from 'hast';
import { restoreCode } from '../reading/html/restore-code.ts';
import { parsePage } from '../reading/html/parse-html.ts';
import { listLeaves, type Leaf } from './leaves.ts';

/** A page, read: its tree, its leaves, and where each node begins and ends in the order of the tree. */
export interface OpenPage {
  readonly root: Root;
  readonly leaves: readonly Leaf[];
  readonly extents: ReadonlyMap<Root | RootContent, Extent>;
}

/** The order in which a node is entered and left, and the node it is in. */
interface Extent {
  readonly start: number;
  readonly end: number;
  readonly parent: Root | Element | undefined;
}

/** The most characters of a page that is looked at: people's are hundreds of kilobytes. */
const longestPage = 8_000_000;

/** The most tags of a page that is looked at, ends included: a page of a million words has half as many. */
const mostTags = 150_000;

/** Reads a page; undefined where it is too long, has too many parts, or is nested beyond reason. */
export function openPage(html: string): OpenPage | undefined {
  if (html.length > longestPage || countTags(html) > mostTags) return undefined;
  try {
    const root = parsePage(html);
    restoreCode(root);
    return { root, leaves: listLeaves(root), extents: measure(root) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function countTags(html: string): number {
  let count = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) count += 1;
  return count;
}

function measure(root: Root): ReadonlyMap<Root | RootContent, Extent> {
  const extents = new Map<Root | RootContent, Extent>();
  let clock = 0;
  const visit = (node: Root | RootContent, parent: Root | Element | undefined): void => {
    const start = clock;
    clock += 1;
    if (node.type === 'root' || node.type === 'element')
      for (const child of node.children) visit(child, node);
    extents.set(node, { start, end: clock, parent });
    clock += 1;
  };
  visit(root, undefined);
  return extents;
}
