import type { Post, PostId } from '../model/post.ts';
import type { Series, SeriesPart } from '../model/site.ts';
import type { Target } from '../model/target.ts';
import { findExclusion } from './eligibility.ts';
import { findHubs, groupSeries } from './order.ts';

/** The series that each post shows, by post id; `Series` says what a part shows of it, and what its hub shows. */
export function mapSeries(
  posts: readonly Post[],
  isOut: (post: Post) => boolean,
  targets: readonly Target[],
): ReadonlyMap<PostId, Series> {
  const describe = (post: Post, isLinked: boolean): SeriesPart => describePart(post, isLinked, targets);
  const groups = groupSeries(posts);
  const hubs = findHubs(posts);
  const shown = new Map<PostId, Series>();
  for (const [name, posts] of groups) {
    const hub = hubs.get(name)?.find(isOut);
    const parts = posts.map((post) => ({ post, isOut: isOut(post), part: describe(post, true) }));
    const showTo = (own?: Post): Series => ({
      name,
      parts: parts.filter(({ post, isOut }) => isOut || post === own).map(({ part }) => part),
      ...(hub && { hub: describe(hub, true) }),
    });
    const toReaders = showTo();
    for (const { post, isOut } of parts) shown.set(post.id, isOut ? toReaders : showTo(post));
  }
  for (const [name, own] of hubs) {
    const parts = (groups.get(name) ?? [])
      .filter(({ draft }) => !draft)
      .map((post) => describe(post, isOut(post)));
    for (const hub of own) shown.set(hub.id, { name, parts, hub: describe(hub, true) });
  }
  return shown;
}

function describePart(post: Post, isLinked: boolean, targets: readonly Target[]): SeriesPart {
  const { id, title, canonicalUrl, summary, series } = post;
  return {
    postId: id,
    title,
    ...(series?.part !== undefined && { part: series.part }),
    ...(series?.group !== undefined && { group: series.group }),
    ...(isLinked && { url: canonicalUrl }),
    ...(summary !== undefined && { summary }),
    targets: targets
      .filter((target) => target.granularity === 'copy' && findExclusion(post, target) === undefined)
      .map(({ name }) => name),
  };
}
