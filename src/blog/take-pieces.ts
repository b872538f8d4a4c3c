import { compareText } from '../base/compare-text.ts';
import { digestJson, digestList, digestText } from '../base/digest.ts';
import { BroadsideError } from '../base/errors.ts';
import { openMemo, type Memo } from '../base/memo.ts';
import type { Config } from '../config/load.ts';
import type { Post } from '../model/post.ts';
import type { Content, PagesPlace } from '../model/source.ts';
import type { Chrome, Mark, Missing, PagedPost, Piece, Pieces } from '../pages/define.ts';
import { findPageVersion, lookInFolder, type LookAtPage, type SeenPage } from './look-at-pages.ts';

/** How many posts tell what the pages of a source have in common, and how many are looked for on the site. */
const postsForChrome = 8;
const mostLooks = 8;

/** A body with its marks. */
type MarkedBody = Pick<Content, 'tree' | 'digest'> & { readonly marks: readonly Mark[] };

/** What takes pieces from the pages of one source. */
export interface Taking {
  /** What the page of a post shows in the place of each of a body's marks; `isAnew` looks at the page again. */
  take(post: Post, body: MarkedBody, isAnew: boolean): Promise<Pieces>;
  /** The page of a post as it was seen in this run; undefined where it was not. */
  see(post: Post): Promise<string | undefined>;
  /** The version of all the files that a post's pieces are taken from; undefined where nobody can tell without reading them. */
  findVersion(post: Post): string | undefined;
  remember(): void;
}

/** What pages are looked at with. */
export interface TakingGiven {
  readonly config: Config;
  /** The source's name, and its posts. */
  readonly source: string;
  readonly posts: readonly Post[];
  readonly place: PagesPlace;
  readonly look: LookAtPage | undefined;
  readonly read: (post: Post) => Promise<Content>;
  readonly digest: (post: Post) => string;
}

/** What the pages of a source have in common, and the digest of what it was learned from. */
interface Learned {
  readonly chrome: Chrome;
  readonly digest: string;
}

/** What was seen of a body's marks. */
type Seen = readonly (readonly [key: string, found: Piece | Missing])[];

/** Opens what takes pieces from the pages of one source. A page is only parsed where no earlier run saw the same. */
export function openTaking(given: TakingGiven): Taking {
  const { config, source, posts, place, look } = given;
  const key = digestJson([config.site.url, typeof place === 'object' ? place.from : place]);
  const memo = openMemo<Seen | Chrome>(config.root, `pages-${source}-${key.slice(0, 8)}`, key);
  let common: readonly (string | undefined)[] | undefined;
  let learned: Promise<Learned> | undefined;

  const lookAt: LookAt = async (post) => {
    if (place !== 'live') return lookInFolder(post, place.from, config);
    const unseen = {
      fault: `${post.canonicalUrl} is looked at when a copy goes out`,
      isUnseen: true,
    } as const;
    return look?.(post.canonicalUrl) ?? unseen;
  };

  const takeFrom = async (
    post: Post,
    { tree, marks }: MarkedBody,
    html: string,
    chrome: Chrome,
  ): Promise<Seen> => {
    const { capturePieces } = await import('../pages/capture-pieces.ts');
    return [...capturePieces({ tree, marks, page: { url: post.canonicalUrl, html } }, chrome)];
  };

  return {
    async take(post, body, isAnew) {
      const name = digestList([post.id, body.digest]);
      // A page on the site is not looked at again for the same post, so that what a plan showed is what is published.
      const first = digestList([post.canonicalUrl, body.digest]);
      const remembered =
        place === 'live' && !isAnew ? (memo.find(name, first) as Seen | undefined) : undefined;
      if (remembered !== undefined) return new Map(remembered);
      const seen = await lookAt(post);
      if ('fault' in seen) return missAll(body.marks, seen);
      learned ??= learn(given, memo, lookAt);
      const { chrome, digest } = await learned;
      const from = place === 'live' ? first : digestList([first, digestText(seen.html), digest]);
      const known = isAnew ? undefined : (memo.find(name, from) as Seen | undefined);
      if (known !== undefined) return new Map(known);
      const found = await takeFrom(post, body, seen.html, chrome);
      if (place !== 'live' || found.every(([, one]) => one.seen === 'content'))
        memo.remember(name, from, found);
      return new Map(found);
    },
    async see(post) {
      const seen = await lookAt(post);
      return 'html' in seen ? seen.html : undefined;
    },
    findVersion(post) {
      if (place === 'live') return undefined;
      const versionOf = (one: Post): string | undefined => findPageVersion(one, place.from, config);
      common ??= listVersions(sortNewest(posts), versionOf);
      const versions = [versionOf(post), ...common];
      return versions.includes(undefined) ? undefined : versions.join(' ');
    },
    remember: () => memo.save(),
  };
}

type LookAt = (post: Post) => Promise<SeenPage>;

/** The newest posts that have a page, as far as their pages may be looked at. */
async function listPages(
  { posts, place }: TakingGiven,
  lookAt: LookAt,
): Promise<readonly { readonly post: Post; readonly html: string }[]> {
  const newest = sortNewest(posts);
  const pages: { readonly post: Post; readonly html: string }[] = [];
  for (const post of place === 'live' ? newest.slice(0, mostLooks) : newest) {
    if (pages.length === postsForChrome) break;
    const seen = await lookAt(post);
    if ('html' in seen) pages.push({ post, html: seen.html });
  }
  return pages;
}

/** What the pages of the newest posts have in common. */
async function learn(given: TakingGiven, memo: Memo<Seen | Chrome>, lookAt: LookAt): Promise<Learned> {
  const pages = await listPages(given, lookAt);
  const made = pages.map(({ post, html }) => [post.id, given.digest(post), digestText(html)]);
  const digest = digestList(made);
  const known = memo.find('', digest) as Chrome | undefined;
  if (known !== undefined) return { chrome: known, digest };
  const { findMarks } = await import('../pages/find-marks.ts');
  const { learnChrome } = await import('../pages/learn-chrome.ts');
  const paged: PagedPost[] = [];
  for (const { post, html } of pages) {
    const content = await ignoreFault(() => given.read(post));
    if (content === undefined) continue;
    const { tree, text = '' } = content;
    paged.push({ tree, marks: findMarks(tree, text), page: { url: post.canonicalUrl, html } });
  }
  const chrome = learnChrome(paged);
  memo.remember('', digest, chrome);
  return { chrome, digest };
}

/** The versions of the pages that tell what the pages of a source have in common. */
function listVersions(
  posts: readonly Post[],
  versionOf: (post: Post) => string | undefined,
): readonly (string | undefined)[] {
  const versions: (string | undefined)[] = [];
  for (const post of posts) {
    if (versions.length === postsForChrome) break;
    const version = versionOf(post);
    if (version !== 'none') versions.push(version);
  }
  return versions;
}

function sortNewest(posts: readonly Post[]): readonly Post[] {
  return posts.filter(({ draft }) => !draft).toSorted((a, b) => compareText(b.publishAt, a.publishAt));
}

/** Other posts ignore a post that cannot be read. */
async function ignoreFault<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BroadsideError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function missAll(marks: readonly Mark[], { fault, isUnseen }: Exclude<SeenPage, { html: string }>): Pieces {
  const reason = isUnseen === true ? 'unseen' : 'no-page';
  const words = `${fault}.`;
  return new Map(marks.map(({ key }) => [key, { seen: 'nothing', reason, words }]));
}
