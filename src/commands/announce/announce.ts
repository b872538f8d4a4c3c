import { Buffer } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatAnnotations } from '../../report/annotations.ts';
import { describeSite } from '../../blog/describe-site.ts';
import { openPostRenderer } from '../../blog/render-posts.ts';
import { digestText } from '../../base/digest.ts';
import { BroadsideError, tellError } from '../../base/errors.ts';
import { fetchDocument } from '../../base/http/fetch-document.ts';
import { hasSenderEnded, newAttempt } from '../../ledger/attempt.ts';
import { demandReadable } from '../../ledger/demand-readable.ts';
import { announceKey, feedKey, intentInDoubt, type CopyState, type CopyStates } from '../../model/ledger.ts';
import { stateOf } from '../../plan/actions.ts';
import type { Inputs } from '../../model/rendition.ts';
import type { FeedDocument, FeedTarget } from '../../model/target.ts';
import { isOutAt, selectItems } from '../../blog/eligibility.ts';
import { findLanding } from '../../plan/flight.ts';
import { recordSending } from '../../plan/record-sending.ts';
import type { Shell } from '../../base/shell.ts';
import { cleanForTerminal } from '../../base/terminal.ts';
import { chooseTargets } from '../../config/choose-targets.ts';
import { openWorkbench } from '../../workbench/open.ts';
import type { Workbench } from '../../plan/workbench.ts';
import { digestDocuments, renderFeed } from '../../plan/feed.ts';
import { tellHub } from './tell-hub.ts';

/** How long is waited before a feed is looked at again, in milliseconds: at first, and at most. */
const firstPause = 1000;
const longestPause = 15_000;

/** The most bytes of a feed that are read, far more than any reader takes. */
const largestFeed = 200_000_000;

export interface AnnounceArguments {
  readonly config: string;
  readonly target?: string | undefined;
  /** How long to wait, in all, until the new bytes are served, in seconds. */
  readonly maxWait: number;
}

/** What became of one file of a feed. `told before`: the hub knows these bytes. */
interface Announcement {
  readonly target: string;
  readonly url: string;
  readonly hub: string;
  readonly result: 'told' | 'told before' | 'not served' | 'in flight' | 'failed';
  readonly note?: string;
}

/** A feed's file in the states in which it may be served: as it should be now, and as it was published last. */
interface Topic {
  readonly target: string;
  readonly path: string;
  readonly url: string;
  readonly hub: string;
  readonly versions: readonly string[];
}

/** Runs `broadside announce`: tells the feeds' hub what has changed, once it is served. Returns the exit code. */
export async function runAnnounce(args: AnnounceArguments, shell: Shell): Promise<number> {
  const bench = await openWorkbench(args, shell);
  const targets = chooseTargets(bench.config, args.target).filter((target) => target.granularity === 'feed');
  if (args.target !== undefined && targets.length === 0) {
    throw new BroadsideError('TARGET_UNKNOWN', `${args.target} is not a feed, so it has no hub.`, {
      remedy: 'Name a target of kind feed.',
    });
  }
  if (bench.config.paused) {
    shell.report('Publishing is paused by the config (paused: true): nothing was sent.\n');
    return finish([], shell);
  }
  const { states } = await bench.ledger.readStates();
  const until = performance.now() + args.maxWait * 1000;
  const told: Announcement[] = [];
  let broken = false;
  for (const target of targets) {
    try {
      told.push(...(await announceFeed(bench, target, states, until, shell)));
    } catch (error) {
      if (!(error instanceof BroadsideError)) throw error;
      broken = true;
      shell.report(`! ${target.name} was not announced: ${cleanForTerminal(tellError(error))}\n`);
    }
  }
  if (broken && told.length === 0 && shell.format !== 'json') return 1;
  return Math.max(finish(told, shell), broken ? 1 : 0);
}

async function announceFeed(
  bench: Workbench,
  target: FeedTarget,
  states: CopyStates,
  until: number,
  shell: Shell,
): Promise<readonly Announcement[]> {
  const copy = announceKey(target.name);
  const state = stateOf(states, copy);
  demandReadable(state);
  const known = state.receipt?.inputs ?? {};
  const topics = await listTopics(bench, target, stateOf(states, feedKey(target.name)), shell);
  const isKnown = ({ path, versions }: Topic): boolean => known[path] === digestText(versions[0] ?? '');
  const fresh = topics.filter((topic) => !isKnown(topic));
  const outcomes: Announcement[] = topics.filter(isKnown).map((topic) => describe(topic, 'told before'));
  if (fresh.length === 0) return outcomes;
  if (findLanding(state, { now: shell.now(), isSenderGone: hasSenderEnded }) !== undefined) {
    const note = `another run has been telling it since ${intentInDoubt(state)?.at ?? ''}`;
    return [...outcomes, ...fresh.map((topic) => describe(topic, 'in flight', note))];
  }
  let length = state.length;
  let inputs: Inputs = Object.fromEntries(
    Object.entries(known).filter(([path]) => topics.some((topic) => topic.path === path)),
  );
  for (const topic of fresh) {
    const served = await awaitServed(topic, until, shell);
    if ('fault' in served) {
      outcomes.push(describe(topic, 'not served', served.fault));
      continue;
    }
    const digest = digestText(served.text);
    if (inputs[topic.path] === digest) {
      outcomes.push(describe(topic, 'told before'));
      continue;
    }
    const next = { ...inputs, [topic.path]: digest };
    const sent = await recordSending(
      { ledger: bench.ledger, now: shell.now, newAttempt },
      {
        copy,
        verb: 'update',
        inputs: next,
        fingerprint: digest,
        references: [],
        canonicalUrl: topic.url,
        request: async (signal) => {
          await tellHub(topic.hub, topic.url, signal);
          return { remoteId: topic.hub, url: topic.url, state: 'live', echo: digest };
        },
      },
      length,
    );
    if (sent.kind === 'moved') {
      outcomes.push(describe(topic, 'in flight', 'another run is telling it'));
      break;
    }
    length += 2;
    if (sent.kind === 'taken') {
      inputs = next;
      outcomes.push(describe(topic, 'told'));
    } else {
      outcomes.push(describe(topic, 'failed', tellError(sent.error)));
    }
  }
  return outcomes;
}

