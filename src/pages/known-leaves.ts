import type { Element, ElementContent } from 'hast';
import type { Nodes, Parents, Root, RootContent } from 'mdast';
import rehypeRaw from 'rehype-raw';
import remarkRehype, { type Options } from 'remark-rehype';
import { unified } from 'unified';
import type { Embed } from '../reading/nodes.ts';
import { holdsNode } from '../reading/walk.ts';
import { ownHandlers } from '../transform/html-handlers.ts';
import type { Mark } from './define.ts';
import { changeSpan } from './change-span.ts';
import { type Leaf, listLeaves, markAttribute, markElement } from './leaves.ts';
import { gap } from './likeness.ts';

type Handlers = NonNullable<Options['handlers']>;
type State = Parameters<NonNullable<Handlers['paragraph']>>[0];

/** A mark, wrapped in what becomes an element of its own. */
type MarkNode = Nodes & Parents & { readonly data: { readonly mark: number } };

const handlers = {
  ...ownHandlers,
  embed: (_: State, { url }: Embed): Element => makeElement('iframe', [], { src: url }),
  unknown: (): ElementContent => ({ type: 'text', value: gap }),
  [markElement]: (state: State, node: MarkNode): Element =>
    makeElement(markElement, state.wrap(state.all(node), true), { [markAttribute]: node.data.mark }),
} as Handlers;

const plainConverter = unified().use(remarkRehype, { allowDangerousHtml: true, handlers }).freeze();
const rawConverter = plainConverter().use(rehypeRaw, { passThrough: [] }).freeze();

/** The leaves of what is known of a post, in the order that its page has them; those of marks say so. */
export function listKnownLeaves(tree: Root, marks: readonly Mark[]): readonly Leaf[] {
  const holdsHtml = holdsNode(tree, 'html');
  // Only HTML has to be read again once it stands in its place, which takes longer than all else.
  const converter = holdsHtml ? rawConverter : plainConverter;
  let wrapped = holdsHtml ? dropPlaces(tree) : tree;
  for (const [index, mark] of [...marks.entries()].toReversed()) wrapped = wrapMark(wrapped, mark, index);
  return listLeaves(converter.runSync(wrapped));
}

/** The attributes of a block that say in which line of the file it begins, and whether it was taken from the page. */
export const lineAttribute = 'dataLine';
export const takenAttribute = 'dataTaken';

/** A copy of a tree whose nodes say in attributes of their HTML where they come from. */
export function labelNodes<Node extends Nodes>(node: Node): Node {
  const { data, position } = node;
  const line = position?.start.line;
  const labels = line !== undefined && {
    data: {
      ...data,
      hProperties: {
        ...data?.hProperties,
        [lineAttribute]: line,
        ...(data?.fromPage === true && { [takenAttribute]: true }),
      },
    },
  };
  const children = 'children' in node && { children: (node.children as Nodes[]).map(labelNodes) };
  return { ...node, ...labels, ...children } as unknown as Node;
}

/** A copy of a tree without the places of its nodes, which are of no use beside HTML. */
function dropPlaces<Node extends Nodes>(node: Node): Node {
  const { position: _position, ...others } = node;
  const children = 'children' in node && { children: (node.children as Nodes[]).map(dropPlaces) };
  return { ...others, ...children } as unknown as Node;
}

/** A tree in which the nodes of a mark stand in one of their own; it shares all others with the tree that is given. */
function wrapMark(tree: Root, { span }: Mark, index: number): Root {
  return changeSpan(tree, span, (children) => [
    { type: markElement, data: { mark: index }, children } as unknown as RootContent,
  ]);
}

function makeElement(
  tagName: string,
  children: ElementContent[],
  properties: Element['properties'],
): Element {
  return { type: 'element', tagName, properties, children };
}
