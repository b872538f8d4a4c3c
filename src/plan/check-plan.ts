import type { Action, Outcome, Plan } from '../model/plan.ts';
import { chooseDigest } from '../transform/choose-content.ts';
import type { Workbench } from './workbench.ts';

/** Leaves out of a plan what has changed since it was made; each such action is an outcome. */
export function checkPlan(
  plan: Plan,
  bench: Pick<Workbench, 'config' | 'blog'>,
): { readonly plan: Plan; readonly outdated: readonly Outcome[] } {
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

function findChange(
  plan: Plan,
  action: Action,
  bench: Pick<Workbench, 'config' | 'blog'>,
): string | undefined {
  const acts = action.rendition !== undefined || action.documents !== undefined;
  if (!acts) return undefined;
  if (plan.config !== bench.config.digest) return 'the config has changed since the plan was made';
  const target = bench.config.targets.find(({ name }) => name === action.target);
  const files = target?.granularity === 'feed' ? target.files : {};
  if (action.documents?.some(({ path }) => !Object.hasOwn(files, path)) === true) {
    return 'the plan holds files that the feed does not write';
  }
  // What a target has taken already is recorded, whatever its post says by now.
  if (action.rendition === undefined || action.origin === 'own') return undefined;
  const post = bench.blog.posts.find((one) => one.id === action.postId);
  if (post === undefined) return 'the post is no longer there';
  return chooseDigest(bench.blog.digest(post), action.target) === action.rendition.inputs['source']
    ? undefined
    : 'the post has changed since the plan was made';
}
