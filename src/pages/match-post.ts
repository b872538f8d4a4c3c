import type { Element, Root as HtmlRoot } from 'hast';
import { align, type Alignment, alignRoughly } from './align.ts';
import type { Chrome } from './define.ts';
import { findArticle, findNamed, leavesIn } from './find-article.ts';
import type { Leaf } from './leaves.ts';
import type { OpenPage } from './open-page.ts';

/** A post beside its page: where each of its leaves is in the page's article. */
export interface MatchedPost {
  readonly known: readonly Leaf[];
  /** The leaves of the article, or of the container around it. */
  readonly leaves: readonly Leaf[];
  readonly alignment: Alignment;
  readonly article: Element | HtmlRoot;
  /** The element that articles of this blog stand in, where that is agreed on. */
  readonly container?: Element;
  /** How much of what the post says is on the page, from 0 to 1. */
  readonly share: number;
}

/** Finds the article of a post on its page, and the post's known leaves in it; undefined if nothing of the post is there. */
export function matchPost(
  known: readonly Leaf[],
  page: OpenPage,
  chrome: Pick<Chrome, 'container'>,
): MatchedPost | undefined {
  const article = findArticle(page, alignRoughly(known, page.leaves));
  if (article === undefined) return undefined;
  const container = chrome.container === undefined ? undefined : findNamed(page, article, chrome.container);
  const leaves = leavesIn(page, container ?? article);
  const alignment = align(known, leaves);
  return {
    known,
    leaves,
    alignment,
    article,
    ...(container && { container }),
    share: measureShare(known, alignment),
  };
}

/** How much of the text outside marks was found, and of that around marks in the same line. */
function measureShare(known: readonly Leaf[], alignment: Alignment): number {
  let [found, total] = [0, 0];
  for (const [index, leaf] of known.entries()) {
    const isMarked = leaf.mark !== undefined && (leaf.parts === undefined || leaf.key === '');
    if (isMarked || leaf.kind === 'media' || leaf.kind === 'rule') continue;
    total += leaf.weight;
    if (alignment[index] !== undefined) found += leaf.weight;
  }
  return total === 0 ? 0 : found / total;
}
