import type { Link, Nodes, Root } from 'mdast';
import type { Embed } from '../reading/nodes.ts';
import { walk } from '../reading/walk.ts';

const textHolders: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'tableCell',
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'summary',
  'figcaption',
]);

/** Shows pages that are embedded in running text as links to them; addresses are absolute. */
export function linkEmbeds(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (node.type === 'embed' && holdsText(parent)) parent.children[index] = linkEmbed(node);
  });
}

/** Whether a node holds running text, in which nothing can stand that is a block. */
export function holdsText({ type }: Nodes): boolean {
  return textHolders.has(type);
}

/** A link to an embedded page, by its title if it has one. */
function linkEmbed({ url, title, position }: Embed): Link {
  const place = position && { position };
  return { type: 'link', url, ...place, children: [{ type: 'text', value: title ?? url, ...place }] };
}
