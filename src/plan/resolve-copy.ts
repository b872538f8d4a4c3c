import { namePosts, nameWritings } from '../blog/name-posts.ts';
import { BroadsideError } from '../base/errors.ts';
import { chooseTargets } from '../config/choose-targets.ts';
import { hasSenderEnded, newAttempt } from '../ledger/attempt.ts';
import { demandReadable } from '../ledger/demand-readable.ts';
import { emptyState, isInDoubt, stateKey } from '../model/ledger.ts';
import type { CopyKey, CopyState, Decision } from '../model/ledger.ts';
import type { PostId } from '../model/post.ts';
import { findLanding, reportFlight } from './flight.ts';
import { locateCopy, type CopyTold } from './locate-copy.ts';
import { recordByHand, renderCopy, type MadeByHand, type RecordedByHand } from './record-by-hand.ts';
import { recordFound } from './record-found.ts';
import type { Workbench } from './workbench.ts';

/** What a person says became of a copy: it is not there, it is there without a known address, or it is at an address. */
export type Fate = 'not-posted' | 'posted' | { readonly url: string };

/** What a person says of one copy. */
export interface Resolving extends Pick<MadeByHand, 'ifElsewhere'> {
  readonly post: PostId;
  /** Its name. */
  readonly target: string;
  readonly fate: Fate;
}

/** What the ledger says about a copy after a person has spoken. */
export interface Resolved {
  readonly target: string;
  readonly post: PostId;
  readonly decided: 'posted' | 'not-posted';
  /** Its address, if it has one that is known. */
  readonly url?: string | undefined;
  /** For a copy that was made by hand: what was done to the ledger. */
  readonly result?: RecordedByHand['result'];
}

/**
 * Records what a person says became of a copy. Sends nothing. Throws `COPY_SETTLED` if the ledger says something else, and
 * `COPY_IN_FLIGHT`, `COPY_UNKNOWN`, `LEDGER_LOCKED` or `USAGE`.
 */
export async function resolveCopy(bench: Workbench, told: Resolving): Promise<Resolved> {
  const { fate, ifElsewhere } = told;
  const subject = await findSubject(bench, told);
  const { target, post, state } = subject;
  if (fate !== 'not-posted' && target.by === 'hand' && !isInDoubt(state)) {
    const [made] = namePosts([post?.id ?? state.copy.postId], bench.blog);
    if (made === undefined) throw new TypeError(`there is no ${state.copy.postId}`);
    const url = fate === 'posted' ? undefined : fate.url;
    const { result, receipt } = await recordByHand(bench, { post: made, target, url, ifElsewhere });
    return { target: target.name, post: made.id, decided: 'posted', url: receipt.url, result };
  }
  const base = { target: target.name, post: state.copy.postId };
  if (fate === 'not-posted')
    return { ...base, decided: fate, url: await decide(bench, subject, denyCopy(bench, subject)) };
  const url =
    fate === 'posted'
      ? await decide(bench, subject, confirmUnplaced(bench, subject))
      : await confirmCopy(bench, subject, fate.url);
  return { ...base, decided: 'posted', url };
}

async function findSubject(bench: Workbench, told: Resolving): Promise<CopyTold> {
  const [target] = chooseTargets(bench.config, told.target);
  if (target === undefined || target.granularity === 'feed') {
    throw new BroadsideError('TARGET_UNKNOWN', `${told.target} holds no copies that could be in doubt.`, {
      remedy: 'Name a target that holds one copy per post or letter.',
    });
  }
  const { states } = await bench.ledger.readStates();
  const state = states.get(stateKey({ target: target.name, postId: told.post }));
  const [post] =
    state === undefined
      ? nameWritings([told.post], bench.blog)
      : [...bench.blog.posts, ...bench.blog.letters].filter(({ id }) => id === told.post);
  const copy = { target: target.name, postId: post?.id ?? told.post };
  const found = states.get(stateKey(copy)) ?? emptyState(copy);
  demandReadable(found);
  return { target, post, state: found };
}

function stampEntry({ now }: Pick<Workbench, 'now'>) {
  return { v: 1, at: now(), attempt: newAttempt() } as const;
}

/** Records what a person decided; gives the copy's address, if they told one. */
async function decide(
  { ledger }: Workbench,
  { state: { copy, length } }: CopyTold,
  decision: Decision,
): Promise<string | undefined> {
  demandFirst(await ledger.append(copy, length, decision), copy);
  return decision.url;
}

