import { isOutAt } from '../blog/eligibility.ts';
import { describeSite } from '../blog/describe-site.ts';
import { openLetterRenderer } from '../blog/render-letters.ts';
import { openPostRenderer } from '../blog/render-posts.ts';
import type { Standing } from '../model/ledger.ts';
import type { PostId } from '../model/post.ts';
import type { HandTarget } from '../model/target.ts';
import type { Candidate } from './candidate.ts';
import { decideTaken } from './decide-copies.ts';
import { handOver, type ActionByHand } from './hand-over.ts';
import type { PlanRequest } from './request.ts';
import type { Workbench } from './workbench.ts';

/** The copies that a person made of posts that have changed since, by post, each with what there is to do. */
export async function findChangedByHand(
  { blog, config }: Pick<Workbench, 'blog' | 'config'>,
  target: HandTarget,
  candidates: readonly Candidate[],
  { states, opened }: Standing,
  request: PlanRequest,
): Promise<ReadonlyMap<PostId, ActionByHand>> {
  const site = describeSite(config, blog.posts, (post) => isOutAt(post, request.now), states);
  const decided = await decideTaken(target, candidates, {
    blog,
    site,
    states,
    opened,
    request,
    render: openPostRenderer(blog, config, site),
    renderLetter: openLetterRenderer(blog, config, site),
    probePage: () => Promise.resolve(undefined),
  });
  const handed = handOver(decided, { targets: [target], dueSince: new Map(), suspended: false });
  return new Map(
    handed.flatMap((action) =>
      action.verb === 'wait' && action.reason === 'by-hand' ? [[action.post, action]] : [],
    ),
  );
}
