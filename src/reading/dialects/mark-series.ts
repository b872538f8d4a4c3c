import type { Nodes, Root } from 'mdast';
import { walk } from '../walk.ts';

/** Makes a node of each comment `<!-- series -->`, and in MDX of each expression that is such a comment, on a line of its own. */
export function markSeries(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (parent.type === 'paragraph' || !asksForSeries(node)) return;
    const { position } = node;
    parent.children[index] = { type: 'seriesMark', ...(position && { position }) };
  });
}

function asksForSeries(node: Nodes): boolean {
  if (node.type === 'html') return /^<!--\s*series\s*-->$/i.test(node.value.trim());
  return node.type === 'mdxFlowExpression' && /^\/\*\s*series\s*\*\/$/i.test(node.value.trim());
}
