import { Temporal } from 'temporal-polyfill';
import { emptyState, stateKey } from '../model/ledger.ts';
import type { CopyKey, CopyState, CopyStates, Entries, Intent } from '../model/ledger.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Action, HoldReason, Plan } from '../model/plan.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Inputs, Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { CopyTarget, FeedDocument, FeedTarget, Observation } from '../model/target.ts';
import { findExclusion } from '../blog/eligibility.ts';
import { groupSeries, orderPosts } from '../blog/order.ts';
import { changedInputs, describeChanges, hasDrifted } from './changes.ts';
import { findLanding } from './flight.ts';
import { formatInstant, scheduleCopies } from './schedule.ts';

/** How long after it was due a copy waits for its original's page before it is held, in milliseconds. */
const pagePatience = 3 * 24 * 60 * 60 * 1000;

/** How long a plan file may be applied, in days. */
export const planLifetime = 7;

/** What was asked for, beside the posts and the ledger. */
export interface PlanRequest {
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** The posts named on the command line; empty when none was. */
  readonly named: ReadonlySet<PostId>;
  readonly targetNamed: boolean;
  readonly take: 'source' | 'remote' | undefined;
  /** Also update copies that only a new version of Broadside would render differently. */
  readonly refresh: boolean;
  /** Bring back what was retracted of the posts named. */
  readonly again: boolean;
  /** Lifts the schedule, the order of days and law 6, for a rehearsal. */
  readonly suspended: boolean;
  readonly backfill: boolean;
  readonly maxUpdates: number;
  /** How many updates the same run has sent before. */
  readonly updatesBefore?: number;
  readonly timezone: string;
  /** Whether an attempt's process is known to have ended. */
  readonly isSenderGone: (state: CopyState) => boolean;
}

/** A copy that cannot be decided without its rendition. */
export interface Candidate {
  readonly post: Post;
  readonly target: CopyTarget;
  readonly state: CopyState;
  /** `create`: not there yet. `compare`: there, perhaps out of date. `settle`: sent, outcome unknown. */
  readonly need: 'create' | 'compare' | 'settle';
  /** For `create`: since when the schedule has let it go out, ISO 8601 in UTC. */
  readonly dueSince?: string;
  /** For `create`: the slot in which it should have gone out, ISO 8601 in UTC. */
  readonly missed?: string;
  /** For `create`: what it does where nothing hinders it, since its slot is not open yet. */
  readonly wait?: Action;
}

/** What can be said of every copy before any body is read. */
export interface Selection {
  readonly actions: readonly Action[];
  readonly candidates: readonly Candidate[];
}

function milliseconds(instant: string): number {
  return Date.parse(instant);
}

function hold(copy: CopyState, reason: HoldReason, note: string): Action {
  return {
    verb: 'hold',
    reason,
    note,
    target: copy.copy.target,
    postId: copy.copy.postId,
    ledgerLength: copy.length,
    ...(copy.receipt && { remoteId: copy.receipt.remoteId, url: copy.receipt.url }),
  };
}

function keep(copy: CopyState, note?: string): Action {
  return {
    verb: 'keep',
    reason: 'unchanged',
    target: copy.copy.target,
    postId: copy.copy.postId,
    ledgerLength: copy.length,
    ...(note !== undefined && { note }),
    ...(copy.receipt && { remoteId: copy.receipt.remoteId, url: copy.receipt.url }),
  };
}

/** Holds a copy, or a feed, of which the ledger cannot tell what became of it. */
export function holdUnreadable(state: CopyState): Action {
  const { message = '', remedy = '' } = state.unreadable ?? {};
  return hold(state, 'unreadable', `LEDGER_UNREADABLE: ${message} ${remedy}`);
}

