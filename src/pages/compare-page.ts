import type { Element, RootContent } from 'hast';
import { findElement, propertyOf } from '../reading/html/hast.ts';
import type { Chrome, PagedPost } from './define.ts';
import { labelNodes, lineAttribute, listKnownLeaves, takenAttribute } from './known-leaves.ts';
import { isChrome } from './learn-chrome.ts';
import { addressOf, isUnseen, type Leaf, listMedia, seenText } from './leaves.ts';
import { keyOf, stemOf } from './likeness.ts';
import { matchPost, type MatchedPost } from './match-post.ts';
import { type OpenPage, openPage } from './open-page.ts';

/** What a copy of a post would lack that its page shows, or would say that its page does not. */
export interface Difference {
  readonly kind: 'words' | 'link' | 'picture' | 'added';
  /** The words, the text of the link, or the address of the picture. */
  readonly what: string;
  /** The line of the file that it stands in, or after; 1 where nothing stands before it. */
  readonly line: number;
}

/** A post compared with its page: how much of the post is there, from 0 to 1, and what differs. */
export interface Comparison {
  readonly share: number;
  readonly differences: readonly Difference[];
}

/** Compares what is known of a post with its page; undefined where the page is too large or has nothing of the post. */
export function compareWithPage(post: PagedPost, chrome: Chrome): Comparison | undefined {
  const page = openPage(post.page.html);
  const known = listKnownLeaves(labelNodes(post.tree), post.marks);
  const matched = page && matchPost(known, page, chrome);
  if (page === undefined || matched === undefined) return undefined;
  return { share: matched.share, differences: listDifferences(matched, page, chrome) };
}

function listDifferences(matched: MatchedPost, page: OpenPage, chrome: Chrome): readonly Difference[] {
  const { known, leaves, alignment } = matched;
  const found: Difference[] = [];
  let line = 1;
  /** Where on the page the next known leaf may begin; undefined before the first leaf and after a mark. */
  let from: number | undefined;
  for (const [index, leaf] of known.entries()) {
    const match = alignment[index];
    const partner = match && leaves[match.at];
    if (leaf.mark !== undefined || findHolder(leaf, takenAttribute) !== undefined) {
      from = undefined;
      continue;
    }
    if (match === undefined || partner === undefined) {
      line = lineOf(leaf) ?? line;
      if (leaf.kind !== 'rule') found.push({ kind: 'added', what: nameLeaf(leaf), line });
      continue;
    }
    const extra = from === undefined ? [] : leaves.slice(from, match.at);
    const own = extra.filter((one) => one.kind !== 'rule' && !isChrome(one, 'inside', chrome, page, matched));
    for (const one of own)
      found.push({ kind: one.kind === 'media' ? 'picture' : 'words', what: nameLeaf(one), line });
    line = lineOf(leaf) ?? line;
    found.push(...compareLeaves(leaf, partner, line));
    from = match.at + 1;
  }
  return found;
}

/** What differs in a leaf that both have. */
function compareLeaves(known: Leaf, page: Leaf, line: number): readonly Difference[] {
  if (known.kind === 'media' || known.kind === 'rule') return [];
  const said =
    known.key === page.key
      ? [[], []]
      : [subtract(page.words, known.words), subtract(known.words, page.words)];
  const [lacking = [], added = []] = said;
  const linked = new Set(known.nodes.flatMap(listLinks).map(keyOf));
  const pictured = new Set(known.nodes.flatMap(listMedia).map((one) => stemOf(addressOf(one))));
  const links = page.nodes.flatMap(listLinks).filter((text) => !linked.has(keyOf(text)));
  const pictures = page.nodes.flatMap(listMedia).map(addressOf);
  const shown =
    pictures.length > pictured.size ? pictures.filter((address) => !pictured.has(stemOf(address))) : [];
  return [
    ...(lacking.length > 0 ? [{ kind: 'words', what: lacking.join(' '), line } as const] : []),
    ...(added.length > 0 ? [{ kind: 'added', what: added.join(' '), line } as const] : []),
    ...links.map((what) => ({ kind: 'link', what, line }) as const),
    ...shown.map((what) => ({ kind: 'picture', what, line }) as const),
  ];
}

function subtract(words: readonly string[], others: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const word of others) counts.set(word, (counts.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const left = counts.get(word) ?? 0;
    counts.set(word, left - 1);
    return left <= 0;
  });
}

/** The texts of the links that lead out of the text they stand in. */
function listLinks(node: RootContent): readonly string[] {
  if (node.type !== 'element' || isUnseen(node)) return [];
  const text = seenText(node).replaceAll(/\s+/g, ' ').trim();
  const leads = node.tagName === 'a' && !(propertyOf(node, 'href') ?? '#').startsWith('#');
  if (leads) return keyOf(text) === '' ? [] : [text];
  return node.children.flatMap(listLinks);
}

function nameLeaf({ kind, text, address }: Leaf): string {
  return kind === 'media' ? address : text.replaceAll(/\s+/g, ' ').trim();
}

function lineOf(leaf: Leaf): number | undefined {
  const holder = findHolder(leaf, lineAttribute);
  return holder && Number(holder.properties[lineAttribute]);
}

/** The first element of a leaf with an attribute. */
function findHolder({ nodes }: Leaf, attribute: string): Element | undefined {
  for (const node of nodes) {
    const found = findElement(node, ({ properties }) => properties[attribute] !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}
