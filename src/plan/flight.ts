import { Temporal } from 'temporal-polyfill';
import { BroadsideError } from '../base/errors.ts';
import { intentInDoubt, type CopyState, type CopyStates } from '../model/ledger.ts';

/** How long an intent without outcome counts as in flight, in milliseconds. */
const flightTime = 10 * 60_000;

/** How long a request may be on its way after nobody waits for its answer any more, in milliseconds after its intent. */
const landingTime = 60_000;

/** How far ahead an intent's clock may have been for it to be waited for, in milliseconds. */
const longestLead = 24 * 3_600_000;

/** How far two clocks may differ before that counts, in milliseconds. */
const clockTolerance = 2 * 60_000;

/** What has to be known to tell whether a copy is on its way. */
export interface FlightRequest {
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** Whether an attempt's process is known to have ended. */
  readonly isSenderGone: (state: CopyState) => boolean;
}

/**
 * Until when a copy of unknown outcome counts as on its way, ISO 8601 in UTC; undefined where it does not. A request whose
 * sender has ended, or has given up, may still arrive for a minute.
 */
export function findLanding(state: CopyState, { now, isSenderGone }: FlightRequest): string | undefined {
  const intent = intentInDoubt(state);
  if (intent === undefined) return undefined;
  const begun = Temporal.Instant.from(intent.at);
  const age = Temporal.Instant.from(now).epochMilliseconds - begun.epochMilliseconds;
  const isAwaited = state.pending !== undefined && !isSenderGone(state);
  const [longest, lead] = isAwaited ? [flightTime, longestLead] : [landingTime, landingTime];
  return age < longest && age > -lead ? begun.add({ milliseconds: longest }).toString() : undefined;
}

/** What to say to a person who wants to settle or take down a copy that may be on its way until an instant. */
export function reportFlight(state: CopyState, ends: string): BroadsideError {
  const { target, postId } = state.copy;
  return new BroadsideError(
    'COPY_IN_FLIGHT',
    `${postId} may be on its way to ${target} right now: a run began to send it at ${intentInDoubt(state)?.at ?? ''}.`,
    { remedy: `Wait until that run has ended, or until ${ends}, then look again.` },
  );
}

/**
 * By how many milliseconds this machine's clock is ahead of another, negative where it is behind; 0 where they differ by no
 * more than two minutes. Both instants are of the same moment, ISO 8601 in UTC.
 */
export function measureLead(own: string, other: string): number {
  const lead = Temporal.Instant.from(own).since(other).total('milliseconds');
  return Math.abs(lead) > clockTolerance ? lead : 0;
}

/** An instant of this machine's clock, converted to a clock that it is ahead of: ISO 8601 in UTC. */
export function takeLead(instant: string, lead: number): string {
  return lead === 0 ? instant : Temporal.Instant.from(instant).subtract({ milliseconds: lead }).toString();
}

/** How far this machine's clock is off, and what to do about it, as sentences. */
export function describeLead(lead: number, target: string): string {
  return `This machine's clock is ${describeSpan(lead)} ${lead > 0 ? 'ahead of' : 'behind'} that of ${target}. ${clockRemedy}`;
}

/** Says that the ledger has an entry from the future, and what to do about it; undefined where it has none. */
export function describeFuture(states: CopyStates, now: string): string | undefined {
  const newest =
    states.newest ??
    [...states.values()].reduce((latest, { lastAt = '' }) => (lastAt > latest ? lastAt : latest), '');
  const lead = newest === '' ? 0 : measureLead(now, newest);
  if (lead >= 0) return undefined;
  return `The ledger's newest entry is from ${newest}, ${describeSpan(lead)} from now: this machine's clock is behind, or that of the machine that wrote it was ahead. ${clockRemedy}`;
}

const clockRemedy =
  'Set the clock by a time server: it decides what is due, and what another run may still be sending.';

function describeSpan(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
