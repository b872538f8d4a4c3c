import { digestJson } from '../../base/digest.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Action, Plan } from '../../model/plan.ts';
import { nameSubject } from '../format-plan.ts';
import { escapeMarkdown } from '../markdown.ts';
import type { DashboardView } from './view.ts';

/** Something that a person has to see to. */
export interface Need {
  /** The same from look to look, whatever its words count: 16 hexadecimal digits. */
  readonly key: string;
  /** Safe as one line of markdown. */
  readonly text: string;
}

/** The most needs that one text remembers as reported. */
const mostTold = 200;

const told = /^<!-- broadside:told((?: [\da-f]{16})*) -->$/m;

/** The holds of a plan that wait for a person. */
export function listHeld({ plan }: DashboardView): readonly Extract<Action, { readonly verb: 'hold' }>[] {
  return (plan?.actions ?? []).flatMap((action) =>
    action.verb === 'hold' && action.reason !== 'old' ? [action] : [],
  );
}

/** The faults that keep posts from going out. */
export function listErrors(plan: Plan | undefined): readonly Diagnostic[] {
  return (plan?.diagnostics ?? []).filter(({ severity }) => severity === 'error');
}

/** Everything on the dashboard that a person has to see to. */
export function listNeeds(view: DashboardView): readonly Need[] {
  const of = (action: Action, word: string): Need => ({
    key: makeKey(['copy', action.target, nameSubject(action), word]),
    text: escapeMarkdown(`${nameSubject(action)} on ${action.target}: ${word}`),
  });
  const byHand = (view.plan?.actions ?? []).filter(({ reason }) => reason === 'by-hand');
  return [
    ...view.concerns.map(({ about, level, what }) => ({
      key: makeKey([about, level, what.replaceAll(/\d+/g, '')]),
      text: escapeMarkdown(what),
    })),
    ...listErrors(view.plan).map(({ file, rule, message }) => ({
      key: makeKey(['fault', file, rule]),
      text: escapeMarkdown(`${file}: ${message}`),
    })),
    ...listHeld(view).map((action) => of(action, `held, ${action.reason}`)),
    ...byHand.map((action) => of(action, 'to be made by hand')),
    ...view.late.map(({ action }) => of(action, 'due, and not gone out')),
  ];
}

/** The line in which a text remembers what it has reported. */
export function writeTold(needs: readonly Need[]): string {
  const keys = needs.slice(0, mostTold).map(({ key }) => ` ${key}`);
  return `<!-- broadside:told${keys.join('')} -->`;
}

/** The needs that an earlier text has not reported. */
export function findUntold(needs: readonly Need[], before: string): readonly Need[] {
  const known = new Set(told.exec(before.replaceAll('\r\n', '\n'))?.[1]?.trim().split(' '));
  return needs.slice(0, mostTold).filter(({ key }) => !known.has(key));
}

function makeKey(parts: readonly string[]): string {
  return digestJson(parts).slice(0, 16);
}
