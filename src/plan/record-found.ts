import { composeReceipt } from '../ledger/receipts.ts';
import type { Attempt, CopyKey, Intent, Ledger, LedgerEntry } from '../model/ledger.ts';
import type { PostActionOf } from '../model/plan.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Taken } from '../model/target.ts';

/** An existing copy of which the ledger has no receipt, or a different one. */
export interface FoundCopy {
  readonly copy: CopyKey;
  /** How many entries it had when it was looked for. */
  readonly length: number;
  readonly origin: PostActionOf<'adopt'>['origin'];
  /** Its state on the target, and its body if the target gave it. */
  readonly found: Taken & { readonly body?: string | undefined };
  /** What it counts as made of; for one of our own, `asSent` says that. */
  readonly rendition: Rendition;
}

/** Where a copy that was found is recorded, by whom and when. */
export interface Recorder {
  readonly ledger: Pick<Ledger, 'append' | 'storeBody'>;
  /** A fresh attempt: a random id, this machine, this process. */
  readonly newAttempt: () => Attempt;
  /** The real clock, ISO 8601 in UTC. */
  readonly now: () => string;
  /** In whose name an edit by hand is accepted. */
  readonly by: string;
}

/**
 * Adopts a copy: records it as it is there. Its body is stored for a later diff, under the name by which the receipt knows it: what
 * was sent under its fingerprint, what somebody else wrote under its echo. `moved` means that
 * somebody else recorded something of it first.
 */
export async function recordFound(
  { ledger, now, newAttempt, by }: Recorder,
  { copy, length, origin, found, rendition }: FoundCopy,
): Promise<'ok' | 'moved'> {
  const { body, ...taken } = found;
  const { echo } = taken;
  const stamp = { v: 1, at: now(), attempt: newAttempt() } as const;
  const entry: LedgerEntry =
    origin === 'edited'
      ? { ...stamp, kind: 'decision', what: 'take-remote', by, echo, inputs: rendition.inputs }
      : composeReceipt(stamp, origin === 'own' ? 'create' : 'adopt', taken, rendition);
  const [appended] = await Promise.all([
    ledger.append(copy, length, entry),
    body === undefined ? undefined : ledger.storeBody(origin === 'own' ? rendition.fingerprint : echo, body),
  ]);
  return appended;
}

/**
 * What a copy of our own was made of: what was about to be sent, which may be an earlier state of its post. If that reads as the
 * post does now, it counts as made of the post as it is, so nothing has to be rendered to see that it is up to date.
 */
export function asSent(rendition: Rendition, { inputs, fingerprint }: Intent): Rendition {
  return fingerprint === rendition.fingerprint ? rendition : { ...rendition, inputs, fingerprint };
}
