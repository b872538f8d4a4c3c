import { once } from '../base/once.ts';
import { intentInDoubt, isInDoubt, listCopied, type CopyState, type CopyStates } from '../model/ledger.ts';
import type { CopyAction, CopySubject } from '../model/plan.ts';
import type { Writing, PostId } from '../model/post.ts';
import type { HoldingTarget } from '../model/target.ts';
import { findExclusion } from '../blog/eligibility.ts';
import { urlKey } from '../reading/url-key.ts';
import {
  awaitLanding,
  explainUnreadable,
  hold,
  keep,
  stateOf,
  nameWriting,
  subjectFor,
  tellWayBack,
  wait,
} from './actions.ts';
import { findLanding } from './flight.ts';
import { beginOf, isOld } from './is-old.ts';
import type { Occasion, PlanRequest } from './request.ts';
import { scheduleFresh } from './schedule-fresh.ts';
import type { Candidate, Selection } from './candidate.ts';

/**
 * Sorts the copies of one target into those that are decided and those whose rendition is needed. `stuck` are the copies that are
 * due but cannot go, each with the instant since when: they use up no slot. `kept` are passed over, because they are known to be as
 * they should be.
 */
export function selectCopies(
  target: HoldingTarget,
  writings: readonly Writing[],
  occasion: Occasion,
  stuck: ReadonlyMap<PostId, string> = new Map(),
  kept: ReadonlyMap<PostId, CopyAction> = new Map(),
): Selection {
  const { states, opened, request } = occasion;
  const actions: CopyAction[] = [];
  const candidates: Candidate[] = [];
  const fresh: Candidate[] = [];
  const missing = findMissing(target, writings, states);
  const begin = once(() => beginOf(target, opened[target.name], request));
  for (const writing of writings) {
    const { id } = writing;
    if (kept.has(id) || (request.named.size > 0 && !request.named.has(id))) continue;
    const subject = subjectFor(target, id);
    const state = stateOf(states, { target: target.name, postId: id });
    const landing = findLanding(state, request);
    const exclusion = findExclusion(writing, target, request.now);
    if (state.unreadable !== undefined) actions.push(holdUnreadable(subject, state));
    else if (landing !== undefined) actions.push(awaitLanding(subject, state, landing));
    else if (exclusion !== undefined)
      actions.push(...holdExcluded(subject, state, `the ${nameWriting(target)} is now ${exclusion}`));
    else {
      const copy = { subject, writing, target, state };
      const known = selectKnown(copy, request);
      if (known !== undefined && 'need' in known) candidates.push(known);
      else {
        const settled = known ?? holdNew(copy, missing, begin, request);
        if (settled === undefined) fresh.push({ ...copy, need: 'create' });
        else actions.push(settled);
      }
    }
  }
  if (request.named.size === 0) actions.push(...decideOrphans(target, writings, states, missing, request));
  const due = scheduleFresh(target, fresh, occasion, stuck);
  return { actions: [...actions, ...due.actions], candidates: [...candidates, ...due.candidates] };
}

function holdUnreadable(subject: CopySubject, state: CopyState): CopyAction {
  return hold(subject, state, 'unreadable', explainUnreadable(state));
}

/** Holds the copy of a post that may not go there, if there is one or may be one. */
function holdExcluded(subject: CopySubject, state: CopyState, why: string): readonly CopyAction[] {
  if (state.receipt !== undefined && state.receipt.state !== 'gone') {
    const note = `${why}; its copy is still up until it is retracted`;
    return [hold(subject, state, 'removed', note)];
  }
  return isInDoubt(state) ? [holdInDoubt(subject, state, why)] : [];
}

/** What follows from what the ledger knows of a copy; undefined where it knows of none. */
function selectKnown(
  copy: Omit<Candidate, 'need'>,
  request: PlanRequest,
): CopyAction | Candidate | undefined {
  const { subject, writing, target, state } = copy;
  const { receipt, deferred } = state;
  if (isInDoubt(state)) {
    if (intentInDoubt(state)?.verb === 'retract')
      return hold(subject, state, 'interrupted', tellHalfRetracted(state));
    return target.by === 'program' && target.capabilities.observe
      ? { ...copy, need: 'settle' }
      : hold(subject, state, 'interrupted', unsettled(target));
  }
  if (receipt?.state === 'gone') {
    return request.again && request.named.has(writing.id)
      ? { ...copy, need: 'create' }
      : keep(subject, state, `retracted; ${tellWayBack(state.copy)}`);
  }
  if (deferred !== undefined && isDeferred(deferred, writing, request)) {
    const { message: note, until: at } = deferred;
    return wait(subject, state, 'rate-limited', { note, at });
  }
  return receipt && { ...copy, need: 'compare' };
}

