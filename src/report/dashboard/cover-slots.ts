import type { Action } from '../../model/plan.ts';
import type { Schedule } from '../../model/target.ts';
import { scheduleCopies } from '../../plan/schedule.ts';
import { listPlanned, type CronLine } from './judge-runs.ts';

/** How long a slot is open at least, in milliseconds: a run has to come in that time. */
const opening = 3 * 60 * 60 * 1000;

/** A slot after which no run is planned while it is open. */
export interface UncoveredSlot {
  readonly target: string;
  /** When it next opens: ISO 8601 in UTC. */
  readonly at: string;
}

/** The slots of targets that a workflow's schedule leaves without a run, as they come in the next week. */
export function findUncoveredSlots(
  lines: readonly CronLine[],
  targets: readonly { readonly name: string; readonly schedule: Schedule }[],
  timezone: string,
  now: string,
): readonly UncoveredSlot[] {
  return targets.flatMap(({ name, schedule: { slots, quiet } }) =>
    slots.flatMap((slot): readonly UncoveredSlot[] => {
      const [next] = scheduleCopies({
        schedule: { slots: [slot], quiet },
        timezone,
        now,
        opened: now,
        unsent: [{ postId: '', publishAt: now }],
        sent: [],
      });
      const opens = Date.parse(next?.at ?? '');
      const isCovered = listPlanned(lines, opens - 1, opens + opening).length > 0;
      return next === undefined || isCovered ? [] : [{ target: name, at: next.at }];
    }),
  );
}

/** How far ahead copies are looked at, in milliseconds. */
const horizon = 7 * 24 * 60 * 60 * 1000;

/** A copy after whose time no run is planned for three hours. */
export interface UncoveredCopy {
  readonly target: string;
  readonly post: string;
  /** When it is due: ISO 8601 in UTC. */
  readonly at: string;
}

/** The copies that are due in the next week, and that no run of a workflow's schedule would send soon after. */
export function findUncoveredCopies(
  lines: readonly CronLine[],
  actions: readonly Action[],
  now: string,
): readonly UncoveredCopy[] {
  return actions.flatMap((action): readonly UncoveredCopy[] => {
    if (!('post' in action) || action.verb !== 'wait' || action.reason !== 'scheduled') return [];
    const { target, post, at } = action;
    const due = Date.parse(at ?? '');
    const isSoon = due > Date.parse(now) && due <= Date.parse(now) + horizon;
    const isCovered = !isSoon || listPlanned(lines, due - 1, due + opening).length > 0;
    return isCovered || at === undefined ? [] : [{ target, post, at }];
  });
}
