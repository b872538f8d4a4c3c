import { withholdSecrets } from '../../base/child-environment.ts';
import { BroadsideError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { isOutAt } from '../../blog/eligibility.ts';
import { describeSite } from '../../blog/load.ts';
import { openPostRenderer } from '../../blog/render-posts.ts';
import type { Config } from '../../config/load.ts';
import { hasSenderEnded } from '../../ledger/attempt.ts';
import { readKnown } from '../../ledger/known.ts';
import { stateKey, type Standing } from '../../model/ledger.ts';
import type { Post } from '../../model/post.ts';
import type { CopyRenderer } from '../../plan/decide-copies.ts';
import { foreseeActions } from '../../plan/foresee.ts';
import { openOutlook, unopened } from '../../plan/outlook.ts';
import { requestAt } from '../../plan/request.ts';
import { selectCopies } from '../../plan/select.ts';
import type { Worked } from '../work-on-posts.ts';
import type { Foresight, Ground } from './foresight.ts';

/** Foresees the copies of a blog by its posts and by what this machine knows of its ledger. */
export async function foreseeCopies({ config, blog, now, named }: Ground, shell: Shell): Promise<Foresight> {
  const known = await readStanding(config, shell);
  const standing = known ?? unopened;
  const { states, opened } = standing;
  const request = requestAt(now, config, hasSenderEnded, named);
  const copies = config.targets.filter((target) => target.granularity === 'copy');
  const fresh = new Set(
    copies.flatMap((target) =>
      selectCopies(target, blog.posts, states, opened[target.name], request)
        .candidates.filter(({ need }) => need === 'create')
        .map(({ post }) => stateKey({ target: target.name, postId: post.id })),
    ),
  );
  const mayGoOut = openOutlook({ ...blog, targets: config.targets, standing, request });
  return {
    knowsLedger: known !== undefined,
    keep: (post, target) => fresh.has(stateKey({ target: target.name, postId: post.id })),
    mayGoOut: (post, fault) => mayGoOut(post, fault) || (known === undefined ? undefined : false),
    foresee: async (posts, worked) => {
      const site = describeSite(config, blog.posts, (post) => isOutAt(post, now), states);
      const render = recallRenditions(posts, worked, openPostRenderer(blog, config, site));
      return foreseeActions(copies, { blog, site, states, opened, request, render });
    },
  };
}

/** Renders no post that was rendered before. */
function recallRenditions(
  posts: readonly Post[],
  worked: readonly Worked[],
  render: CopyRenderer,
): CopyRenderer {
  const workOf = new Map(posts.map((post, index) => [post, worked[index]]));
  return async (post, targets) => {
    const [{ name }] = targets;
    const work = workOf.get(post);
    const kept = work?.kept.get(name);
    if (work === undefined || kept === undefined) return render(post, targets);
    const diagnostics = work.faults.filter(({ target = name }) => target === name);
    return { diagnostics, shown: new Map([[name, kept]]) };
  };
}

/** What is known of the ledger here; a ledger that cannot be read is not what `check` is about. */
async function readStanding(config: Config, shell: Shell): Promise<Standing | undefined> {
  const { environment, signal } = shell;
  const place = { root: config.root, ...withholdSecrets(environment, config.targets), signal };
  try {
    return await readKnown(config.ledger, place);
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}
