import { stateKey } from '../model/ledger.ts';
import type { Action, Outcome } from '../model/plan.ts';
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
  const created = new Set(actions.filter(({ verb }) => verb === 'create').map(stateKey));
  const isLater = ({ verb, target, references = [] }: Action): boolean =>
    verb === 'update' &&
    linking.has(target) &&
    references.some((postId) => created.has(stateKey({ target, postId })));
  return { first: actions.filter((action) => !isLater(action)), later: actions.filter(isLater) };
}

/** The copies that a first pass brought to targets whose links lead to copies. */
export function listNewCopies(
  outcomes: readonly Outcome[],
  linking: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<PostId>> {
  const made = outcomes.filter(
    ({ action: { verb, target }, result }) =>
      result === 'done' && (verb === 'create' || verb === 'adopt') && linking.has(target),
  );
  return new Map(
    [...Map.groupBy(made, ({ action }) => action.target)].map(([target, own]) => [
      target,
      new Set(own.map(({ action }) => action.postId)),
    ]),
  );
}

/**
 * The updates that belong to the second pass: those put off, and those of copies that are as the first pass wanted them and
 * show a post whose copy it brought. What was held, waits or failed is left to the next run.
 */
export function selectFollowUps(
  actions: readonly Action[],
  { first, later }: Passes,
  outcomes: readonly Outcome[],
): readonly Action[] {
  const created = listNewCopies(outcomes, new Set(outcomes.map(({ action }) => action.target)));
  const settled = new Set([
    ...first.filter(({ verb }) => verb === 'keep').map(stateKey),
    ...outcomes.filter(({ result }) => result === 'done').map(({ action }) => stateKey(action)),
  ]);
  const postponed = new Set(later.map(stateKey));
  return actions.filter((action) => {
    if (action.verb !== 'update') return false;
    if (postponed.has(stateKey(action))) return true;
    const fresh = created.get(action.target);
    const showsNew = action.references?.some((postId) => fresh?.has(postId)) ?? false;
    return showsNew && settled.has(stateKey(action));
  });
}

/** All that a run did as one list: what the second pass planned stands where the first had nothing to do or put it off. */
export function joinPasses({ first, later }: Passes, second: readonly Action[]): readonly Action[] {
  const planned = new Set(second.map(stateKey));
  const isReplaced = (action: Action): boolean => action.verb === 'keep' && planned.has(stateKey(action));
  return [
    ...first.filter((action) => !isReplaced(action)),
    ...later.filter((action) => !planned.has(stateKey(action))),
    ...second,
  ];
}
