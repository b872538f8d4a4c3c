import { setTimeout as sleep } from 'node:timers/promises';
import { makeSmallBlog, type SmallBlog } from './small-blog.ts';

/** A blog with a dev.to that nobody answers for. */
export function openSmall(posts: Readonly<Record<string, string>>): SmallBlog {
  return makeSmallBlog(['devto: { kind: devto, url: "http://127.0.0.1:9", ai_disclosure: no_ai }'], posts);
}

/** Waits until files that were just written are no longer too young for their times to be trusted. */
export async function settle(): Promise<void> {
  await sleep(2100);
}
