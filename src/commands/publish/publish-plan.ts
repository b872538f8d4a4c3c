import { BroadsideError, tellError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { cleanForTerminal } from '../../base/terminal.ts';
import { newAttempt } from '../../ledger/attempt.ts';
import { subjectOf, type Action, type Outcome } from '../../model/plan.ts';
import { isConnected } from '../../model/target.ts';
import { applyPlan, type OpenTarget } from '../../plan/apply.ts';
import {
  joinPasses,
  listNewCopies,
  postponeUpdates,
  selectFollowUps,
  type Passes,
} from '../../plan/follow-up.ts';
import { formatOutcome, formatOutcomeTotals } from '../../report/format-plan.ts';
import type { Pace } from '../../plan/pace.ts';
import { recordPieces } from '../../plan/pieces.ts';
import type { PlanWords } from '../../plan/gather-grounds.ts';
import { preparePlan, type Preparation } from '../../plan/prepare.ts';
import type { Workbench } from '../../plan/workbench.ts';
import { writeDocuments } from '../../base/write-documents.ts';
import { isWrong, showPlan } from '../../report/show-plan.ts';
import { tellPublish } from '../../report/tell-plan.ts';

/** How a plan is published. */
export interface Publishing {
  /** How long waits that targets ask for may last in all, in seconds. */
  readonly maxWait: number;
  /** The words of the plan, to plan once more by for the links that only now have a target; not for a plan file. */
  readonly again?: PlanWords | undefined;
  /** What was left out of the plan beforehand. */
  readonly outdated?: readonly Outcome[];
}

/** Does what a plan holds and says what was and was not published; returns the exit code. */
export async function publishPlan(
  bench: Workbench,
  preparation: Preparation,
  { maxWait, again, outdated }: Publishing,
  shell: Shell,
): Promise<number> {
  const { config, ledger } = bench;
  const { plan } = preparation;
  const print = shell.format === 'json' ? () => undefined : shell.report;
  const aside = { ...shell, print, color: shell.color && shell.interactive };
  showPlan({ ...plan, paused: false }, preparation, config, aside, { publishing: !plan.paused });
  if (plan.paused) {
    shell.report('Publishing is paused by the config (paused: true): nothing was sent.\n');
    await tellPublish(bench, preparation, [], [], shell);
    if (shell.format === 'json') shell.print(`${JSON.stringify({ plan, outcomes: [] }, null, 2)}\n`);
    return isWrong(plan) ? 1 : 0;
  }
  const acting = new Set(plan.actions.map((action) => action.target));
  for (const target of config.targets) {
    if (acting.has(target.name) && preparation.opened[target.name] === undefined) {
      await ledger.open(target.name, shell.now());
    }
  }
  const tell = (outcome: Outcome): void => {
    if (shell.format !== 'json') shell.print(`${cleanForTerminal(formatOutcome(outcome))}\n`, 'done');
  };
  outdated?.forEach(tell);
  const paces = new Map<string, Pace>();
  const sends = plan.actions.some(
    (action) => 'post' in action && (action.verb === 'create' || action.verb === 'update'),
  );
  const commit = sends ? await bench.readCommit() : undefined;
  const apply: Apply = async (actions, { plan: { pieces }, connections, closed, leads }) => {
    await recordPieces(pieces, actions, ledger);
    return applyPlan({
      plan: { ...plan, actions },
      ledger,
      targets: openTargets(connections, leads, config),
      closed,
      newAttempt,
      commit,
      by: bench.actor,
      now: shell.now,
      writeDocuments: (documents) =>
        writeDocuments({ folder: bench.siteFolder, root: config.root }, documents),
      siteUrl: config.site.url,
      maxWait,
      paces,
      signal: shell.signal,
      onOutcome: tell,
    });
  };
  const linking = again === undefined ? [] : config.postTargets.filter(({ linksToCopies }) => linksToCopies);
  const passes = postponeUpdates(plan.actions, new Set(linking.map(({ name }) => name)));
  const applied = await apply(passes.first, preparation);
  const second = await publishAgain(bench, preparation, passes, applied, { again, apply, aside });
  const outcomes = [...(outdated ?? []), ...applied, ...second.outcomes];
  const whole = { ...plan, actions: joinPasses(passes, second.actions) };
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
  return failures.length > 0 || second.failed || isWrong(whole) ? 1 : 0;
}

type Apply = (
  actions: readonly Action[],
  preparation: Pick<Preparation, 'plan' | 'connections' | 'closed' | 'leads'>,
) => Promise<readonly Outcome[]>;

function openTargets(
  connections: Preparation['connections'],
  leads: Preparation['leads'],
  { targets }: Workbench['config'],
): ReadonlyMap<string, OpenTarget> {
  return new Map(
    [...connections].flatMap(([name, connection]): [string, OpenTarget][] => {
      const target = targets.find((one) => one.name === name);
      return target !== undefined && isConnected(target)
        ? [[name, { connection, capabilities: target.capabilities, lead: leads.get(name) }]]
        : [];
    }),
  );
}

interface SecondPass {
  readonly actions: readonly Action[];
  readonly outcomes: readonly Outcome[];
  /** Whether it could not be planned, so that links lead to the originals until the next run. */
  readonly failed: boolean;
}

/** Plans once more, for the links that only now have a target, and does that; never a third time. */
async function publishAgain(
  bench: Workbench,
  preparation: Preparation,
  passes: Passes,
  applied: readonly Outcome[],
  given: Pick<Publishing, 'again'> & { readonly apply: Apply; readonly aside: Shell },
): Promise<SecondPass> {
  const { again, apply, aside } = given;
  const linking = new Set(bench.config.postTargets.flatMap((one) => (one.linksToCopies ? [one.name] : [])));
  const asPlanned = async (failed: boolean): Promise<SecondPass> => ({
    actions: passes.later,
    outcomes: await apply(passes.later, preparation),
    failed,
  });
  const isNeeded = listNewCopies(applied, linking).size > 0;
  if (again === undefined || !isNeeded || bench.signal.aborted) return asPlanned(false);
  let next: Preparation;
  try {
    next = await preparePlan(bench, again, {
      select: (actions) => selectFollowUps(actions, passes, applied),
      updatesBefore: applied.filter(({ action, result }) => action.verb === 'update' && result === 'done')
        .length,
    });
  } catch (error) {
    if (bench.signal.aborted) return asPlanned(false);
    if (!(error instanceof BroadsideError)) throw error;
    bench.report(`Links to the new copies could not be planned: ${tellError(error)}\n`);
    return asPlanned(true);
  }
  const { actions } = next.plan;
  if (actions.length === 0) return { actions, outcomes: [], failed: false };
  bench.report('Planned once more, because some links now have a copy to lead to:\n');
  showPlan({ ...next.plan, paused: false }, next, bench.config, aside, { publishing: true });
  return { actions, outcomes: await apply(actions, next), failed: false };
}

/** An outcome without the rendition, which the plan beside it holds. */
function shortenOutcome({ action, ...rest }: Outcome) {
  const { verb, reason, target } = action;
  return { verb, reason, target, ...subjectOf(action), ...rest };
}
