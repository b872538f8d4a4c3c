import { BroadsideError, SendError } from '../errors.ts';
import { stateKey } from '../model/ledger.ts';
import type { Attempt, CopyKey, Ledger, LedgerEntry, SentVerb } from '../model/ledger.ts';
import type { PostId } from '../model/post.ts';
import type { Inputs } from '../model/rendition.ts';
import type { Taken } from '../model/target.ts';

/** What is not sent so long after its intent is not sent, in milliseconds. */
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
}

/** What the ledger needs to be told of a request. */
export interface Sending {
  readonly copy: CopyKey;
  readonly verb: SentVerb;
  readonly inputs: Inputs;
  readonly fingerprint: string;
  readonly references: readonly PostId[];
  readonly canonicalUrl: string;
  /** Kept to tell our own request from a hand edit, and for a later diff. */
  readonly body?: string;
  readonly request: (signal: AbortSignal) => Promise<Taken>;
}

export type SendResult =
  | { readonly kind: 'taken'; readonly taken: Taken }
  | { readonly kind: 'moved' }
  | { readonly kind: 'failed'; readonly error: BroadsideError };

/** Intent, request, receipt or failure: each durable before the next. `length`: the copy's entries so far. */
export async function recordSending(journal: Journal, sending: Sending, length: number): Promise<SendResult> {
  const { ledger, now } = journal;
  const { copy, verb, inputs, fingerprint, references, canonicalUrl } = sending;
  const attempt = journal.newAttempt();
  const began = now();
  const settle = async (error: SendError): Promise<SendResult> => {
    const { sent, code, message, retryAfter } = error;
    const at = now();
    const failure: LedgerEntry = {
      v: 1,
      at,
      attempt,
      kind: 'failure',
      sent,
      code,
      message,
      ...(retryAfter !== undefined && { until: addSeconds(at, Math.min(retryAfter, longestPause)) }),
    };
    await appendOutcome(ledger, copy, length + 1, failure).catch(() => undefined);
    return { kind: 'failed', error };
  };
  try {
    const intent: LedgerEntry = { v: 1, at: began, attempt, kind: 'intent', verb, inputs, fingerprint };
    const [appended] = await Promise.all([
      ledger.append(copy, length, intent),
      sending.body === undefined ? undefined : ledger.keepBody(fingerprint, sending.body),
    ]);
    if (appended === 'moved') return { kind: 'moved' };
  } catch (error) {
    return settle(toSendError(error, 'no'));
  }
  const left = intentLifetime - (Date.parse(now()) - Date.parse(began));
  if (left <= 0 || left > intentLifetime) {
    const message = 'The ledger took too long to record the intent; nothing was sent.';
    return settle(new SendError('REQUEST_TIMED_OUT', message, { remedy: 'Run publish again.', sent: 'no' }));
  }
  let taken: Taken;
  try {
    taken = await sending.request(AbortSignal.timeout(left));
  } catch (error) {
    return settle(toSendError(error, 'unknown'));
  }
  try {
    await appendOutcome(ledger, copy, length + 1, {
      v: 1,
      at: now(),
      attempt,
      kind: 'receipt',
      verb,
      ...taken,
      canonicalUrl,
      inputs,
      fingerprint,
      references,
    });
    return { kind: 'taken', taken };
  } catch (error) {
    return { kind: 'failed', error: unrecorded(taken, toSendError(error, 'no').message) };
  }
}

/** Adds an outcome whatever was added to the copy since its intent: what happened is never dropped. */
async function appendOutcome(
  ledger: Ledger,
  copy: CopyKey,
  expectedLength: number,
  outcome: LedgerEntry,
): Promise<void> {
  for (let length = expectedLength; (await ledger.append(copy, length, outcome)) === 'moved';) {
    const { copies } = await ledger.read();
    const own = copies.find((one) => stateKey(one.copy) === stateKey(copy));
    const begun = own?.entries.some((entry) => entry.attempt.id === outcome.attempt.id) ?? false;
    if (own === undefined || !begun) return;
    length = own.entries.length;
  }
}

function addSeconds(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}

function unrecorded(taken: Taken, why: string): SendError {
  return new SendError(
    'LEDGER_UNREADABLE',
    `The target took it as ${taken.remoteId}, but that could not be recorded: ${why}`,
    { remedy: 'Run "broadside plan": what is doubtful is looked up or held.', sent: 'unknown' },
  );
}

/** A failure as one of sending; `sent` is what it means where it does not say so itself. */
export function toSendError(error: unknown, sent: SendError['sent']): SendError {
  if (error instanceof SendError) return error;
  if (error instanceof BroadsideError) {
    return new SendError(error.code, error.message, { remedy: error.remedy, sent });
  }
  const said = error instanceof Error ? error.message : String(error);
  return new SendError('INTERNAL', said, { remedy: 'Report this fault.', sent, cause: error });
}
