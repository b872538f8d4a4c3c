import { isOutAt, findExclusion, isShown, selectItems } from '../blog/eligibility.ts';
import type { Diagnostic, RuleId } from '../model/diagnostic.ts';
import { stateKey, type Standing } from '../model/ledger.ts';
import type { Post } from '../model/post.ts';
import type { FeedTarget, Target } from '../model/target.ts';
import { beginOf, isOld } from './is-old.ts';
import type { PlanRequest } from './request.ts';

/** A ledger that nothing was ever written to. */
export const unopened: Standing = { states: new Map(), opened: {} };

/** What it takes to say whether a copy of a post could go out. */
export interface Outlook {
  readonly posts: readonly Post[];
  readonly targets: readonly Target[];
  readonly standing: Standing;
  readonly request: PlanRequest;
}

/** The rules of a body that cannot be read, which holds the feeds that show the post. */
const unread: ReadonlySet<RuleId> = new Set(['post-unreadable', 'post-too-deep', 'post-too-costly']);

/**
 * What a fault costs a post: a copy that is held, no more than a feed's item that is not whole, or nothing, since no copy of it
 * goes out.
 */
export type Loss = 'held' | 'short' | 'nothing';

/**
 * Tells what a fault costs a post. A post has something to lose if it is named, has a copy, or may be sent or shown by a run
 * without names; a draft counts as a post. A post that is older than a target, or goes to none, has nothing to lose.
 */
export function openOutlook({
  posts,
  targets,
  standing,
  request,
}: Outlook): (post: Post, fault: Diagnostic) => Loss {
  const isOut = (post: Post): boolean => isOutAt(post, request.now);
  const oldest = new Map(
    targets.flatMap((target) =>
      target.granularity === 'feed' ? [[target.name, findOldest(target, posts, isOut)]] : [],
    ),
  );
  const mayGoTo = (target: Target, post: Post): boolean => {
    if (target.granularity === 'feed')
      return isShown(target, post) && Date.parse(post.publishAt) >= (oldest.get(target.name) ?? -Infinity);
    if (standing.states.has(stateKey({ target: target.name, postId: post.id }))) return true;
    if (findExclusion({ ...post, draft: false }, target) !== undefined) return false;
    return !isOld(post, target, beginOf(target, standing.opened[target.name], request), request);
  };
  const hasCopies = targets.some(({ granularity }) => granularity === 'copy');
  return (post, fault) => {
    if (request.named.has(post.id)) return 'held';
    const own = targets.filter(({ name }) => fault.target === undefined || fault.target === name);
    const losing = own.filter((target) => mayGoTo(target, post));
    if (losing.length === 0) return 'nothing';
    const isShort = fault.target === undefined && hasCopies && !unread.has(fault.rule);
    return isShort && losing.every(({ granularity }) => granularity === 'feed') ? 'short' : 'held';
  };
}

/** When the oldest post that a full feed shows came out: older ones will not be shown again. */
function findOldest(target: FeedTarget, posts: readonly Post[], isOut: (post: Post) => boolean): number {
  const shown = selectItems(target, posts, isOut);
  return shown.length < target.limit ? -Infinity : Date.parse(shown.at(-1)?.publishAt ?? '');
}
