import type { Element, Nodes as HtmlNodes, Root as HtmlRoot } from 'hast';
import type { Html, Nodes } from 'mdast';
import { parseHtml } from './parse-html.ts';
import { readBindings } from './read-bindings.ts';
import {
  isTag,
  rawTextElements,
  readPieces,
  readTags,
  voidElements,
  type Pieces,
  type Tag,
} from './read-tags.ts';
import { tagsOf } from './open-paragraphs.ts';
import { countUpTo, listLines, placeInFile, type Lines } from './source-lines.ts';
import { walk } from '../walk.ts';

type Position = NonNullable<Html['position']>;
type Point = Position['start'];

/** Raw HTML and the markdown between it, read together as a browser reads the author's page. */
export interface Woven {
  readonly root: HtmlRoot;
  /** The markdown node that an element stands for. */
  readonly nodeOf: (element: Element) => Nodes | undefined;
  /** Where something of the HTML stands in the file. */
  readonly placeOf: (node: HtmlNodes) => Position | undefined;
  /** The HTML of an element as it is written, down to its end tag, if it has one. */
  readonly sourceOf: (element: Element) => string;
}

/** How deep the elements of raw HTML may be nested: far beyond what a person writes, and safe for what walks them. */
const depthLimit = 100;

/**
 * How many marks of running text may be open at once: each block inside repeats those that are not closed, as browsers
 * have it.
 */
const markLimit = 10;

const markElements: ReadonlySet<string> = new Set(
  'b big code em font i nobr s small strike strong tt u'.split(' '),
);

/** Elements whose start or whose parent's end also ends them, so that they do not nest by being left open. */
const endedByOthers: ReadonlySet<string> = new Set(
  'p li dt dd tr td th thead tbody tfoot caption colgroup option optgroup rt rp'.split(' '),
);

/** What holds the place of markdown: a block ends a `<p>` that is open, running text does not. */
const standIns = { blocks: '<div></div>', text: '<x-node></x-node>' } as const;

interface Piece {
  /** Where the piece begins in the woven text. */
  readonly at: number;
  readonly node: Html;
  /** Where it begins in the node's HTML. */
  readonly from: number;
}

/** A part of what is woven: raw HTML, another node, or the tag of a paragraph. */
type Strand = { readonly node: Nodes; readonly kind: keyof typeof standIns } | { readonly tag: string };

/**
 * Parses siblings, of which some are raw HTML, as one piece of HTML; so is what is in the paragraphs that are `open`. Undefined if
 * it is nested beyond reason, or if one of the other nodes is where HTML can hold nothing, such as in a `<select>`.
 */
export function weaveHtml(
  siblings: readonly Nodes[],
  kind: keyof typeof standIns,
  lines: Lines,
  open: ReadonlySet<Nodes> = none,
): Woven | undefined {
  const strands = (kind === 'text' ? joinRawText(siblings) : siblings).flatMap((node): readonly Strand[] =>
    node.type === 'paragraph' && open.has(node)
      ? [
          { tag: '<p>' },
          ...joinRawText(node.children).map((child) => ({ node: child, kind: 'text' }) as const),
          { tag: '</p>' },
        ]
      : [{ node, kind }],
  );
  if (isTooDeep(siblings.flatMap((node) => readOpen(node, open)))) return undefined;
  const pieces: Piece[] = [];
  const nodes = new Map<number, Nodes>();
  let woven = '';
  for (const strand of strands) {
    if ('tag' in strand) {
      woven += strand.tag;
    } else if (strand.node.type === 'html') {
      for (const { from, text, isOwn } of closeTags(strand.node.value, readPieces(strand.node.value))) {
        if (isOwn) pieces.push({ at: woven.length, node: strand.node, from });
        woven += text;
      }
      if (strand.kind === 'blocks') woven += '\n';
    } else {
      nodes.set(woven.length, strand.node);
      woven += standIns[strand.kind];
    }
  }
  const root = parseHtml(woven);
  if (/\s(?::|v-bind:)(?:src|href|poster)=/i.test(woven)) readBindings(root);
  if (!holdsAll(root, nodes)) return undefined;
  return {
    root,
    ...makeLookups(nodes, pieces, lines),
    sourceOf: ({ position }) => woven.slice(position?.start.offset, position?.end.offset),
  };
}

const none: ReadonlySet<Nodes> = new Set();

/** The tags of raw HTML, and of that in an open paragraph. */
function readOpen(node: Nodes, open: ReadonlySet<Nodes>): readonly Tag[] {
  return node.type === 'html' || open.has(node) ? tagsOf(node) : [];
}

/**
 * Takes what stands between the tags of an element that holds raw text, such as a `<script>` in a line, for the text it
 * is: nothing to be shown.
 */
