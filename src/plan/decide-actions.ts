import type { Diagnostic } from '../model/diagnostic.ts';
import type { CopyAction } from '../model/plan.ts';
import type { HoldingTarget } from '../model/target.ts';
import { decideAll, type DecidedCopies, type Grounds } from './decide-copies.ts';
import { guardActions } from './guard.ts';
import { handOver } from './hand-over.ts';

/** What is to be done with copies before any target is asked. */
export interface DecidedActions extends Pick<DecidedCopies, 'dueSince'> {
  readonly actions: readonly CopyAction[];
  /** What is wrong with the posts and letters, where it bears on them. */
  readonly faults: readonly Diagnostic[];
}

/**
 * Decides the copies of some targets, then what is too much for one run and what is a person's work. `holdAside` holds more of what
 * was decided, before that counts for the run.
 */
export async function decideActions(
  targets: readonly HoldingTarget[],
  grounds: Grounds,
  holdAside: (actions: readonly CopyAction[]) => Promise<readonly CopyAction[]>,
): Promise<DecidedActions> {
  const { states, request } = grounds;
  const { decided, dueSince } = await decideAll(targets, grounds);
  const current = await holdAside(decided.map(({ action }) => action));
  const guarded = guardActions(current, states, targets, request);
  return {
    actions: handOver(guarded, { targets, dueSince, suspended: request.suspended }),
    dueSince,
    faults: decided.flatMap(({ faults }) => faults),
  };
}
