import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { BroadsideError } from '../base/errors.ts';
import type { Ledger, SentVerb } from '../model/ledger.ts';
import type { Capabilities, Limit } from '../model/target.ts';

/** The longest that others are kept waiting because a target asked one process to, in seconds. */
const longestCommonPause = 120;

/** How fast one target may be written to in one run. */
export interface Pace {
  /** Waits for the next turn to write; no longer than until the run is interrupted. */
  readonly awaitTurn: (verb: SentVerb) => Promise<void>;
  /** Lets all who write with the same account wait as long as the target asked, in seconds. */
  readonly postpone: (seconds: number) => Promise<void>;
  /** How long waits that the target asks for may still last in all, in seconds. */
  readonly wait: { seconds: number };
}

interface PaceOptions {
  readonly signal: AbortSignal;
  readonly maxWait: number;
  readonly ledger: Pick<Ledger, 'takeTurn'>;
  /** The account that is written with; one that nobody knows shares its turns with no other process. */
  readonly account?: string | undefined;
}

/** Turns come as slowly as the target's limits require. Creates also wait for a turn of their own. */
export function openPace(
  { pace: { writes, creates } }: Capabilities,
  { signal, maxWait, ledger, account }: PaceOptions,
): Pace {
  /** If the database gives no turns, copies are sent all the same. */
  const takeShared = async (kind: string, limit: Limit, pause = 0): Promise<number> => {
    if (account === undefined || ledger.takeTurn === undefined) return 0;
    try {
      return await ledger.takeTurn(`${account} ${kind}`, limit, pause);
    } catch (error) {
      if (error instanceof BroadsideError) return 0;
      throw error;
    }
  };
  const openQueue = (kind: string, limit: Limit) => {
    const { count, ms } = limit;
    const own = new PQueue({ concurrency: 1, intervalCap: count, interval: ms, strict: true });
    return async (): Promise<void> => {
      await own.add(() => undefined, { signal });
      const left = await takeShared(kind, limit);
      if (left > 0) await sleep(left, undefined, { signal });
    };
  };
  const awaitWrite = openQueue('writes', writes);
  const awaitCreate = creates && openQueue('creates', creates);
  return {
    wait: { seconds: maxWait },
    awaitTurn: async (verb) => {
      try {
        if (verb === 'create') await awaitCreate?.();
        await awaitWrite();
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    postpone: async (seconds) => {
      await takeShared('writes', writes, Math.min(seconds, longestCommonPause) * 1000);
    },
  };
}
