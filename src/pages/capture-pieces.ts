import type { Element, Root, RootContent } from 'hast';
import { shorten } from '../base/shorten.ts';
import { makeElement } from '../reading/html/hast.ts';
import type { Match } from './align.ts';
import { cutRegion } from './cut-region.ts';
import type { Chrome, Mark, Missing, PagedPost, Piece, Pieces } from './define.ts';
import { isChrome } from './learn-chrome.ts';
import { listKnownLeaves } from './known-leaves.ts';
import type { Leaf } from './leaves.ts';
import { gap, holdsParts, stemOf } from './likeness.ts';
import { makePiece } from './make-piece.ts';
import { matchPost, type MatchedPost } from './match-post.ts';
import { type OpenPage, openPage } from './open-page.ts';

/** The least share of a post's text that a page must have to count as the page of that post. */
const leastShare = 0.8;

/** What a post's page shows in the place of each of its marks, or why that is not certain. */
export function capturePieces(post: PagedPost, chrome: Chrome): Pieces {
  const { marks, page: given } = post;
  if (marks.length === 0) return new Map();
  const page = openPage(given.html);
  if (page === undefined)
    return missAll(marks, miss('too-large', 'The page is too large, or too deep, to be looked at.'));
  const matched = matchPost(listKnownLeaves(post.tree, marks), page, chrome);
  const share = matched?.share ?? 0;
  if (matched === undefined || share < leastShare) {
    const words = `Only ${Math.floor(share * 100)} % of what the post says is on its page: build or publish the site anew, and check whether the page is this post's.`;
    return missAll(marks, miss('stale', words));
  }
  const sight = { page, matched, chrome, url: given.url };
  const found = marks.map((mark, index) => [mark, captureMark(index, mark, sight)] as const);
  const areDefined = found.some(([mark, one]) => one.seen === 'content' && reference.test(mark.source));
  return new Map(
    found.map(([mark, one], index) => {
      const defines = areDefined && including.test(mark.source) && showsNothing(one, index, sight);
      return [mark.key, defines ? { seen: 'content', html: '', page: given.url, told: [] } : one];
    }),
  );
}

/** Whether a page shows nothing in the place of a mark, also where the article ends with it. */
function showsNothing(found: Piece | Missing, index: number, { matched }: Sight): boolean {
  if (found.seen === 'content' || found.reason === 'empty') return found.seen === 'nothing';
  const { known, alignment, leaves } = matched;
  return known.at(-1)?.mark === index && alignment.at(-2)?.at === leaves.length - 1;
}

