import { compareWords, holdsParts, stemOf } from './likeness.ts';
import type { Leaf } from './leaves.ts';

/**
 * Where a known leaf is on a page: the place of its partner among the page's leaves, how sure that is, and by what it was found.
 */
export interface Match {
  readonly at: number;
  readonly how: 'same' | 'parts' | 'near' | 'picture' | 'place';
  readonly weight: number;
}

/** For each known leaf its match, if it has one. */
export type Alignment = readonly (Match | undefined)[];

interface Pair extends Match {
  readonly known: number;
  readonly total: number;
  readonly before: Pair | undefined;
}

/** Leaves with the same words are paired only if their turns differ by no more than this. */
const farthestTurn = 40;

/** How many leaves that are not the same are compared, at most: a usual post needs thousands of comparisons. */
const mostCompared = 400_000;

/**
 * Pairs known leaves with those of a page, in the order of both and as heavily as possible: first those that are the same, then,
 * between these, those that are near. The time grows with the number of leaves, not with that of all pairs.
 */
export function align(known: readonly Leaf[], page: readonly Leaf[]): Alignment {
  const same = chain(known, findSame(known, page), page.length);
  return fillGaps(known, page, same);
}

/** Pairs only leaves that are the same, in order and as heavily as possible: for a page that has little of the article. */
export function alignRoughly(known: readonly Leaf[], page: readonly Leaf[]): Alignment {
  return chain(known, findSame(known, page), page.length);
}

type Candidates = readonly (readonly Match[])[];

/** For each known leaf, the leaves of a page that have the same words, or its own around a gap, or the same picture. */
function findSame(known: readonly Leaf[], page: readonly Leaf[]): Candidates {
  const places = groupPlaces(page);
  const turns = new Map<string, number>();
  let compared = 0;
  return known.map((leaf): readonly Match[] => {
    if (leaf.parts !== undefined) {
      compared += page.length;
      return compared > mostCompared * 10 ? [] : findByParts(leaf, page);
    }
    const name = nameOf(leaf);
    const all = name === '' ? [] : (places.get(name) ?? []);
    const turn = turns.get(name) ?? 0;
    turns.set(name, turn + 1);
    const near =
      all.length > 2 * farthestTurn ? all.slice(Math.max(0, turn - farthestTurn), turn + farthestTurn) : all;
    return near.map((at) => {
      const isAlike = page[at]?.tagName === leaf.tagName;
      const how = leaf.kind === 'media' ? 'picture' : 'same';
      return { at, how, weight: leaf.weight + (isAlike ? 0.05 : 0) };
    });
  });
}

function nameOf({ kind, key, address }: Leaf): string {
  if (kind === 'media') {
    const stem = stemOf(address);
    return stem === '' ? '' : `media ${stem}`;
  }
  return key;
}

function groupPlaces(page: readonly Leaf[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [at, leaf] of page.entries()) {
    const link = leaf.kind === 'text' ? nameOf({ ...leaf, kind: 'media' }) : '';
    for (const name of [nameOf(leaf), link]) {
      if (name === '') continue;
      const same = places.get(name);
      if (same === undefined) places.set(name, [at]);
      else same.push(at);
    }
  }
  return places;
}

/** The shortest text around a gap that is looked for, in letters and digits. */
const leastAround = 3;

function findByParts(leaf: Leaf, page: readonly Leaf[]): readonly Match[] {
  const { key, parts = [] } = leaf;
  if (key.length < leastAround) return [];
  const weight = key.length < 6 ? 0.35 : leaf.weight * 0.9;
  return page.flatMap((other, at): readonly Match[] => {
    const fits =
      other.kind !== 'media' && other.key.length <= 2 * key.length + 200 && holdsParts(other.key, parts);
    return fits ? [{ at, how: 'parts', weight }] : [];
  });
}

/** Finds the heaviest chain of candidates in order; of two that weigh the same, the one with fewer jumps. */
function chain(known: readonly Leaf[], candidates: Candidates, length: number): Alignment {
  const best = openPrefixes(length);
  let last = new Map<number, Pair>();
  for (const [index, own] of candidates.entries()) {
    const pairs = own.map((match): Pair => {
      const before = best.find(match.at);
      const beside = last.get(match.at - 1);
      const joined = beside && beside.total + 0.1 >= (before?.total ?? 0);
      const from = joined ? beside : before;
      const total = (from?.total ?? 0) + match.weight + (joined ? 0.1 : 0);
      return { ...match, known: index, total, before: from };
    });
    for (const pair of pairs) best.add(pair);
    last = new Map(pairs.map((pair) => [pair.at, pair]));
  }
  const found: (Match | undefined)[] = known.map(() => undefined);
  for (let pair = best.find(length); pair !== undefined; pair = pair.before) {
    found[pair.known] = { at: pair.at, how: pair.how, weight: pair.weight };
  }
  return found;
}

