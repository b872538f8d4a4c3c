import { expect, test } from 'vitest';
import { loadBlog } from '../../src/blog/load.ts';
import { loadConfig } from '../../src/config/load.ts';
import { workOnPosts } from '../../src/commands/work-on-posts.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { runBroadside, startBroadside } from '../workspace.ts';
import { interruptAtWork } from './interrupt.ts';

const targets = [
  'devto: { kind: devto, url: "http://127.0.0.1:9", ai_disclosure: no_ai, since: 2020-01-01 }',
  'feed: { kind: feed, path: feed.xml, limit: 30 }',
];

/** Every tenth has faults. */
function writePosts(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, number) => {
      const tags = number % 10 === 0 ? 'tags: [a, b, c, d, e]\n' : 'tags: [a]\n';
      return [`post-${number}`, writePost(`Post ${number}\n\nSee [one](post-1.md).\n\n{{< odd >}}`, tags)];
    }),
  );
}

test('every post is worked on by check', async () => {
  const { folder } = makeSmallBlog(targets, writePosts(320));
  const { stdout, stderr, code } = await runBroadside(folder, ['check', '--all']);
  expect(stdout).toMatch(/^320 posts checked: 320 errors, /);
  expect(stderr.split('\n').filter((line) => line.includes('post-shortcode-unknown')).length).toBe(320);
  expect(code).toBe(1);
});

test('with an interruption that came before, nothing is begun', async () => {
  const { folder } = makeSmallBlog(targets, writePosts(320));
  const config = await loadConfig('config/broadside.yaml', folder);
  const blog = await loadBlog(config, new AbortController().signal);
  const work = { kind: 'audit', now: '2026-11-21T10:00:00Z' } as const;
  const shell = {
    signal: AbortSignal.abort(),
    interactive: false,
    format: 'human',
    report: () => undefined,
  } as const;
  await expect(workOnPosts(blog.posts, work, config, blog, shell)).rejects.toThrow(/abort/i);
});

const long = 'Some *words* and `code`.\n\n'.repeat(1500);

test.each([
  ['while many are read', writePosts(4000)],
  [
    'while few are worked on',
    Object.fromEntries(Object.entries(writePosts(250)).map(([slug, text]) => [slug, `${text}\n${long}`])),
  ],
])('ends on Ctrl-C without a word of a fault, %s', async (_how, posts) => {
  const { folder } = makeSmallBlog(targets, posts);
  const { child, ended } = startBroadside(folder, ['check']);
  await interruptAtWork(child, 0.8);
  const { stderr, code } = await ended;
  expect({ stderr, code }).toEqual({
    stderr: '\nInterrupted: ending what is under way. Press Ctrl-C again to stop at once.\n',
    code: 130,
  });
});
