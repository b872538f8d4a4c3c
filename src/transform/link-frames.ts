import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { listElements } from './parse-html.ts';

const frame = /<iframe\b(?:[^>"']|"[^"]*"|'[^']*')*>(?:[\s\S]*?<\/iframe>)?/gi;

/** Shows pages that are embedded in frames as links to them, since copies show no frames. */
export function linkFrames(tree: Root): void {
  visit(tree, 'html', (node) => {
    node.value = node.value.replaceAll(frame, linkFrame);
  });
}

function linkFrame(html: string): string {
  const { src, title } = listElements(html)[0]?.properties ?? {};
  if (typeof src !== 'string' || !/^https?:/i.test(src)) return '';
  const text = typeof title === 'string' && title.trim() !== '' ? title : src;
  return `<a href="${escapeHtml(src)}">${escapeHtml(text)}</a>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
