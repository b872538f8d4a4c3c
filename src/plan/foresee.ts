import type { CopyAction, PostAction } from '../model/plan.ts';
import type { HoldingTarget } from '../model/target.ts';
import { decideCopies, type Grounds } from './decide-copies.ts';
import { guardActions } from './guard.ts';
import { handOver } from './hand-over.ts';
import { nameLetters } from './name-letters.ts';

/**
 * What publish would do with the copies of some targets, as far as posts and ledger tell: nobody is asked, so that a page that is
 * missing or a copy that was edited is not seen.
 */
export async function foreseeActions(
  targets: readonly HoldingTarget[],
  grounds: Omit<Grounds, 'probePage' | 'select'>,
): Promise<readonly CopyAction[]> {
  const actions: PostAction[] = [];
  const dueSince = new Map<string, string>();
  for (const target of targets) {
    const own = await decideCopies(target, {
      ...grounds,
      probePage: () => Promise.resolve(undefined),
    });
    actions.push(...own.decided.map(({ action }) => action));
    for (const [key, since] of own.dueSince) dueSince.set(key, since);
  }
  const { states, request } = grounds;
  const guarded = guardActions(actions, states, targets, request);
  const handed = handOver(guarded, { targets, dueSince, suspended: request.suspended });
  return nameLetters(handed, targets, grounds.blog.letters);
}
