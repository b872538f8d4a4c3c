import { compareText } from '../base/compare-text.ts';
import type { Writing, PostId } from '../model/post.ts';

/** The order of the parts of one series: by part where numbered, else by date. */
export function compareParts(a: Writing, b: Writing): number {
  return (
    (a.series?.part ?? 0) - (b.series?.part ?? 0) ||
    Date.parse(a.publishAt) - Date.parse(b.publishAt) ||
    compareText(a.id, b.id)
  );
}

/** The order posts go out in: by date, no part of a series before an earlier one. */
export function orderPosts<Kind extends Writing>(posts: readonly Kind[]): readonly Kind[] {
  const ranks = new Map<PostId, { readonly date: number; readonly place: number }>();
  for (const members of groupSeries(posts).values()) {
    let date = Number.NEGATIVE_INFINITY;
    members.forEach((post, place) => {
      date = Math.max(date, Date.parse(post.publishAt));
      ranks.set(post.id, { date, place });
    });
  }
  const rank = (post: Kind) => ranks.get(post.id) ?? { date: Date.parse(post.publishAt), place: 0 };
  return posts.toSorted((a, b) => {
    const [first, second] = [rank(a), rank(b)];
    return (
      first.date - second.date ||
      compareText(a.series?.name ?? '', b.series?.name ?? '') ||
      first.place - second.place ||
      compareText(a.id, b.id)
    );
  });
}

/** Each series' parts in order, by name; drafts included, hubs not. */
export function groupSeries<Kind extends Writing>(
  posts: readonly Kind[],
): ReadonlyMap<string, readonly Kind[]> {
  return groupMembers(posts.filter(({ series }) => series?.hub !== true));
}

/** The hubs of each series, by the series' name, in order of date; there should be one. Drafts included. */
export function findHubs<Kind extends Writing>(posts: readonly Kind[]): ReadonlyMap<string, readonly Kind[]> {
  return groupMembers(posts.filter(({ series }) => series?.hub === true));
}

function groupMembers<Kind extends Writing>(posts: readonly Kind[]): ReadonlyMap<string, readonly Kind[]> {
  const series = Map.groupBy(
    posts.filter((post) => post.series !== undefined),
    (post) => post.series?.name ?? '',
  );
  return new Map([...series].map(([name, members]) => [name, members.toSorted(compareParts)]));
}
