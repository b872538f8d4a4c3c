import { stateKey } from '../model/ledger.ts';
import { copyOf, type Action, type CopyAction, type Outcome } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';

/** What publish does at first, and the updates that it makes in a second pass. */
export interface Passes {
  readonly first: readonly Action[];
  readonly later: readonly Action[];
}

/**
 * Puts off the updates of copies that show a post whose copy is only about to be created on the same target, so that they are
 * sent once, with the link to it. `linking`: the targets whose links lead to copies.
 */
export function postponeUpdates(actions: readonly Action[], linking: ReadonlySet<string>): Passes {
  const created = new Set(actions.filter(({ verb }) => verb === 'create').map(keyOf));
  const isLater = (action: Action): boolean =>
    action.verb === 'update' &&
    'rendition' in action &&
    linking.has(action.target) &&
    action.rendition.references.some((postId) => created.has(stateKey({ target: action.target, postId })));
  return { first: actions.filter((action) => !isLater(action)), later: actions.filter(isLater) };
}

/** The copies that a first pass brought to targets whose links lead to copies. */
export function listNewCopies(
  outcomes: readonly Outcome[],
  linking: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<PostId>> {
  const made = outcomes.flatMap(({ action, result }) =>
    result === 'done' &&
    'post' in action &&
    (action.verb === 'create' || action.verb === 'adopt') &&
    linking.has(action.target)
      ? [action]
      : [],
  );
  return new Map(
    [...Map.groupBy(made, ({ target }) => target)].map(([target, own]) => [
      target,
      new Set(own.map(({ post }) => post)),
    ]),
  );
}

/**
 * The updates for the second pass: those that were put off, and those of copies that show a post whose copy the first pass made.
 * Copies that are held, wait or failed are left to the next run.
 */
export function selectFollowUps(
  actions: readonly CopyAction[],
  { first, later }: Passes,
  outcomes: readonly Outcome[],
): readonly CopyAction[] {
  const created = listNewCopies(outcomes, new Set(outcomes.map(({ action }) => action.target)));
  const settled = new Set([
    ...first.filter(({ verb }) => verb === 'keep').map(keyOf),
    ...outcomes.filter(({ result }) => result === 'done').map(({ action }) => keyOf(action)),
  ]);
  const postponed = new Set(later.map(keyOf));
  return actions.filter((action) => {
    if (action.verb !== 'update') return false;
    if (postponed.has(keyOf(action))) return true;
    const fresh = created.get(action.target);
    const showsNew = action.rendition.references.some((postId) => fresh?.has(postId));
    return showsNew && settled.has(keyOf(action));
  });
}

/** All that a run did as one list: what the second pass planned stands where the first had nothing to do or put it off. */
export function joinPasses({ first, later }: Passes, second: readonly Action[]): readonly Action[] {
  const planned = new Set(second.map(keyOf));
  const isReplaced = (action: Action): boolean => action.verb === 'keep' && planned.has(keyOf(action));
  return [
    ...first.filter((action) => !isReplaced(action)),
    ...later.filter((action) => !planned.has(keyOf(action))),
    ...second,
  ];
}

function keyOf(action: Action): string {
  return stateKey(copyOf(action));
}
