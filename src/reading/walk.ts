import type * as hast from 'hast';
import type * as mdast from 'mdast';

/** Looks at a node and may change it, or its siblings: then it returns the index of the sibling to go on with. */
type Visitor<Node, Parent> = (node: Node, index: number, parent: Parent) => number | undefined | void;

interface Tree {
  readonly type: string;
  readonly children?: readonly Tree[];
}

/**
 * Visits all that is in a tree, parents before what is in them. A third of what `unist-util-visit` takes, which names and
 * makes a function for each node: that counts where a few posts are handled and the process ends.
 */
export function walk(tree: mdast.Parents, visitor: Visitor<mdast.Nodes, mdast.Parents>): void;
export function walk(tree: hast.Parents, visitor: Visitor<hast.Nodes, hast.Parents>): void;
export function walk(parent: Tree, visitor: Visitor<never, never>): void {
  visitChildren(parent, visitor as Visitor<Tree, Tree>);
}

function visitChildren(parent: Tree, visitor: Visitor<Tree, Tree>): void {
  let index = 0;
  for (let node = parent.children?.[index]; node !== undefined; node = parent.children?.[index]) {
    const next = visitor(node, index, parent);
    visitChildren(node, visitor);
    index = next ?? index + 1;
  }
}
