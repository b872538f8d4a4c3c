import { resolve } from 'node:path';
import { formatAnnotations, type Annotation } from '../../report/annotations.ts';
import { BroadsideError, tellError } from '../../base/errors.ts';
import { newAttempt } from '../../ledger/attempt.ts';
import type { Action, Outcome, Plan } from '../../model/plan.ts';
import type { CopyTarget } from '../../model/target.ts';
import { applyPlan, type OpenTarget, type Pace } from '../../plan/apply.ts';
import {
  joinPasses,
  listNewCopies,
  postponeUpdates,
  selectFollowUps,
  type Passes,
} from '../../plan/follow-up.ts';
import { countActions, formatOutcome, formatOutcomeTotals } from '../../plan/format.ts';
import { readPlanFile } from '../../plan/plan-file.ts';
import type { Shell } from '../../base/shell.ts';
import { escapeMarkdown, headline, reportPublish } from '../../report/summary.ts';
import { cleanForTerminal } from '../../base/terminal.ts';
import { chooseDigest } from '../../transform/choose-content.ts';
import { findNewerCommit, readCommit, type NewerCommit } from '../posts-commit.ts';
import {
  annotatePlan,
  changesSite,
  compareClocks,
  connectTarget,
  isWrong,
  nameActor,
  openWorkbench,
  preparePlan,
  quoteDiffs,
  renderCopies,
  showPlan,
  type PlanArguments,
  type Preparation,
  type Workbench,
} from '../plan.ts';
import { writeDocuments } from '../../plan/write-documents.ts';
import { appendOutputs, appendSummary, noOutputs } from '../../report/tell-github.ts';

export interface PublishArguments extends PlanArguments {
  /** A plan file to apply instead of planning now. */
  readonly plan?: string | undefined;
  /** How long waits that targets ask for may last in all, in seconds. */
  readonly maxWait: number;
}

/** Runs `broadside publish`; returns the exit code. */
export async function runPublish(args: PublishArguments, shell: Shell): Promise<number> {
  if (args.plan !== undefined && args.posts.length > 0) {
    throw new BroadsideError('USAGE', 'A plan file already says which posts are published.', {
      remedy: 'Leave out the posts, or name them when the plan is made.',
    });
  }
  const bench = await openWorkbench(args, shell);
  const newer = await findNewerCommit(bench.config, shell);
  if (newer !== undefined) return leaveToNewer(newer, args, shell);
  if (args.plan === undefined) {
    const preparation = await preparePlan(bench, args, shell);
    return publishPlan(bench, preparation, { maxWait: args.maxWait, again: args }, shell);
  }
  const { plan, outdated } = await checkPlan(
    readPlanFile(resolve(shell.cwd, args.plan), args.plan, shell.now()),
    bench,
  );
  const entries = await bench.ledger.read();
  const connected = await connectTargets(bench, plan, shell);
  const preparation = { plan, entries, states: new Map(), dueSince: new Map(), leftOut: [], ...connected };
  return publishPlan(bench, preparation, { maxWait: args.maxWait, outdated }, shell);
}

/** A run again, or one that waited for its turn, would take the copies back to what their posts said before. */
function leaveToNewer({ branch, own, tip }: NewerCommit, args: PublishArguments, shell: Shell): number {
  const isNamed = args.posts.length > 0 || args.plan !== undefined || args.take !== undefined;
  const next = isNamed ? 'start it again for what was named.' : 'a run for the newer commit publishes.';
  const said = `This is commit ${own} of ${branch}, which is at ${tip} by now: nothing was sent; ${next}`;
  shell.report(`${said}\n`);
  if (shell.format === 'json') shell.print(`${JSON.stringify({ outcomes: [] }, null, 2)}\n`);
  if (shell.format === 'github') {
    appendSummary([headline('Broadside', escapeMarkdown(said))], shell);
    appendOutputs(noOutputs, shell);
  }
  return isNamed ? 1 : 0;
}

