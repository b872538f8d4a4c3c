import type { CopyAction } from '../model/plan.ts';
import type { HoldingTarget } from '../model/target.ts';
import { decideActions } from './decide-actions.ts';
import type { Grounds } from './decide-copies.ts';
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
  const holdNoMore = (actions: readonly CopyAction[]) => Promise.resolve(actions);
  const { actions } = await decideActions(targets, { ...grounds, probePage }, holdNoMore);
  return tellDays(actions, grounds.blog.letters);
}
