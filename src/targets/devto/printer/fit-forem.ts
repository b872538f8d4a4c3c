import type { Details, Embed, Figure, Math } from '../../../reading/nodes.ts';
import type { Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { namesPage } from './embeds.ts';
import { groupHtml } from './group-html.ts';

/** Which pages are shown in frames: those the author embedded, lone addresses too, or none. */
export type ForemEmbeds = boolean | 'all';

/** Where a block stands: only outside everything else does Forem take every Liquid tag, and in `details` none. */
type Depth = 'top' | 'within' | 'details';

/**
 * Turns Broadside's own nodes into markdown's, except those for which Forem has a Liquid tag in that place. The given tree stays as
 * it is.
 */
export function fitForem(tree: Root, embeds: ForemEmbeds): Root {
  return { ...tree, children: [...fitBlocks(tree.children, 'top', embeds)] };
}

/** Nodes between the tags of raw HTML are in a block, although they are no children of one. */
function fitBlocks(nodes: readonly RootContent[], place: Depth, embeds: ForemEmbeds): readonly RootContent[] {
  if (place !== 'top' || !nodes.some(({ type }) => type === 'html')) return fitAll(nodes, place, embeds);
  return groupHtml(nodes).flatMap((group) => fitAll(group, group.length > 1 ? 'within' : 'top', embeds));
}

function fitAll(nodes: readonly RootContent[], place: Depth, embeds: ForemEmbeds): readonly RootContent[] {
  return nodes.flatMap((node): readonly RootContent[] => {
    switch (node.type) {
      case 'only':
      case 'unknown':
        return [];
      case 'details':
        return fitDetails(node, place, embeds);
      case 'figure':
        return fitFigure(node, place, embeds);
      case 'embed':
        return [fitEmbed(node, place, embeds)];
      case 'math':
        return [place === 'details' ? { type: 'code', lang: 'latex', value: node.value } : node];
      case 'inlineMath':
        return [place === 'details' ? { type: 'inlineCode', value: node.value } : node];
      case 'paragraph':
        return [place === 'top' && embeds === 'all' ? readPage(node) : withChildren(node, place, embeds)];
      default:
        return [withChildren(node, place === 'top' ? 'within' : place, embeds)];
    }
  });
}

function withChildren<Node extends RootContent>(node: Node, place: Depth, embeds: ForemEmbeds): Node {
  return 'children' in node ? { ...node, children: fitBlocks(node.children, place, embeds) } : node;
}

/** Forem shows no `details` within another block, and shows only the text of those within `details`. */
function fitDetails(node: Details, place: Depth, embeds: ForemEmbeds): readonly RootContent[] {
  const summary = node.children.find((child) => child.type === 'summary');
  const rest = node.children.filter((child): child is RootContent => child.type !== 'summary');
  const inner = place === 'top' ? 'details' : place;
  const words = fitPhrasing(summary?.children ?? [], inner, embeds);
  const blocks = fitBlocks(rest, inner, embeds);
  if (place === 'top') {
    return [{ ...node, children: [{ type: 'summary', children: [...words] }, ...blocks] }];
  }
  return words.length === 0 ? blocks : [wrapWords('strong', words), ...blocks];
}

function fitFigure(node: Figure, place: Depth, embeds: ForemEmbeds): readonly RootContent[] {
  return node.children.flatMap((child): readonly RootContent[] => {
    if (child.type !== 'figcaption') return fitBlocks([child], place, embeds);
    const words = fitPhrasing(child.children, place, embeds);
    return words.length === 0 ? [] : [wrapWords('emphasis', words)];
  });
}

function fitPhrasing(
  nodes: readonly PhrasingContent[],
  place: Depth,
  embeds: ForemEmbeds,
): readonly PhrasingContent[] {
  return fitBlocks(nodes, place, embeds) as readonly PhrasingContent[];
}

function wrapWords(type: 'emphasis' | 'strong', children: readonly PhrasingContent[]): Paragraph {
  return { type: 'paragraph', children: [{ type, children: [...children] }] };
}

function fitEmbed(node: Embed, place: Depth, embeds: ForemEmbeds): Embed | Paragraph {
  const { url, title } = node;
  if (place === 'top' && embeds !== false && namesPage(url)) return node;
  return {
    type: 'paragraph',
    children: [{ type: 'link', url, children: [{ type: 'text', value: title ?? url }] }],
  };
}

/** A paragraph that is nothing but an address of a page Forem can show. */
function readPage(node: Paragraph): Paragraph | Embed {
  const [only, ...others] = node.children;
  if (only?.type !== 'link' || others.length > 0) return withChildren(node, 'top', 'all');
  const [text] = only.children;
  const isBare = text?.type === 'text' && text.value === only.url;
  return isBare && namesPage(only.url) ? { type: 'embed', url: only.url } : withChildren(node, 'top', 'all');
}

/** Whether a node is TeX, which Forem shows by a Liquid tag. */
export function isMath(node: Nodes): node is Math | Extract<Nodes, { type: 'inlineMath' }> {
  return node.type === 'math' || node.type === 'inlineMath';
}
