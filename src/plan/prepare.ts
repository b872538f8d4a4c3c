import type { Standing } from '../model/ledger.ts';
import { idOf, type Action, type CopyAction, type FeedAction, type Plan } from '../model/plan.ts';
import type { Letter } from '../model/letter.ts';
import type { PostId } from '../model/post.ts';
import type { HoldingTarget } from '../model/target.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { explainLeftOut, explainUnmailed } from '../blog/left-out.ts';
import { assemblePlan } from './assemble.ts';
import { decideActions } from './decide-actions.ts';
import type { Decided, Grounds } from './decide-copies.ts';
import { gatherGrounds, type FollowUp, type Gathered, type PlanWords } from './gather-grounds.ts';
import { holdBehind, listCommits } from './guard.ts';
import { holdRenamed } from './hold-renamed.ts';
import { observeTargets, type Observed } from './observe.ts';
import { listPieces } from './pieces.ts';
import { planFeed } from './plan-feed.ts';
import { tellDays } from './tell-days.ts';
import type { Workbench } from './workbench.ts';

/** A plan, with what publishing it needs. */
export interface Preparation extends Standing, Omit<Observed, 'actions'> {
  readonly plan: Plan;
  /** Since when the schedule has let each new copy go out, by `stateKey`: ISO 8601 in UTC. */
  readonly dueSince: ReadonlyMap<string, string>;
  /** Why there is nothing to do for posts that were named, and what would change that. */
  readonly leftOut: readonly string[];
}

/** Plans what publish would do now. Asks only the targets whose copies would be created, changed or are doubtful. */
export async function preparePlan(
  bench: Workbench,
  words: PlanWords,
  followUp?: FollowUp,
): Promise<Preparation> {
  const { blog } = bench;
  const gathered = await gatherGrounds(bench, words, followUp);
  const { copyTargets, grounds } = gathered;
  const { states, opened, request } = grounds;
  const decided = await decideActions(copyTargets, grounds, (actions) => holdAside(actions, grounds, bench));
  grounds.kept.save();
  blog.remember();
  const observed = await observeTargets(bench, copyTargets, decided.actions, states, request);
  const feeds = await planFeeds(bench, gathered);
  blog.remember();
  const actions = [...tellDays(observed.actions, blog.letters), ...feeds.map(({ action }) => action)];
  const found = followUp === undefined ? [...blog.diagnostics, ...decided.faults] : [];
  return {
    ...observed,
    plan: composePlan(bench, actions, [...found, ...feeds.flatMap(({ faults }) => faults)]),
    opened,
    states,
    dueSince: decided.dueSince,
    leftOut: [
      ...listLeftOut(gathered, decided.actions),
      ...(gathered.named.length === 0 && followUp === undefined ? listDrafts(blog.letters, copyTargets) : []),
    ],
  };
}

/** Holds what reads as a copy of a post that is gone, and what a checkout would take back that lacks the last commit. */
async function holdAside(
  decided: readonly CopyAction[],
  { blog, states, request }: Grounds,
  { config, ledger, findLackingCommits }: Workbench,
): Promise<readonly CopyAction[]> {
  const writings = [...blog.posts, ...blog.letters];
  const actions = await holdRenamed(decided, { writings, states, siteUrl: config.site.url, ledger });
  return holdBehind(actions, states, await findLackingCommits(listCommits(actions, states)), request);
}

async function planFeeds(
  bench: Workbench,
  { feedTargets, grounds: { site, states }, renderItem, isOut }: Gathered,
): Promise<readonly Decided<FeedAction>[]> {
  const feeds: Decided<FeedAction>[] = [];
  for (const target of feedTargets)
    feeds.push(await planFeed(bench, target, { render: renderItem, site, states, isOut }));
  return feeds;
}

function composePlan(
  { blog, config, ledger, now }: Workbench,
  actions: readonly Action[],
  diagnostics: readonly Diagnostic[],
): Plan {
  const createdAt = now();
  const pieces = listPieces(actions, blog, createdAt);
  return assemblePlan({
    createdAt,
    config: config.digest,
    ledger: ledger.description,
    paused: config.paused,
    actions,
    diagnostics,
    ...(pieces !== undefined && { pieces }),
  });
}

/** The drafts in the sequences that a plan is about: their readers get fewer letters than the folder holds. */
function listDrafts(letters: readonly Letter[], targets: readonly HoldingTarget[]): readonly string[] {
  const mailed = new Set(targets.flatMap((one) => (one.granularity === 'letter' ? [one.sequence] : [])));
  return letters
    .filter(({ status, sequence }) => status === 'draft' && mailed.has(sequence?.name))
    .flatMap((letter) => explainUnmailed(letter, targets));
}

/** Why there is nothing to do for posts and letters that were named. */
function listLeftOut(
  { named, copyTargets: targets, grounds }: Gathered,
  actions: readonly CopyAction[],
): readonly string[] {
  const { now } = grounds.request;
  const planned = new Set<PostId>(actions.map(idOf));
  return named.flatMap((one) => {
    if (planned.has(one.id)) return [];
    return 'subject' in one ? explainUnmailed(one, targets) : explainLeftOut(one, targets, now);
  });
}
