import { digestText } from '../base/digest.ts';
import { BroadsideError } from '../base/errors.ts';
import { isOutAt, selectItems } from '../blog/eligibility.ts';
import { describeSite } from '../blog/describe-site.ts';
import { listMailable } from '../blog/mailable.ts';
import { feedKey, stateKey, type CopyStates } from '../model/ledger.ts';
import type { Plan } from '../model/plan.ts';
import { undated, type Post, type PostId } from '../model/post.ts';
import type { Inputs } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { FeedTarget } from '../model/target.ts';
import { itemKey } from '../plan/decide-feed.ts';
import { foreseeFeed } from '../plan/feed.ts';
import { preparePlan } from '../plan/prepare.ts';
import type { ShownState } from './define.ts';
import { digestHeads } from './digest-heads.ts';
import { openMailedStates, openStates } from './describe-states.ts';
import { toLocalTime } from './local-time.ts';
import type { QuietBench } from './open-bench.ts';
import { renderSome, type SomeRenditions } from './render-some.ts';

/** The blog as it is at an instant, and where every copy stands. */
export interface Snapshot {
  readonly bench: QuietBench;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly plan: Plan;
  readonly ledger: CopyStates;
  readonly site: Site;
  readonly toLocal: (instant: string) => string;
  /** By post, then by target. */
  readonly states: ReadonlyMap<PostId, Readonly<Record<string, ShownState>>>;
  /** Newest first. */
  readonly posts: readonly Post[];
  /** By what is mailed, a letter or a post, then by target; of posts only those that ask for it. */
  readonly mailed: ReadonlyMap<string, Readonly<Record<string, ShownState>>>;
  /** The copies that are not rendered yet, by `stateKey`: only that tells where they stand. */
  readonly unrendered: SomeRenditions['left'];
  /** What the view of each post and letter is made from, as a digest; what keeps its digest looks the same. */
  readonly versions: ReadonlyMap<PostId, string>;
}

/**
 * Plans what publish would do at an instant, ISO 8601 in UTC, asking nobody, and tells where every copy stands by that plan.
 * `mayRender` is asked before each copy that has to be rendered for it.
 */
export async function gatherSnapshot(
  bench: QuietBench,
  now: string,
  mayRender: () => boolean | Promise<boolean>,
): Promise<Snapshot> {
  const { config, blog } = bench;
  const { openRenderer, left: unrendered } = renderSome(bench.renditions, mayRender);
  const words = { posts: [], refresh: false, again: false, at: now };
  const prepared = await preparePlan({ ...bench, openRenderer }, words);
  const isOut = (post: Post): boolean => isOutAt(post, now);
  const site = describeSite(config, blog.posts, isOut, prepared.states);
  const toLocal = rememberTimes(config.site.timezone);
  const told = {
    plan: prepared.plan,
    states: prepared.states,
    unrendered,
    timezone: config.site.timezone,
    now,
    toLocal,
  };
  const statesOf = openStates({
    ...told,
    targets: config.postTargets,
    compareItem: openItems(bench, site, prepared.states, isOut),
  });
  const states = new Map(blog.posts.map((post) => [post.id, statesOf(post)]));
  const mailed = tellMailed(bench, openMailedStates(told), now);
  return {
    bench,
    now,
    plan: prepared.plan,
    ledger: prepared.states,
    site,
    toLocal,
    states,
    mailed,
    unrendered,
    posts: blog.posts.toSorted((a, b) => Date.parse(b.publishAt) - Date.parse(a.publishAt)),
    versions: digestVersions(bench, site, states, mailed),
  };
}

function tellMailed(
  { config, blog }: QuietBench,
  stateOf: ReturnType<typeof openMailedStates>,
  now: string,
): Snapshot['mailed'] {
  const mailed = new Map<string, Record<string, ShownState>>();
  for (const target of config.targets) {
    if (target.granularity !== 'letter') continue;
    for (const { letter, writing } of listMailable(target, blog, now)) {
      const state = stateOf(writing, target);
      const isAsked = letter.canonicalUrl === undefined || state.state !== 'off';
      if (isAsked) mailed.set(letter.id, { ...mailed.get(letter.id), [target.name]: state });
    }
  }
  return mailed;
}

function rememberTimes(timezone: string): (instant: string) => string {
  const known = new Map<string, string>();
  return (instant) => {
    const told = known.get(instant) ?? (instant === undated ? '' : toLocalTime(instant, timezone));
    known.set(instant, told);
    return told;
  };
}

/** How the items of each feed compare with what it last showed, as far as digests tell. */
function openItems(
  { config, blog }: QuietBench,
  site: Site,
  states: CopyStates,
  isOut: (post: Post) => boolean,
): (target: FeedTarget, post: Post) => 'same' | 'changed' | 'new' | 'beyond' | 'not-out' {
  const feeds = new Map<string, { readonly inputs: Inputs; readonly before: Inputs | undefined }>();
  for (const target of config.targets) {
    if (target.granularity !== 'feed') continue;
    const inputs = foreseeFeed(target, blog, site, selectItems(target, blog.posts, isOut));
    feeds.set(target.name, { inputs, before: states.get(stateKey(feedKey(target.name)))?.receipt?.inputs });
  }
  return (target, post) => {
    const { inputs = {}, before = {} } = feeds.get(target.name) ?? {};
    const key = itemKey(post.id);
    const [now, then] = [inputs[key], before[key]];
    if (now === undefined) return isOut(post) ? 'beyond' : 'not-out';
    if (then === undefined) return 'new';
    return then === now || then === `${now} short` ? 'same' : 'changed';
  };
}

/** What the other posts show of themselves in a post is the same to all, so that a new title makes all of them new. */
function digestVersions(
  { config, blog }: QuietBench,
  site: Site,
  states: ReadonlyMap<PostId, Readonly<Record<string, ShownState>>>,
  mailed: Snapshot['mailed'],
): ReadonlyMap<PostId, string> {
  const shared = digestText(JSON.stringify([config.digest, digestHeads(blog, site)]));
  const letters = blog.letters.map((letter): [string, string] => {
    const made = [shared, letter, digestContent(() => blog.digestLetter(letter)), mailed.get(letter.id)];
    return [letter.id, digestText(JSON.stringify(made))];
  });
  const posts = blog.posts.map((post): [string, string] => {
    const made = [
      shared,
      post,
      digestContent(() => blog.digest(post)),
      site.seriesByPost.get(post.id),
      states.get(post.id),
      mailed.get(post.id) ?? null,
    ];
    return [post.id, digestText(JSON.stringify(made))];
  });
  return new Map([...posts, ...letters]);
}

function digestContent(digest: () => unknown): unknown {
  try {
    return digest();
  } catch (error) {
    if (error instanceof BroadsideError) return null;
    throw error;
  }
}
