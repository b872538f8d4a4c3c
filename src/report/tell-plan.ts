import type { Shell } from '../base/shell.ts';
import type { Action, Outcome } from '../model/plan.ts';
import { countActions, formatOutcome } from './format-plan.ts';
import type { Preparation } from '../plan/prepare.ts';
import type { Workbench } from '../plan/workbench.ts';
import { formatAnnotations, type Annotation } from './annotations.ts';
import { renderCopies } from '../plan/render-copies.ts';
import { annotatePlan, quoteDiffs } from './show-plan.ts';
import { commentLimit } from './markdown.ts';
import { fitBlocks, reportPlan, reportPublish } from './summary.ts';
import { appendOutputs, appendSummary, commentMark } from './tell-github.ts';

/** Puts what GitHub shows of a plan into the job's files. */
export async function tellPlan(
  bench: Workbench,
  { plan, states, leftOut }: Preparation,
  now: string,
  shell: Shell,
): Promise<void> {
  const { posts } = bench.blog;
  const { timezone } = bench.config.site;
  const context = { posts, timezone, leftOut, renditions: await renderCopies(bench, { plan, states }, now) };
  const blocks = reportPlan(quoteDiffs(plan), context);
  appendSummary(blocks, shell);
  const { held, waiting, byHand } = countActions(plan.actions);
  const { create, change } = countActions(plan.actions.filter((action) => 'post' in action));
  appendOutputs(
    {
      created: create,
      updated: change,
      held,
      waiting,
      'by-hand': byHand,
      failed: 0,
      'site-changed': plan.actions.some(changesSite),
      comment: `${commentMark}\n${fitBlocks(blocks, commentLimit)}`,
    },
    shell,
  );
}

/** Tells GitHub what was published and what was not: annotations, of which errors come first, the summary and outputs. */
export async function tellPublish(
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
  const copies = done.filter((action) => 'post' in action);
  const { held, waiting, byHand } = countActions(plan.actions);
  appendOutputs(
    {
      created: copies.filter(({ verb }) => verb === 'create').length,
      updated: copies.filter(({ verb }) => verb === 'update').length,
      held,
      waiting,
      'by-hand': byHand,
      failed: failures.length,
      'site-changed': done.some(changesSite),
    },
    shell,
  );
}

/** Whether an action changes what a feed shows. */
function changesSite(action: Action): boolean {
  return 'feed' in action && (action.verb === 'create' || action.verb === 'update');
}
