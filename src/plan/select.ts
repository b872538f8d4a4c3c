import { once } from '../base/once.ts';
import { intentInDoubt, isInDoubt, listCopied, type CopyState, type CopyStates } from '../model/ledger.ts';
import type { PostAction } from '../model/plan.ts';
import type { Writing, PostId } from '../model/post.ts';
import type { HoldingTarget } from '../model/target.ts';
import { findExclusion } from '../blog/eligibility.ts';
import { urlKey } from '../reading/url-key.ts';
import {
  awaitLanding,
  describeStep,
  explainUnreadable,
  hold,
  keep,
  stateOf,
  nameWriting,
  tellWayBack,
} from './actions.ts';
import { findLanding } from './flight.ts';
import { beginOf, isOld } from './is-old.ts';
import type { PlanRequest } from './request.ts';
import { scheduleFresh } from './schedule-fresh.ts';
import type { Candidate, Selection } from './candidate.ts';

/**
 * Sorts the copies of one target into those that are decided and those whose rendition is needed. `stuck` are the copies
 * that are due and cannot go, with the instant since when: they use up no one's slot. `kept` are passed over, since they are
 * known to be as they should be.
 */
export function selectCopies(
  target: HoldingTarget,
  posts: readonly Writing[],
  states: CopyStates,
  opened: string | undefined,
  request: PlanRequest,
  stuck: ReadonlyMap<PostId, string> = new Map(),
  kept: ReadonlyMap<PostId, PostAction> = new Map(),
): Selection {
  const actions: PostAction[] = [];
  const candidates: Candidate[] = [];
  const fresh: Candidate[] = [];
  const missing = findMissing(target, posts, states);
  const begin = once(() => beginOf(target, opened, request));
  for (const post of posts) {
    if (kept.has(post.id) || (request.named.size > 0 && !request.named.has(post.id))) continue;
    const state = stateOf(states, { target: target.name, postId: post.id });
    const landing = findLanding(state, request);
    const exclusion = findExclusion(post, target, request.now);
    if (state.unreadable !== undefined) actions.push(holdUnreadable(state));
    else if (landing !== undefined) actions.push(awaitLanding(state, landing));
    else if (exclusion !== undefined)
      actions.push(...holdExcluded(state, `the ${nameWriting(target)} is now ${exclusion}`));
    else {
      const known = selectKnown(post, target, state, request);
      if (known !== undefined && 'need' in known) candidates.push(known);
      else {
        const settled = known ?? holdNew(post, target, state, missing, begin, request);
        if (settled === undefined) fresh.push({ post, target, state, need: 'create' });
        else actions.push(settled);
      }
    }
  }
  if (request.named.size === 0) actions.push(...decideOrphans(target, posts, states, missing, request));
  const due = scheduleFresh(target, fresh, states, opened, request, stuck);
  return { actions: [...actions, ...due.actions], candidates: [...candidates, ...due.candidates] };
}

function holdUnreadable(state: CopyState): PostAction {
  return hold(state, 'unreadable', explainUnreadable(state));
}

/** Holds the copy of what may not go there, if there is one or may be. */
function holdExcluded(state: CopyState, why: string): readonly PostAction[] {
  if (state.receipt !== undefined && state.receipt.state !== 'gone') {
    const note = `${why}; its copy is still up until it is retracted`;
    return [hold(state, 'removed', note)];
  }
  return isInDoubt(state) ? [holdInDoubt(state, why)] : [];
}

/** What follows from what the ledger knows of a copy; undefined where it knows of none. */
function selectKnown(
  post: Writing,
  target: HoldingTarget,
  state: CopyState,
  request: PlanRequest,
): PostAction | Candidate | undefined {
  const { receipt, deferred } = state;
  if (isInDoubt(state)) {
    if (intentInDoubt(state)?.verb === 'retract') return hold(state, 'interrupted', tellHalfRetracted(state));
    return target.by === 'program' && target.capabilities.observe
      ? { post, target, state, need: 'settle' }
      : hold(state, 'interrupted', unsettled(target));
  }
  if (receipt?.state === 'gone') {
    return request.again && request.named.has(post.id)
      ? { post, target, state, need: 'create' }
      : keep(state, `retracted; ${tellWayBack(state.copy)}`);
  }
  if (deferred !== undefined && isDeferred(deferred, post, request)) {
    const { message: note, until: at } = deferred;
    return { verb: 'wait', reason: 'rate-limited', note, at, ...describeStep(state) };
  }
  return receipt && { post, target, state, need: 'compare' };
}

