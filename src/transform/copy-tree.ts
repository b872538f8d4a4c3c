import type { Nodes } from 'mdast';

/** A copy of a tree without places; shared with it is what is never changed in place, such as a node's `data`. */
export function copyTree<Node extends Nodes>({ position: _place, ...node }: Node): Node {
  return (
    'children' in node ? { ...node, children: (node.children as Nodes[]).map(copyTree) } : node
  ) as Node;
}
