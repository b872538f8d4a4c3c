import { Temporal } from 'temporal-polyfill';
import { listCopied, type CopyStates } from '../model/ledger.ts';
import { copyOf, idOf, type CopyAction, type CopyActionOf } from '../model/plan.ts';
import { listByHand, type HoldingTarget } from '../model/target.ts';
import { hold, stateOf, wait } from './actions.ts';
import { changedInputs } from './changes.ts';
import type { PlanRequest } from './request.ts';

/** Whether an update only shows more of a series. */
function onlyGrew(action: CopyActionOf<'update'>, states: CopyStates): boolean {
  const { receipt } = stateOf(states, copyOf(action));
  const { references, inputs } = action.rendition;
  return (
    receipt !== undefined &&
    receipt.references.length < references.length &&
    receipt.references.every((id) => references.includes(id)) &&
    changedInputs(receipt.inputs, inputs).join(' ') === 'navigation'
  );
}

/** The commits that the copies which a plan would change were last made from. */
export function listCommits(actions: readonly CopyAction[], states: CopyStates): ReadonlySet<string> {
  const changing = actions.filter(({ verb }) => verb === 'update');
  return new Set(changing.flatMap((action) => stateOf(states, copyOf(action)).commit ?? []));
}

/**
 * Holds updates if the checkout lacks the commit that the copy was last made from, because they would undo its later changes.
 * `lacking`: the commits that are not in the checkout's history.
 */
export function holdBehind(
  actions: readonly CopyAction[],
  states: CopyStates,
  lacking: ReadonlySet<string>,
  request: PlanRequest,
): readonly CopyAction[] {
  return actions.map((action) => {
    const insists = request.take === 'source' && request.named.has(idOf(action));
    if (action.verb !== 'update' || insists) return action;
    const state = stateOf(states, copyOf(action));
    if (state.commit === undefined || !lacking.has(state.commit)) return action;
    return hold(
      action,
      state,
      'behind',
      `made from commit ${state.commit.slice(0, 7)}, which the history of this checkout lacks; run "git pull", or name the post with --take source if that commit is gone for good`,
    );
  });
}

/**
 * Holds updates if there are too many, and sends a target no more writes than it takes in a day. If a series grew, as many copies
 * as there is room for are updated now, and the others in the next runs.
 */
export function guardActions(
  actions: readonly CopyAction[],
  states: CopyStates,
  targets: readonly HoldingTarget[],
  request: PlanRequest,
): readonly CopyAction[] {
  const byHand = listByHand(targets);
  const updates = actions.flatMap((action) =>
    action.verb === 'update' && !byHand.has(action.target) ? [action] : [],
  );
  const grown = new Set<CopyAction>(updates.filter((action) => onlyGrew(action, states)));
  const count = updates.length - grown.size + (request.updatesBefore ?? 0);
  const tooMany = request.named.size === 0 && count > request.maxUpdates;
  let roomToGrow = request.named.size > 0 ? Infinity : request.maxUpdates - (tooMany ? 0 : count);
  const room = new Map(targets.map((target) => [target.name, countRoom(target, states, request.now)]));
  const tomorrow = (): string => startOfDay(request.now).add({ hours: 24 }).toString();
  return actions.map((action) => {
    const { verb, target } = action;
    const left = room.get(target);
    if (left !== undefined && (verb === 'create' || verb === 'update')) {
      room.set(target, left - 1);
      if (left <= 0) return wait(action, stateOf(states, copyOf(action)), 'rate-limited', { at: tomorrow() });
    }
    if (grown.has(action)) {
      roomToGrow -= 1;
      const note = `${request.maxUpdates} updates in one run, as max_updates says; the next run goes on`;
      return roomToGrow < 0
        ? wait(action, stateOf(states, copyOf(action)), 'rate-limited', { note })
        : action;
    }
    if (!tooMany || verb !== 'update' || byHand.has(target)) return action;
    return hold(
      action,
      stateOf(states, copyOf(action)),
      'too-many',
      `${count} updates in one run, max_updates is ${request.maxUpdates}; name the posts or raise it`,
    );
  });
}

/** How many more writes a target takes today; undefined where it has no daily limit. */
function countRoom(target: HoldingTarget, states: CopyStates, now: string): number | undefined {
  const daily = target.by === 'program' ? target.capabilities.pace.daily : undefined;
  if (daily === undefined) return undefined;
  const since = startOfDay(now).epochMilliseconds;
  const written = listCopied(states, target.name)
    .flatMap((postId) => stateOf(states, { target: target.name, postId }).intendedAt)
    .filter((at) => Date.parse(at) >= since).length;
  return Math.floor(daily.requests / daily.perWrite) - written;
}

function startOfDay(now: string): Temporal.Instant {
  return Temporal.Instant.from(now).toZonedDateTimeISO('UTC').startOfDay().toInstant();
}
