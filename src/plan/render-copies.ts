import { isOutAt } from '../blog/eligibility.ts';
import { describeSite } from '../blog/describe-site.ts';
import type { Blog } from '../blog/load.ts';
import { openPostRenderer } from '../blog/render-posts.ts';
import type { Config } from '../config/load.ts';
import { stateKey } from '../model/ledger.ts';
import { copyOf, idOf } from '../model/plan.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Preparation } from './prepare.ts';

/** What is, or will later be, shown of each copy that a plan creates or changes, or that waits for its time. */
export async function renderCopies(
  { config, blog }: { readonly config: Config; readonly blog: Blog },
  { plan, states }: Pick<Preparation, 'plan' | 'states'>,
  now: string,
): Promise<readonly Rendition[]> {
  const site = describeSite(config, blog.posts, (post) => isOutAt(post, now), states);
  const render = openPostRenderer(blog, config, site);
  const renditions = new Map<string, Rendition>();
  for (const action of plan.actions) {
    const key = stateKey(copyOf(action));
    if ('rendition' in action && action.verb !== 'adopt') renditions.set(key, action.rendition);
    if (action.verb !== 'wait' || action.reason === 'in-flight') continue;
    const id = idOf(action);
    const target = config.postTargets.find((one) => one.name === action.target);
    const post = blog.posts.find((one) => one.id === id);
    if (target === undefined || post === undefined) continue;
    const own = (await render(post, [target])).shown.get(target.name);
    if (own !== undefined) renditions.set(key, own.rendition);
  }
  return [...renditions.values()];
}
