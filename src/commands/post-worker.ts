import { parentPort, workerData } from 'node:worker_threads';
import { loadBlog } from '../blog.ts';
import { loadConfig } from '../config.ts';
import { BroadsideError } from '../errors.ts';
import type { PostId } from '../model/post.ts';
import type { Batch } from './share-work.ts';
import { beginWork, type Work, type Worked } from './work-on-posts.ts';

/** Each post is worked on once, for all targets; only those that many posts link into are wanted again. */
const keptBodies = 8;

/** A worker thread: works on the posts whose ids it is sent, a batch at a time. */
async function openWorker(work: Work): Promise<(ids: readonly PostId[]) => Promise<Batch>> {
  const config = await loadConfig(work.config, '/');
  const blog = await loadBlog(config, new AbortController().signal, keptBodies);
  const posts = new Map(blog.posts.map((post) => [post.id, post]));
  const workOn = beginWork(work, config, blog);
  return async (ids) => {
    const results: (readonly [PostId, Worked])[] = [];
    for (const id of ids) {
      const post = posts.get(id);
      if (post !== undefined) results.push([id, await workOn(post)]);
    }
    return { results };
  };
}

const ready = openWorker(workerData as Work);
ready.catch(() => undefined);

/** Any other error than ours ends the thread, which the main thread is told. */
async function answer(ids: readonly PostId[]): Promise<void> {
  try {
    const workOn = await ready;
    parentPort?.postMessage(await workOn(ids));
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    const { code, message, remedy } = error;
    parentPort?.postMessage({ error: { code, message, remedy } } satisfies Batch);
  }
}

parentPort?.on('message', (ids: readonly PostId[]) => void answer(ids));
