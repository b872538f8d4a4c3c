import { compareText } from '../base/compare-text.ts';
import type { Writing, Post } from '../model/post.ts';
import type { FeedTarget, HoldingTarget } from '../model/target.ts';

/** Whether a post or letter may go to a target, at an instant where one is given; if not, why, in a few words. */
export function findExclusion(post: Writing, target: HoldingTarget, now?: string): string | undefined {
  if (post.draft) return 'a draft';
  if (now !== undefined && hasExpired(post, now)) return 'past its expiry date';
  if (post.syndicate === false) return 'syndicate: false';
  const wish = post.syndicate[target.name];
  if (wish === false) return `syndicate.${target.name}: false`;
  if (wish === undefined && target.policy.optIn)
    return `not asked for: no syndicate.${target.name} in its front matter`;
  const host = target.by === 'hand' ? target.host : hostOf(target, target.url);
  const isThere = host !== undefined && host !== '' && hostOf(post, post.canonicalUrl) === host;
  return isThere ? `its original is on ${host}` : undefined;
}

const hosts = new WeakMap<Writing | HoldingTarget, string>();

/** The host of a post's or target's address, parsed once; empty if it has none. */
function hostOf(owner: Writing | HoldingTarget, url: string): string {
  const host = hosts.get(owner) ?? URL.parse(url)?.host ?? '';
  hosts.set(owner, host);
  return host;
}

/** Whether a post's original is public at an instant. */
export function isOutAt(post: Post, now: string): boolean {
  return !post.draft && Date.parse(post.publishAt) <= Date.parse(now) && !hasExpired(post, now);
}

/** Whether a post's page has been taken off the site by an instant. */
function hasExpired({ expiresAt }: Pick<Writing, 'expiresAt'>, now: string): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(now);
}

/** Whether a feed shows a post once it is out. */
export function isShown(target: FeedTarget, post: Post): boolean {
  return post.syndicate !== false && post.syndicate[target.name] !== false && target.takes(post);
}

/** The posts a feed shows: those that are out and not kept from it, newest first. */
export function selectItems(
  target: FeedTarget,
  posts: readonly Post[],
  isOut: (post: Post) => boolean,
): readonly Post[] {
  return posts
    .filter((post) => isShown(target, post) && isOut(post))
    .map((post) => ({ post, at: Date.parse(post.publishAt) }))
    .toSorted((a, b) => b.at - a.at || compareText(b.post.id, a.post.id))
    .slice(0, target.limit)
    .map(({ post }) => post);
}
