import type { Nodes, Parents, Root, RootContent } from 'mdast';
import type { Dialect } from './dialect.ts';

const opening =
  /^\s*<(div|pre|figure)\b[^>]*\bclass\s*=\s*(?:"[^"]*\bmermaid\b[^"]*"|'[^']*\bmermaid\b[^']*'|mermaid)[^>]*>/i;

/** Makes a fence of a diagram that stands in an element for Mermaid, `<div class="mermaid">`: its lines are no HTML. */
export function translateDiagrams(tree: Root, _: Dialect, text: string): void {
  if (/class\s*=\s*["']?[^"'>]*\bmermaid\b/i.test(text)) translateChildren(tree, text);
}

function translateChildren(parent: Parents, text: string): void {
  const children = parent.children as RootContent[];
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index] as Nodes;
    if ('children' in child) translateChildren(child, text);
    if (child.type !== 'html' || child.position?.start.offset === undefined) continue;
    const [open, name = ''] = opening.exec(child.value) ?? [];
    if (open === undefined) continue;
    const { start } = child.position;
    const from = (start.offset ?? 0) + open.length;
    const close = new RegExp(`</${name}\\s*>`, 'i').exec(text.slice(from));
    if (close === null) continue;
    const end = from + close.index + close[0].length;
    const last = children.findLastIndex((one) => (one.position?.start.offset ?? Infinity) < end);
    const rest = text.slice(end, children[last]?.position?.end.offset ?? end).trim();
    const source = text.slice(from, from + close.index).replaceAll(/^\s*<code[^>]*>|<\/code>\s*$/gi, '');
    const value = unescape(dedent(source));
    const { position } = child;
    children.splice(
      index,
      last - index + 1,
      { type: 'code', lang: 'mermaid', meta: null, value, position },
      ...(rest === '' ? [] : [{ type: 'html', value: rest, position } as const]),
    );
  }
}

function dedent(source: string): string {
  const lines = source
    .replace(/^[ \t]*\n/, '')
    .trimEnd()
    .split('\n');
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents, source.length);
  return lines.map((line) => line.slice(indent)).join('\n');
}

function unescape(source: string): string {
  return source
    .replaceAll(/<br\s*\/?>/gi, '<br/>')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
