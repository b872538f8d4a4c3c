import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Only } from './nodes.ts';

/** The blocks that are for some targets alone, or for all but some, in the order of the text. */
export function findOnly(tree: Root): readonly Only[] {
  const found: Only[] = [];
  visit(tree, 'only', (node) => {
    found.push(node);
  });
  return found;
}
