import type { PostAction } from '../model/plan.ts';
import type { CopyTarget } from '../model/target.ts';
import { decideCopies, type Grounds } from './decide-copies.ts';
import { guardActions } from './guard.ts';

/**
 * What publish would do with the copies of some targets, as far as posts and ledger tell: nobody is asked, so that a page that is
 * missing or a copy that was edited is not seen.
 */
export async function foreseeActions(
  targets: readonly CopyTarget[],
  grounds: Omit<Grounds, 'probePage' | 'select'>,
): Promise<readonly PostAction[]> {
  const actions: PostAction[] = [];
  for (const target of targets) {
    const { decided } = await decideCopies(target, {
      ...grounds,
      probePage: () => Promise.resolve(undefined),
    });
    actions.push(...decided.map(({ action }) => action));
  }
  return guardActions(actions, grounds.states, targets, grounds.request);
}
