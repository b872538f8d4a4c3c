import { compareText } from '../base/compare-text.ts';
import type { Post, PostId } from '../model/post.ts';
import { dayOf } from '../base/format-instant.ts';

/** What tells posts of one name apart: the site's language and zone, and the ids under which copies are recorded. */
export interface Telling {
  readonly language: string;
  /** IANA name. */
  readonly timezone: string;
  /** The id that the ledger has for the post at a canonical URL. */
  readonly recorded: ReadonlyMap<string, PostId>;
}

/** Whether there are posts that share an id which none of them gives itself, at addresses of their own. */
export function hasNamesakes(posts: readonly Post[]): boolean {
  return listNamesakes(posts).length > 0;
}

/**
 * Gives ids of their own to posts with the same name, such as those of two years or two languages. The post that the ledger has
 * under the name keeps it, or else the one that came out first, in the site's language before others. Each of the others gets what
 * tells it apart: its language, its year or its day. Posts that give themselves one id stay as they are.
 */
export function tellApart(posts: readonly Post[], telling: Telling): readonly Post[] {
  const changed = new Map<Post, PostId>();
  const namesakes = listNamesakes(posts);
  if (namesakes.length === 0) return posts;
  const ids = new Set(posts.map(({ id }) => id));
  for (const group of namesakes) {
    const [keeper, ...others] = group.toSorted((a, b) => compareClaims(a, b, telling));
    if (keeper === undefined) continue;
    for (const post of others) {
      const recorded = telling.recorded.get(post.canonicalUrl);
      const names =
        recorded?.startsWith(`${post.id}-`) === true ? [recorded] : listNames(post, keeper, telling);
      const id = names.find((name) => !ids.has(name));
      if (id === undefined) continue;
      ids.add(id);
      changed.set(post, id);
    }
  }
  return posts.map((post) => {
    const id = changed.get(post);
    return id === undefined ? post : { ...post, id };
  });
}

/** The groups of posts with one id, each at an address of its own, at most one of which gives itself the id. */
function listNamesakes(posts: readonly Post[]): readonly (readonly Post[])[] {
  if (new Set(posts.map(({ id }) => id)).size === posts.length) return [];
  return [...Map.groupBy(posts, ({ id }) => id).values()].filter((group) => {
    const addresses = new Set(group.map(({ canonicalUrl }) => canonicalUrl.replace(/\/$/, '')));
    const given = group.filter(({ places }) => places.id !== undefined);
    return group.length > 1 && addresses.size === group.length && given.length < 2;
  });
}

/** Orders by who has the better claim to the name that they share. */
function compareClaims(a: Post, b: Post, { language, recorded }: Telling): number {
  const rank = (post: Post): readonly number[] => [
    recorded.get(post.canonicalUrl) === post.id ? 0 : 1,
    post.places.id === undefined ? 1 : 0,
    post.draft ? 1 : 0,
    Date.parse(post.publishAt),
    post.lang === language ? 0 : 1,
  ];
  const [first, second] = [rank(a), rank(b)];
  const difference = first.map((value, index) => value - (second[index] ?? 0)).find((value) => value !== 0);
  return difference ?? compareText(a.origin.path, b.origin.path);
}

/** The ids that a post may get, the shortest first. */
function listNames(post: Post, keeper: Post, { timezone }: Telling): readonly PostId[] {
  const { id } = post;
  const day = post.publishAt.startsWith('9999') ? 'draft' : dayOf(post.publishAt, timezone);
  const year = day.slice(0, 4);
  const lang = post.lang.toLowerCase();
  const isOtherLanguage = lang !== keeper.lang.toLowerCase();
  const isOtherYear = year !== dayOf(keeper.publishAt, timezone).slice(0, 4);
  return [
    ...(isOtherLanguage ? [`${id}-${lang}`] : []),
    ...(isOtherYear && day !== 'draft' ? [`${id}-${year}`] : []),
    `${id}-${day}`,
    `${id}-${day}-${lang}`,
  ];
}
