import type { Letter } from '../model/letter.ts';
import type { CopyAction, LetterAction, PostAction } from '../model/plan.ts';
import type { HoldingTarget } from '../model/target.ts';

/** Says of what a plan does on targets of letters that it is about letters, which are decided as posts are, and when each arrives. */
export function nameLetters(
  actions: readonly PostAction[],
  targets: readonly HoldingTarget[],
  letters: readonly Letter[],
): readonly CopyAction[] {
  const days = new Map(letters.map(({ id, day }) => [id, day]));
  const mailing = new Set(targets.flatMap((one) => (one.granularity === 'letter' ? [one.name] : [])));
  return actions.map((action): CopyAction => {
    if (!mailing.has(action.target)) return action;
    const { post, ...rest } = action;
    const day = days.get(post);
    return { letter: post, ...(day !== undefined && { day }), ...rest } as LetterAction;
  });
}

/** An action on a letter as it would be on a post; one that says it is about both is neither. */
export function asPostAction(value: { readonly letter: unknown; readonly day?: unknown }): unknown {
  const { letter, day, ...rest } = value;
  const isDay = day === undefined || (Number.isInteger(day) && Number(day) >= 0);
  return 'post' in rest || !isDay ? value : { post: letter, ...rest };
}

/** An action that was read as one on a post, as the one on a letter that it is. */
export function asLetterAction({ post, ...rest }: PostAction, value: object): LetterAction {
  const day = 'day' in value ? value.day : undefined;
  return { letter: post, ...(typeof day === 'number' && { day }), ...rest } as LetterAction;
}
