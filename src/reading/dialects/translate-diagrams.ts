import type { Nodes, Parents, Root, RootContent } from 'mdast';
import { readPieces, readTags, type Tag } from '../html/read-tags.ts';
import type { Dialect } from './dialect.ts';

const holders: ReadonlySet<string> = new Set(['div', 'pre', 'figure']);

/** Makes a fence of a diagram that stands in an element for Mermaid, `<div class="mermaid">`: its lines are no HTML. */
export function translateDiagrams(tree: Root, _: Dialect, text: string): void {
  // A look at the text, since few posts have a diagram.
  if (/class\s*=\s*["']?[^"'>]*\bmermaid\b/i.test(text)) translateChildren(tree, text);
}

function translateChildren(parent: Parents, text: string): void {
  const children = parent.children as RootContent[];
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index] as Nodes;
    if ('children' in child) translateChildren(child, text);
    if (child.type !== 'html' || child.position?.start.offset === undefined) continue;
    const open = findOpening(child.value);
    if (open === undefined) continue;
    const { start } = child.position;
    const from = (start.offset ?? 0) + open.end;
    // The lines of a diagram are no HTML, so only the end that is looked for counts.
    const close = new RegExp(`</${open.name}\\s*>`, 'i').exec(text.slice(from));
    if (close === null) continue;
    const end = from + close.index + close[0].length;
    const last = children.findLastIndex((one) => (one.position?.start.offset ?? Infinity) < end);
    const rest = text.slice(end, children[last]?.position?.end.offset ?? end).trim();
    const value = decode(dedent(takeCode(text.slice(from, from + close.index))));
    const { position } = child;
    children.splice(
      index,
      last - index + 1,
      { type: 'code', lang: 'mermaid', meta: null, value, position },
      ...(rest === '' ? [] : [{ type: 'html', value: rest, position } as const]),
    );
  }
}

/** The tag of an element for Mermaid at the start of HTML. */
function findOpening(html: string): Tag | undefined {
  const [tag] = /^\s*</.test(html) ? readTags(html) : [];
  if (tag?.kind !== 'open' || !holders.has(tag.name) || html.slice(0, tag.start).trim() !== '')
    return undefined;
  return tag.attributes.some(({ name, value }) => name === 'class' && /\bmermaid\b/.test(value))
    ? tag
    : undefined;
}

/** What stands in the element for code that is all there is of a diagram. */
function takeCode(source: string): string {
  if (!/^\s*<code\b/i.test(source)) return source;
  return source.slice(readTags(source)[0]?.end ?? 0).replace(/<\/code>\s*$/i, '');
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

/** What a browser hands to Mermaid: the text as it reads, in which a tag is a sign of the diagram. */
function decode(source: string): string {
  const { pieces, end } = readPieces(source);
  const texts = pieces.map((piece) => {
    if (piece.kind === 'text') return piece.text;
    return piece.kind === 'open' && piece.name === 'br' ? '<br/>' : source.slice(piece.start, piece.end);
  });
  return texts.join('') + source.slice(end);
}
