import type { Nodes, Parents, Root, RootContent } from 'mdast';
import { placeOf } from '../reading/place-of.ts';
import { digestText } from '../base/digest.ts';
import type { Place } from '../model/diagnostic.ts';
import { blockHolders } from '../reading/block-holders.ts';
import type { Unknown } from '../reading/nodes.ts';
import { holdsNode } from '../reading/walk.ts';
import type { Mark, Span } from './define.ts';

/** The marks of a post's tree, in the order of its text; `text` is the whole file that the tree was read from. */
export function findMarks(tree: Root, text: string): readonly Mark[] {
  if (!holdsNode(tree, 'unknown')) return [];
  const spans = joinSpans(tree, listSpans(tree));
  const offsets = listLines(text);
  const counts = new Map<string, number>();
  return spans.flatMap(({ span, constructs, inline }): readonly Mark[] => {
    const [first] = constructs;
    if (first === undefined) return [];
    const source = sliceSource(tree, span, constructs, text, offsets);
    const count = (counts.get(source) ?? 0) + 1;
    counts.set(source, count);
    const key = digestText(`${count} ${source}`);
    return [{ key, source, name: first.name, place: placeOf(first), inline, span }];
  });
}

/** The parent of a span's nodes. */
function findParent(tree: Root, { path }: Span): Parents {
  let parent: Nodes = tree;
  for (const index of path) parent = (parent as Parents).children[index] as Nodes;
  return parent as Parents;
}

interface FoundSpan {
  readonly span: Span;
  readonly constructs: readonly Unknown[];
  readonly inline: boolean;
}

/** A construct, and the way to it. */
interface Found {
  readonly node: Unknown;
  readonly path: readonly number[];
}

function listUnknown(parent: Parents, path: readonly number[] = []): readonly Found[] {
  return parent.children.flatMap((child, index): readonly Found[] => {
    if (child.type === 'unknown') return [{ node: child, path: [...path, index] }];
    if (!('children' in child) || isNeverShown(child)) return [];
    return listUnknown(child, [...path, index]);
  });
}

/** Blocks for the original alone. */
function isNeverShown(node: RootContent): boolean {
  return node.type === 'only' && !node.except && node.targets.every((target) => target === 'original');
}

function listSpans(tree: Root): readonly FoundSpan[] {
  const found = listUnknown(tree);
  const closing = pairAcross(found);
  const closers = new Set(closing.values());
  return found.flatMap((one): readonly FoundSpan[] => {
    if (closers.has(one)) return [];
    const closer = closing.get(one);
    const span = closer === undefined ? spanOf(tree, one) : spanBoth(tree, one, closer);
    const inline = closer === undefined && span.path.length + 1 < one.path.length && isLine(tree, span);
    return [{ span, constructs: [one.node], inline }];
  });
}

function isLine(tree: Root, span: Span): boolean {
  const type = findParent(tree, span).children[span.first]?.type;
  return type === 'paragraph' || type === 'heading';
}

/** The constructs that close one among other blocks, by the one that they close. */
function pairAcross(found: readonly Found[]): ReadonlyMap<Found, Found> {
  const pairs = new Map<Found, Found>();
  const open = new Map<string, Found[]>();
  for (const one of found) {
    const { name, fault, closedAt, syntax } = one.node;
    if (syntax !== 'shortcode') continue;
    const same = open.get(name) ?? [];
    open.set(name, same);
    if (fault === 'unopened') {
      const opener = same.pop();
      if (opener !== undefined) pairs.set(opener, one);
    } else if (closedAt === undefined) same.push(one);
  }
  return pairs;
}

/** The block that a construct is, or is in, with what stands up to where it is closed. */
function spanOf(tree: Root, { node, path }: Found): Span {
  const [depth, parent] = findHolder(tree, path);
  const first = path[depth] ?? 0;
  const end = depth === path.length - 1 ? node.closedAt : undefined;
  return { path: path.slice(0, depth), first, last: findLast(parent, first, end) };
}

