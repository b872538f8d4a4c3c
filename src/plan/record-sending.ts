import { BroadsideError, SendError, tellError } from '../base/errors.ts';
import { quoteWord } from '../base/quote-word.ts';
import { composeReceipt, type Provenance } from '../ledger/receipts.ts';
import { stateKey } from '../model/ledger.ts';
import type { Attempt, CopyKey, Failure, Ledger, LedgerEntry, Receipt, SentVerb } from '../model/ledger.ts';
import type { Taken } from '../model/target.ts';

/** How long after its intent a request may still be sent, in milliseconds. */
const intentLifetime = 60_000;

/** The longest that a copy is left alone because its target asked for it, in seconds. */
const longestPause = 86_400;

/** Where what is sent is recorded. */
export interface Journal {
  readonly ledger: Ledger;
  /** A fresh attempt: a random id, this machine, this process. */
  readonly newAttempt: () => Attempt;
  /** The real clock, ISO 8601 in UTC. */
  readonly now: () => string;
  /** The commit of the posts, where they are in git. */
  readonly commit?: string | undefined;
  /** Milliseconds that pass evenly, whatever is done to the clock; those of this process by default. */
  readonly elapsed?: () => number;
}

/** What the ledger needs to be told of a request. */
export interface Sending extends Provenance {
  readonly copy: CopyKey;
  readonly verb: SentVerb;
  /** Stored to distinguish our own request from an edit by hand, and for a later diff. */
  readonly body?: string;
  readonly request: (signal: AbortSignal) => Promise<Taken>;
}

export type SendResult =
  | { readonly kind: 'taken'; readonly taken: Taken }
  | { readonly kind: 'moved' }
  | { readonly kind: 'failed'; readonly error: BroadsideError };

/** Intent, request, receipt or failure: each durable before the next. `length`: the copy's entries so far. */
export async function recordSending(journal: Journal, sending: Sending, length: number): Promise<SendResult> {
  const { ledger, now, commit, elapsed = () => performance.now() } = journal;
  const { copy, verb, inputs, fingerprint } = sending;
  const attempt = journal.newAttempt();
  const [began, beganAt] = [now(), elapsed()];
  const intent: LedgerEntry = {
    v: 1,
    at: began,
    attempt,
    kind: 'intent',
    verb,
    inputs,
    fingerprint,
    ...(commit !== undefined && { commit }),
  };
  let isBegun = false;
  const recordFailure = async (error: SendError): Promise<SendResult> => {
    const { sent, code, message, retryAfter } = error;
    const at = now();
    const failure: Failure = {
      v: 1,
      at,
      attempt,
      kind: 'failure',
      sent,
      code,
      message,
      ...(retryAfter !== undefined && { until: addSeconds(at, Math.min(retryAfter, longestPause)) }),
    };
    try {
      await appendEnding(ledger, copy, length + 1, intent, failure);
    } catch (fault) {
      if (sent !== 'no') return { kind: 'failed', error: reportDoubt(sending, error, fault) };
      if (isBegun) return { kind: 'failed', error: reportUnsent(sending, error, fault) };
    }
    return { kind: 'failed', error };
  };
  try {
    const [appended] = await Promise.all([
      ledger.append(copy, length, intent),
      sending.body === undefined ? undefined : ledger.storeBody(fingerprint, sending.body),
    ]);
    if (appended === 'moved') return { kind: 'moved' };
    isBegun = true;
  } catch (error) {
    return recordFailure(toSendError(error, 'no'));
  }
  // The clock may be set meanwhile, and what passes evenly stands still while the machine sleeps.
  const byClock = Date.parse(now()) - Date.parse(began);
  const left = intentLifetime - Math.max(byClock, elapsed() - beganAt);
  if (left <= 0 || byClock < 0) {
    const message = 'The ledger took too long to record the intent; nothing was sent.';
    return recordFailure(
      new SendError('REQUEST_TIMED_OUT', message, { remedy: 'Run publish again.', sent: 'no' }),
    );
  }
  let taken: Taken;
  try {
    taken = await sending.request(AbortSignal.timeout(Math.ceil(left)));
  } catch (error) {
    return recordFailure(toSendError(error, 'unknown'));
  }
  try {
    const receipt = composeReceipt({ at: now(), attempt }, verb, taken, sending);
    await appendEnding(ledger, copy, length + 1, intent, receipt);
    return { kind: 'taken', taken };
  } catch (error) {
    return { kind: 'failed', error: reportUnrecorded(sending, taken, error) };
  }
}