/** A link to a label; and what includes a file, which shows nothing of its own where all that is in it says where labels lead. */
const reference = /\]\[[^\]\n]*\]/;
const including = /^(?:\{%-?\s*include|\{\{[<%]\s*(?:include|readfile|snippet)|(?:;*-+8<-+)|<!--\s*@include)/;

function missAll(marks: readonly Mark[], missing: Missing): Pieces {
  return new Map(marks.map(({ key }) => [key, missing]));
}

function miss(reason: Missing['reason'], words: string): Missing {
  return { seen: 'nothing', reason, words };
}

interface Sight {
  readonly page: OpenPage;
  readonly matched: MatchedPost;
  readonly chrome: Chrome;
  readonly url: string;
}

/** The known leaves on both sides of a mark, and their places on the page; none at the article's edge. */
interface Bounds {
  readonly before?: Neighbour;
  readonly after?: Neighbour;
}

interface Neighbour {
  readonly leaf: Leaf;
  readonly at: number;
  readonly how: Match['how'];
}

function captureMark(index: number, mark: Mark, sight: Sight): Piece | Missing {
  const { known } = sight.matched;
  const first = known.findIndex((leaf) => leaf.mark === index);
  const last = known.findLastIndex((leaf) => leaf.mark === index);
  if (first === -1) return miss('uncertain', 'It stands where the page cannot be compared with the post.');
  if (mark.inline && first === last && (known[first]?.parts?.length ?? 0) > 1) {
    const line = captureLine(first, sight);
    if (line !== undefined) return line;
  }
  const bounds = findBounds(first, last, sight.matched);
  if ('seen' in bounds) return bounds;
  const inside = known.slice(first, last + 1);
  return captureRegion(bounds, inside.length === 1 ? (inside[0]?.parts ?? []) : [], sight);
}

function findBounds(first: number, last: number, { known, alignment }: MatchedPost): Bounds | Missing {
  const [before, after] = [first - 1, last + 1].map((index) => {
    const leaf = known[index];
    const match = alignment[index];
    return leaf && { leaf, match };
  });
  for (const [side, one] of [
    ['before', before],
    ['after', after],
  ] as const) {
    if (one !== undefined && one.match === undefined) {
      return miss(
        'not-found',
        `What stands ${side} it in the post was not found on the page: ${quote(one.leaf)}.`,
      );
    }
  }
  return {
    ...(before?.match && { before: { leaf: before.leaf, ...before.match } }),
    ...(after?.match && { after: { leaf: after.leaf, ...after.match } }),
  };
}

function quote({ kind, text, address }: Leaf): string {
  if (kind === 'media') return `the picture "${address}"`;
  if (kind === 'rule') return 'a rule';
  const line = text.replaceAll(gap, '…').replaceAll(/\s+/g, ' ').trim();
  if (line === '' || line === '…') return 'another construct that only the site can show';
  return `"${shorten(line, 50)}"`;
}

/** From how many letters and digits around a gap a line is recognised anywhere in an article. */
const surelyOne = 25;

/** The line of text in which a construct stands, found by the words around it. */
function captureLine(index: number, sight: Sight): Piece | Missing | undefined {
  const { known, leaves, alignment } = sight.matched;
  const leaf = known[index];
  const match = alignment[index];
  if (leaf?.parts === undefined || match === undefined) return undefined;
  const { parts, key } = leaf;
  const from = alignment.slice(0, index).findLast((one) => one !== undefined)?.at ?? -1;
  const to = alignment.slice(index + 1).find((one) => one !== undefined)?.at ?? leaves.length;
  const alike = leaves
    .slice(from + 1, to)
    .filter((one) => one.kind !== 'media' && holdsParts(one.key, parts));
  if (alike.length > 1)
    return miss('uncertain', `The page has more than one line that could be meant: ${quote(leaf)}.`);
  const isBeside = match.at === from + 1 && match.at === to - 1;
  if (!isBeside && key.length < surelyOne) return undefined;
  const found = leaves[match.at];
  if (found === undefined) return undefined;
  return convert([wrapLine(found)], sight, []);
}

/** A line as a block of its own. */
function wrapLine({ nodes, tagName }: Leaf): RootContent {
  const [only] = nodes;
  if (only?.type === 'element' && /^(?:p|h[1-6]|pre)$/.test(tagName)) return only;
  const children = nodes.flatMap((node) =>
    node.type === 'element' && /^(?:li|td|th|d[dt]|div|section|summary|figcaption)$/.test(node.tagName)
      ? node.children
      : [node],
  );
  return makeElement('p', children as Element['children']);
}

function captureRegion({ before, after }: Bounds, parts: readonly string[], sight: Sight): Piece | Missing {
  const { page, matched, chrome } = sight;
  const { leaves, container } = matched;
  const where = before === undefined ? 'before' : after === undefined ? 'after' : 'inside';
  if (where !== 'inside' && container === undefined) {
    const edge = where === 'before' ? 'begins' : 'ends';
    return miss(
      'uncertain',
      `It is at the edge of the article, and too few other pages show where an article ${edge}.`,
    );
  }
  const inside = leaves.slice((before?.at ?? -1) + 1, after?.at ?? leaves.length);
  const own = dropEdgeRules(
    inside.filter((leaf) => !isChrome(leaf, where, chrome, page, matched)),
    where,
  );
  const twin = own.find((leaf) => [before, after].some((one) => one !== undefined && isTwin(leaf, one)));
  if (twin !== undefined) {
    return miss('uncertain', `The page has more than one thing that could stand beside it: ${quote(twin)}.`);
  }
  if (!holdsParts(own.map(({ key }) => key).join(''), parts)) {
    return miss('uncertain', 'The words around it in the post are not where the page should have them.');
  }
  const holder = where === 'inside' ? page.root : (container ?? page.root);
  const extent = page.extents.get(holder);
  const region = {
    from: endOf(before, leaves, page) ?? extent?.start ?? 0,
    to: startOf(after, leaves, page) ?? extent?.end ?? 0,
  };
  const dropped = new Set(inside.filter((leaf) => !own.includes(leaf)).flatMap(({ nodes }) => nodes));
  const kept = new Set(own.flatMap(({ nodes }) => nodes));
  const nodes = cutRegion(page, holder, region).flatMap((node) => strip(node, dropped, kept));
  if (nodes.length === 0) return miss('empty', 'The page shows nothing in its place.');
  const told =
    where === 'inside'
      ? []
      : [`it stands where the article ${where === 'before' ? 'begins' : 'ends'}: check whether it is whole`];
  return convert(nodes, sight, told);
}

/** Drops rules at the edges: one between an article and its surroundings is no part of the article. */
function dropEdgeRules(leaves: readonly Leaf[], where: 'before' | 'after' | 'inside'): readonly Leaf[] {
  if (where === 'inside') return leaves;
  const isRule = ({ kind }: Leaf): boolean => kind === 'rule';
  const [first, last] = [
    leaves.findIndex((one) => !isRule(one)),
    leaves.findLastIndex((one) => !isRule(one)),
  ];
  return leaves.slice(Math.max(first, 0), last + 1);
}

/** Whether a leaf of the page could be taken for what stands beside a mark. */
function isTwin(leaf: Leaf, { leaf: neighbour, how }: Neighbour): boolean {
  if (neighbour.kind !== leaf.kind) return false;
  if (leaf.kind === 'rule' || how === 'place') return true;
  if (leaf.kind === 'media') return stemOf(leaf.address) === stemOf(neighbour.address);
  return leaf.key === neighbour.key;
}

function endOf(one: Neighbour | undefined, leaves: readonly Leaf[], page: OpenPage): number | undefined {
  const node = one && leaves[one.at]?.nodes.at(-1);
  return node && page.extents.get(node)?.end;
}

function startOf(one: Neighbour | undefined, leaves: readonly Leaf[], page: OpenPage): number | undefined {
  const node = one && leaves[one.at]?.nodes[0];
  return node && page.extents.get(node)?.start;
}

/** A node without what other pages have as well; undefined if nothing else is in it. */
function strip(
  node: RootContent,
  dropped: ReadonlySet<RootContent>,
  kept: ReadonlySet<RootContent>,
): readonly RootContent[] {
  if (dropped.has(node)) return [];
  if (kept.has(node) || node.type !== 'element' || !holdsAny(node, dropped)) return [node];
  if (!holdsAny(node, kept)) return [];
  return [
    {
      ...node,
      children: node.children.flatMap((child) => strip(child, dropped, kept)) as Element['children'],
    },
  ];
}

function holdsAny(node: RootContent | Root, sought: ReadonlySet<RootContent>): boolean {
  if (node.type !== 'element' && node.type !== 'root') return false;
  return node.children.some((child) => sought.has(child) || holdsAny(child, sought));
}

function convert(
  nodes: readonly RootContent[],
  { page, url }: Sight,
  told: readonly string[],
): Piece | Missing {
  try {
    const piece = makePiece(nodes, { root: page.root, url });
    if (piece === undefined)
      return miss('empty', 'The page shows nothing in its place that a copy can show.');
    return { ...piece, told: [...told, ...piece.told] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return miss('too-large', 'What the page shows in its place is too large for a copy.');
  }
}
