import { BroadsideError } from '../base/errors.ts';
import { isOutAt } from '../blog/eligibility.ts';
import { describeSite } from '../blog/describe-site.ts';
import { nameWritings } from '../blog/name-posts.ts';
import { openLetterRenderer } from '../blog/render-letters.ts';
import { openPostRenderer } from '../blog/render-posts.ts';
import { chooseTargets } from '../config/choose-targets.ts';
import { hasSenderEnded } from '../ledger/attempt.ts';
import type { Standing } from '../model/ledger.ts';
import { idOf, type Action, type CopyAction, type FeedAction, type Plan } from '../model/plan.ts';
import type { Letter } from '../model/letter.ts';
import type { Post, PostId } from '../model/post.ts';
import type { HoldingTarget, Target } from '../model/target.ts';
import { assemblePlan } from './assemble.ts';
import { decideAll, type Decided, type Grounds } from './decide-copies.ts';
import { describeFuture } from './flight.ts';
import { guardActions, holdBehind, listCommits } from './guard.ts';
import { handOver } from './hand-over.ts';
import { holdRenamed } from './hold-renamed.ts';
import { explainLeftOut, explainUnmailed } from '../blog/left-out.ts';
import { observeTargets, type Observed } from './observe.ts';
import { planFeed } from './plan-feed.ts';
import { openKeptCopies } from './kept-copies.ts';
import { listPieces } from './pieces.ts';
import type { PlanRequest } from './request.ts';
import { tellDays } from './tell-days.ts';
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

/** A plan, with what publishing it needs. */
export interface Preparation extends Standing, Omit<Observed, 'actions'> {
  readonly plan: Plan;
  /** Since when the schedule has let each new copy go out, by `stateKey`: ISO 8601 in UTC. */
  readonly dueSince: ReadonlyMap<string, string>;
  /** Why there is nothing to do for posts that were named, and what would change that. */
  readonly leftOut: readonly string[];
}

/** What a second pass plans: only what the first has made necessary. */
export interface FollowUp {
  readonly select: (actions: readonly CopyAction[]) => readonly CopyAction[];
  /** How many updates the first pass sent. */
  readonly updatesBefore: number;
}

/** Plans what publish would do now. Asks only the targets whose copies would be created, changed or are doubtful. */
export async function preparePlan(
  bench: Workbench,
  words: PlanWords,
  followUp?: FollowUp,
): Promise<Preparation> {
  const { config, blog, ledger } = bench;
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
  const isOut = (post: Post): boolean => (bench.suspended ? !post.draft : isOutAt(post, request.now));
  const site = describeSite(config, blog.posts, isOut, states);
  const render = openPostRenderer(blog, config, site);
  const copyTargets = chosen.filter((target) => target.granularity !== 'feed');
  const kept = openKeptCopies({ config, blog, site, states });
  const grounds: Grounds = {
    blog,
    site,
    states,
    opened,
    request,
    render: bench.openRenderer?.(blog, config, site) ?? render,
    renderLetter: openLetterRenderer(blog, config, site),
    probePage: config.requireLive ? rememberAnswers(bench.probePage) : () => Promise.resolve(undefined),
    kept,
    select: followUp?.select,
  };
  const { decided, dueSince } = await decideAll(copyTargets, grounds);
  kept.save();
  blog.remember();
  const actions = await holdRenamed(
    decided.map(({ action }) => action),
    { writings: [...blog.posts, ...blog.letters], states, siteUrl: config.site.url, ledger },
  );
  const lacking = await bench.findLackingCommits(listCommits(actions, states));
  const current = holdBehind(actions, states, lacking, request);
  const guarded = guardActions(current, states, copyTargets, request);
  const handed = handOver(guarded, { targets: copyTargets, dueSince, suspended: bench.suspended });
  const observed = await observeTargets(bench, copyTargets, handed, states, request);
  const feeds: Decided<FeedAction>[] = [];
  if (named.length === 0 || words.target !== undefined) {
    for (const target of chosen.filter((one) => one.granularity === 'feed'))
      feeds.push(await planFeed(bench, target, render, site, states, isOut));
  }
  blog.remember();
  const planned: readonly Action[] = [
    ...tellDays(observed.actions, blog.letters),
    ...feeds.map(({ action }) => action),
  ];
  const createdAt = bench.now();
  const pieces = listPieces(planned, blog, createdAt);
  const found =
    followUp === undefined ? [...blog.diagnostics, ...decided.flatMap(({ faults }) => faults)] : [];
  return {
    ...observed,
    plan: assemblePlan({
      createdAt,
      config: config.digest,
      ledger: ledger.description,
      paused: config.paused,
      actions: planned,
      diagnostics: [...found, ...feeds.flatMap(({ faults }) => faults)],
      ...(pieces !== undefined && { pieces }),
    }),
    opened,
    states,
    dueSince,
    leftOut: [
      ...listLeftOut(named, actions, copyTargets, request.now),
      ...(named.length === 0 && followUp === undefined ? listDrafts(blog.letters, copyTargets) : []),
    ],
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

/** The drafts in the sequences that a plan is about: their readers get fewer letters than the folder holds. */
function listDrafts(letters: readonly Letter[], targets: readonly HoldingTarget[]): readonly string[] {
  const mailed = new Set(targets.flatMap((one) => (one.granularity === 'letter' ? [one.sequence] : [])));
  return letters
    .filter(({ status, sequence }) => status === 'draft' && mailed.has(sequence?.name))
    .flatMap((letter) => explainUnmailed(letter, targets));
}

function listLeftOut(
  named: readonly (Post | Letter)[],
  actions: readonly CopyAction[],
  targets: readonly HoldingTarget[],
  now: string,
): readonly string[] {
  const planned = new Set<PostId>(actions.map(idOf));
  return named.flatMap((one) => {
    if (planned.has(one.id)) return [];
    return 'subject' in one ? explainUnmailed(one, targets) : explainLeftOut(one, targets, now);
  });
}
