import { tellError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal, quoteLines } from '../base/terminal.ts';
import type { Config } from '../config/load.ts';
import type { Action, Plan } from '../model/plan.ts';
import { countActions, describeReason, formatPlan, nameSubject } from './format-plan.ts';
import type { Preparation } from '../plan/prepare.ts';
import { annotateFaults, formatAnnotations, type Annotation } from './annotations.ts';
import { countFaults } from './diagnostics.ts';
import { reportGroups } from './fault-groups.ts';

/** Whether a plan has something that a person must see to. */
export function isWrong(plan: Plan): boolean {
  return countActions(plan.actions).held > 0 || countFaults(plan.diagnostics).errors > 0;
}

/** How a plan is shown on its way. */
export interface Showing {
  /** Whether publishing follows at once. */
  readonly publishing?: boolean;
  /** The instant from which a week of the schedule is shown. */
  readonly weekFrom?: string;
}

/** What GitHub is to show of a plan beside the run: its faults and what is held. */
export function annotatePlan(plan: Plan, { site }: Config): readonly Annotation[] {
  const held = plan.actions.filter(({ verb, reason }) => verb === 'hold' && reason !== 'old');
  return [
    ...annotateFaults(plan.diagnostics),
    ...held.map((action): Annotation => ({
      level: 'warning',
      title: 'held',
      message: `${action.target}  ${nameSubject(action)}  ${describeReason(action, site)}`,
    })),
  ];
}

/**
 * Prints a plan to standard output and its faults to standard error; for GitHub they are annotations, which a publish
 * adds its own to at its end.
 */
export function showPlan(
  plan: Plan,
  { closed, leftOut }: Pick<Preparation, 'closed' | 'leftOut'>,
  config: Config,
  shell: Shell,
  { publishing = false, weekFrom }: Showing = {},
): void {
  if (shell.format !== 'github') reportGroups(plan.diagnostics, shell);
  else if (!publishing) shell.report(formatAnnotations(annotatePlan(plan, config)));
  for (const [target, error] of closed) {
    shell.report(`No access to ${target}: ${tellError(error)}\n`);
  }
  for (const text of leftOut) shell.report(`${cleanForTerminal(text)}\n`);
  if (plan.paused)
    shell.report('Publishing is paused by the config (paused: true); publish would send nothing.\n');
  shell.report(`The ledger was read from ${plan.ledger}.\n`);
  shell.print(
    shell.format === 'json'
      ? `${JSON.stringify(plan, null, 2)}\n`
      : formatPlan(quoteDiffs(plan), {
          timezone: config.site.timezone,
          color: shell.color,
          publishing,
          weekFrom,
        }),
  );
}

/** A plan whose diffs are fit to be printed: they hold what strangers may have written. */
export function quoteDiffs(plan: Plan): Plan {
  const quote = (action: Action): Action =>
    action.verb === 'hold' && action.diff !== undefined
      ? { ...action, diff: quoteLines(action.diff) }
      : action;
  return { ...plan, actions: plan.actions.map(quote) };
}
