import { setImmediate as pause } from 'node:timers/promises';
import type { ResourceLimits } from 'node:worker_threads';
import type { Blog } from '../blog/load.ts';
import type { Config } from '../config/load.ts';
import type { Post, PostId } from '../model/post.ts';
import { openProgress } from '../report/progress.ts';
import type { Shell } from '../base/shell.ts';
import { countThreads, shareTasks } from './threads.ts';
import { beginWork, type Work, type Worked } from './work-on-posts.ts';

/** Works on posts, in worker threads where they are many; the results are in the posts' order. */
export async function workOnPosts(
  posts: readonly Post[],
  work: Work,
  config: Config,
  blog: Blog,
  shell: Pick<Shell, 'signal' | 'interactive' | 'format' | 'report'>,
  memory?: ResourceLimits,
): Promise<readonly Worked[]> {
  const threads = countThreads(posts.length);
  const progress = openProgress(posts.length, shell);
  const results = new Map<PostId, Worked>();
  const keep = (id: PostId, worked: Worked): void => {
    results.set(id, worked);
    progress.step(results.size);
  };
  try {
    if (threads > 0) {
      await shareTasks({
        tasks: posts.map(({ id }) => id),
        threads,
        start: (Thread, resourceLimits) =>
          new Thread(new URL('./post-worker.ts', import.meta.url), { workerData: work, resourceLimits }),
        ...(memory && { memory }),
        keep,
        signal: shell.signal,
      });
    }
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
