import type * as hast from 'hast';
import type * as mdast from 'mdast';

/**
 * Looks at a node and may change it. Where it changes the siblings, it returns the index of the one to go on with, and what is in the
 * node is not looked at.
 */
type Visitor<Node, Parent> = (node: Node, index: number, parent: Parent) => number | undefined | void;

interface Tree {
  readonly type: string;
  readonly children?: readonly Tree[];
}

/**
 * Visits all that is in a node, parents before what is in them. It takes a third of the time of `unist-util-visit`, which makes a
 * function for each node.
 */
export function walk(tree: mdast.Nodes, visitor: Visitor<mdast.Nodes, mdast.Parents>): void;
export function walk(tree: hast.Nodes, visitor: Visitor<hast.Nodes, hast.Parents>): void;
export function walk(parent: Tree, visitor: Visitor<never, never>): void {
  visitChildren(parent, visitor as Visitor<Tree, Tree>);
}

function visitChildren(parent: Tree, visitor: Visitor<Tree, Tree>): void {
  let index = 0;
  for (let node = parent.children?.[index]; node !== undefined; node = parent.children?.[index]) {
    const next = visitor(node, index, parent);
    if (next === undefined && node.children !== undefined) visitChildren(node, visitor);
    index = next ?? index + 1;
  }
}

/** Whether a node of a type is anywhere in a tree. */
export function holdsNode(tree: mdast.Nodes, type: mdast.Nodes['type']): boolean {
  return 'children' in tree && tree.children.some((child) => child.type === type || holdsNode(child, type));
}
