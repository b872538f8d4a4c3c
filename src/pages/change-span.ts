import type { Nodes, Parents, Root, RootContent } from 'mdast';
import type { Span } from './define.ts';

/** A tree with other nodes in the place of a span's. The parts that are not on the way to them are shared with the given tree. */
export function changeSpan(
  tree: Root,
  { path, first, last }: Span,
  change: (nodes: readonly RootContent[]) => readonly RootContent[],
): Root {
  const changeIn = <Parent extends Parents>(parent: Parent, depth: number): Parent => {
    const children = [...parent.children] as RootContent[];
    const index = path[depth];
    if (index === undefined)
      children.splice(first, last - first + 1, ...change(children.slice(first, last + 1)));
    else children[index] = changeIn(children[index] as Nodes as Parents, depth + 1) as RootContent;
    return { ...parent, children };
  };
  return changeIn(tree, 0);
}
