import type { Nodes, PhrasingContent } from 'mdast';

const phrasing: ReadonlySet<string> = new Set(
  'text emphasis strong delete inlineCode break link linkReference image imageReference footnoteReference inlineMath attributeMark shortcode mdxTextExpression mdxJsxTextElement'.split(
    ' ',
  ),
);

/** Whether a node stands in a line of text only; HTML, embedded pages and what is unknown also stand alone. */
export function isPhrasing(node: Nodes): node is PhrasingContent {
  return phrasing.has(node.type);
}
