import { listWritings } from '../blog/mailable.ts';
import { nameWritings } from '../blog/name-posts.ts';
import { BroadsideError } from '../base/errors.ts';
import { hasSenderEnded } from '../ledger/attempt.ts';
import { feedKey, stateKey } from '../model/ledger.ts';
import type { CopyStates } from '../model/ledger.ts';
import type { HoldingTarget, Observation } from '../model/target.ts';
import { findChangedByHand } from './changed-by-hand.ts';
import { hasDrifted } from './changes.ts';
import { compareBodies } from './compare-bodies.ts';
import { findRemoteId } from './copy-address.ts';
import { describeFeed, describeTarget, tellChanged, type CopyStatus } from './describe-standing.ts';
import type { ActionByHand } from './hand-over.ts';
import { requestAt } from './request.ts';
import { selectCopies } from './select.ts';
import type { Workbench } from './workbench.ts';

/** What is asked about where copies stand. */
export interface StandingWords {
  /** The posts and letters that are asked about; all where none is named. */
  readonly posts: readonly string[];
  /** Whether the targets are asked too. */
  readonly remote: boolean;
  /** As if it were then; ISO 8601. */
  readonly at?: string | undefined;
}

/** Where copies stand at an instant, ISO 8601. */
interface CopiesStanding {
  readonly at: string;
  readonly copies: readonly CopyStatus[];
}

/** Finds where every copy stands: by the ledger and the posts, and by what the targets say where they are asked. Throws `POST_UNKNOWN`. */
export async function readCopies(
  bench: Workbench,
  { posts, remote, at = bench.now() }: StandingWords,
): Promise<CopiesStanding> {
  const { config, blog, ledger } = bench;
  const named = new Set(nameWritings(posts, blog).map(({ id }) => id));
  const { states, opened } = await ledger.readStates();
  const request = requestAt(at, config, hasSenderEnded);
  const rows: CopyStatus[] = [];
  for (const target of config.targets) {
    if (target.granularity === 'feed') {
      const state = states.get(stateKey(feedKey(target.name)));
      if (named.size === 0) rows.push(describeFeed(target, state));
      continue;
    }
    const writings = listWritings(target, blog, opened[target.name] ?? request.now);
    const selection = selectCopies(target, writings, { states, opened, request });
    const changed =
      target.by === 'hand'
        ? await findChangedByHand(bench, target, selection.candidates, { states, opened }, request)
        : new Map<string, ActionByHand>();
    const told = describeTarget(target, writings, states, selection, request.now)
      .map((row) => tellChanged(row, changed.get(row.post)))
      .filter(({ post, state }) => (named.size === 0 ? state !== 'excluded' : named.has(post)));
    const asked = named.size === 0 ? 'in a word' : 'line by line';
    const seen = remote ? await observeCopies(bench, target, told, states, asked) : new Map<string, Seen>();
    rows.push(...told.map((row) => ({ ...row, ...seen.get(row.post) })));
  }
  return { at: request.now, copies: rows };
}

type Seen = Pick<CopyStatus, 'remote' | 'diff' | 'note'>;

/** What a target says of its copies, by post. */
async function observeCopies(
  bench: Workbench,
  target: HoldingTarget,
  rows: readonly CopyStatus[],
  states: CopyStates,
  asked: 'in a word' | 'line by line',
): Promise<ReadonlyMap<string, Seen>> {
  const receipts = rows.flatMap(({ post }) => {
    const receipt = states.get(stateKey({ target: target.name, postId: post }))?.receipt;
    return receipt === undefined || receipt.state === 'gone' ? [] : [{ post, receipt }];
  });
  if (receipts.length === 0) return new Map();
  if (target.by === 'hand')
    return new Map(receipts.map(({ post }) => [post, { remote: 'not known', note: 'it was made by hand' }]));
  let observations: readonly Observation[];
  try {
    const connection = await bench.connect(target);
    observations = await connection.observe(
      receipts.map(({ post, receipt }) => ({
        postId: post,
        canonicalUrl: receipt.canonicalUrl,
        remoteId: findRemoteId(target, receipt),
      })),
      bench.signal,
    );
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    bench.report(`${target.name} was not asked: ${error.message} ${error.remedy}\n`);
    return new Map();
  }
  const told = await Promise.all(
    receipts.map(async ({ post, receipt }, index): Promise<[string, Seen]> => {
      const seen = observations[index];
      if (seen === undefined || seen.seen === 'unknown') {
        return [post, { remote: 'not known', note: seen?.why ?? 'the target did not say' }];
      }
      if (seen.seen === 'absent') return [post, { remote: 'missing', note: 'the target no longer has it' }];
      if (!hasDrifted(receipt, seen)) return [post, { remote: 'as published' }];
      const diff = asked === 'line by line' ? await compareBodies(bench.ledger, receipt, seen) : undefined;
      return [post, { remote: 'drifted', ...(diff !== undefined && { diff }) }];
    }),
  );
  return new Map(told);
}
