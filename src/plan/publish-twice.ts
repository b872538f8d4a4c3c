import { BroadsideError, tellError } from '../base/errors.ts';
import { newAttempt } from '../ledger/attempt.ts';
import type { Action, Outcome, Plan } from '../model/plan.ts';
import { isConnected } from '../model/target.ts';
import { applyPlan, type OpenTarget } from './apply.ts';
import { joinPasses, listNewCopies, postponeUpdates, selectFollowUps, type Passes } from './follow-up.ts';
import type { Pace } from './pace.ts';
import { recordPieces } from './pieces.ts';
import type { PlanWords } from './gather-grounds.ts';
import { preparePlan, type Preparation } from './prepare.ts';
import type { Workbench } from './workbench.ts';
import { writeDocuments } from '../base/write-documents.ts';

/** How a plan is published. */
export interface Publishing {
  /** How long waits that targets ask for may last in all, in seconds. */
  readonly maxWait: number;
  /** The words of the plan, to plan once more by for the links that only now have a target; not for a plan file. */
  readonly again?: PlanWords | undefined;
  readonly onOutcome: (outcome: Outcome) => void;
  /** Is told what was planned once more, before it is done. */
  readonly onSecondPlan: (next: Preparation) => void;
}

/** What was published. */
export interface Published {
  /** The plan with what was planned once more. */
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  /** Whether it could not be planned once more, so that links lead to the originals until the next run. */
  readonly isUnfinished: boolean;
}

/** Does what a plan holds, and plans once more for the links that only now have a copy to lead to; never a third time. */
export async function publishTwice(
  bench: Workbench,
  preparation: Preparation,
  publishing: Publishing,
): Promise<Published> {
  const { config, ledger } = bench;
  const { plan } = preparation;
  const { again } = publishing;
  const acting = new Set(plan.actions.map((action) => action.target));
  for (const target of config.targets) {
    if (acting.has(target.name) && preparation.opened[target.name] === undefined) {
      await ledger.open(target.name, bench.now());
    }
  }
  const apply = await openApplying(bench, plan, publishing);
  const linking = again === undefined ? [] : config.postTargets.filter(({ linksToCopies }) => linksToCopies);
  const passes = postponeUpdates(plan.actions, new Set(linking.map(({ name }) => name)));
  const applied = await apply(passes.first, preparation);
  const second = await publishAgain(bench, preparation, passes, applied, { ...publishing, apply });
  return {
    plan: { ...plan, actions: joinPasses(passes, second.actions) },
    outcomes: [...applied, ...second.outcomes],
    isUnfinished: second.isUnfinished,
  };
}

type Apply = (
  actions: readonly Action[],
  preparation: Pick<Preparation, 'plan' | 'connections' | 'closed' | 'leads'>,
) => Promise<readonly Outcome[]>;

/** Makes what does actions, of which all passes share the paces and the commit of the posts. */
async function openApplying(
  bench: Workbench,
  plan: Plan,
  { maxWait, onOutcome }: Publishing,
): Promise<Apply> {
  const { config, ledger, signal, now, actor: by } = bench;
  const paces = new Map<string, Pace>();
  const sends = plan.actions.some(
    (action) => 'post' in action && (action.verb === 'create' || action.verb === 'update'),
  );
  const commit = sends ? await bench.readCommit() : undefined;
  return async (actions, { plan: { pieces }, connections, closed, leads }) => {
    await recordPieces(pieces, actions, ledger);
    return applyPlan({
      plan: { ...plan, actions },
      ledger,
      targets: openTargets(connections, leads, config),
      closed,
      newAttempt,
      commit,
      by,
      now,
      writeDocuments: (documents) =>
        writeDocuments({ folder: bench.siteFolder, root: config.root }, documents),
      siteUrl: config.site.url,
      maxWait,
      paces,
      signal,
      onOutcome,
    });
  };
}

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
  readonly isUnfinished: boolean;
}

async function publishAgain(
  bench: Workbench,
  preparation: Preparation,
  passes: Passes,
  applied: readonly Outcome[],
  { again, onSecondPlan, apply }: Publishing & { readonly apply: Apply },
): Promise<SecondPass> {
  const { later } = passes;
  const linking = new Set(bench.config.postTargets.flatMap((one) => (one.linksToCopies ? [one.name] : [])));
  const asPlanned = async () => ({ actions: later, outcomes: await apply(later, preparation) });
  const isNeeded = listNewCopies(applied, linking).size > 0;
  if (again === undefined || !isNeeded || bench.signal.aborted)
    return { ...(await asPlanned()), isUnfinished: false };
  let next: Preparation;
  try {
    next = await preparePlan(bench, again, {
      select: (actions) => selectFollowUps(actions, passes, applied),
      updatesBefore: applied.filter(({ action, result }) => action.verb === 'update' && result === 'done')
        .length,
    });
  } catch (error) {
    if (bench.signal.aborted) return { ...(await asPlanned()), isUnfinished: false };
    if (!(error instanceof BroadsideError)) throw error;
    bench.report(`Links to the new copies could not be planned: ${tellError(error)}\n`);
    return { ...(await asPlanned()), isUnfinished: true };
  }
  const { actions } = next.plan;
  if (actions.length === 0) return { actions, outcomes: [], isUnfinished: false };
  onSecondPlan(next);
  return { actions, outcomes: await apply(actions, next), isUnfinished: false };
}