/** How a plan is published. */
export interface Publishing {
  /** How long waits that targets ask for may last in all, in seconds. */
  readonly maxWait: number;
  /** The words of the plan, to plan once more by for the links that only now have a target; not for a plan file. */
  readonly again?: Omit<PlanArguments, 'config'> | undefined;
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
    await tellGithub(bench, preparation, [], [], shell);
    if (shell.format === 'json') shell.print(`${JSON.stringify({ plan, outcomes: [] }, null, 2)}\n`);
    return isWrong(plan) ? 1 : 0;
  }
  const acting = new Set(plan.actions.map((action) => action.target));
  for (const target of config.targets) {
    if (acting.has(target.name) && preparation.entries.opened[target.name] === undefined) {
      await ledger.open(target.name, shell.now());
    }
  }
  const tell = (outcome: Outcome): void => {
    if (shell.format !== 'json') shell.print(`${cleanForTerminal(formatOutcome(outcome))}\n`, 'done');
  };
  outdated?.forEach(tell);
  const paces = new Map<string, Pace>();
  const sends = plan.actions.some(({ verb }) => verb === 'create' || verb === 'update');
  const commit = sends ? await readCommit(config, shell) : undefined;
  const apply: Apply = (actions, { connections, closed, leads }) =>
    applyPlan({
      plan: { ...plan, actions },
      ledger,
      targets: openTargets(connections, leads, config),
      closed,
      newAttempt,
      commit,
      by: nameActor(bench.environment),
      now: shell.now,
      writeDocuments: (documents) =>
        writeDocuments({ folder: bench.siteFolder, root: config.root }, documents),
      siteUrl: config.site.url,
      maxWait,
      paces,
      signal: shell.signal,
      onOutcome: tell,
    });
  const linking = again === undefined ? [] : config.targets.filter(({ linksToCopies }) => linksToCopies);
  const passes = postponeUpdates(plan.actions, new Set(linking.map(({ name }) => name)));
  const applied = await apply(passes.first, preparation);
  const second = await publishAgain(bench, preparation, passes, applied, { again, apply, aside }, shell);
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
  await tellGithub(bench, { ...preparation, plan: whole }, outcomes, failures, shell);
  return failures.length > 0 || second.failed || isWrong(whole) ? 1 : 0;
}

type Apply = (
  actions: readonly Action[],
  preparation: Pick<Preparation, 'connections' | 'closed' | 'leads'>,
) => Promise<readonly Outcome[]>;

