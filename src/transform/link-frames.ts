import type { Link, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { listElements } from './parse-html.ts';

const frame = /<iframe\b(?:[^>"']|"[^"]*"|'[^']*')*>(?:[\s\S]*?<\/iframe>)?/gi;

/** Nodes whose children are blocks. */
const holdsBlocks = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition']);

/** Shows pages that are embedded in frames as links to them, since copies show no frames; addresses are absolute. */
export function linkFrames(tree: Root): void {
  visit(tree, 'html', (node, index, parent) => {
    const [only, ...others] = node.value.match(frame) ?? [];
    const alone = only === node.value.trim() && others.length === 0 ? readFrame(only) : undefined;
    if (alone === undefined || parent === undefined || index === undefined) {
      node.value = node.value.replaceAll(frame, printLink);
      return;
    }
    const link: Link = { type: 'link', url: alone.url, children: [{ type: 'text', value: alone.text }] };
    parent.children[index] = holdsBlocks.has(parent.type) ? { type: 'paragraph', children: [link] } : link;
  });
}

/** The address and the title of a frame, the address standing for a title; nothing if it has no web address. */
function readFrame(html: string): { readonly url: string; readonly text: string } | undefined {
  const { src, title } = listElements(html)[0]?.properties ?? {};
  if (typeof src !== 'string' || !/^https?:/i.test(src)) return undefined;
  return { url: src, text: typeof title === 'string' && title.trim() !== '' ? title : src };
}

function printLink(html: string): string {
  const { url, text } = readFrame(html) ?? {};
  if (url === undefined || text === undefined) return '';
  return `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