function joinRawText(siblings: readonly Nodes[]): readonly Nodes[] {
  const ends = new Map<string, number>();
  const ending = siblings.map((node, index) => {
    const [tag] = node.type === 'html' ? readTags(node.value) : [];
    if (tag?.kind !== 'close' || !rawTextElements.has(tag.name)) return undefined;
    ends.set(tag.name, index);
    return tag.name;
  });
  const joined: Nodes[] = [];
  let within: string | undefined;
  for (const [index, node] of siblings.entries()) {
    if (within !== undefined) {
      if (ending[index] === within) within = undefined;
      continue;
    }
    joined.push(node);
    if (node.type !== 'html') continue;
    const last = readTags(node.value).at(-1);
    const isOpen = last?.kind === 'open' && !last.selfClosing && rawTextElements.has(last.name);
    if (isOpen && (ends.get(last.name) ?? 0) > index) within = last.name;
  }
  return joined;
}

function makeLookups(
  nodes: ReadonlyMap<number, Nodes>,
  pieces: readonly Piece[],
  lines: Lines,
): Pick<Woven, 'nodeOf' | 'placeOf'> {
  const linesOf = new Map<Html, Lines>();
  const placePoint = (offset: number | undefined): Point | undefined => {
    if (offset === undefined) return undefined;
    const piece = findPiece(pieces, offset);
    if (piece === undefined) return undefined;
    const own = linesOf.get(piece.node) ?? listLines(piece.node.value);
    linesOf.set(piece.node, own);
    return placeInFile(piece.node, piece.from + offset - piece.at, own, lines);
  };
  return {
    nodeOf: ({ position }) => nodes.get(position?.start.offset ?? -1),
    placeOf: ({ position }) => {
      const start = placePoint(position?.start.offset);
      const end = placePoint(position?.end.offset);
      return start && { start, end: end ?? start };
    },
  };
}

/** Follows tags in the order they stand and tells, after each, how many of the elements that count are open at most. */
function followDepth(counts: (name: string) => boolean): (tag: Tag) => number {
  const open = new Map<string, number>();
  let depth = 0;
  return ({ name, kind, selfClosing }) => {
    const count = open.get(name) ?? 0;
    if (selfClosing || !counts(name) || (kind === 'close' && count === 0)) return depth;
    const change = kind === 'open' ? 1 : -1;
    open.set(name, count + change);
    depth += change;
    return depth;
  };
}

function isNested(name: string): boolean {
  return !voidElements.has(name) && !rawTextElements.has(name) && !endedByOthers.has(name);
}

function isTooDeep(tags: readonly Tag[]): boolean {
  const follow = followDepth((name) => name !== 'a' && isNested(name));
  const followMarks = followDepth((name) => markElements.has(name));
  return tags.some((tag) => follow(tag) > depthLimit || followMarks(tag) > markLimit);
}

/** Groups siblings so that what raw HTML opens, in the paragraphs that are `open` too, and what closes it are in one group. */
export function groupSiblings<Sibling extends Nodes>(
  siblings: readonly Sibling[],
  open: ReadonlySet<Nodes>,
): readonly (readonly Sibling[])[] {
  const groups: Sibling[][] = [];
  let follow = followDepth(isNested);
  let depth = 0;
  for (const node of siblings) {
    if (depth === 0) groups.push([]);
    groups.at(-1)?.push(node);
    for (const tag of readOpen(node, open)) depth = follow(tag);
    if (depth === 0) follow = followDepth(isNested);
  }
  return groups;
}

interface Part {
  readonly from: number;
  readonly text: string;
  /** Whether the author wrote it. */
  readonly isOwn: boolean;
}

/**
 * The HTML so that it takes in nothing of what follows by mistake: without a tag or comment that is never finished, and
 * with the end that `<name/>` means to authors and that raw text needs.
 */
function closeTags(html: string, { pieces, end }: Pieces): readonly Part[] {
  const parts: Part[] = [];
  const tags = pieces.filter(isTag);
  const closed = new Set(tags.filter(({ kind }) => kind === 'close').map(({ name }) => name));
  let from = 0;
  let drawing = false;
  for (const tag of tags) {
    if (tag.name === 'svg' || tag.name === 'math') drawing = tag.kind === 'open';
    const isOpen = tag.selfClosing
      ? !voidElements.has(tag.name) && !drawing
      : tag.kind === 'open' && rawTextElements.has(tag.name) && !closed.has(tag.name);
    if (!isOpen) continue;
    parts.push({ from, text: html.slice(from, tag.end), isOwn: true });
    parts.push({ from: tag.end, text: `</${tag.name}>`, isOwn: false });
    from = tag.end;
  }
  return [...parts, { from, text: html.slice(from, end), isOwn: true }];
}

function holdsAll(root: HtmlRoot, nodes: ReadonlyMap<number, Nodes>): boolean {
  const found = new Set<number>();
  walk(root, ({ type, position }) => {
    const offset = position?.start.offset ?? -1;
    if (type === 'element' && nodes.has(offset)) found.add(offset);
  });
  return found.size === nodes.size;
}

function findPiece(pieces: readonly Piece[], offset: number): Piece | undefined {
  return pieces[countUpTo(pieces.length, (index) => (pieces[index]?.at ?? 0) <= offset) - 1];
}
