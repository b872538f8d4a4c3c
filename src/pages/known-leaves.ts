import type { Element, ElementContent } from 'hast';
import type { Nodes, Parents, Root, RootContent } from 'mdast';
import rehypeRaw from 'rehype-raw';
import remarkRehype, { type Options } from 'remark-rehype';
import { unified } from 'unified';
import type { Embed } from '../reading/nodes.ts';
import { ownHandlers } from '../transform/html-handlers.ts';
import type { Mark } from './define.ts';
import { findParent } from './find-marks.ts';
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

const converter = unified()
  .use(remarkRehype, { allowDangerousHtml: true, handlers })
  .use(rehypeRaw, { passThrough: [] })
  .freeze();

/** The leaves of what is known of a post, in the order that its page has them; those of marks say so. */
export function listKnownLeaves(tree: Root, marks: readonly Mark[]): readonly Leaf[] {
  const copy = copyNode(tree);
  for (const [index, mark] of [...marks.entries()].toReversed()) wrapMark(copy, mark, index);
  return listLeaves(converter.runSync(copy));
}

/** The attributes of a block that say in which line of the file it begins, and whether it was taken from the page. */
export const lineAttribute = 'dataLine';
export const takenAttribute = 'dataTaken';

/** A copy of a node that keeps of its place nothing but the line, as an attribute of its HTML. */
function copyNode<Node extends Nodes>({ position, ...node }: Node): Node {
  const { data } = node;
  const line = position?.start.line;
  const marked = line !== undefined && {
    data: {
      ...data,
      hProperties: {
        ...data?.hProperties,
        [lineAttribute]: line,
        ...(data?.fromPage === true && { [takenAttribute]: true }),
      },
    },
  };
  const children = 'children' in node && { children: (node.children as Nodes[]).map(copyNode) };
  return { ...node, ...marked, ...children } as unknown as Node;
}

function wrapMark(tree: Root, { span }: Mark, index: number): void {
  const parent = findParent(tree, span);
  const children = parent.children.slice(span.first, span.last + 1);
  const wrapper = { type: markElement, data: { mark: index }, children } as unknown as RootContent;
  (parent.children as RootContent[]).splice(span.first, children.length, wrapper);
}

function makeElement(
  tagName: string,
  children: ElementContent[],
  properties: Element['properties'],
): Element {
  return { type: 'element', tagName, properties, children };
}