/** Holds a copy that the ledger does not know and that is no new one; `missing` are copies whose post is gone, by address. */
function holdNew(
  post: Writing,
  target: HoldingTarget,
  state: CopyState,
  missing: ReadonlyMap<string, PostId>,
  begin: () => number,
  request: PlanRequest,
): PostAction | undefined {
  const before = missing.get(urlKey(post.canonicalUrl));
  if (before !== undefined) {
    const note = `its copy is recorded under "${before}"; set "id: ${before}" in its front matter`;
    return hold(state, 'renamed', note);
  }
  return !request.named.has(post.id) && isOld(post, target, begin(), request)
    ? hold(state, 'old', 'dated before the target was opened; name the post to publish it')
    : undefined;
}

/** What is to be seen of copies whose post is no longer there. */
function decideOrphans(
  target: HoldingTarget,
  posts: readonly Writing[],
  states: CopyStates,
  missing: ReadonlyMap<string, PostId>,
  request: PlanRequest,
): readonly PostAction[] {
  const addresses = new Set(missing.size === 0 ? [] : posts.map(({ canonicalUrl }) => urlKey(canonicalUrl)));
  const { name } = target;
  const ids = new Set(posts.map(({ id }) => id));
  const gone = [...missing].filter(([url]) => !addresses.has(url));
  const orphans = listCopied(states, name)
    .filter((postId) => !ids.has(postId))
    .map((postId) => stateOf(states, { target: name, postId }));
  const what = nameWriting(target);
  const note = `its ${what} is gone; retract the copy or bring the ${what} back`;
  return [
    ...gone.map(([, postId]) => hold(stateOf(states, { target: name, postId }), 'removed', note)),
    ...orphans.flatMap((state) => decideOrphan(state, `its ${what} is gone`, request) ?? []),
  ];
}

/** What is to be seen of a copy whose post is no longer there, beside that it may still be up. */
function decideOrphan(state: CopyState, why: string, request: PlanRequest): PostAction | undefined {
  const { receipt, unreadable } = state;
  if (unreadable !== undefined) return holdUnreadable(state);
  if (!isInDoubt(state) || (receipt !== undefined && receipt.state !== 'gone')) return undefined;
  const landing = findLanding(state, request);
  return landing === undefined ? holdInDoubt(state, why) : awaitLanding(state, landing);
}

/** Copies whose post is no longer there: the post's id by the key of the canonical URL of its last receipt. */
function findMissing(
  { name, granularity }: HoldingTarget,
  posts: readonly Writing[],
  states: CopyStates,
): ReadonlyMap<string, PostId> {
  const present = new Set(posts.map((post) => post.id));
  const missing = new Map<string, PostId>();
  for (const postId of listCopied(states, name)) {
    if (present.has(postId)) continue;
    const { receipt } = stateOf(states, { target: name, postId });
    if (receipt === undefined || receipt.state === 'gone') continue;
    // A letter has no address, and those of a sequence may share the one that they are sent from.
    const otherwise = granularity === 'letter' ? postId : receipt.url;
    missing.set(urlKey(receipt.canonicalUrl || otherwise), postId);
  }
  return missing;
}

/** Whether a target has asked to wait with a post that was not named. */
function isDeferred({ until }: { readonly until: string }, post: Writing, request: PlanRequest): boolean {
  return !request.named.has(post.id) && Date.parse(request.now) < Date.parse(until);
}

/** Holds a copy in doubt that no run will send again. */
function holdInDoubt(state: CopyState, why: string): PostAction {
  return hold(state, 'interrupted', `${why}; settle the copy with "broadside resolve"`);
}

/** What a person began to take down is not touched by a run: to take it down twice does no harm. */
function tellHalfRetracted({ copy: { target, postId } }: CopyState): string {
  return `it may have been taken down; run "broadside retract ${postId} --target ${target}" once more`;
}

function unsettled(target: HoldingTarget): string {
  return `${target.name} cannot say whether it was posted; look, then run "broadside resolve"`;
}
