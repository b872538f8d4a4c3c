import PQueue from 'p-queue';
import type { SentVerb } from '../model/ledger.ts';
import type { Capabilities } from '../model/target.ts';

/** How fast one target may be written to in one run. */
export interface Pace {
  /** Waits for the next turn to write; no longer than until the run is interrupted. */
  readonly awaitTurn: (verb: SentVerb) => Promise<void>;
  /** How long waits that the target asks for may still last in all, in seconds. */
  readonly wait: { seconds: number };
}

/** Turns come as slowly as the target's limits ask; creates wait for one of their own too. */
export function openPace(
  capabilities: Capabilities,
  { signal, maxWait }: { readonly signal: AbortSignal; readonly maxWait: number },
): Pace {
  const { writes, creates } = capabilities.pace;
  const queueOf = ({ count, ms }: { readonly count: number; readonly ms: number }): PQueue =>
    new PQueue({ concurrency: 1, intervalCap: count, interval: ms, strict: true });
  const all = queueOf(writes);
  const creating = creates && queueOf(creates);
  return {
    wait: { seconds: maxWait },
    awaitTurn: async (verb) => {
      try {
        if (verb === 'create') await creating?.add(() => undefined, { signal });
        await all.add(() => undefined, { signal });
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}
