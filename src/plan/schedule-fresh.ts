import { orderPosts } from '../blog/order.ts';
import { intentInDoubt, listCopied, type CopyState } from '../model/ledger.ts';
import type { CopyAction } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';
import type { HoldingTarget, Schedule } from '../model/target.ts';
import { stateOf, wait } from './actions.ts';
import type { Candidate, Selection } from './candidate.ts';
import { readOverrideAt } from './is-old.ts';
import type { Occasion } from './request.ts';
import { scheduleCopies } from './schedule.ts';

/** The first of the copies that wait to be caught up is a candidate too, so that a plan shows what hinders it between slots. */
export function scheduleFresh(
  target: HoldingTarget,
  fresh: readonly Candidate[],
  { states, opened, request }: Occasion,
  stuck: ReadonlyMap<PostId, string>,
): Selection {
  if (fresh.length === 0) return { actions: [], candidates: [] };
  const byId = new Map(fresh.map((candidate) => [candidate.writing.id, candidate]));
  const ordered = orderPosts(fresh.map(({ writing }) => writing)).flatMap(({ id }) => byId.get(id) ?? []);
  if (request.suspended) return { actions: [], candidates: ordered.map((one) => markDue(one)) };
  const isFree = ({ writing: { id } }: Candidate): boolean => request.named.has(id) || stuck.has(id);
  const scheduled = scheduleCopies({
    schedule: chooseSchedule(target),
    timezone: request.timezone,
    now: request.now,
    opened: target.policy.since ?? opened[target.name] ?? request.now,
    unsent: ordered
      .filter((candidate) => !isFree(candidate))
      .map(({ writing }) => {
        const at = readOverrideAt(writing, target.name);
        return { postId: writing.id, publishAt: writing.publishAt, ...(at !== undefined && { at }) };
      }),
    sent: listCopied(states, target.name).flatMap(
      (postId) => findSentAt(stateOf(states, { target: target.name, postId })) ?? [],
    ),
  });
  const times = new Map(scheduled.map((one) => [one.postId, one]));
  const caughtUpNext = scheduled.find(({ due, missed }) => !due && missed !== undefined);
  const actions: CopyAction[] = [];
  const candidates: Candidate[] = [];
  for (const candidate of ordered) {
    const time = times.get(candidate.writing.id);
    if (time === undefined) {
      candidates.push(markDue(candidate, stuck.get(candidate.writing.id)));
      continue;
    }
    const missed = time.missed !== undefined && { missed: time.missed };
    const { subject, state } = candidate;
    const scheduledLater = wait(subject, state, 'scheduled', { at: time.at, ...missed });
    const due = { ...markDue(candidate, time.missed ?? time.at), ...missed };
    if (time.due) candidates.push(due);
    else if (time === caughtUpNext) candidates.push({ ...due, wait: scheduledLater });
    else actions.push(scheduledLater);
  }
  return { actions, candidates };
}

/** A person who was asked in a slot is not asked again in the next one: the copy waits for them from then on. */
function chooseSchedule({ by, policy: { schedule } }: HoldingTarget): Schedule {
  return by === 'hand' ? { ...schedule, catchUp: 'now' } : schedule;
}

/** When a copy was first created, or may have been. */
function findSentAt(state: CopyState): string | undefined {
  return state.createdAt ?? intentInDoubt(state)?.at;
}

/** A copy that no schedule holds back is due from its original's date on. */
function markDue(candidate: Candidate, at?: string): Candidate {
  return { ...candidate, dueSince: at ?? candidate.writing.publishAt };
}
