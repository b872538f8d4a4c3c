import { describeSite } from '../blog/describe-site.ts';
import { isOutAt, selectItems } from '../blog/eligibility.ts';
import { openPostRenderer } from '../blog/render-posts.ts';
import { digestText } from '../base/digest.ts';
import { BroadsideError, tellError } from '../base/errors.ts';
import { hasSenderEnded, newAttempt } from '../ledger/attempt.ts';
import { demandReadable } from '../ledger/demand-readable.ts';
import { announceKey, feedKey, intentInDoubt, type CopyState, type CopyStates } from '../model/ledger.ts';
import type { Inputs } from '../model/rendition.ts';
import type { FeedDocument, FeedTarget } from '../model/target.ts';
import { stateOf } from './actions.ts';
import { awaitServed, type Patience, type Topic } from './await-served.ts';
import { digestDocuments, renderFeed } from './feed.ts';
import { findLanding } from './flight.ts';
import { recordSending } from './record-sending.ts';
import { tellHub } from './tell-hub.ts';
import type { Workbench } from './workbench.ts';

/** What became of one file of a feed. `told before`: the hub knows these bytes. */
export interface Announcement {
  readonly target: string;
  readonly url: string;
  readonly hub: string;
  readonly result: 'told' | 'told before' | 'not served' | 'in flight' | 'failed';
  readonly note?: string;
}

/**
 * Tells the hub of a feed which of its files have changed, each once it is served. Gives what became of each file that names a hub.
 * Throws `LEDGER_UNREADABLE` or `POST_INVALID`.
 */
export async function announceFeed(
  bench: Workbench,
  target: FeedTarget,
  states: CopyStates,
  patience: Patience,
): Promise<readonly Announcement[]> {
  const copy = announceKey(target.name);
  const state = stateOf(states, copy);
  demandReadable(state);
  const known = state.receipt?.inputs ?? {};
  const topics = await listTopics(bench, target, stateOf(states, feedKey(target.name)));
  const isKnown = ({ path, versions }: Topic): boolean => known[path] === digestText(versions[0] ?? '');
  const fresh = topics.filter((topic) => !isKnown(topic));
  const outcomes: Announcement[] = topics.filter(isKnown).map((topic) => describe(topic, 'told before'));
  if (fresh.length === 0) return outcomes;
  if (findLanding(state, { now: bench.now(), isSenderGone: hasSenderEnded }) !== undefined) {
    const note = `another run has been telling it since ${intentInDoubt(state)?.at ?? ''}`;
    return [...outcomes, ...fresh.map((topic) => describe(topic, 'in flight', note))];
  }
  let length = state.length;
  let inputs: Inputs = Object.fromEntries(
    Object.entries(known).filter(([path]) => topics.some((topic) => topic.path === path)),
  );
  for (const topic of fresh) {
    const served = await awaitServed(topic, patience);
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
      { ledger: bench.ledger, now: bench.now, newAttempt },
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
): Promise<readonly Topic[]> {
  const now = await renderAt(bench, target, bench.now());
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
  const items = selectItems(target, blog.posts, (post) => isOutAt(post, at));
  const rendered = await renderFeed(target, items, render, site);
  if ('documents' in rendered) return rendered.documents;
  const { message, remedy, file, line, column } = rendered.fault;
  throw new BroadsideError('POST_INVALID', `${file}:${line}:${column} ${message}`, {
    remedy,
    file,
    line,
    column,
  });
}
