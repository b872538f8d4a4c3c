import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBlog } from '../../src/blog/load.ts';
import { loadConfig } from '../../src/config/load.ts';
import { workOnPosts } from '../../src/commands/share-work.ts';
import { beginWork, locateConfig } from '../../src/commands/work-on-posts.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { runBroadside, startBroadside } from '../workspace.ts';

const targets = [
  'devto: { kind: devto, url: "http://127.0.0.1:9", ai_disclosure: no_ai }',
  'feed: { kind: feed, path: feed.xml, limit: 30 }',
];

/** So many posts that they are shared between threads; every tenth has faults. */
function writePosts(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, number) => {
      const tags = number % 10 === 0 ? 'tags: [a, b, c, d, e]\n' : 'tags: [a]\n';
      return [`post-${number}`, writePost(`Post ${number}\n\nSee [one](post-1.md).\n\n{{< odd >}}`, tags)];
    }),
  );
}

function listFiles(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')] as const);
}

test('many posts are worked on in threads, with the same results in the same order', async () => {
  const { folder } = makeSmallBlog(targets, writePosts(320));
  const { signal } = new AbortController();
  const config = await loadConfig('config/broadside.yaml', folder);
  const blog = await loadBlog(config, signal);
  const now = '2026-11-21T10:00:00Z';
  const out = join(folder, 'out');
  const work = { kind: 'build', config: locateConfig(config), now, folder: out } as const;
  const shell = { signal, interactive: false, format: 'human', report: () => undefined } as const;
  const shared = await workOnPosts(blog.posts, work, config, blog, shell);
  const files = listFiles(out);
  rmSync(out, { recursive: true });
  const workOn = beginWork(work, config, blog);
  const alone = [];
  for (const post of blog.posts) alone.push(await workOn(post));
  expect(shared).toEqual(alone);
  expect(shared.flatMap(({ faults }) => faults).length).toBeGreaterThan(300);
  expect(files.length).toBeGreaterThan(300);
  expect(files).toEqual(listFiles(out));
});

test('a fault in a thread ends the command with an error, not in silence', async () => {
  const { folder } = makeSmallBlog(targets, writePosts(320));
  const config = await loadConfig('config/broadside.yaml', folder);
  const { signal } = new AbortController();
  const blog = await loadBlog(config, signal);
  cpSync(join(folder, 'config'), join(folder, 'elsewhere'), { recursive: true });
  rmSync(join(folder, 'config'), { recursive: true });
  const work = { kind: 'audit', config: locateConfig(config), now: '2026-11-21T10:00:00Z' } as const;
  const shell = { signal, interactive: false, format: 'human', report: () => undefined } as const;
  await expect(workOnPosts(blog.posts, work, config, blog, shell)).rejects.toMatchObject({
    code: 'CONFIG_MISSING',
    message: expect.stringContaining('There is no config file'),
    remedy: expect.stringContaining('broadside init'),
  });
});

test('is used by check as a program', async () => {
  const { folder } = makeSmallBlog(targets, writePosts(320));
  const { stdout, stderr, code } = await runBroadside(folder, ['check']);
  expect(stdout).toBe('320 posts checked: 352 errors, 0 warnings.\n');
  expect(stderr.split('\n').filter((line) => line.includes('post-shortcode-unknown')).length).toBe(320);
  expect(code).toBe(1);
});

test('a post that needs more memory than a thread may hold is worked on all the same', async () => {
  const huge = writePost(`Huge\n\n${'*a* b\n\n'.repeat(10_000)}{{< odd >}}`, 'tags: [a]\n');
  const { folder } = makeSmallBlog(targets, { ...writePosts(320), huge });
  const config = await loadConfig('config/broadside.yaml', folder);
  const { signal } = new AbortController();
  const blog = await loadBlog(config, signal);
  const work = { kind: 'audit', config: locateConfig(config), now: '2026-11-21T10:00:00Z' } as const;
  const shell = { signal, interactive: false, format: 'human', report: () => undefined } as const;
  const alone: string[] = [];
  const watched = {
    ...blog,
    read: (post: (typeof blog.posts)[number]) => (alone.push(post.id), blog.read(post)),
  };
  const memory = { maxOldGenerationSizeMb: 64 };
  const shared = await workOnPosts(blog.posts, work, config, watched, shell, memory);
  expect(alone).toContain('huge');
  expect(alone.length).toBeLessThan(60);
  const faults = shared.flatMap((one) => one.faults).filter(({ rule }) => rule === 'post-shortcode-unknown');
  expect(new Set(faults.map(({ postId }) => postId)).size).toBe(321);
});

test('with an interruption that came before, nothing is begun', async () => {
  const { folder } = makeSmallBlog(targets, writePosts(320));
  const config = await loadConfig('config/broadside.yaml', folder);
  const blog = await loadBlog(config, new AbortController().signal);
  const work = { kind: 'audit', config: locateConfig(config), now: '2026-11-21T10:00:00Z' } as const;
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
  ['in threads', writePosts(4000)],
  [
    'alone',
    Object.fromEntries(Object.entries(writePosts(250)).map(([slug, text]) => [slug, `${text}\n${long}`])),
  ],
])('ends on Ctrl-C without a word of a fault, %s', async (_how, posts) => {
  const { folder } = makeSmallBlog(targets, posts);
  const { child, ended } = startBroadside(folder, ['check']);
  setTimeout(() => child.kill('SIGINT'), 1000);
  const { stderr, code } = await ended;
  expect({ stderr, code }).toEqual({
    stderr: '\nInterrupted: ending what is under way. Press Ctrl-C again to stop at once.\n',
    code: 130,
  });
});