/** Throws `LEDGER_LOCKED` where somebody else recorded something of a copy first. */
function demandFirst(appended: 'ok' | 'moved', { target, postId }: CopyKey): void {
  if (appended === 'ok') return;
  throw new BroadsideError('LEDGER_LOCKED', `Another run is changing ${postId} on ${target}.`, {
    remedy: 'Look at "broadside status" when it has ended.',
  });
}

function denyCopy(bench: Workbench, { state }: CopyTold): Decision {
  const { refusal, deferred } = state;
  if (!isInDoubt(state) && (refusal ?? deferred) === undefined) throw reportSettled(state);
  const ends = findLanding(state, { now: bench.now(), isSenderGone: hasSenderEnded });
  if (ends !== undefined) throw reportFlight(state, ends);
  return { ...stampEntry(bench), kind: 'decision', what: 'not-posted', by: bench.actor };
}

/** Records where a copy is, unless the ledger says so already; gives its address. */
async function confirmCopy(
  bench: Workbench,
  subject: CopyTold,
  address: string,
): Promise<string | undefined> {
  const { target, post, state } = subject;
  const { receipt, copy, length } = state;
  const place = await locateCopy(bench, subject, address);
  const { remoteId, url, found } = place;
  if (isInDoubt(state)) {
    const canonicalUrl = receipt?.canonicalUrl ?? post?.canonicalUrl;
    return decide(bench, subject, {
      ...stampEntry(bench),
      kind: 'decision',
      what: 'posted',
      by: bench.actor,
      url,
      remoteId,
      ...(canonicalUrl !== undefined && { canonicalUrl }),
      ...(found && { state: found.state, echo: found.echo }),
    });
  }
  if (receipt !== undefined && receipt.state !== 'gone') {
    if (receipt.remoteId === remoteId || receipt.url === url) return receipt.url;
    if (receipt.remoteId !== '') throw reportSettled(state);
  }
  const [named] = post === undefined ? nameWritings([copy.postId], bench.blog) : [post];
  if (named === undefined) return receipt?.url;
  const { states } = await bench.ledger.readStates();
  const rendition = await renderCopy(bench, named, target, states);
  await bench.ledger.open(target.name, bench.now());
  const seen = found ?? { state: 'unverified', remoteId, url, echo: rendition.fingerprint };
  const recorder = { ...bench, newAttempt, by: bench.actor };
  const adopted = { copy, length, origin: 'elsewhere', found: seen, rendition } as const;
  demandFirst(await recordFound(recorder, adopted), copy);
  return url;
}

/** Says that a copy in doubt is there, where it was before or at an address that nobody has given. */
function confirmUnplaced(bench: Workbench, { target, post, state }: CopyTold): Decision {
  const { receipt, copy } = state;
  if (!isInDoubt(state)) throw reportSettled(state);
  const ends = findLanding(state, { now: bench.now(), isSenderGone: hasSenderEnded });
  if (ends !== undefined) throw reportFlight(state, ends);
  const before = receipt?.state === 'gone' ? undefined : receipt;
  if (before === undefined && target.by === 'program' && target.capabilities.observe) {
    throw new BroadsideError('USAGE', `${target.name} knows its copies by their addresses.`, {
      remedy: `Give the copy's: broadside resolve ${copy.postId} ${target.name} --url URL.`,
    });
  }
  const canonicalUrl = receipt?.canonicalUrl ?? post?.canonicalUrl;
  return {
    ...stampEntry(bench),
    kind: 'decision',
    what: 'posted',
    by: bench.actor,
    ...(before && { url: before.url, remoteId: before.remoteId }),
    ...(canonicalUrl !== undefined && { canonicalUrl }),
  };
}

function reportSettled({ copy, receipt }: CopyState): BroadsideError {
  const { target, postId } = copy;
  if (receipt === undefined) {
    return new BroadsideError('COPY_SETTLED', `No copy of ${postId} on ${target} is in doubt.`, {
      remedy: `Run "broadside status ${postId}" to see where it stands.`,
    });
  }
  const where =
    receipt.state === 'gone'
      ? 'was retracted'
      : `is at ${receipt.url || receipt.remoteId || 'an address that nobody recorded'}`;
  return new BroadsideError(
    'COPY_SETTLED',
    `Nothing is in doubt: the copy of ${postId} on ${target} ${where}.`,
    {
      remedy: `Retract it first if it is another one: broadside retract ${postId} --target ${target}.`,
    },
  );
}
