import type { Nodes, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { readPieces } from '../html/read-tags.ts';

/** Names of what makes something else of the text that stands in it. */
const makesElse = /calc|chart|diagram|form$|graph|map$|music|plot|poll|quiz|table|timeline|uml|viz/i;

/** Whether what stands in a component or shortcode that nobody knows is prose, which says the same without it. */
export function onlyWraps(name: string, children: readonly RootContent[]): boolean {
  if (makesElse.test(name)) return false;
  const text = children
    .map((child) => toString(child))
    .join(' ')
    .trim();
  return text !== '' && !/^[[{<]/.test(text) && !children.some(holdsUnknown);
}

/** Whether there is anything in nodes that a reader sees. */
export function holdsWords(nodes: readonly Nodes[]): boolean {
  return nodes.some((node) => {
    if (node.type === 'unknown') return holdsWords(node.wrapped ?? []);
    if (node.type === 'text') return node.value.trim() !== '';
    if ('children' in node) return holdsWords(node.children);
    if (node.type === 'html') return showsSomething(node.value);
    return node.type !== 'break';
  });
}

function showsSomething(html: string): boolean {
  return readPieces(html).pieces.some((piece) =>
    piece.kind === 'text'
      ? piece.text.trim() !== ''
      : piece.kind === 'open' && ['img', 'audio', 'video'].includes(piece.name),
  );
}

function holdsUnknown(node: Nodes): boolean {
  return node.type === 'unknown' || ('children' in node && node.children.some(holdsUnknown));
}