function stateOf(states: CopyStates, target: string, postId: PostId): CopyState {
  const copy = { target, postId };
  return states.get(stateKey(copy)) ?? emptyState(copy);
}

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
    const exclusion = findExclusion(post, target);
    if (exclusion !== undefined) {
      if (state.receipt !== undefined && state.receipt.state !== 'gone') {
        actions.push(
          hold(state, 'removed', `the post is now ${exclusion}; its copy is still up until it is retracted`),
        );
      } else if (state.pending !== undefined || state.unknown !== undefined) {
        actions.push(
          hold(
            state,
            'interrupted',
            `the post is now ${exclusion}; settle the copy with "broadside resolve"`,
          ),
        );
      }
      continue;
    }
    const landing = findLanding(state, request);
    if (landing !== undefined) {
      actions.push(awaitLanding(state, landing));
    } else if (state.pending !== undefined || state.unknown !== undefined) {
      if (target.capabilities.observe) candidates.push({ post, target, state, need: 'settle' });
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
    const dark = [...states.values()].filter(
      ({ copy, unreadable }) =>
        unreadable !== undefined && copy.target === target.name && !ids.has(copy.postId),
    );
    actions.push(...dark.map(holdUnreadable));
  }
  const due = scheduleFresh(target, fresh, states, opened, request, stuck);
  return { actions: [...actions, ...due.actions], candidates: [...candidates, ...due.candidates] };
}

/** How a copy that was retracted comes back, in words. */
export function tellWayBack({ target, postId }: CopyKey): string {
  return `"broadside publish ${postId} --target ${target} --again" brings it back`;
}

/** Posts dated before this instant, in milliseconds, are old: the start of the day on which the target was opened. */
function beginOf(target: CopyTarget, opened: string | undefined, request: PlanRequest): number {
  return Temporal.Instant.from(target.policy.since ?? opened ?? request.now)
    .toZonedDateTimeISO(request.timezone)
    .startOfDay().epochMilliseconds;
}