/** Holds a copy that the ledger does not know and that is not new; `missing` are copies whose post is gone, by address. */
function holdNew(
  { subject, writing, target, state }: Omit<Candidate, 'need'>,
  missing: ReadonlyMap<string, PostId>,
  begin: () => number,
  request: PlanRequest,
): CopyAction | undefined {
  const before = missing.get(urlKey(writing.canonicalUrl));
  if (before !== undefined) {
    const note = `its copy is recorded under "${before}"; set "id: ${before}" in its front matter`;
    return hold(subject, state, 'renamed', note);
  }
  return !request.named.has(writing.id) && isOld(writing, target, begin(), request)
    ? hold(subject, state, 'old', 'dated before the target was opened; name the post to publish it')
    : undefined;
}

/** What a plan shows of copies whose post is no longer there. */
function decideOrphans(
  target: HoldingTarget,
  writings: readonly Writing[],
  states: CopyStates,
  missing: ReadonlyMap<string, PostId>,
  request: PlanRequest,
): readonly CopyAction[] {
  const addresses = new Set(
    missing.size === 0 ? [] : writings.map(({ canonicalUrl }) => urlKey(canonicalUrl)),
  );
  const { name } = target;
  const ids = new Set(writings.map(({ id }) => id));
  const gone = [...missing].filter(([url]) => !addresses.has(url));
  const orphans = listCopied(states, name)
    .filter((postId) => !ids.has(postId))
    .map((postId) => stateOf(states, { target: name, postId }));
  const what = nameWriting(target);
  const note = `its ${what} is gone; retract the copy or bring the ${what} back`;
  return [
    ...gone.map(([, postId]) =>
      hold(subjectFor(target, postId), stateOf(states, { target: name, postId }), 'removed', note),
    ),
    ...orphans.flatMap(
      (state) =>
        decideOrphan(subjectFor(target, state.copy.postId), state, `its ${what} is gone`, request) ?? [],
    ),
  ];
}

/** What a plan shows of a copy whose post is no longer there, besides that it may still be up. */
function decideOrphan(
  subject: CopySubject,
  state: CopyState,
  why: string,
  request: PlanRequest,
): CopyAction | undefined {
  const { receipt, unreadable } = state;
  if (unreadable !== undefined) return holdUnreadable(subject, state);
  if (!isInDoubt(state) || (receipt !== undefined && receipt.state !== 'gone')) return undefined;
  const landing = findLanding(state, request);
  return landing === undefined ? holdInDoubt(subject, state, why) : awaitLanding(subject, state, landing);
}

/** Copies whose post is no longer there: the post's id by the key of the canonical URL of its last receipt. */
function findMissing(
  { name, granularity }: HoldingTarget,
  writings: readonly Writing[],
  states: CopyStates,
): ReadonlyMap<string, PostId> {
  const present = new Set(writings.map(({ id }) => id));
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

/** Whether a target has asked to wait with a post, and the post was not named. */
function isDeferred({ until }: { readonly until: string }, { id }: Writing, request: PlanRequest): boolean {
  return !request.named.has(id) && Date.parse(request.now) < Date.parse(until);
}

/** Holds a copy in doubt that no run will send again. */
function holdInDoubt(subject: CopySubject, state: CopyState, why: string): CopyAction {
  return hold(subject, state, 'interrupted', `${why}; settle the copy with "broadside resolve"`);
}

/** No run touches a copy that a person began to take down: taking it down twice does no harm. */
function tellHalfRetracted({ copy: { target, postId } }: CopyState): string {
  return `it may have been taken down; run "broadside retract ${postId} --target ${target}" once more`;
}

function unsettled(target: HoldingTarget): string {
  return `${target.name} cannot say whether it was posted; look, then run "broadside resolve"`;
}
