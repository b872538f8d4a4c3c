import type { Root } from 'mdast';
import { walk } from '../reading/walk.ts';

/** Whether a tree has something that only the author's site can show. */
export function hasMarks(tree: Root): boolean {
  let found = false;
  walk(tree, ({ type }) => {
    found ||= type === 'unknown';
  });
  return found;
}
