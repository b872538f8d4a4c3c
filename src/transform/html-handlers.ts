import type { Element, ElementContent } from 'hast';
import type { Nodes, Paragraph, Parents, PhrasingContent } from 'mdast';
import type { Options } from 'remark-rehype';
import { holdsText } from './link-embeds.ts';
import type { Embed, InlineMath, Math } from '../reading/nodes.ts';

type Handlers = NonNullable<Options['handlers']>;
type State = Parameters<NonNullable<Handlers['paragraph']>>[0];

/** How Broadside's own nodes are shown where HTML is: pages that are embedded as links, TeX as code. */
export const ownHandlers: Handlers = {
  details: (state: State, node: Nodes & Parents) => wrapBlocks(state, node, 'details'),
  summary: wrapLine,
  figure: (state: State, node: Nodes & Parents) =>
    wrapBlocks(state, { ...node, children: node.children.flatMap(unwrapPictures) } as typeof node, 'figure'),
  figcaption: wrapLine,
  embed: (state: State, node: Embed, parent: Parents | undefined) =>
    finish(state, node, parent && holdsText(parent) ? linkPage(node) : makeElement('p', [linkPage(node)])),
  math: (state: State, node: Math) => {
    const code = makeElement('code', [{ type: 'text', value: `${node.value}\n` }], {
      className: ['language-math'],
    });
    return finish(state, node, makeElement('pre', [code]));
  },
  inlineMath: (state: State, node: InlineMath) =>
    finish(state, node, makeElement('code', [{ type: 'text', value: node.value }])),
  only: (state: State, node: Nodes & Parents) => state.all(node),
  seriesMark: () => undefined,
  unknown: () => undefined,
};

function wrapBlocks(state: State, node: Nodes & Parents, tagName: string): Element {
  return finish(state, node, makeElement(tagName, state.wrap(state.all(node), true)));
}

function wrapLine(state: State, node: Nodes & Parents): Element {
  return finish(state, node, makeElement(node.type, state.all(node)));
}

/** A figure holds its pictures themselves, without a paragraph around them. */
function unwrapPictures(child: Nodes): readonly (Nodes | PhrasingContent)[] {
  return child.type === 'paragraph' && isPictures(child) ? child.children : [child];
}

function isPictures({ children }: Paragraph): boolean {
  return children.every(({ type }) => type === 'image' || type === 'imageReference');
}

function linkPage({ url, title }: Embed): Element {
  return makeElement('a', [{ type: 'text', value: title ?? url }], { href: url });
}

function makeElement(
  tagName: string,
  children: ElementContent[],
  properties: Element['properties'] = {},
): Element {
  return { type: 'element', tagName, properties, children };
}

function finish(state: State, node: Nodes, element: Element): Element {
  state.patch(node, element);
  return state.applyData(node, element);
}