/** Whether a post is from before the target was opened, by its date or, where its author set one, by the time for this target. */
function isOld(post: Post, target: CopyTarget, begin: number, { suspended }: PlanRequest): boolean {
  const at = readOverrideAt(post, target.name) ?? post.publishAt;
  return !suspended && Math.max(milliseconds(at), milliseconds(post.publishAt)) < begin;
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

/** Lets a copy be until what is on its way has arrived or never will. */
function awaitLanding({ copy, pending, unknown, length }: CopyState, landing: string): Action {
  const begun = (pending ?? unknown?.intent)?.at ?? '';
  return {
    verb: 'wait',
    reason: 'in-flight',
    note: `since ${begun}; it may arrive until ${landing}`,
    target: copy.target,
    postId: copy.postId,
    ledgerLength: length,
  };
}

/** Whether a target has asked to wait with a post that was not named. */
function isDeferred({ until }: { readonly until: string }, post: Post, request: PlanRequest): boolean {
  return !request.named.has(post.id) && milliseconds(request.now) < milliseconds(until);
}

function unsettled(target: CopyTarget): string {
  return `${target.name} cannot say whether it was posted; look, then run "broadside resolve"`;
}

/** Of the copies that wait to be caught up the first is a candidate too, so that what hinders it stays seen between slots. */
function scheduleFresh(
  target: CopyTarget,
  fresh: readonly Candidate[],
  states: CopyStates,
  opened: string | undefined,
  request: PlanRequest,
  stuck: ReadonlyMap<PostId, string>,
): Selection {
  const byId = new Map(fresh.map((candidate) => [candidate.post.id, candidate]));
  const ordered = orderPosts(fresh.map((candidate) => candidate.post)).flatMap(
    (post) => byId.get(post.id) ?? [],
  );
  if (request.suspended) return { actions: [], candidates: ordered.map((one) => markDue(one)) };
  const isFree = ({ post }: Candidate): boolean => request.named.has(post.id) || stuck.has(post.id);
  const scheduled = scheduleCopies({
    schedule: target.policy.schedule,
    timezone: request.timezone,
    now: request.now,
    opened: target.policy.since ?? opened ?? request.now,
    candidates: ordered
      .filter((candidate) => !isFree(candidate))
      .map(({ post }) => {
        const at = readOverrideAt(post, target.name);
        return { postId: post.id, publishAt: post.publishAt, ...(at !== undefined && { at }) };
      }),
    sent: [...states.values()]
      .filter((state) => state.copy.target === target.name)
      .flatMap((state) => findSentAt(state) ?? []),
  });
  const times = new Map(scheduled.map((one) => [one.postId, one]));
  const caughtUpNext = scheduled.find(({ due, missed }) => !due && missed !== undefined);
  const actions: Action[] = [];
  const candidates: Candidate[] = [];
  for (const candidate of ordered) {
    const time = times.get(candidate.post.id);
    if (time === undefined) {
      candidates.push(markDue(candidate, stuck.get(candidate.post.id)));
      continue;
    }
    const missed = time.missed !== undefined && { missed: time.missed };
    const wait: Action = {
      verb: 'wait',
      reason: 'scheduled',
      at: time.at,
      ...missed,
      target: target.name,
      postId: candidate.post.id,
      ledgerLength: candidate.state.length,
    };
    const due = { ...markDue(candidate, time.missed ?? time.at), ...missed };
    if (time.due) candidates.push(due);
    else if (time === caughtUpNext) candidates.push({ ...due, wait });
    else actions.push(wait);
  }
  return { actions, candidates };
}

/** When a copy was first created, or may have been. */
function findSentAt({ createdAt, pending, unknown }: CopyState): string | undefined {
  return createdAt ?? (pending ?? unknown?.intent)?.at;
}

/** A copy that no schedule holds back is due from its original's date on. */
function markDue(candidate: Candidate, at?: string): Candidate {
  return { ...candidate, dueSince: at ?? candidate.post.publishAt };
}

function readOverrideAt(post: Post, target: string): string | undefined {
  const wish = post.syndicate === false ? undefined : post.syndicate[target];
  return typeof wish === 'object' ? wish.at : undefined;
}

/**
 * Keeps a copy whose inputs are foreseen to be those it was last sent with, so that its rendition is not needed; undefined
 * where only the rendition can tell. What a target names as fixed follows from the post's source.
 */
export function keepForeseen(
  { post, target, state, need }: Candidate,
  inputs: Inputs,
  request: PlanRequest,
): Action | undefined {
  const { receipt } = state;
  if (need !== 'compare' || receipt === undefined || request.refresh) return undefined;
  if (request.take !== undefined && request.named.has(post.id)) return undefined;
  if (receipt.canonicalUrl !== post.canonicalUrl) return undefined;
  const changed = changedInputs(receipt.inputs, inputs);
  return changed.every((name) => target.capabilities.fixed.includes(name) && !(name in inputs))
    ? keep(state)
    : undefined;
}

/** What a candidate needs, now that its rendition is there; observing may still change it. */
export function decideCandidate(
  candidate: Candidate,
  rendition: Rendition,
  problems: readonly Diagnostic[],
  request: PlanRequest,
): Action {
  const { post, target, state } = candidate;
  const common = {
    target: target.name,
    postId: post.id,
    ledgerLength: state.length,
    inputs: rendition.inputs,
    fingerprint: rendition.fingerprint,
    references: rendition.references,
  };
  const missed = candidate.missed !== undefined && { missed: candidate.missed };
  const fresh: Action = { verb: 'create', reason: 'new', ...common, ...missed, rendition };
  const isGone = state.receipt?.state === 'gone';
  const create = isGone ? bringBack(state, fresh) : fresh;
  const isThere = state.receipt !== undefined && !isGone;
  if (candidate.need === 'settle') return isThere ? updateOf(state, create, 'post') : create;

  const problem = problems.find((one) => one.severity === 'error');
  const named = request.named.has(post.id);
  const refused =
    !named && state.refusal && changedInputs(state.refusal.inputs, rendition.inputs).length === 0;
  if (state.receipt === undefined || isGone) {
    if (problem !== undefined) return holdUnsupported(state, problem);
    return refused === true ? refusedAgain(state) : (candidate.wait ?? create);
  }

  const changed = changedInputs(state.receipt.inputs, rendition.inputs);
  const adopted = state.receipt.verb === 'adopt';
  const asked = request.refresh || (named && request.take !== undefined);
  const shown = state.receipt.references;
  const shrank = shown.some((id) => !rendition.references.includes(id));
  const grew = rendition.references.some((id) => !shown.includes(id));
  const counts = adopted
    ? changed.includes('source')
    : changed.some((name) => name !== 'navigation' || (request.backfill && (grew || !shrank)));
  const differs = state.receipt.fingerprint !== rendition.fingerprint;
  if (!asked && (!counts || (!differs && !adopted))) return keep(state);
  if (request.refresh && !differs && request.take === undefined) return keep(state);
  if (problem !== undefined) return holdUnsupported(state, problem);
  if (refused === true) return refusedAgain(state);
  if (target.capabilities.update === 'named' && !(named && request.targetNamed)) {
    return keep(state, `changed, but ${target.name} is only updated when post and target are named`);
  }
  const { fixed } = target.capabilities;
  const stays = changed.filter((name) => fixed.includes(name));
  const note = describeChanges(changed.filter((name) => !fixed.includes(name))) || 'a new rendering';
  return updateOf(
    state,
    keepFixed(create, state.receipt.inputs, fixed),
    stays.length === 0
      ? note
      : `${note}; the ${describeChanges(stays)} stays as it was sent, unless the copy is retracted and published with --again`,
  );
}

/** Leaves the inputs that an update cannot change as they were, since that is what readers go on seeing. */
function keepFixed(action: Action, before: Inputs, fixed: readonly string[]): Action {
  const { rendition } = action;
  if (rendition === undefined) return action;
  const kept = Object.entries(before).filter(([name]) => fixed.includes(name));
  const inputs = { ...rendition.inputs, ...Object.fromEntries(kept) };
  return { ...action, inputs, rendition: { ...rendition, inputs } };
}

/** Holds a copy that the target could not show as it should. */
export function holdUnsupported(state: CopyState, { rule, file, line }: Diagnostic): Action {
  return hold(state, 'unsupported', `${rule} at ${file}:${line}`);
}

function updateOf(state: CopyState, create: Action, note: string): Action {
  if (state.receipt === undefined) return create;
  return {
    ...create,
    verb: 'update',
    reason: 'changed',
    note,
    remoteId: state.receipt.remoteId,
    url: state.receipt.url,
  };
}

function bringBack(state: CopyState, create: Action): Action {
  if (state.receipt === undefined) return create;
  const { remoteId, url } = state.receipt;
  return { ...create, reason: 'again', note: 'it had been retracted', remoteId, url };
}

function refusedAgain(state: CopyState): Action {
  const said = state.refusal?.failure.message ?? 'the target said no';
  return hold(state, 'refused', `${said.replace(/\.$/, '')}; change the post, or name it to try again`);
}

/** The posts whose pages a copy is the first to lead to: of a new one its own, of another what has joined its series. */
export function findNewPages(
  { verb, reason, target, postId, references = [] }: Action,
  states: CopyStates,
  { seriesByPost }: Pick<Site, 'seriesByPost'>,
): readonly PostId[] {
  if (verb === 'create' || reason === 'scheduled') return [postId];
  const shown = stateOf(states, target, postId).receipt?.references;
  const series = seriesByPost.get(postId);
  if (verb !== 'update' || shown === undefined || series === undefined) return [];
  const members = [...series.parts, ...(series.hub === undefined ? [] : [series.hub])];
  return members.map((part) => part.postId).filter((id) => references.includes(id) && !shown.includes(id));
}

/**
 * What a create or update becomes that leads to a page which cannot be read on the site: it waits, and from three days after it was
 * due it is held. `fault` is what is wrong with the page.
 */
export function awaitPage(action: Action, dueSince: string, fault: string, request: PlanRequest): Action {
  const { target, postId, ledgerLength } = action;
  const isLate = milliseconds(request.now) - milliseconds(dueSince) > pagePatience;
  return isLate
    ? {
        verb: 'hold',
        reason: 'not-live',
        note: `${fault}, and the copy has been due since ${formatInstant(dueSince, request.timezone)}; put the page up, or set "require_live: false"`,
        target,
        postId,
        ledgerLength,
      }
    : { verb: 'wait', reason: 'not-live', note: fault, target, postId, ledgerLength };
}

/**
 * What an action becomes once the target has said what it holds. `intendedBody` is the body of a request whose outcome
 * is in doubt. The request's `now` is by the target's clock.
 */
export function settleAction(
  action: Action,
  state: CopyState,
  observation: Observation,
  request: PlanRequest,
  intendedBody?: string,
): Action {
  const landing = findLanding(state, request);
  if (landing !== undefined) return awaitLanding(state, landing);
  if (observation.seen === 'unknown') return { ...action, unobserved: true };
  const intent = state.pending ?? state.unknown?.intent;
  if (state.receipt === undefined) {
    if (observation.seen === 'absent') return action;
    return intent === undefined
      ? adoptFound(action, observation, 'elsewhere', 'a copy with this canonical URL is already there')
      : adoptFound(madeAs(action, intent), observation, 'own', 'the target did take it');
  }
  if (observation.seen === 'absent') {
    const { remoteId: _gone, url: _nowhere, ...anew } = action;
    if (action.reason === 'again') return anew;
    return hold(state, 'removed', 'the target no longer has it; retract it to settle the record');
  }
  if (hasDrifted(state.receipt, observation)) {
    if (intent !== undefined && intendedBody !== undefined && observation.body === intendedBody) {
      return adoptFound(madeAs(action, intent), observation, 'own', 'the target did take the change');
    }
    if (request.take === 'remote') {
      return adoptFound(action, observation, 'edited', 'the edit on the target is accepted');
    }
    if (request.take === undefined) {
      return hold(
        state,
        'drifted',
        'edited by hand on the target; --take source overwrites, --take remote accepts',
      );
    }
  }
  const same = state.receipt.fingerprint === action.fingerprint;
  const stays = same && intent === undefined && action.reason !== 'again';
  if (stays && !hasDrifted(state.receipt, observation)) return keep(state);
  return { ...action, remoteId: observation.remoteId, url: observation.url };
}

function adoptFound(
  action: Action,
  seen: Extract<Observation, { readonly seen: 'present' }>,
  origin: NonNullable<Action['origin']>,
  note: string,
): Action {
  const { remoteId, url, state, echo, body } = seen;
  return {
    ...action,
    verb: 'adopt',
    reason: 'found',
    note,
    origin,
    remoteId,
    url,
    found: { state, echo, ...(body !== undefined && { body }) },
  };
}

/** What is found was made by an earlier request, perhaps before the post was edited again. */
function madeAs(action: Action, { inputs, fingerprint }: Intent): Action {
  const { rendition } = action;
  if (rendition === undefined || fingerprint === action.fingerprint) return action;
  return { ...action, inputs, fingerprint, rendition: { ...rendition, inputs, fingerprint } };
}

/** The name that an item has among a feed's inputs. */
export function itemKey(postId: PostId): string {
  return `item ${postId}`;
}

/** Keeps a feed whose inputs are those it was last made from and whose files are on disk as they were written. */
export function keepFeed(state: CopyState, inputs: Inputs, written: string | undefined): Action | undefined {
  const { receipt } = state;
  if (receipt === undefined || written !== receipt.fingerprint) return undefined;
  if (changedInputs(receipt.inputs, inputs).length > 0) return undefined;
  const { fingerprint, references } = receipt;
  return { ...keep(state), inputs, fingerprint, references };
}

/** What a feed needs: its files, where they are not what was last published. `fingerprint` digests them. */
export function decideFeed(
  target: FeedTarget,
  state: CopyState,
  inputs: Inputs,
  made: {
    readonly documents: readonly FeedDocument[];
    readonly fingerprint: string;
    readonly onDisk: boolean;
  },
  items: readonly PostId[],
): Action {
  const { documents, fingerprint, onDisk } = made;
  const common: Action = {
    verb: 'keep',
    reason: 'unchanged',
    target: target.name,
    postId: 'feed',
    ledgerLength: state.length,
    inputs,
    fingerprint,
    references: items,
    ...(!onDisk && { documents }),
  };
  if (state.receipt === undefined) {
    return { ...common, verb: 'create', reason: 'new', note: countOf(items.length, 'item'), documents };
  }
  if (state.receipt.fingerprint === fingerprint) return common;
  const changed = changedInputs(state.receipt.inputs, inputs);
  const count = changed.filter((name) => name.startsWith(itemKey(''))).length;
  const other = changed.includes('options') ? 'config' : changed.length > 0 ? 'links' : 'a new rendering';
  return {
    ...common,
    verb: 'update',
    reason: 'changed',
    note: count > 0 ? `${countOf(count, 'item')} changed` : other,
    documents,
  };
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Whether an update does nothing but show more of a series. */
function onlyGrew({ target, postId, inputs = {}, references = [] }: Action, states: CopyStates): boolean {
  const { receipt } = stateOf(states, target, postId);
  return (
    receipt !== undefined &&
    receipt.references.length < references.length &&
    receipt.references.every((id) => references.includes(id)) &&
    changedInputs(receipt.inputs, inputs).join(' ') === 'navigation'
  );
}

/**
 * Lets no part of a series overtake an earlier one on the same target: a create either requires the earlier parts of the same
 * run or waits. `opened`: when each target was opened, since what is older holds back nothing.
 */
export function keepOrder(
  actions: readonly Action[],
  posts: readonly Post[],
  states: CopyStates,
  targets: readonly CopyTarget[],
  request: PlanRequest,
  opened: Entries['opened'] = {},
): readonly Action[] {
  if (!actions.some(({ verb }) => verb === 'create')) return actions;
  const bySeries = groupSeries(posts.filter((post) => !post.draft));
  const byId = new Map(posts.map((post) => [post.id, post]));
  const decided = new Map(actions.map((action) => [stateKey(action), action]));
  return actions.map((action) => {
    const post = byId.get(action.postId);
    const target = targets.find((one) => one.name === action.target);
    if (action.verb !== 'create' || post?.series === undefined || target === undefined) return action;
    const parts = bySeries.get(post.series.name) ?? [];
    const begin = beginOf(target, opened[target.name], request);
    const decisionOf = ({ id }: Post) => decided.get(stateKey({ target: target.name, postId: id }));
    const isPast = (part: Post): boolean => {
      const other = decisionOf(part);
      if (other !== undefined) return other.reason === 'old';
      return isOld(part, target, begin, request);
    };
    const earlier = parts
      .slice(0, Math.max(0, parts.indexOf(post)))
      .filter((part) => findExclusion(part, target) === undefined)
      .filter((part) => stateOf(states, target.name, part.id).receipt === undefined)
      .filter((part) => !isPast(part));
    const blocking = earlier.find((part) => !['create', 'adopt'].includes(decisionOf(part)?.verb ?? ''));
    const { postId, ledgerLength } = action;
    const next: Action =
      blocking === undefined
        ? { ...action, ...(earlier.length > 0 && { requires: earlier.map(({ id }) => id) }) }
        : {
            verb: 'wait',
            reason: 'out-of-order',
            note: `after ${blocking.id}, an earlier part of "${post.series.name}"`,
            target: target.name,
            postId,
            ledgerLength,
          };
    decided.set(stateKey(next), next);
    return next;
  });
}

/**
 * Holds updates by a checkout that lacks what a copy was last made from, since they would take it back to what its post said
 * before. `lacking`: the commits that are not in the checkout's history.
 */
export function holdBehind(
  actions: readonly Action[],
  states: CopyStates,
  lacking: ReadonlySet<string>,
  request: PlanRequest,
): readonly Action[] {
  return actions.map((action) => {
    const state = stateOf(states, action.target, action.postId);
    const insists = request.take === 'source' && request.named.has(action.postId);
    if (action.verb !== 'update' || state.commit === undefined || !lacking.has(state.commit) || insists)
      return action;
    return hold(
      state,
      'behind',
      `made from commit ${state.commit.slice(0, 7)}, which the history of this checkout lacks; run "git pull", or name the post with --take source if that commit is gone for good`,
    );
  });
}

/**
 * Holds updates that are too many, and lets a target have no more writes than it takes in a day. Where a series grew, that is
 * shown on as many copies as there is room for, and on the others by the next runs.
 */
export function guardActions(
  actions: readonly Action[],
  states: CopyStates,
  targets: readonly CopyTarget[],
  request: PlanRequest,
): readonly Action[] {
  const updates = actions.filter((action) => action.verb === 'update' && action.rendition !== undefined);
  const grown = new Set(updates.filter((action) => onlyGrew(action, states)));
  const count = updates.length - grown.size + (request.updatesBefore ?? 0);
  const tooMany = request.named.size === 0 && count > request.maxUpdates;
  let roomToGrow = request.named.size > 0 ? Infinity : request.maxUpdates - (tooMany ? 0 : count);
  const room = new Map(targets.map((target) => [target.name, countRoom(target, states, request.now)]));
  return actions.map((action) => {
    const { verb, target, postId, ledgerLength } = action;
    const wait = { verb: 'wait', reason: 'rate-limited', target, postId, ledgerLength } as const;
    const left = room.get(target);
    if (left !== undefined && (verb === 'create' || verb === 'update')) {
      room.set(target, left - 1);
      if (left <= 0) return { ...wait, at: startOfDay(request.now).add({ hours: 24 }).toString() };
    }
    if (grown.has(action)) {
      roomToGrow -= 1;
      const note = `${request.maxUpdates} updates in one run, as max_updates says; the next run goes on`;
      return roomToGrow < 0 ? { ...wait, note } : action;
    }
    if (!tooMany || !updates.includes(action)) return action;
    return hold(
      stateOf(states, target, postId),
      'too-many',
      `${count} updates in one run, max_updates is ${request.maxUpdates}; name the posts or raise it`,
    );
  });
}

/** How many more writes a target takes today; undefined where it has no daily limit. */
function countRoom(target: CopyTarget, states: CopyStates, now: string): number | undefined {
  const { daily } = target.capabilities.pace;
  if (daily === undefined) return undefined;
  const since = startOfDay(now).epochMilliseconds;
  const written = [...states.values()]
    .filter((state) => state.copy.target === target.name)
    .flatMap((state) => state.intendedAt)
    .filter((at) => milliseconds(at) >= since).length;
  return Math.floor(daily.requests / daily.perWrite) - written;
}

function startOfDay(now: string): Temporal.Instant {
  return Temporal.Instant.from(now).toZonedDateTimeISO('UTC').startOfDay().toInstant();
}

/** Completes a plan from its actions. */
export function assemblePlan(parts: Omit<Plan, 'version' | 'expiresAt'>): Plan {
  return {
    version: 1,
    ...parts,
    expiresAt: Temporal.Instant.from(parts.createdAt)
      .add({ hours: planLifetime * 24 })
      .toString(),
  };
}
