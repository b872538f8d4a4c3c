import { BroadsideError } from '../base/errors.ts';
import { isOutAt } from '../blog/eligibility.ts';
import { describeSite } from '../blog/describe-site.ts';
import { nameWritings } from '../blog/name-posts.ts';
import { openLetterRenderer } from '../blog/render-letters.ts';
import { openPostRenderer, type PostRenderer } from '../blog/render-posts.ts';
import { chooseTargets } from '../config/choose-targets.ts';
import { hasSenderEnded } from '../ledger/attempt.ts';
import type { CopyAction } from '../model/plan.ts';
import type { Letter } from '../model/letter.ts';
import type { Post, PostId } from '../model/post.ts';
import type { FeedTarget, HoldingTarget, Target } from '../model/target.ts';
import type { Grounds } from './decide-copies.ts';
import { describeFuture } from './flight.ts';
import { openKeptCopies, type KeptCopies } from './kept-copies.ts';
import type { PlanRequest } from './request.ts';
import type { Workbench } from './workbench.ts';

/** What is asked of a plan. */
export interface PlanWords {
  readonly posts: readonly string[];
  readonly target?: string | undefined;
  readonly take?: 'source' | 'remote' | undefined;
  readonly refresh: boolean;
  /** Bring back the retracted copies of the named posts. */
  readonly again: boolean;
  /** Take again what comes from the pages of the named posts, or of all. */
  readonly recapture?: boolean | undefined;
  /** An instant to act at, ISO 8601. */
  readonly at?: string | undefined;
}

/** What a second pass plans: only what the first has made necessary. */
export interface FollowUp {
  readonly select: (actions: readonly CopyAction[]) => readonly CopyAction[];
  /** How many updates the first pass sent. */
  readonly updatesBefore: number;
}

/** What a plan is about, and what it is made from. */
export interface Gathered {
  readonly copyTargets: readonly HoldingTarget[];
  /** The feeds that it is about; none where posts are named and no target is. */
  readonly feedTargets: readonly FeedTarget[];
  /** The posts and letters that were named. */
  readonly named: readonly (Post | Letter)[];
  readonly grounds: Grounds & { readonly kept: KeptCopies };
  readonly isOut: (post: Post) => boolean;
  /** Renders the items of feeds, each for the plan. */
  readonly renderItem: PostRenderer;
}

/** Gathers what a plan is made from: the words, the ledger and the site as it is then. Throws `USAGE`. */
export async function gatherGrounds(
  bench: Workbench,
  words: PlanWords,
  followUp: FollowUp | undefined,
): Promise<Gathered> {
  const { config, blog, ledger, suspended } = bench;
  const chosen = chooseTargets(config, words.target).filter(
    (target) => followUp === undefined || linksToCopies(target),
  );
  demandAgain(words);
  const named = nameWritings(words.posts, blog);
  if (words.recapture === true)
    for (const { id } of named.length > 0 ? named : blog.posts) blog.pages.retake(id);
  const { states, opened } = await ledger.readStates();
  const future = followUp === undefined ? describeFuture(states, bench.now()) : undefined;
  if (future !== undefined) bench.report(`${future}\n`);
  const request = composeRequest(bench, words, named, followUp);
  const isOut = (post: Post): boolean => (suspended ? !post.draft : isOutAt(post, request.now));
  const site = describeSite(config, blog.posts, isOut, states);
  const renderItem = openPostRenderer(blog, config, site);
  const showsFeeds = named.length === 0 || words.target !== undefined;
  return {
    copyTargets: chosen.filter((target) => target.granularity !== 'feed'),
    feedTargets: showsFeeds ? chosen.filter((target) => target.granularity === 'feed') : [],
    named,
    grounds: {
      blog,
      site,
      states,
      opened,
      request,
      render: bench.openRenderer?.(blog, config, site) ?? renderItem,
      renderLetter: openLetterRenderer(blog, config, site),
      probePage: config.requireLive ? rememberAnswers(bench.probePage) : () => Promise.resolve(undefined),
      kept: openKeptCopies({ config, blog, site, states }),
      select: followUp?.select,
    },
    isOut,
    renderItem,
  };
}

/** Demands that posts to bring back are named, and come back as they are now. Throws `USAGE`. */
function demandAgain({ again, posts, take }: PlanWords): void {
  if (again && posts.length === 0) {
    throw new BroadsideError('USAGE', 'You have not said which copy to bring back.', {
      remedy: 'Name the posts, such as "broadside publish my-post --target devto --again".',
    });
  }
  if (again && take === 'remote') {
    throw new BroadsideError(
      'USAGE',
      'What comes back is the post as it is now, not what the target holds.',
      {
        remedy: 'Leave out "--take remote".',
      },
    );
  }
}

function composeRequest(
  { config, suspended, now }: Workbench,
  { target, take, refresh, again, at }: PlanWords,
  named: readonly { readonly id: PostId }[],
  followUp: FollowUp | undefined,
): PlanRequest {
  return {
    now: at ?? now(),
    named: new Set(named.map((post) => post.id)),
    targetNamed: target !== undefined,
    take,
    refresh,
    again,
    suspended,
    backfill: config.series.backfill,
    maxUpdates: config.maxUpdates,
    ...(followUp && { updatesBefore: followUp.updatesBefore }),
    timezone: config.site.timezone,
    isSenderGone: hasSenderEnded,
  };
}

/** Whether links between posts lead to a target's own copies. */
function linksToCopies(target: Target): boolean {
  return target.granularity !== 'letter' && target.linksToCopies === true;
}

/** Asks once for each address. */
function rememberAnswers(probe: Workbench['probePage']): Workbench['probePage'] {
  const answers = new Map<string, Promise<string | undefined>>();
  return (url) => {
    const answer = answers.get(url) ?? probe(url);
    answers.set(url, answer);
    return answer;
  };
}
