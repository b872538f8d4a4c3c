import type { CopyState, CopyStates } from '../model/ledger.ts';
import type { Action } from '../model/plan.ts';
import type { Post, PostId } from '../model/post.ts';
import type { CopyTarget } from '../model/target.ts';
import { findExclusion } from '../blog/eligibility.ts';
import { awaitLanding, hold, holdUnreadable, keep, stateOf, tellWayBack } from './actions.ts';
import { findLanding } from './flight.ts';
import { beginOf, isOld } from './is-old.ts';
import type { PlanRequest } from './request.ts';
import { scheduleFresh } from './schedule-fresh.ts';
import type { Candidate, Selection } from './candidate.ts';

/**
 * Sorts the copies of one target into those that are decided and those whose rendition is needed. `stuck` are the copies
 * that are due and cannot go, with the instant since when: they use up no one's slot.
 */
export function selectCopies(
  target: CopyTarget,
  posts: readonly Post[],
  states: CopyStates,
  opened: string | undefined,
  request: PlanRequest,
  stuck: ReadonlyMap<PostId, string> = new Map(),
): Selection {
  const actions: Action[] = [];
  const candidates: Candidate[] = [];
  const fresh: Candidate[] = [];
  let since: number | undefined;
  const missing = findMissing(target.name, posts, states);

  for (const post of posts) {
    if (request.named.size > 0 && !request.named.has(post.id)) continue;
    const state = stateOf(states, target.name, post.id);
    if (state.unreadable !== undefined) {
      actions.push(holdUnreadable(state));
      continue;
    }
    const landing = findLanding(state, request);
    if (landing !== undefined) {
      actions.push(awaitLanding(state, landing));
      continue;
    }
    const exclusion = findExclusion(post, target);
    if (exclusion !== undefined) {
      if (state.receipt !== undefined && state.receipt.state !== 'gone') {
        actions.push(
          hold(state, 'removed', `the post is now ${exclusion}; its copy is still up until it is retracted`),
        );
      } else if (isInDoubt(state)) {
        actions.push(holdOrphan(state, `the post is now ${exclusion}`));
      }
      continue;
    }
    if (isInDoubt(state)) {
      if ((state.pending ?? state.unknown?.intent)?.verb === 'retract')
        actions.push(hold(state, 'interrupted', tellHalfRetracted(state)));
      else if (target.capabilities.observe) candidates.push({ post, target, state, need: 'settle' });
      else actions.push(hold(state, 'interrupted', unsettled(target)));
    } else if (state.receipt?.state === 'gone') {
      if (request.again && request.named.has(post.id))
        candidates.push({ post, target, state, need: 'create' });
      else actions.push(keep(state, `retracted; ${tellWayBack(state.copy)}`));
    } else if (state.deferred !== undefined && isDeferred(state.deferred, post, request)) {
      actions.push({
        verb: 'wait',
        reason: 'rate-limited',
        note: state.deferred.message,
        at: state.deferred.until,
        target: target.name,
        postId: post.id,
        ledgerLength: state.length,
      });
    } else if (state.receipt !== undefined) {
      candidates.push({ post, target, state, need: 'compare' });
    } else {
      const before = missing.get(post.canonicalUrl);
      if (before !== undefined) {
        actions.push(
          hold(
            state,
            'renamed',
            `its copy is recorded under "${before}"; set "id: ${before}" in its front matter`,
          ),
        );
      } else if (
        !request.named.has(post.id) &&
        isOld(post, target, (since ??= beginOf(target, opened, request)), request)
      ) {
        actions.push(hold(state, 'old', 'dated before the target was opened; name the post to publish it'));
      } else {
        fresh.push({ post, target, state, need: 'create' });
      }
    }
  }
  if (request.named.size === 0) {
    for (const [url, postId] of missing) {
      if (posts.some((post) => post.canonicalUrl === url)) continue;
      actions.push(
        hold(
          stateOf(states, target.name, postId),
          'removed',
          'its post is gone; retract the copy or bring the post back',
        ),
      );
    }
    const ids = new Set(posts.map(({ id }) => id));
    const orphans = [...states.values()].filter(
      ({ copy }) => copy.target === target.name && !ids.has(copy.postId),
    );
    actions.push(...orphans.flatMap((state) => decideOrphan(state, request) ?? []));
  }
  const due = scheduleFresh(target, fresh, states, opened, request, stuck);
  return { actions: [...actions, ...due.actions], candidates: [...candidates, ...due.candidates] };
}

/** What is to be seen of a copy whose post is no longer there, beside that it may still be up. */
function decideOrphan(state: CopyState, request: PlanRequest): Action | undefined {
  const { receipt, unreadable } = state;
  if (unreadable !== undefined) return holdUnreadable(state);
  if (!isInDoubt(state) || (receipt !== undefined && receipt.state !== 'gone')) return undefined;
  const landing = findLanding(state, request);
  return landing === undefined ? holdOrphan(state, 'its post is gone') : awaitLanding(state, landing);
}

/** Copies whose post is no longer there: the post's id by the canonical URL of its last receipt. */
function findMissing(
  target: string,
  posts: readonly Post[],
  states: CopyStates,
): ReadonlyMap<string, PostId> {
  const present = new Set(posts.map((post) => post.id));
  const missing = new Map<string, PostId>();
  for (const { copy, receipt } of states.values()) {
    if (copy.target === target && receipt && receipt.state !== 'gone' && !present.has(copy.postId)) {
      missing.set(receipt.canonicalUrl || receipt.url, copy.postId);
    }
  }
  return missing;
}

/** Whether a target has asked to wait with a post that was not named. */
function isDeferred({ until }: { readonly until: string }, post: Post, request: PlanRequest): boolean {
  return !request.named.has(post.id) && Date.parse(request.now) < Date.parse(until);
}

/** Whether something was sent of a copy, or was about to be, and nobody knows what became of it. */
function isInDoubt({ pending, unknown }: CopyState): boolean {
  return pending !== undefined || unknown !== undefined;
}

/** Holds a copy in doubt that no run will send again. */
function holdOrphan(state: CopyState, why: string): Action {
  return hold(state, 'interrupted', `${why}; settle the copy with "broadside resolve"`);
}

/** What a person began to take down is not touched by a run: to take it down twice does no harm. */
function tellHalfRetracted({ copy: { target, postId } }: CopyState): string {
  return `it may have been taken down; run "broadside retract ${postId} --target ${target}" once more`;
}

function unsettled(target: CopyTarget): string {
  return `${target.name} cannot say whether it was posted; look, then run "broadside resolve"`;
}
