import type { Root } from 'mdast';
import { holdsNode } from '../reading/walk.ts';

/** Whether a tree has something that only the author's site can show. */
export function hasMarks(tree: Root): boolean {
  return holdsNode(tree, 'unknown');
}