/** The heaviest pair that ends before a place, found and kept in steps by the logarithm of the length. */
function openPrefixes(length: number): { find(end: number): Pair | undefined; add(pair: Pair): void } {
  const tree: (Pair | undefined)[] = Array.from({ length: length + 1 });
  return {
    find(end) {
      let found: Pair | undefined;
      for (let at = end; at > 0; at -= at & -at) {
        const pair = tree[at];
        if (pair !== undefined && pair.total > (found?.total ?? -1)) found = pair;
      }
      return found;
    },
    add(pair) {
      for (let at = pair.at + 1; at <= length; at += at & -at) {
        if (pair.total > (tree[at]?.total ?? -1)) tree[at] = pair;
      }
    },
  };
}

/** Pairs what stands between leaves that are the same. */
function fillGaps(known: readonly Leaf[], page: readonly Leaf[], same: Alignment): Alignment {
  const found = [...same];
  let left = mostCompared;
  let [knownFrom, pageFrom] = [0, 0];
  for (let index = 0; index <= same.length; index += 1) {
    const match = same[index];
    if (match === undefined && index < same.length) continue;
    const pageTo = match?.at ?? page.length;
    const size = (index - knownFrom) * (pageTo - pageFrom);
    if (size > 0 && size <= left) {
      left -= size;
      const inner = alignDensely(known.slice(knownFrom, index), page.slice(pageFrom, pageTo));
      for (const [offset, one] of inner.entries()) {
        if (one !== undefined) found[knownFrom + offset] = { ...one, at: one.at + pageFrom };
      }
    }
    knownFrom = index + 1;
    pageFrom = pageTo + 1;
  }
  return found;
}

/** The heaviest pairing in order of a few leaves, each compared with each. */
function alignDensely(known: readonly Leaf[], page: readonly Leaf[]): Alignment {
  const width = page.length + 1;
  const best = new Float64Array((known.length + 1) * width);
  const matches = known.map((leaf) => page.map((other) => compareLeaves(leaf, other)));
  const bestAt = (index: number, at: number): number => best[index * width + at] ?? 0;
  for (let index = known.length - 1; index >= 0; index -= 1) {
    for (let at = page.length - 1; at >= 0; at -= 1) {
      const match = matches[index]?.[at];
      const paired = match === undefined ? 0 : match.weight + bestAt(index + 1, at + 1);
      best[index * width + at] = Math.max(paired, bestAt(index + 1, at), bestAt(index, at + 1));
    }
  }
  const found: (Match | undefined)[] = known.map(() => undefined);
  let [index, at] = [0, 0];
  while (index < known.length && at < page.length) {
    const match = matches[index]?.[at];
    const here = bestAt(index, at);
    if (match !== undefined && here === match.weight + bestAt(index + 1, at + 1)) {
      found[index] = { ...match, at };
      index += 1;
      at += 1;
    } else if (here === bestAt(index + 1, at)) index += 1;
    else at += 1;
  }
  return found;
}

/** The share of common words from which a leaf counts as another one. */
const leastNear = 0.6;

function compareLeaves(known: Leaf, page: Leaf): Omit<Match, 'at'> | undefined {
  if (known.kind === 'rule' || page.kind === 'rule') {
    return known.kind === page.kind ? { how: 'same', weight: 0.3 } : undefined;
  }
  if (known.kind === 'media' || page.kind === 'media') {
    return known.kind === page.kind ? { how: 'place', weight: 0.2 } : undefined;
  }
  if (known.parts !== undefined) return undefined;
  if (known.key.length < 12 || page.key.length < 8) return undefined;
  const [one, other] = [known.words.length, page.words.length];
  if (one > 3 * other || other > 3 * one) return undefined;
  const likeness = compareWords(known.words, page.words);
  return likeness < leastNear ? undefined : { how: 'near', weight: known.weight * likeness * 0.6 };
}
