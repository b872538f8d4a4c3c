import type { Root } from 'mdast';
import type { Only } from '../reading/nodes.ts';
import { walk } from '../reading/walk.ts';

/** The blocks that are for some targets alone, or for all but some, in the order of the text. */
export function findOnly(tree: Root): readonly Only[] {
  const found: Only[] = [];
  walk(tree, (node) => {
    if (node.type === 'only') found.push(node);
  });
  return found;
}
