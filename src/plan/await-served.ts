import { Buffer } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';
import { BroadsideError, tellError } from '../base/errors.ts';
import { fetchDocument } from '../base/http/fetch-document.ts';

/** How long is waited before a feed is looked at again, in milliseconds: at first, and at most. */
const firstPause = 1000;
const longestPause = 15_000;

/** The most bytes of a feed that are read, far more than any reader takes. */
const largestFeed = 200_000_000;

/** A feed's file in the states in which it may be served: as it should be now, and as it was published last. */
export interface Topic {
  readonly target: string;
  readonly path: string;
  readonly url: string;
  readonly hub: string;
  readonly versions: readonly string[];
}

/** How a site is looked at until it serves a feed. */
export interface Patience {
  /** When it ends, by the clock of `performance`, in milliseconds. */
  readonly until: number;
  readonly signal: AbortSignal;
  /** Is told that this waits, and for how many seconds at most. */
  readonly onWait: (topic: Topic, seconds: number) => void;
}

/** Looks at a feed's address until one of the states in which it may be is served, or the time is over. */
export async function awaitServed(
  topic: Topic,
  { until, signal, onWait }: Patience,
): Promise<{ readonly text: string } | { readonly fault: string }> {
  const { url, versions } = topic;
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    const seen = await look(url, signal);
    const text = 'bytes' in seen ? versions.find((one) => Buffer.from(one).equals(seen.bytes)) : undefined;
    if (text !== undefined) return { text };
    const left = until - performance.now();
    if (left <= 0 || signal.aborted)
      return 'fault' in seen ? seen : { fault: 'it is served as it was before' };
    if (pause === firstPause) onWait(topic, Math.ceil(left / 1000));
    await sleep(Math.min(pause, left), undefined, { signal }).catch(() => undefined);
  }
}

async function look(
  url: string,
  signal: AbortSignal,
): Promise<{ readonly bytes: Uint8Array } | { readonly fault: string }> {
  try {
    const { status, bytes } = await fetchDocument(url, {
      signal,
      maxBytes: largestFeed,
      headers: { 'cache-control': 'no-cache' },
    });
    return status === 200 ? { bytes } : { fault: `it answers ${status}` };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return { fault: tellError(error) };
  }
}
