import { availableParallelism } from 'node:os';
import { setImmediate as pause } from 'node:timers/promises';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import type { Blog } from '../blog.ts';
import type { Config } from '../config.ts';
import { BroadsideError } from '../errors.ts';
import type { Post, PostId } from '../model/post.ts';
import { openProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { beginWork, type Work, type Worked } from './work-on-posts.ts';

/** How many posts make it worth to start a thread, which takes as long as some fifty posts. */
const postsPerWorker = 150;

/** How many posts a thread is given at a time. */
const batchSize = 20;

/** More threads would take more memory than they save time. */
const mostWorkers = 4;

/**
 * What each thread may hold, in megabytes. Of young objects little, since with as much as V8 would take trees fill the caches of
 * the processor for nothing. With any bound on the old ones V8 collects them sooner; a lower one makes it no sooner, but slower.
 */
const threadMemory = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 1000 };

/** A batch's results, or the error that ended the work, as a worker thread sends them: no class survives the way. */
export type Batch =
  | { readonly results: readonly (readonly [PostId, Worked])[] }
  | { readonly error: Pick<BroadsideError, 'code' | 'message' | 'remedy'> };

/** Works on posts, in worker threads where they are many; the results are in the posts' order. */
export async function workOnPosts(
  posts: readonly Post[],
  work: Work,
  config: Config,
  blog: Blog,
  shell: Pick<Shell, 'signal' | 'interactive' | 'format' | 'report'>,
  memory: ResourceLimits = threadMemory,
): Promise<readonly Worked[]> {
  const workers = Math.min(availableParallelism(), mostWorkers, Math.floor(posts.length / postsPerWorker));
  const progress = openProgress(posts.length, shell);
  const results = new Map<PostId, Worked>();
  const keep = (id: PostId, worked: Worked): void => {
    results.set(id, worked);
    progress.step(results.size);
  };
  try {
    if (workers >= 2) await shareWork(posts, work, { workers, memory }, keep, shell.signal);
    const left = posts.filter(({ id }) => !results.has(id));
    if (left.length > 0) await workAlone(left, beginWork(work, config, blog), keep, shell.signal);
  } finally {
    progress.clear();
  }
  return posts.flatMap(({ id }) => results.get(id) ?? []);
}

async function workAlone(
  posts: readonly Post[],
  workOn: (post: Post) => Promise<Worked>,
  keep: (id: PostId, worked: Worked) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const post of posts) {
    // Else a signal, such as that of Ctrl-C, would only be heard at the end.
    await pause();
    signal.throwIfAborted();
    keep(post.id, await workOn(post));
  }
}

/** Shares posts between worker threads. What one that needed more than its memory had in hand has no results. */
async function shareWork(
  posts: readonly Post[],
  work: Work,
  given: { readonly workers: number; readonly memory: ResourceLimits },
  keep: (id: PostId, worked: Worked) => void,
  signal: AbortSignal,
): Promise<void> {
  const { Worker } = await import('node:worker_threads');
  signal.throwIfAborted();
  const waiting = posts.map(({ id }) => id);
  const workers = Array.from(
    { length: given.workers },
    () =>
      new Worker(new URL('./post-worker.ts', import.meta.url), {
        workerData: work,
        resourceLimits: given.memory,
      }),
  );
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
      worker.on('message', (batch: Batch) => {
        if ('error' in batch) {
          const { code, message, remedy } = batch.error;
          reject(new BroadsideError(code, message, { remedy }));
          return;
        }
        for (const [id, result] of batch.results) keep(id, result);
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