/**
 * Adds the outcome of an intent, whatever became of the copy since: what happened is never dropped. If the intent is gone, the
 * ledger was set back meanwhile, and both are added again.
 */
async function appendEnding(
  ledger: Ledger,
  copy: CopyKey,
  expectedLength: number,
  intent: LedgerEntry,
  ending: Receipt | Failure,
): Promise<void> {
  let length = expectedLength;
  let isBegun = true;
  for (;;) {
    const appended = await ledger.append(copy, length, isBegun ? ending : intent);
    if (appended === 'ok') {
      if (isBegun) return;
      isBegun = true;
      length += 1;
      continue;
    }
    const { copies } = await ledger.read();
    const own = copies.find((one) => stateKey(one.copy) === stateKey(copy));
    isBegun = own?.entries.some(({ attempt }) => attempt.id === ending.attempt.id) ?? false;
    if (!isBegun && ending.kind === 'failure' && ending.sent === 'no') return;
    length = own?.entries.length ?? 0;
  }
}

function addSeconds(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}

/** Reports a copy that is out but not in the ledger: where it is, and how to record it. */
function reportUnrecorded({ copy, verb }: Sending, { remoteId, url }: Taken, fault: unknown): SendError {
  const { target, postId } = copy;
  return new SendError(
    'OUTCOME_UNRECORDED',
    `${target} took ${postId} as ${remoteId}${url === '' ? '' : `, at ${url}`}, and that could not be recorded. ${tell(fault)}`,
    {
      remedy:
        verb === 'create'
          ? `Once the ledger can be written again, record the copy: broadside resolve ${postId} ${target} --url ${quoteWord(url || 'URL')}`
          : 'Once the ledger can be written again, run the command again.',
      sent: 'unknown',
    },
  );
}

/** Reports a request that may have been taken, or was refused, and is not in the ledger. */
function reportDoubt({ copy, verb }: Sending, error: SendError, fault: unknown): SendError {
  const { target, postId } = copy;
  const { sent } = error;
  const what = sent === 'unknown' ? `It may be on ${target}` : `${target} refused it`;
  return new SendError(
    'OUTCOME_UNRECORDED',
    `${endSentence(error.message)} ${what}, and that could not be recorded. ${tell(fault)}`,
    {
      remedy:
        verb === 'create' && sent === 'unknown'
          ? `Look there; if it is there, record it once the ledger can be written again: broadside resolve ${postId} ${target} --url URL`
          : 'Once the ledger can be written again, run the command again.',
      sent,
    },
  );
}

/** Reports a request that was not taken; the ledger knows only that it was about to be sent. */
function reportUnsent({ copy }: Sending, error: SendError, fault: unknown): SendError {
  const { target, postId } = copy;
  return new SendError(
    error.code,
    `${endSentence(error.message)} ${target} did not take it, and that could not be recorded. ${tell(fault)}`,
    {
      remedy: `Once the ledger can be written again, run the command again; where ${postId} is held as interrupted: broadside resolve ${postId} ${target} --not-posted`,
      sent: 'no',
    },
  );
}

function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function tell(fault: unknown): string {
  return tellError(toSendError(fault, 'no'));
}

/** A failure as a `SendError`; `sent` is what it means if it does not say so itself. */
export function toSendError(error: unknown, sent: SendError['sent']): SendError {
  if (error instanceof SendError) return error;
  if (error instanceof BroadsideError) {
    return new SendError(error.code, error.message, { remedy: error.remedy, sent });
  }
  const said = error instanceof Error ? error.message : String(error);
  return new SendError('INTERNAL', said, { remedy: 'Report this fault.', sent, cause: error });
}
