import type { Letter } from '../model/letter.ts';
import type { CopyAction } from '../model/plan.ts';

/** Says of what a plan does with the letters of a sequence on which day each arrives. */
export function tellDays(actions: readonly CopyAction[], letters: readonly Letter[]): readonly CopyAction[] {
  const days = new Map(letters.map(({ id, day }) => [id, day]));
  return actions.map((action) => {
    const day = 'letter' in action ? days.get(action.letter) : undefined;
    return 'letter' in action && day !== undefined ? { ...action, day } : action;
  });
}
