import { digestText } from '../base/digest.ts';
import { classesOf } from '../reading/html/hast.ts';
import type { Chrome, PagedPost } from './define.ts';
import { electName, fewest } from './find-article.ts';
import { listKnownLeaves } from './known-leaves.ts';
import type { Leaf } from './leaves.ts';
import { matchPost, type MatchedPost } from './match-post.ts';
import { type OpenPage, openPage } from './open-page.ts';

/** The share of a post that has to be on its page for the page to be learnt from. */
const leastLearnt = 0.9;

/** Learns from several posts of a blog what their pages have in common: where the article is, and what stands around it. */
export function learnChrome(posts: readonly PagedPost[]): Chrome {
  const opened = posts.flatMap((post) => {
    const page = openPage(post.page.html);
    if (page === undefined) return [];
    const known = listKnownLeaves(post.tree, post.marks);
    const matched = matchPost(known, page, {});
    return matched && matched.share >= leastLearnt ? [{ known, page, article: matched.article }] : [];
  });
  const container = electName(opened);
  const matched = opened.flatMap(({ known, page }) => {
    const found = matchPost(known, page, container === undefined ? {} : { container });
    return found ? [{ page, found }] : [];
  });
  const countAll = (list: (found: MatchedPost, page: OpenPage) => readonly string[]) =>
    countSigns(matched.map(({ page, found }) => list(found, page)));
  return {
    ...(container !== undefined && { container }),
    before: countAll((found, page) => listBefore(found).flatMap((leaf) => signsOf(leaf, page, found))),
    after: countAll((found, page) => listAfter(found).flatMap((leaf) => signsOf(leaf, page, found))),
    inside: countAll((found) => listInside(found).map(signOfText)),
  };
}

/** Whether a leaf is among what other posts have too. */
export function isChrome(
  leaf: Leaf,
  where: 'before' | 'after' | 'inside',
  chrome: Chrome,
  page: OpenPage,
  matched: Pick<MatchedPost, 'container'>,
): boolean {
  const signs = where === 'inside' ? [signOfText(leaf)] : [...signsOf(leaf, page, matched), signOfText(leaf)];
  return signs.some((sign) => (chrome[where][sign] ?? 0) >= fewest || (chrome.inside[sign] ?? 0) >= fewest);
}

/** How many rows hold each sign, of those that enough of them hold. */
function countSigns(rows: readonly (readonly string[])[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const row of rows) for (const sign of new Set(row)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return Object.fromEntries([...counts].filter(([, count]) => count >= fewest));
}

/** What is in the container before the article's first block, if that block is known and no mark. */
function listBefore({ known, leaves, alignment, container }: MatchedPost): readonly Leaf[] {
  const at = alignment[0]?.at;
  return at === undefined || known[0]?.mark !== undefined || container === undefined
    ? []
    : leaves.slice(0, at);
}

/** What stands in the container after its last. */
function listAfter({ known, leaves, alignment, container }: MatchedPost): readonly Leaf[] {
  const at = alignment.at(-1)?.at;
  return at === undefined || known.at(-1)?.mark !== undefined || container === undefined
    ? []
    : leaves.slice(at + 1);
}

/** What stands between blocks that follow each other in the post. */
function listInside({ known, leaves, alignment }: MatchedPost): readonly Leaf[] {
  return alignment.flatMap((match, index): readonly Leaf[] => {
    const next = alignment[index + 1];
    if (match === undefined || next === undefined) return [];
    if (known[index]?.mark !== undefined || known[index + 1]?.mark !== undefined) return [];
    return leaves.slice(match.at + 1, next.at).filter(({ kind }) => kind !== 'rule');
  });
}

function signOfText({ kind, key, address }: Leaf): string {
  return `${kind} ${digestLong(kind === 'media' ? address : key)}`;
}

/** What a leaf says, and where in the container it stands. */
function signsOf(
  leaf: Leaf,
  page: OpenPage,
  { container }: Pick<MatchedPost, 'container'>,
): readonly string[] {
  const steps: string[] = [];
  let node = leaf.nodes[0];
  if (node?.type === 'text') steps.push('text');
  while (node !== undefined && node !== container) {
    if (node.type === 'element') {
      const classes = classesOf(node).filter((name) => !/\d/.test(name));
      steps.push([node.tagName, ...classes.toSorted()].join('.'));
    }
    const parent = page.extents.get(node)?.parent;
    node = parent?.type === 'element' ? parent : undefined;
  }
  return [signOfText(leaf), `path ${digestLong(steps.join(' '))}`];
}

function digestLong(text: string): string {
  return text.length <= 80 ? text : digestText(text);
}
