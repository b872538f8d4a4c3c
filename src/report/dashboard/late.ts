import { stateKey, type CopyStates } from '../../model/ledger.ts';
import { copyOf, type Action } from '../../model/plan.ts';

const hour = 60 * 60 * 1000;

/** How long a copy may be late, in milliseconds. */
export const patience = 26 * hour;

/**
 * How long a target may send nothing while a copy is caught up in its slots, since each week has all of them, and how long a
 * person may take to make a copy by hand. In milliseconds.
 */
const slotPatience = 7 * 24 * hour + patience;

/** A copy that should be out. */
export interface Late {
  readonly action: Action;
  /** ISO 8601 in UTC. */
  readonly dueSince: string;
}

/**
 * The copies that are late. A copy is late if the schedule let it out long ago; one that missed its slot, once nothing has gone out
 * in a week of slots.
 */
export function findLate(
  action: Action,
  { dueSince, states }: { readonly dueSince: ReadonlyMap<string, string>; readonly states: CopyStates },
  now: string,
): readonly Late[] {
  const missed = 'missed' in action ? action.missed : undefined;
  if (missed !== undefined) {
    const own = [...states.values()].filter(({ copy }) => copy.target === action.target);
    const lastSent =
      own
        .flatMap(({ createdAt }) => createdAt ?? [])
        .toSorted()
        .at(-1) ?? '';
    const quietSince = lastSent > missed ? lastSent : missed;
    return measureGap(quietSince, now) > slotPatience ? [{ action, dueSince: missed }] : [];
  }
  const since = dueSince.get(stateKey(copyOf(action)));
  const waits = action.verb === 'wait' && action.reason !== 'scheduled' && action.reason !== 'out-of-order';
  const due = action.verb === 'create' || action.verb === 'adopt' || waits;
  const left = action.reason === 'by-hand' ? slotPatience : patience;
  return due && since !== undefined && measureGap(since, now) > left ? [{ action, dueSince: since }] : [];
}

/** The milliseconds from one instant to another; not a number where one is none. */
export function measureGap(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
