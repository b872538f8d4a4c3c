import { workerData } from 'node:worker_threads';
import { loadBlog } from '../blog/load.ts';
import { loadConfig } from '../config/load.ts';
import type { PostId } from '../model/post.ts';
import { answerTasks } from './answer-tasks.ts';
import { beginWork, type Work, type Worked } from './work-on-posts.ts';

/** Each post is worked on once, for all targets; only those that many posts link into are wanted again. */
const keptBodies = 8;

/** A worker thread: works on the posts whose ids it is sent, as far as they are still there. */
async function openWorker(
  work: Work,
): Promise<(id: PostId) => Promise<readonly [PostId, Worked] | undefined>> {
  const config = await loadConfig(work.config, '/');
  const blog = await loadBlog(config, new AbortController().signal, keptBodies);
  const posts = new Map(blog.posts.map((post) => [post.id, post]));
  const workOn = beginWork(work, config, blog);
  return async (id) => {
    const post = posts.get(id);
    return post && [id, await workOn(post)];
  };
}

answerTasks(openWorker(workerData as Work));
