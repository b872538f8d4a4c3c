import type { CopyAction } from '../model/plan.ts';
import type { HoldingTarget } from '../model/target.ts';
import { decideAll, type Grounds } from './decide-copies.ts';
import { guardActions } from './guard.ts';
import { handOver } from './hand-over.ts';
import { tellDays } from './tell-days.ts';

/**
 * What publish would do with the copies of some targets, as far as posts and ledger tell. No target or page is asked, so missing
 * pages and edited copies are not seen.
 */
export async function foreseeActions(
  targets: readonly HoldingTarget[],
  grounds: Omit<Grounds, 'probePage' | 'select'>,
): Promise<readonly CopyAction[]> {
  const probePage = (): Promise<undefined> => Promise.resolve(undefined);
  const { decided, dueSince } = await decideAll(targets, { ...grounds, probePage });
  const actions = decided.map(({ action }) => action);
  const { states, request } = grounds;
  const guarded = guardActions(actions, states, targets, request);
  const handed = handOver(guarded, { targets, dueSince, suspended: request.suspended });
  return tellDays(handed, grounds.blog.letters);
}
