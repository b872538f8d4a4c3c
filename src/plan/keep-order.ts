import { findExclusion } from '../blog/eligibility.ts';
import { groupSeries } from '../blog/order.ts';
import { stateKey, type CopyStates } from '../model/ledger.ts';
import { copyOf, idOf, type CopyAction } from '../model/plan.ts';
import type { Writing } from '../model/post.ts';
import type { HoldingTarget } from '../model/target.ts';
import { stateOf, wait } from './actions.ts';
import { beginOf, isOld } from './is-old.ts';
import type { Occasion } from './request.ts';

/**
 * Lets no part of a series overtake an earlier one on the same target: a create either requires the earlier parts of the same
 * run or waits. What is older than its target holds back nothing.
 */
export function keepOrder(
  actions: readonly CopyAction[],
  posts: readonly Writing[],
  targets: readonly HoldingTarget[],
  { states, opened, request }: Occasion,
): readonly CopyAction[] {
  if (!actions.some(({ verb }) => verb === 'create')) return actions;
  const bySeries = groupSeries(posts);
  const byId = new Map(posts.map((post) => [post.id, post]));
  const decided = new Map(actions.map((action) => [stateKey(copyOf(action)), action]));
  return actions.map((action) => {
    const post = byId.get(idOf(action));
    const target = targets.find((one) => one.name === action.target);
    if (action.verb !== 'create' || post?.series === undefined || target === undefined) return action;
    const parts = bySeries.get(post.series.name) ?? [];
    const begin = beginOf(target, opened[target.name], request);
    const actionOf = ({ id }: Writing) => decided.get(stateKey({ target: target.name, postId: id }));
    const isPast = (part: Writing): boolean => {
      const other = actionOf(part);
      if (other !== undefined) return other.reason === 'old';
      return isOld(part, target, begin, request);
    };
    // A reader of a sequence would miss what is still a draft; a reader of a series finds it later.
    const isSequence = target.granularity === 'letter' && target.sequence !== undefined;
    const counts = (part: Writing): boolean =>
      findExclusion(isSequence ? { ...part, draft: false } : part, target, request.now) === undefined;
    const earlier = parts
      .slice(0, Math.max(0, parts.indexOf(post)))
      .filter(counts)
      .filter((part) => stateOf(states, { target: target.name, postId: part.id }).receipt === undefined)
      .filter((part) => !isPast(part));
    const goesNow = (part: Writing): boolean => ['create', 'adopt'].includes(actionOf(part)?.verb ?? '');
    // A person makes one copy after the other, and says so each time.
    const takesTurns = target.by === 'hand' && !request.suspended;
    const blocking = takesTurns ? earlier[0] : earlier.find((part) => !goesNow(part));
    const next: CopyAction =
      blocking === undefined
        ? { ...action, ...(earlier.length > 0 && { requires: earlier.map(({ id }) => id) }) }
        : wait(action, stateOf(states, copyOf(action)), 'out-of-order', {
            note: isSequence
              ? `after ${blocking.id}, which comes before it${blocking.draft ? ' and is a draft' : ''}`
              : `after ${blocking.id}, an earlier part of "${post.series.name}"`,
          });
    decided.set(stateKey(copyOf(next)), next);
    return next;
  });
}

/** Has what requires an earlier part wait for it, where that part turned out not to go now once its target was asked. */
export function awaitEarlier(actions: readonly CopyAction[], states: CopyStates): readonly CopyAction[] {
  const stuck = new Set(
    actions
      .filter(({ verb }) => verb === 'wait' || verb === 'hold')
      .map((action) => stateKey(copyOf(action))),
  );
  if (stuck.size === 0) return actions;
  return actions.map((action) => {
    if (action.verb !== 'create') return action;
    const { target, requires = [] } = action;
    const earlier = requires.find((postId) => stuck.has(stateKey({ target, postId })));
    if (earlier === undefined) return action;
    const note = `after ${earlier}, which comes before it`;
    return wait(action, stateOf(states, copyOf(action)), 'out-of-order', { note });
  });
}
