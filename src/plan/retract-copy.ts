import { BroadsideError } from '../base/errors.ts';
import { nameKey } from '../base/normal-form.ts';
import { chooseTargets } from '../config/choose-targets.ts';
import { hasSenderEnded, newAttempt } from '../ledger/attempt.ts';
import { demandReadable } from '../ledger/demand-readable.ts';
import { composeReceipt } from '../ledger/receipts.ts';
import { isInDoubt, stateKey } from '../model/ledger.ts';
import type { CopyKey, CopyState, Receipt } from '../model/ledger.ts';
import type { RemoteState, SendingTarget } from '../model/target.ts';
import { tellWayBack } from './actions.ts';
import { sendInTurn } from './apply.ts';
import { findRemoteId } from './copy-address.ts';
import { findLanding, reportFlight } from './flight.ts';
import { openPace } from './pace.ts';
import type { Workbench } from './workbench.ts';

/** The copy that is to be taken down. */
export interface Retracting {
  /** The id of its post or letter, or the path of that. */
  readonly post: string;
  /** Its name. */
  readonly target: string;
  /** How long waits that the target asks for may last in all, in seconds. */
  readonly maxWait: number;
}

/**
 * What became of it. `before`: it was down already. `retracted`: the target took it down. `recorded`: it was made by hand, so that its
 * author has to take it down.
 */
export type Retracted = {
  readonly copy: CopyKey;
  /** How it comes back, in words, where its post or letter is still there. */
  readonly wayBack: string | undefined;
} & (
  | { readonly done: 'before'; readonly at: string }
  | { readonly done: 'retracted'; readonly state: RemoteState; readonly url: string }
  | { readonly done: 'recorded'; readonly url: string; readonly remoteId: string }
);

/**
 * Takes one copy down. Throws `TARGET_UNKNOWN`, `COPY_UNKNOWN`, `COPY_IN_FLIGHT`, `LEDGER_LOCKED` or `LEDGER_UNREADABLE`, and the
 * target's `SendError` if it does not take the copy down.
 */
export async function retractCopy(
  bench: Workbench,
  { post: word, target: name, maxWait }: Retracting,
): Promise<Retracted> {
  const [target] = chooseTargets(bench.config, name);
  if (target === undefined || target.granularity === 'feed') {
    throw new BroadsideError(
      'TARGET_UNKNOWN',
      `${name} holds no copies that could be taken down one by one.`,
      {
        remedy: 'Set "syndicate: false" in the post’s front matter to keep it out of the feeds.',
      },
    );
  }
  const all = [...bench.blog.posts, ...bench.blog.letters];
  const post =
    all.find((one) => one.id === word || one.origin.path === word) ??
    all.find(({ id }) => nameKey(id) === nameKey(word));
  const copy = { target: target.name, postId: post?.id ?? word };
  const state = (await bench.ledger.readStates()).states.get(stateKey(copy));
  if (state !== undefined) demandQuiet(state, bench.now());
  if (state?.receipt === undefined) {
    throw new BroadsideError(
      'COPY_UNKNOWN',
      `The ledger knows no copy of "${copy.postId}" on ${target.name}.`,
      {
        remedy: 'See "broadside status" for what there is.',
      },
    );
  }
  const { receipt } = state;
  const base = { copy, wayBack: post === undefined ? undefined : tellWayBack(copy) };
  if (receipt.state === 'gone') {
    if (isInDoubt(state)) throw reportDoubt(copy);
    return { ...base, done: 'before', at: receipt.at };
  }
  const { remoteId, url } = receipt;
  if (target.by === 'hand') {
    await recordTakenDown(bench, state, receipt);
    return { ...base, done: 'recorded', url, remoteId };
  }
  if (remoteId === '') {
    throw new BroadsideError('COPY_UNKNOWN', `Nobody recorded where the copy on ${target.name} is.`, {
      remedy: `First record its address: broadside resolve ${copy.postId} ${target.name} --url URL.`,
    });
  }
  return { ...base, done: 'retracted', state: await takeDown(bench, target, state, receipt, maxWait), url };
}

async function takeDown(
  { connect, ledger, now, signal }: Workbench,
  target: SendingTarget,
  { copy, length }: CopyState,
  receipt: Receipt,
  maxWait: number,
): Promise<RemoteState> {
  const connection = await connect(target);
  const { account } = connection;
  const { inputs, fingerprint, references, canonicalUrl } = receipt;
  const result = await sendInTurn(
    { ledger, now, newAttempt, signal },
    {
      copy,
      verb: 'retract',
      inputs,
      fingerprint,
      references,
      canonicalUrl,
      request: (ends) => connection.retract(findRemoteId(target, receipt), ends),
    },
    length,
    openPace(target.capabilities, { signal, maxWait, ledger, account }),
  );
  if (result.kind === 'failed') throw result.error;
  if (result.kind === 'moved') throw reportMoved(copy);
  return result.taken.state;
}

/** Records that a copy made by hand is gone. */
async function recordTakenDown(
  { ledger, actor, now }: Workbench,
  { copy, length }: CopyState,
  receipt: Receipt,
): Promise<void> {
  const { remoteId, url } = receipt;
  const gone: Receipt = {
    ...composeReceipt(
      { at: now(), attempt: newAttempt() },
      'retract',
      { state: 'gone', remoteId, url, echo: '' },
      receipt,
    ),
    by: actor,
  };
  if ((await ledger.append(copy, length, gone)) === 'moved') throw reportMoved(copy);
}

function reportMoved({ target, postId }: CopyKey): BroadsideError {
  return new BroadsideError('LEDGER_LOCKED', `Another run is changing ${postId} on ${target}.`, {
    remedy: 'Try again when it has ended.',
  });
}

/**
 * Throws `LEDGER_UNREADABLE` for a copy whose entries are damaged, and `COPY_IN_FLIGHT` if another run is about to record what it
 * sends.
 */
function demandQuiet(state: CopyState, now: string): void {
  demandReadable(state);
  const isSending = state.pending !== undefined && !hasSenderEnded(state);
  const ends = isSending ? findLanding(state, { now, isSenderGone: () => false }) : undefined;
  if (ends !== undefined) throw reportFlight(state, ends);
}

/** A retracted copy may be up again, on some targets as another copy than the known one. */
function reportDoubt({ target, postId }: CopyKey): BroadsideError {
  return new BroadsideError('COPY_UNKNOWN', `Nobody knows whether ${postId} is back on ${target}.`, {
    remedy: `Look there, then say so: broadside resolve ${postId} ${target} --url URL, or --not-posted.`,
  });
}
