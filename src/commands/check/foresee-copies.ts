import type { Shell } from '../../base/shell.ts';
import { isOutAt } from '../../blog/eligibility.ts';
import { describeSite } from '../../blog/describe-site.ts';
import { openLetterRenderer } from '../../blog/render-letters.ts';
import { openPostRenderer } from '../../blog/render-posts.ts';
import { hasSenderEnded } from '../../ledger/attempt.ts';
import { stateKey, type CopyStates } from '../../model/ledger.ts';
import type { Post } from '../../model/post.ts';
import type { CopyRenderer } from '../../plan/decide-copies.ts';
import { foreseeActions } from '../../plan/foresee.ts';
import { openOutlook, unopened } from '../../plan/outlook.ts';
import { requestAt } from '../../plan/request.ts';
import { readStanding } from '../../workbench/read-known-ledger.ts';
import type { Worked } from '../work-on-posts.ts';
import type { Foresight, Ground } from './foresight.ts';

/** Foresees the copies of a blog by its posts and by what this machine knows of its ledger. */
export async function foreseeCopies({ config, blog, now, named }: Ground, shell: Shell): Promise<Foresight> {
  const known = await readStanding(config, shell);
  const standing = known ?? unopened;
  const { states, opened } = standing;
  const request = requestAt(now, config, hasSenderEnded, named);
  const copies = config.targets.filter((target) => target.granularity !== 'feed');
  const judge = openOutlook({ ...blog, targets: config.targets, standing, request });
  return {
    knowsLedger: known !== undefined,
    judge: (post, fault) => {
      const loss = judge(post, fault);
      return loss === 'nothing' && known === undefined ? undefined : loss;
    },
    foresee: async (posts, worked) => {
      const site = describeSite(config, blog.posts, (post) => isOutAt(post, now), states);
      const render = recallFaults({ posts, worked, states }, openPostRenderer(blog, config, site));
      return foreseeActions(copies, {
        blog,
        site,
        states,
        opened,
        request,
        render,
        renderLetter: openLetterRenderer(blog, config, site),
      });
    },
  };
}

interface Recalled {
  readonly posts: readonly Post[];
  readonly worked: readonly Worked[];
  readonly states: CopyStates;
}

/**
 * Does not render a post again if its known faults decide alone: a copy that was never sent goes out unless something is wrong with
 * it, whatever it shows.
 */
function recallFaults({ posts, worked, states }: Recalled, render: CopyRenderer): CopyRenderer {
  const workOf = new Map(posts.map((post, index) => [post, worked[index]]));
  return async (post, targets) => {
    const [{ name }] = targets;
    const faults = workOf.get(post)?.faults.filter(({ target = name }) => target === name);
    const isNew = !states.has(stateKey({ target: name, postId: post.id }));
    if (!isNew || faults === undefined || faults.some(({ rule }) => rule === 'post-page-awaited'))
      return render(post, targets);
    return {
      diagnostics: faults,
      shown: new Map([
        [name, { rendition: { ...unseen, target: name, postId: post.id, canonicalUrl: post.canonicalUrl } }],
      ]),
    };
  };
}

/** A rendition that nobody looks into. */
const unseen = { body: '', fields: {}, assets: [], references: [], inputs: {}, fingerprint: '' } as const;
