import { availableParallelism } from 'node:os';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import { BroadsideError } from '../base/errors.ts';

/** How many tasks, of some ten milliseconds each, make it worth to start a thread, which takes as long as some fifty. */
const tasksPerThread = 150;

/** How many tasks a thread is given at a time. */
const batchSize = 20;

/** More threads would take more memory than they save time. */
const mostThreads = 4;

/**
 * What each thread may hold, in megabytes. Of young objects little, since with as much as V8 would take trees fill the caches of
 * the processor for nothing. With any bound on the old ones V8 collects them sooner; a lower one makes it no sooner, but slower.
 */
const threadMemory = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 1000 };

/** What a thread gives back for tasks, or the error that ended the work: no class survives the way. */
type Answer<Key, Result> =
  | { readonly results: readonly (readonly [Key, Result])[] }
  | { readonly error: Pick<BroadsideError, 'code' | 'message' | 'remedy'> };

/** What is shared: the tasks, of which each gives a result by its key, and how. */
export interface Sharing<Task, Key, Result> {
  readonly tasks: readonly Task[];
  readonly threads: number;
  readonly start: (Thread: typeof Worker, resourceLimits: ResourceLimits) => Worker;
  readonly memory?: ResourceLimits;
  readonly keep: (key: Key, result: Result) => void;
  readonly signal: AbortSignal;
}

/** How many threads are worth it for so many tasks: at least two, or none. */
export function countThreads(tasks: number): number {
  const threads = Math.min(availableParallelism(), mostThreads, Math.floor(tasks / tasksPerThread));
  return threads < 2 ? 0 : threads;
}

/**
 * Shares tasks between worker threads that `start` starts and that answer by `answerTasks`. What one that needed more than its
 * memory had in hand has no result. Throws the error of a task, and the signal's reason.
 */
export async function shareTasks<Task, Key, Result>(given: Sharing<Task, Key, Result>): Promise<void> {
  const { Worker: Thread } = await import('node:worker_threads');
  const { tasks, threads, start, memory = threadMemory, keep, signal } = given;
  signal.throwIfAborted();
  const waiting = [...tasks];
  const workers = Array.from({ length: threads }, () => start(Thread, memory));
  const run = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveNext = (): void => {
        const batch = waiting.splice(0, batchSize);
        if (batch.length === 0) resolve();
        else worker.postMessage(batch);
      };
      worker.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve();
        else reject(error);
      });
      worker.on('exit', (code) => reject(new Error(`a worker thread ended with ${code}`)));
      worker.on('message', (answer: Answer<Key, Result>) => {
        if ('error' in answer) {
          const { code, message, remedy } = answer.error;
          reject(new BroadsideError(code, message, { remedy }));
          return;
        }
        for (const [key, result] of answer.results) keep(key, result);
        giveNext();
      });
      giveNext();
    });
  const { promise: aborted, reject: abort } = Promise.withResolvers<never>();
  const onAbort = (): void => abort(signal.reason as Error);
  signal.addEventListener('abort', onAbort);
  try {
    await Promise.race([aborted, Promise.all(workers.map(run))]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
