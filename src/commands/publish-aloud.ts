import { resolve } from 'node:path';
import { BroadsideError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { subjectOf, type Outcome } from '../model/plan.ts';
import { checkPlan } from '../plan/check-plan.ts';
import { openPlanned } from '../plan/observe.ts';
import { preparePlan, type Preparation } from '../plan/prepare.ts';
import { publishTwice, type Publishing } from '../plan/publish-twice.ts';
import type { Workbench } from '../plan/workbench.ts';
import { formatOutcome, formatOutcomeTotals } from '../report/format-plan.ts';
import { escapeMarkdown } from '../report/markdown.ts';
import { isWrong, showPlan } from '../report/show-plan.ts';
import { headline } from '../report/summary.ts';
import { appendOutputs, appendSummary, noOutputs } from '../report/tell-github.ts';
import { tellPublish } from '../report/tell-plan.ts';
import { openWorkbench, type PlanArguments } from '../workbench/open.ts';
import { findNewerCommit, type NewerCommit } from '../workbench/posts-commit.ts';

/** What is published, and what was left out of it beforehand. */
export interface PublishingAloud extends Pick<Publishing, 'maxWait' | 'again'> {
  readonly outdated?: readonly Outcome[];
}

/** What became of a plan, and the exit code of a run that was to publish it. */
export interface PublishedAloud {
  readonly outcomes: readonly Outcome[];
  readonly code: 0 | 1;
}

export interface PublishArguments extends PlanArguments {
  /** A plan file to apply instead of planning now. */
  readonly plan?: string | undefined;
  /** How long waits that targets ask for may last in all, in seconds. */
  readonly maxWait: number;
}

/** Publishes what words ask for, and says what was and was not published. Nothing is sent of what a newer commit publishes. */
export async function publishByWords(args: PublishArguments, shell: Shell): Promise<PublishedAloud> {
  if (args.plan !== undefined && args.posts.length > 0) {
    throw new BroadsideError('USAGE', 'A plan file already says which posts are published.', {
      remedy: 'Leave out the posts, or name them when the plan is made.',
    });
  }
  const bench = await openWorkbench(args, shell);
  const newer = await findNewerCommit(bench.config, shell);
  if (newer !== undefined) return leaveToNewer(newer, args, shell);
  if (args.plan === undefined) {
    const preparation = await preparePlan(bench, args);
    return publishAloud(bench, preparation, { maxWait: args.maxWait, again: args }, shell);
  }
  const { readPlanFile } = await import('../plan/plan-file.ts');
  const planned = readPlanFile(resolve(shell.cwd, args.plan), args.plan, shell.now());
  for (const [postId, pieces] of Object.entries(planned.pieces ?? {}))
    bench.blog.pages.takeOver(postId, pieces);
  const { plan, outdated } = checkPlan(planned, bench);
  const { opened } = await bench.ledger.readStates();
  const connected = await openPlanned(bench, plan);
  const preparation = { plan, opened, states: new Map(), dueSince: new Map(), leftOut: [], ...connected };
  return publishAloud(bench, preparation, { maxWait: args.maxWait, outdated }, shell);
}

/** Does what a plan holds, and says what was and was not published. */
export async function publishAloud(
  bench: Workbench,
  preparation: Preparation,
  { maxWait, again, outdated }: PublishingAloud,
  shell: Shell,
): Promise<PublishedAloud> {
  const { config } = bench;
  const { plan } = preparation;
  const print = shell.format === 'json' ? () => undefined : shell.report;
  const aside = { ...shell, print, color: shell.color && shell.interactive };
  showPlan({ ...plan, paused: false }, preparation, config, aside, { publishing: !plan.paused });
  if (plan.paused) {
    shell.report('Publishing is paused by the config (paused: true): nothing was sent.\n');
    await tellPublish(bench, preparation, [], [], shell);
    if (shell.format === 'json') shell.print(`${JSON.stringify({ plan, outcomes: [] }, null, 2)}\n`);
    return { outcomes: [], code: isWrong(plan) ? 1 : 0 };
  }
  const tell = (outcome: Outcome): void => {
    if (shell.format !== 'json') shell.print(`${cleanForTerminal(formatOutcome(outcome))}\n`, 'done');
  };
  outdated?.forEach(tell);
  const published = await publishTwice(bench, preparation, {
    maxWait,
    again,
    onOutcome: tell,
    onSecondPlan: (next) => {
      shell.report('Planned once more, because some links now have a copy to lead to:\n');
      showPlan({ ...next.plan, paused: false }, next, config, aside, { publishing: true });
    },
  });
  const outcomes = [...(outdated ?? []), ...published.outcomes];
  const { plan: whole, isUnfinished } = published;
  if (shell.format === 'json') {
    const told = { plan: whole, outcomes: outcomes.map(shortenOutcome) };
    shell.print(`${JSON.stringify(told, null, 2)}\n`, 'done');
  } else if (outcomes.length > 0) {
    shell.print(`${formatOutcomeTotals(outcomes)}\n`, 'done');
  }
  const planned = outdated === undefined;
  const failures = outcomes.filter(
    ({ result, overtaken }) => result !== 'done' && !(planned && overtaken === true),
  );
  await tellPublish(bench, { ...preparation, plan: whole }, outcomes, failures, shell);
  return { outcomes, code: failures.length > 0 || isUnfinished || isWrong(whole) ? 1 : 0 };
}

/** An outcome without the rendition, which the plan beside it holds. */
function shortenOutcome({ action, ...rest }: Outcome) {
  const { verb, reason, target } = action;
  return { verb, reason, target, ...subjectOf(action), ...rest };
}

/** A run again, or one that waited for its turn, would take the copies back to what their posts said before. */
function leaveToNewer(
  { branch, own, tip }: NewerCommit,
  args: PublishArguments,
  shell: Shell,
): PublishedAloud {
  const isNamed = args.posts.length > 0 || args.plan !== undefined || args.take !== undefined;
  const next = isNamed ? 'start it again for what was named.' : 'a run for the newer commit publishes.';
  const said = `This is commit ${own} of ${branch}, which is at ${tip} by now: nothing was sent; ${next}`;
  shell.report(`${said}\n`);
  if (shell.format === 'json') shell.print(`${JSON.stringify({ outcomes: [] }, null, 2)}\n`);
  if (shell.format === 'github') {
    appendSummary([headline('Broadside', escapeMarkdown(said))], shell);
    appendOutputs(noOutputs, shell);
  }
  return { outcomes: [], code: isNamed ? 1 : 0 };
}
