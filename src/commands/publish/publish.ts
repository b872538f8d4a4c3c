import { resolve } from 'node:path';
import { BroadsideError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { checkPlan } from '../../plan/check-plan.ts';
import { openPlanned } from '../../plan/observe.ts';
import { findNewerCommit, type NewerCommit } from '../../workbench/posts-commit.ts';
import { preparePlan } from '../../plan/prepare.ts';
import { escapeMarkdown } from '../../report/markdown.ts';
import { headline } from '../../report/summary.ts';
import { appendOutputs, appendSummary, noOutputs } from '../../report/tell-github.ts';
import { openWorkbench, type PlanArguments } from '../../workbench/open.ts';
import { publishPlan } from './publish-plan.ts';

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
    const preparation = await preparePlan(bench, args);
    return publishPlan(bench, preparation, { maxWait: args.maxWait, again: args }, shell);
  }
  const { readPlanFile } = await import('../../plan/plan-file.ts');
  const planned = readPlanFile(resolve(shell.cwd, args.plan), args.plan, shell.now());
  for (const [postId, pieces] of Object.entries(planned.pieces ?? {}))
    bench.blog.pages.takeOver(postId, pieces);
  const { plan, outdated } = checkPlan(planned, bench);
  const { opened } = await bench.ledger.readStates();
  const connected = await openPlanned(bench, plan);
  const preparation = { plan, opened, states: new Map(), dueSince: new Map(), leftOut: [], ...connected };
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
