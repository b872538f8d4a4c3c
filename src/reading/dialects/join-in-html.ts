import type { Html, Nodes, Parents, Root, RootContent } from 'mdast';
import { blockHolders } from '../block-holders.ts';
import { listLines, placeInFile, type Lines } from '../html/source-lines.ts';
import type { ShortcodeNames } from './meanings.ts';
import { isVerbatimTag } from './shortcode-meanings.ts';
import type { Shortcode } from './shortcode-syntax.ts';
import { readTag } from './shortcode-tag.ts';

interface SourceText {
  readonly names: ShortcodeNames;
  readonly text: string;
  readonly lines: Lines;
  /** The names of tags whose end was not found, so that it is not looked for again. */
  readonly endless: Set<string>;
}

/**
 * Takes what stands between two of Liquid's tags for what is not markdown, such as `{% highlight %}`, also where the first is in raw HTML:
 * markdown looks for tags in no HTML, and ends it at a blank line. `text` is the file.
 */
export function joinInHtml(tree: Root, names: ShortcodeNames, text: string): void {
  joinInside(tree, { names, text, lines: listLines(text), endless: new Set() });
}

function joinInside(parent: Parents, source: SourceText): void {
  if (parent.type !== 'list' && !blockHolders.has(parent.type)) return;
  const joined: RootContent[] = [];
  let rest: readonly RootContent[] = parent.children as readonly RootContent[];
  while (rest[0] !== undefined) {
    const [first, ...others] = rest;
    const made = first.type === 'html' ? joinFrom(first, others, source) : undefined;
    if (made === undefined) {
      if ('children' in first) joinInside(first, source);
      joined.push(first);
      rest = others;
    } else {
      joined.push(...made.joined);
      rest = made.rest;
    }
  }
  (parent as { children: readonly RootContent[] }).children = joined;
}

const opening = /\{%-?\s*([a-z_]\w*)[^{}]*%\}/g;

/** The pair that begins in raw HTML, with the HTML before it, and what is left behind its end. */
function joinFrom(
  html: Html,
  others: readonly RootContent[],
  { names, text, lines, endless }: SourceText,
): { readonly joined: readonly RootContent[]; readonly rest: readonly RootContent[] } | undefined {
  const own = listLines(html.value);
  for (const { 0: written, 1: name = '', index } of html.value.matchAll(opening)) {
    const tag = readTag(written);
    if (tag === undefined || tag.kind === 'close' || endless.has(name) || !isVerbatimTag(tag, names))
      continue;
    const start = placeInFile(html, index, own, lines);
    if (start?.offset === undefined || !text.startsWith(written, start.offset)) continue;
    const close = new RegExp(String.raw`\{%-?\s*end_?${name}\s*-?%\}`, 'g');
    close.lastIndex = start.offset + written.length;
    const end = close.exec(text);
    const rest = end === null ? undefined : cutAt([html, ...others], end.index + end[0].length, end[0]);
    if (end === null || rest === undefined) {
      endless.add(name);
      continue;
    }
    const value = text.slice(start.offset, end.index + end[0].length);
    const position = { start, end: html.position?.end ?? start };
    const whole: Shortcode = { type: 'shortcode', whole: true, value, position };
    const before = html.value.slice(0, index);
    return { joined: [...(before.trim() === '' ? [] : [{ ...html, value: before }]), whole], rest };
  }
  return undefined;
}

/** What of siblings is left from an offset of the file on, where the tag that ends there can be found in one of them. */
function cutAt(
  siblings: readonly RootContent[],
  offset: number,
  closing: string,
): readonly RootContent[] | undefined {
  const at = siblings.findIndex(({ position }) => (position?.end.offset ?? 0) >= offset);
  const last = siblings[at];
  const rest = siblings.slice(at + 1);
  if (last?.type === 'html') {
    const from = last.value.indexOf(closing);
    if (from === -1) return undefined;
    const value = last.value.slice(from + closing.length);
    return value.trim() === '' ? rest : [{ ...last, value }, ...rest];
  }
  if (last?.type === 'shortcode') return rest;
  if (last?.type !== 'paragraph') return undefined;
  const children = last.children.filter((child: Nodes) => (child.position?.start.offset ?? 0) >= offset);
  return children.length === 0 ? rest : [{ ...last, children }, ...rest];
}