function describe({ target, url, hub }: Topic, result: Announcement['result'], note?: string): Announcement {
  return { target, url, hub, result, ...(note !== undefined && { note }) };
}

/**
 * The files of a feed that name a hub. A post may have become due since the feed was published, which is no reason to wait for
 * a site that has it: what the last receipt holds is as good.
 */
async function listTopics(
  bench: Workbench,
  target: FeedTarget,
  { receipt }: CopyState,
  shell: Shell,
): Promise<readonly Topic[]> {
  const now = await renderAt(bench, target, shell.now());
  if (now.every(({ hub }) => hub === undefined)) return [];
  const then =
    receipt === undefined || receipt.fingerprint === digestDocuments(now)
      ? []
      : await renderAt(bench, target, receipt.at);
  const published = digestDocuments(then) === receipt?.fingerprint ? then : [];
  return now.flatMap(({ path, text, hub }) =>
    hub === undefined
      ? []
      : [
          {
            target: target.name,
            path,
            hub,
            url: target.locate(path, bench.config.site.url),
            versions: [text, ...published.flatMap((one) => (one.path === path ? [one.text] : []))],
          },
        ],
  );
}

async function renderAt(
  { blog, config }: Workbench,
  target: FeedTarget,
  at: string,
): Promise<readonly FeedDocument[]> {
  const site = describeSite(config, blog.posts, (post) => isOutAt(post, at));
  const render = openPostRenderer(blog, config, site);
  const rendered = await renderFeed(
    target,
    selectItems(target, blog.posts, (post) => isOutAt(post, at)),
    render,
    site,
  );
  if ('documents' in rendered) return rendered.documents;
  const { message, remedy, file, line, column } = rendered.fault;
  throw new BroadsideError('POST_INVALID', `${file}:${line}:${column} ${message}`, {
    remedy,
    file,
    line,
    column,
  });
}

/** Looks at a feed's address until one of the states in which it may be is served, or the time is over; says when it waits. */
async function awaitServed(
  { target, url, versions }: Topic,
  until: number,
  { signal, format, report }: Shell,
): Promise<{ readonly text: string } | { readonly fault: string }> {
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    const seen = await look(url, signal);
    const text = 'bytes' in seen ? versions.find((one) => Buffer.from(one).equals(seen.bytes)) : undefined;
    if (text !== undefined) return { text };
    const left = until - performance.now();
    if (left <= 0 || signal.aborted)
      return 'fault' in seen ? seen : { fault: 'it is served as it was before' };
    if (pause === firstPause && format !== 'json')
      report(
        `. ${target}  ${url}  waiting until it is served as written, ${Math.ceil(left / 1000)} s at most\n`,
      );
    await sleep(Math.min(pause, left), undefined, { signal }).catch(() => undefined);
  }
}

async function look(
  url: string,
  signal: AbortSignal,
): Promise<{ readonly bytes: Uint8Array } | { readonly fault: string }> {
  try {
    const { status, bytes } = await fetchDocument(url, {
      signal,
      maxBytes: largestFeed,
      headers: { 'cache-control': 'no-cache' },
    });
    return status === 200 ? { bytes } : { fault: `it answers ${status}` };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return { fault: tellError(error) };
  }
}

const signs: Readonly<Record<Announcement['result'], string>> = {
  told: '+',
  'told before': ' ',
  'not served': '!',
  'in flight': '.',
  failed: '!',
};

/** Says what the hubs were told; returns the exit code. */
function finish(all: readonly Announcement[], shell: Shell): number {
  const wrong = all.filter(({ result }) => result === 'not served' || result === 'failed');
  if (shell.format === 'json') shell.print(`${JSON.stringify({ announcements: all }, null, 2)}\n`);
  else {
    for (const one of all) {
      if (one.result !== 'told before') shell.print(`${signs[one.result]} ${explain(one)}\n`);
    }
    const told = all.filter(({ result }) => result === 'told').length;
    const rest = all.filter(({ result }) => result === 'told before').length;
    const totals = [
      ...(told > 0 ? [`${told} announced`] : []),
      ...(rest > 0 ? [`${rest} unchanged since`] : []),
      ...(wrong.length > 0 ? [`${wrong.length} not announced`] : []),
    ];
    shell.print(all.length === 0 ? 'No hub to tell.\n' : `${totals.join(', ') || 'Nothing to tell'}.\n`);
  }
  if (shell.format === 'github') {
    const title = 'not announced';
    shell.report(
      formatAnnotations(wrong.map((one) => ({ level: 'error', title, message: explain(one) }) as const)),
    );
  }
  return wrong.length > 0 ? 1 : 0;
}

function explain({ target, url, hub, result, note = '' }: Announcement): string {
  const { host } = new URL(hub);
  const words =
    result === 'told'
      ? `told to ${host}`
      : `${result === 'failed' ? `${host} was not told` : result}: ${cleanForTerminal(note)}`;
  return `${target}  ${url}  ${words}`;
}