function openTargets(
  connections: Preparation['connections'],
  leads: Preparation['leads'],
  { targets }: Workbench['config'],
): ReadonlyMap<string, OpenTarget> {
  return new Map(
    [...connections].flatMap(([name, connection]): [string, OpenTarget][] => {
      const target = targets.find((one) => one.name === name);
      return target?.granularity === 'copy'
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
  shell: Shell,
): Promise<SecondPass> {
  const { again, apply, aside } = given;
  const linking = new Set(bench.config.targets.flatMap((one) => (one.linksToCopies ? [one.name] : [])));
  const asPlanned = async (failed: boolean): Promise<SecondPass> => ({
    actions: passes.later,
    outcomes: await apply(passes.later, preparation),
    failed,
  });
  const isNeeded = listNewCopies(applied, linking).size > 0;
  if (again === undefined || !isNeeded || shell.signal.aborted) return asPlanned(false);
  let next: Preparation;
  try {
    next = await preparePlan(bench, again, shell, {
      select: (actions) => selectFollowUps(actions, passes, applied),
      updatesBefore: applied.filter(({ action, result }) => action.verb === 'update' && result === 'done')
        .length,
    });
  } catch (error) {
    if (shell.signal.aborted) return asPlanned(false);
    if (!(error instanceof BroadsideError)) throw error;
    shell.report(`Links to the new copies could not be planned: ${tellError(error)}\n`);
    return asPlanned(true);
  }
  const { actions } = next.plan;
  if (actions.length === 0) return { actions, outcomes: [], failed: false };
  shell.report('Once more, for the links that only now have a copy to lead to:\n');
  showPlan({ ...next.plan, paused: false }, next, bench.config, aside, { publishing: true });
  return { actions, outcomes: await apply(actions, next), failed: false };
}

/** Tells GitHub what was published and what was not: annotations, of which errors come first, the summary and outputs. */
async function tellGithub(
  bench: Workbench,
  { plan, states, leftOut }: Preparation,
  outcomes: readonly Outcome[],
  failures: readonly Outcome[],
  shell: Shell,
): Promise<void> {
  if (shell.format !== 'github') return;
  const { config, blog } = bench;
  const annotations = failures.map((outcome): Annotation => ({
    level: 'error',
    title: 'not published',
    message: formatOutcome(outcome).replace(/^! /, ''),
  }));
  if (!plan.paused || outcomes.length > 0)
    shell.report(formatAnnotations([...annotations, ...annotatePlan(plan, config)]));
  const context = {
    posts: blog.posts,
    timezone: config.site.timezone,
    leftOut,
    renditions: await renderCopies(bench, { plan, states }, shell.now()),
  };
  appendSummary(reportPublish(quoteDiffs(plan), outcomes, context), shell);
  const done = outcomes.filter(({ result }) => result === 'done').map(({ action }) => action);
  const copies = done.filter(({ postId }) => postId !== 'feed');
  const { held, waiting } = countActions(plan.actions);
  appendOutputs(
    {
      created: copies.filter(({ verb }) => verb === 'create').length,
      updated: copies.filter(({ verb }) => verb === 'update').length,
      held,
      waiting,
      failed: failures.length,
      'site-changed': done.some(changesSite),
    },
    shell,
  );
}

/** An outcome without the rendition, which the plan beside it holds. */
function shortenOutcome({ action, ...rest }: Outcome) {
  const { verb, reason, target, postId } = action;
  return { verb, reason, target, postId, ...rest };
}

/** Leaves out of a plan what has changed since it was made; each such action is an outcome. */
async function checkPlan(
  plan: Plan,
  bench: Workbench,
): Promise<{ readonly plan: Plan; readonly outdated: readonly Outcome[] }> {
  const actions: Action[] = [];
  const outdated: Outcome[] = [];
  for (const action of plan.actions) {
    const earlier = action.requires?.find((postId) =>
      outdated.some(({ action: { target, postId: left } }) => target === action.target && left === postId),
    );
    const message =
      findChange(plan, action, bench) ??
      (earlier && `${earlier}, an earlier part of its series, is left out`);
    if (message === undefined) actions.push(action);
    else outdated.push({ action, result: 'skipped', message });
  }
  return { plan: { ...plan, actions }, outdated };
}

function findChange(plan: Plan, action: Action, bench: Workbench): string | undefined {
  const acts = action.rendition !== undefined || action.documents !== undefined;
  if (!acts) return undefined;
  if (plan.config !== bench.config.digest) return 'the config has changed since the plan was made';
  const target = bench.config.targets.find(({ name }) => name === action.target);
  const files = target?.granularity === 'feed' ? target.files : {};
  if (action.documents?.some(({ path }) => !Object.hasOwn(files, path)) === true) {
    return 'the plan holds files that the feed does not write';
  }
  if (action.rendition === undefined) return undefined;
  const post = bench.blog.posts.find((one) => one.id === action.postId);
  if (post === undefined) return 'the post is no longer there';
  return chooseDigest(bench.blog.digest(post), action.target) === action.rendition.inputs['source']
    ? undefined
    : 'the post has changed since the plan was made';
}

async function connectTargets(
  bench: Workbench,
  plan: Plan,
  shell: Shell,
): Promise<Pick<Preparation, 'connections' | 'closed' | 'leads'>> {
  const connections = new Map<string, Awaited<ReturnType<typeof connectTarget>>>();
  const closed = new Map<string, BroadsideError>();
  const leads = new Map<string, number>();
  const wanted = bench.config.targets.filter(
    (target): target is CopyTarget =>
      target.granularity === 'copy' &&
      plan.actions.some((action) => action.target === target.name && action.rendition !== undefined),
  );
  for (const target of wanted) {
    try {
      const connection = await connectTarget(target, bench.environment, shell.report);
      connections.set(target.name, connection);
      await connection.observe([], shell.signal);
      leads.set(target.name, compareClocks(target, connection, shell));
    } catch (error) {
      if (!(error instanceof BroadsideError)) throw error;
      closed.set(target.name, error);
    }
  }
  return { connections, closed, leads };
}
