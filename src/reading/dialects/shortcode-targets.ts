import type { Html, Node, Parent, Root, RootContent } from 'mdast';
import { walk } from '../walk.ts';
import { resolveTarget } from './shortcode-address.ts';
import { nameTag, readTag } from './shortcode-tag.ts';
import { escapedForm, holdsBlocks, type Range } from './shown-shortcodes.ts';
import { leave } from './unknown-shortcode.ts';

declare module 'unist' {
  interface Data {
    /** Whether what looks like a tag in the address is shown as it is, not run. */
    literalAddress?: boolean;
  }
}

/** Runs the tags in the targets of links and pictures, and those in raw HTML, but for where they are shown. */
export function translateTargets(tree: Root, raw: readonly Range[]): void {
  let next = 0;
  const isRaw = ({ position }: Node): boolean => {
    const offset = position?.start.offset ?? 0;
    while (next < raw.length && (raw[next]?.[1] ?? 0) <= offset) next += 1;
    return offset >= (raw[next]?.[0] ?? Infinity);
  };
  walk(tree, (node, index, parent) => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      if (!node.url.includes('{')) return undefined;
      const isText = isRaw(node) || (node.type === 'link' && node.url === onlyText(node));
      if (isText) node.data = { ...node.data, literalAddress: true };
      else node.url = resolveTarget(node.url);
      return undefined;
    }
    if (node.type !== 'html' || !/\{\{|\{%/.test(node.value) || isRaw(node)) return undefined;
    node.value = resolveAttributes(node.value);
    const pieces = splitHtml(node, parent);
    parent.children.splice(index, 1, ...pieces);
    return index + pieces.length;
  });
}

function onlyText({ children }: Parent): string | undefined {
  const [only] = children;
  return children.length === 1 && only?.type === 'text' ? only.value : undefined;
}

/** The addresses in HTML that begin with a tag: until it is run, the quotes in it are none of an attribute’s, so that this is no HTML yet. */
const attribute =
  /(?<=\s(?:href|src|poster)\s*=\s*)(?:"((?:\{\{[^{}]*\}\}|\{%[^{}]*%\})[^"]*)"|'((?:\{\{[^{}]*\}\}|\{%[^{}]*%\})[^']*)'|((?:\{\{[^{}]*\}\}|\{%[^{}]*%\})[^\s"'>]*))/gi;

function resolveAttributes(html: string): string {
  return html.replaceAll(attribute, (whole: string, double?: string, single?: string, bare?: string) => {
    const url = double ?? single ?? bare ?? '';
    const made = resolveTarget(url);
    return made === url ? whole : `"${made.replaceAll('"', '&quot;')}"`;
  });
}

/** Takes the tags out of raw HTML, comments aside; among blocks, what stands before and after becomes HTML of its own. */
function splitHtml(node: Html, parent: Parent): RootContent[] {
  const pieces: RootContent[] = [];
  let from = 0;
  const html = (value: string): void => {
    if (value.trim() !== '') pieces.push({ ...node, value });
  };
  for (const match of node.value.matchAll(
    /<!--[^]*?(?:-->|$)|\{\{[<%](?:(?!\{\{)[^])*?[>%]\}\}|\{%(?:(?!\{%)[^])*?%\}/g,
  )) {
    const [source] = match;
    const tag = source.startsWith('<') ? undefined : readTag(source);
    if (tag === undefined) continue;
    const before = node.value.slice(0, match.index);
    const start = placeAfter(node, before);
    const position = { start, end: { ...start, column: start.column + source.length } };
    html(node.value.slice(from, match.index));
    from = match.index + source.length;
    if (tag.isEscaped) pieces.push({ ...node, value: escapedForm(source).replaceAll('<', '&lt;') });
    else if (holdsBlocks(parent)) pieces.push({ type: 'shortcode', whole: false, value: source, position });
    else pieces.push(leave({ name: nameTag(tag), position }));
  }
  if (from === 0) return [node];
  html(node.value.slice(from));
  return pieces;
}

function placeAfter({ position }: Node, before: string): { line: number; column: number } {
  const lines = before.split('\n');
  const last = lines.at(-1) ?? '';
  const { line, column } = position?.start ?? { line: 1, column: 1 };
  return lines.length === 1
    ? { line, column: column + last.length }
    : { line: line + lines.length - 1, column: last.length + 1 };
}