function spanBoth(tree: Root, opener: Found, closer: Found): Span {
  const differs = opener.path.findIndex((index, depth) => index !== closer.path[depth]);
  const [depth] = findHolder(tree, opener.path.slice(0, differs + 1));
  const first = opener.path[depth] ?? 0;
  return { path: opener.path.slice(0, depth), first, last: Math.max(first, closer.path[depth] ?? first) };
}

/** The deepest node on the way to another that holds blocks, and how deep it is. */
function findHolder(tree: Root, path: readonly number[]): readonly [depth: number, parent: Parents] {
  let found: readonly [number, Parents] = [0, tree];
  let node: Nodes = tree;
  for (const [depth, index] of path.entries()) {
    const { type, children } = node as Parents;
    const child = children[index] as RootContent;
    const isWhole = child.type === 'summary' || child.type === 'figcaption';
    if (blockHolders.has(type) && !isWhole) found = [depth, node as Parents];
    node = child;
  }
  return found;
}

/** The last sibling that begins before a place. */
function findLast({ children }: Parents, first: number, end: Unknown['closedAt']): number {
  if (end === undefined) return first;
  return Math.max(
    first,
    (children as readonly Nodes[]).findLastIndex(
      ({ position }) => position !== undefined && isBefore(position.start, end),
    ),
  );
}

function isBefore(one: Place, other: Place): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}

/** Makes one of spans that overlap, lie in each other, or are blocks with nothing to read between them. */
function joinSpans(tree: Root, spans: readonly FoundSpan[]): readonly FoundSpan[] {
  const joined: FoundSpan[] = [];
  for (const next of spans) {
    const last = joined.at(-1);
    const span = last && joinBoth(tree, last, next);
    if (last === undefined || span === undefined) joined.push(next);
    else {
      joined[joined.length - 1] = {
        span,
        constructs: [...last.constructs, ...next.constructs],
        inline: last.inline && next.inline && span.first === span.last,
      };
    }
  }
  return joined.length === spans.length ? joined : joinSpans(tree, joined);
}

function joinBoth(tree: Root, before: FoundSpan, after: FoundSpan): Span | undefined {
  const [one, next] = [before.span, after.span];
  const shared = one.path.findIndex((index, depth) => index !== next.path[depth]);
  const depth = shared === -1 ? one.path.length : shared;
  const outer = one.path.length <= next.path.length ? one : next;
  if (depth < outer.path.length) return undefined;
  const inner = outer === one ? next : one;
  const at = inner.path.length === depth ? undefined : inner.path[depth];
  const [first, last] = at === undefined ? [inner.first, inner.last] : [at, at];
  const touches = first <= outer.last && last >= outer.first;
  const inLine = before.inline || after.inline || at !== undefined;
  if (!touches && (inLine || !isNothingBetween(tree, outer, first, last))) return undefined;
  return { path: outer.path, first: Math.min(outer.first, first), last: Math.max(outer.last, last) };
}

const shownNowhere = new Set(['definition', 'seriesMark', 'yaml', 'toml']);

function isNothingBetween(tree: Root, outer: Span, first: number, last: number): boolean {
  const between = (findParent(tree, outer).children as readonly Nodes[]).slice(
    Math.min(outer.last, last) + 1,
    Math.max(outer.first, first),
  );
  return between.every(({ type }) => shownNowhere.has(type));
}

/** Where each line of a text begins. */
function listLines(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\r\n?|\n/g), ({ index, 0: ending }) => index + ending.length)];
}

function sliceSource(
  tree: Root,
  span: Span,
  constructs: readonly Unknown[],
  text: string,
  lines: readonly number[],
): string {
  const nodes = (findParent(tree, span).children as readonly Nodes[]).slice(span.first, span.last + 1);
  const offset = ({ line, column }: Place): number => (lines[line - 1] ?? 0) + column - 1;
  const places = [...nodes, ...constructs].flatMap(({ position }) => position ?? []);
  const starts = places.map(({ start }) => offset(start));
  const ends = [
    ...places.map(({ end }) => offset(end)),
    ...constructs.flatMap(({ closedAt }) => (closedAt ? [offset(closedAt)] : [])),
  ];
  return places.length === 0 ? '' : text.slice(Math.min(...starts), Math.max(...ends));
}
