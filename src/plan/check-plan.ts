import { idOf, listDocuments, type Action, type Outcome, type Plan } from '../model/plan.ts';
import { chooseDigests } from '../transform/choose-content.ts';
import type { Workbench } from './workbench.ts';

/** Leaves out of a plan what has changed since it was made; each such action is an outcome. */
export function checkPlan(
  plan: Plan,
  bench: Pick<Workbench, 'config' | 'blog'>,
): { readonly plan: Plan; readonly outdated: readonly Outcome[] } {
  const actions: Action[] = [];
  const outdated: Outcome[] = [];
  for (const action of plan.actions) {
    const requires = 'requires' in action ? action.requires : undefined;
    const earlier = requires?.find((id) =>
      outdated.some(
        ({ action: left }) => left.target === action.target && !('feed' in left) && idOf(left) === id,
      ),
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
  { config, blog }: Pick<Workbench, 'config' | 'blog'>,
): string | undefined {
  const documents = listDocuments(action);
  if (action.verb === 'wait' || (!('rendition' in action) && documents.length === 0)) return undefined;
  if (plan.config !== config.digest) return 'the config has changed since the plan was made';
  const target = config.targets.find(({ name }) => name === action.target);
  const files = target?.granularity === 'feed' ? target.files : {};
  if (documents.some(({ path }) => !Object.hasOwn(files, path))) {
    return 'the plan holds files that the feed does not write';
  }
  // What a target has taken already is recorded, whatever its post says by now.
  if (!('rendition' in action) || (action.verb === 'adopt' && action.origin === 'own')) return undefined;
  const id = idOf(action);
  const post = blog.posts.find((one) => one.id === id);
  const letter = blog.letters.find((one) => one.id === id);
  const digests = post === undefined ? letter && blog.digestLetter(letter) : blog.digest(post);
  const what = 'letter' in action ? 'letter' : 'post';
  if (digests === undefined) return `the ${what} is no longer there`;
  const { digest, page } = chooseDigests(digests, action.target);
  const { inputs } = action.rendition;
  if (digest !== inputs['source']) return `the ${what} has changed since the plan was made`;
  return page === inputs['page'] ? undefined : 'what its page shows was taken anew since the plan was made';
}
