import type { Html, Parents, Root, RootContent } from 'mdast';
import { blockHolders } from '../block-holders.ts';
import { isTag, readPieces, type Tag, voidElements } from '../html/read-tags.ts';
import { listLines, placeInFile } from '../html/source-lines.ts';
import { walk } from '../walk.ts';

type Parse = (text: string) => Root;
type Point = NonNullable<Html['position']>['start'];

/** What of a text stands from one offset to another. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** How many elements of one text are read so: each costs a parse. */
const mostElements = 200;

/** How many such elements may be in one another. */
const deepest = 10;

/** Elements of which kramdown reads the content where its option `parse_block_html` is set. */
const opened: ReadonlySet<string> = new Set(
  'article aside blockquote center details div footer header main nav section'.split(' '),
);

/**
 * Reads the markdown in HTML that says so, as kramdown, Python-Markdown and PHP Markdown Extra do: `<div markdown="1">`. Plain
 * markdown reads none before a blank line.
 */
export function readMarkdownInHtml(tree: Root, text: string, parse: Parse): void {
  if (!/\smarkdown\b|\bparse_block_html\s*=\s*["']?true/i.test(text)) return;
  readInside(tree, { text, parse, reads: listReaders(text), left: { elements: mostElements } }, 0);
}

/** How markdown in HTML is read in a text. */
interface Reading {
  readonly text: string;
  readonly parse: Parse;
  readonly reads: (tag: Tag) => boolean;
  /** How many more elements are read. */
  readonly left: { elements: number };
}

function readInside(parent: Parents, reading: Reading, depth: number): void {
  const holdsBlocks = blockHolders.has(parent.type);
  const children = (parent.children as RootContent[]).flatMap((child): readonly RootContent[] => {
    if ('children' in child) readInside(child, reading, depth);
    return child.type === 'html' && holdsBlocks ? readHtml(child, reading, depth) : [child];
  });
  (parent as { children: RootContent[] }).children = children;
}

function readHtml(html: Html, reading: Reading, depth: number): readonly RootContent[] {
  const { reads, left, parse } = reading;
  if (left.elements === 0 || depth > deepest) return [html];
  const part = findMarkdown(html, reads) ?? (depth > 0 ? findRest(html) : undefined);
  if (part === undefined) return [html];
  left.elements -= 1;
  const { before, inside, after } = split(html, part, reading.text, (text) => {
    const tree = parse(text);
    readInside(tree, { ...reading, text }, depth + 1);
    return tree;
  });
  return [...before, ...inside, ...after.flatMap((rest) => readHtml(rest, reading, depth))];
}

/** Which elements' content is markdown in a text. */
function listReaders(text: string): (tag: Tag) => boolean {
  const readsAll = /\bparse_block_html\s*=\s*["']?true/i.test(text);
  return ({ name, attributes }) => {
    const said = attributes.find((one) => one.name === 'markdown')?.value.toLowerCase();
    return said === undefined ? readsAll && opened.has(name) : /^(?:1|block|span|true)?$/.test(said);
  };
}

/** The first piece of HTML's content that is markdown: up to the tag that closes the element, or to the end of the HTML. */
function findMarkdown({ value }: Html, reads: (tag: Tag) => boolean): Part | undefined {
  const tags = readPieces(value).pieces.filter(isTag);
  const start = tags.findIndex((tag) => tag.kind === 'open' && !tag.selfClosing && reads(tag));
  const opening = tags[start];
  if (opening === undefined) return undefined;
  let depth = 1;
  const end = tags.slice(start + 1).find(({ name, kind, selfClosing }) => {
    if (name === opening.name && !selfClosing) depth += kind === 'open' ? 1 : -1;
    return depth === 0;
  });
  return { from: opening.end, to: end?.start ?? value.length };
}

/** What follows an element in the markdown of another: there, HTML ends with its element, and not with a blank line. */
function findRest({ value }: Html): Part | undefined {
  let depth = 0;
  const last = readPieces(value)
    .pieces.filter(isTag)
    .find(({ name, kind, selfClosing }) => {
      if (!selfClosing && !voidElements.has(name)) depth += kind === 'open' ? 1 : -1;
      return depth <= 0;
    });
  const isMore = last !== undefined && last.kind === 'close' && value.slice(last.end).trim() !== '';
  return isMore ? { from: last.end, to: value.length } : undefined;
}

/** The HTML before what is markdown in it, that, and the HTML behind it. */
function split(
  html: Html,
  { from, to }: Part,
  text: string,
  parse: Parse,
): {
  readonly before: readonly Html[];
  readonly inside: readonly RootContent[];
  readonly after: readonly Html[];
} {
  const { value, position } = html;
  const own = listLines(value);
  const lines = listLines(text);
  const cut = (start: number, end: number): readonly Html[] => {
    const piece = value.slice(start, end);
    const place = placeInFile(html, start, own, lines);
    return piece.trim() === ''
      ? []
      : [{ ...html, value: piece, ...(place && position && { position: { ...position, start: place } }) }];
  };
  const tree = parse(value.slice(from, to));
  const place = placeInFile(html, from, own, lines);
  // Where marks of quotes and lists stand between the lines, nothing tells the places in the file.
  const isWhole = text.startsWith(value, position?.start.offset);
  walk(tree, (node) => {
    const { start, end } = node.position ?? {};
    if (start === undefined || end === undefined || place === undefined) delete node.position;
    else if (isWhole) node.position = { start: shift(start, place), end: shift(end, place) };
    else {
      const point = { ...shift(start, place), offset: place.offset ?? 0 };
      node.position = { start: point, end: point };
    }
  });
  return { before: cut(0, from), inside: tree.children, after: cut(to, value.length) };
}

/** A place in a text that itself stands at a place. */
function shift({ line, column, offset = 0 }: Point, from: Point): Point {
  return {
    line: line + from.line - 1,
    column: line === 1 ? column + from.column - 1 : column,
    offset: offset + (from.offset ?? 0),
  };
}
