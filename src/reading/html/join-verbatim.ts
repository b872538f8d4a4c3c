import type { Html, PhrasingContent, RootContent } from 'mdast';
import { placeInFile, listLines, type Lines } from './source-lines.ts';
import { readTags, type Tag } from './read-tags.ts';

/** Elements that hold lines as they are written, blank ones too, whatever markdown makes of them. */
const verbatim: ReadonlySet<string> = new Set('pre script style textarea xmp'.split(' '));

type Point = NonNullable<Html['position']>['start'];

/** A tag of an element that holds lines as they are written, and the node it stands in. */
interface Bound {
  readonly tag: Tag;
  readonly node: Html;
  /** The sibling it is in, and in a paragraph, which of its children it is. */
  readonly at: number;
  readonly child: number | undefined;
}

/**
 * Makes raw HTML of one piece of what an author wrote between the tags of a `<pre>`, a `<script>` or the like, though
 * markdown ends its raw HTML at a blank line and reads the lines after it. `text` is the file.
 */
export function joinVerbatim(
  siblings: readonly RootContent[],
  text: string,
  lines: Lines,
): readonly RootContent[] {
  return findPairs(siblings).reduceRight(
    (joined, pair) => joinPair(joined, pair, text, lines) ?? joined,
    siblings,
  );
}

type Pair = readonly [start: Bound, end: Bound];

const anyVerbatim = /<\/?(?:pre|script|style|textarea|xmp)\b/i;

function listBounds(siblings: readonly RootContent[]): readonly Bound[] {
  const boundsOf = (node: RootContent, at: number, child?: number): readonly Bound[] => {
    if (node.type !== 'html' || !anyVerbatim.test(node.value)) return [];
    return readTags(node.value).flatMap((tag) => (verbatim.has(tag.name) ? [{ tag, node, at, child }] : []));
  };
  return siblings.flatMap((sibling, at) =>
    sibling.type === 'paragraph'
      ? sibling.children.flatMap((node, child) => boundsOf(node, at, child))
      : boundsOf(sibling, at),
  );
}

/** The elements of this kind whose end is not in the raw HTML that they begin in. */
function findPairs(siblings: readonly RootContent[]): readonly Pair[] {
  const bounds = listBounds(siblings);
  const last = new Map(bounds.flatMap(({ tag }, index) => (tag.kind === 'close' ? [[tag.name, index]] : [])));
  const pairs: Pair[] = [];
  let start: Bound | undefined;
  for (const [index, bound] of bounds.entries()) {
    const { tag, node } = bound;
    if (start === undefined) {
      if (tag.kind === 'open' && !tag.selfClosing && (last.get(tag.name) ?? 0) > index) start = bound;
    } else if (tag.kind === 'close' && tag.name === start.tag.name) {
      if (node !== start.node) pairs.push([start, bound]);
      start = undefined;
    }
  }
  return pairs;
}

function joinPair(
  siblings: readonly RootContent[],
  [start, end]: Pair,
  text: string,
  lines: Lines,
): readonly RootContent[] | undefined {
  const head = siblings[start.at];
  const tail = siblings[end.at];
  const startNode = nodeAt(head, start.child);
  const endNode = nodeAt(tail, end.child);
  if (head === undefined || tail === undefined || startNode === undefined || endNode === undefined)
    return undefined;
  const from = placeOffset(startNode, start.tag.start, text, lines);
  const opened = placeOffset(startNode, start.tag.end - 1, text, lines);
  const closing = placeOffset(endNode, end.tag.start, text, lines);
  const to = placeOffset(endNode, end.tag.end - 1, text, lines);
  if (from === undefined || opened === undefined || closing === undefined || to === undefined)
    return undefined;
  const prefix = (head.position?.start.column ?? 1) - 1;
  const shows = start.tag.name !== 'script' && start.tag.name !== 'style';
  const inside = text
    .slice(opened.offset + 1, closing.offset)
    .replaceAll(/(?<=\n)[ \t>]+/g, (blank) => blank.slice(Math.min(prefix, blank.length)));
  const open = startNode.value.slice(start.tag.start, start.tag.end);
  const position = { start: from, end: { ...to, column: to.column + 1, offset: to.offset + 1 } };
  const whole: Html = { type: 'html', value: `${open}${shows ? inside : ''}</${start.tag.name}>`, position };
  const before = cut(startNode, 0, start.tag.start, startNode.position?.start, from);
  const after = cut(endNode, end.tag.end, endNode.value.length, position.end, endNode.position?.end);
  const isHead = (child: number): boolean => child < (start.child ?? 0);
  const isTail = (child: number): boolean => child > (end.child ?? 0);
  if (head === tail && head.type === 'paragraph') {
    const children = [
      ...head.children.filter((_, index) => isHead(index)),
      ...before,
      whole,
      ...after,
      ...head.children.filter((_, index) => isTail(index)),
    ];
    return [...siblings.slice(0, start.at), { ...head, children }, ...siblings.slice(end.at + 1)];
  }
  const left = childrenOf(head).filter((_, index) => isHead(index));
  const right = childrenOf(tail).filter((_, index) => isTail(index));
  return [
    ...siblings.slice(0, start.at),
    ...keepRest(head, [...left, ...before]),
    whole,
    ...keepRest(tail, [...after, ...right]),
    ...siblings.slice(end.at + 1),
  ];
}

function nodeAt(sibling: RootContent | undefined, child: number | undefined): Html | undefined {
  const node = child === undefined ? sibling : childrenOf(sibling)[child];
  return node?.type === 'html' ? node : undefined;
}

function childrenOf(sibling: RootContent | undefined): readonly PhrasingContent[] {
  return sibling?.type === 'paragraph' ? sibling.children : [];
}

/** What is left of a paragraph or of raw HTML of which a part was taken. */
function keepRest(node: RootContent, children: PhrasingContent[]): readonly RootContent[] {
  if (node.type !== 'paragraph') return children;
  return children.length === 0 ? [] : [{ ...node, children }];
}

function cut(
  node: Html,
  from: number,
  to: number,
  start: Point | undefined,
  end: Point | undefined,
): readonly Html[] {
  const value = node.value.slice(from, to);
  if (value.trim() === '') return [];
  return [{ type: 'html', value, ...(start && end && { position: { start, end } }) }];
}

/** Where something of raw HTML stands in the file; undefined where the node is not what stands there. */
function placeOffset(
  node: Html,
  offset: number,
  text: string,
  lines: Lines,
): (Point & { readonly offset: number }) | undefined {
  const point = placeInFile(node, offset, listLines(node.value), lines);
  if (point?.offset === undefined || text[point.offset] !== node.value[offset]) return undefined;
  return { ...point, offset: point.offset };
}
