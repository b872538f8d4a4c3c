import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBlog } from '../../src/blog/load.ts';
import { namePosts } from '../../src/blog/name-posts.ts';
import { openPost } from '../../src/blog/open-body.ts';
import { loadConfig } from '../../src/config/load.ts';
import { openFolder, writeFiles } from '../workspace.ts';

const config = `version: 1
site:
  url: https://blog.example.com
  title: T
  description: D
  author: { name: Example Author }
  language: en
  timezone: UTC
sources: [{ kind: markdown, path: posts }]
targets: { feed: { kind: feed, path: feed.xml } }
`;
const sound = '---\ntitle: A\ndate: 2026-01-01\n---\n\nText.\n';

async function openBlog(files: Readonly<Record<string, string>>) {
  const folder = openFolder();
  writeFiles(folder, { 'config/broadside.yaml': config, ...files });
  const loaded = await loadConfig('config/broadside.yaml', folder);
  return { folder, blog: await loadBlog(loaded, new AbortController().signal) };
}

test('a body that is not UTF-8 is a fault where its first bad byte stands', async () => {
  const { folder, blog } = await openBlog({ 'posts/a.md': `${sound}${'Words. '.repeat(1000)}\n` });
  const [post] = blog.posts;
  if (!post) throw new Error('the post was not loaded');
  writeFileSync(join(folder, 'posts/a.md'), Buffer.concat([Buffer.from(sound), Buffer.from([0x41, 0xff])]));
  expect(await openPost(post, blog, () => 'read')).toMatchObject({
    fault: { rule: 'post-unreadable', file: 'posts/a.md', line: 7, column: 2, postId: 'a' },
  });
});

test('a body is read once, and let go when many others were read since', async () => {
  const count = 61;
  const { blog } = await openBlog(
    Object.fromEntries(Array.from({ length: count }, (_, number) => [`posts/p${number}.md`, sound])),
  );
  const [first] = blog.posts;
  if (!first) throw new Error('no post was loaded');
  const content = await blog.read(first);
  for (const post of blog.posts.slice(0, -1)) await blog.read(post);
  expect(await blog.read(first)).toBe(content);
  for (const post of blog.posts) await blog.read(post);
  expect(await blog.read(first)).not.toBe(content);
  expect(await blog.read(first)).toEqual(content);
});

test('a post can be named by the file that holds its body for one target', async () => {
  const { blog } = await openBlog({
    'posts/a.md': sound,
    'posts/a.feed.md': 'Text.\n',
    'posts/b.feed.md': 'B.\n',
  });
  expect(namePosts(['posts/a.feed.md'], blog).map(({ id }) => id)).toEqual(['a']);
  expect(() => namePosts(['posts/b.feed.md'], blog)).toThrow(
    'posts/b.feed.md:1:1 The file is the body of b.md',
  );
  expect(() => namePosts(['c'], blog)).toThrow('No post is called "c".');
});

test('a post is named on the command line however its accents are written', async () => {
  const { blog } = await openBlog({ 'posts/cafe\u0301.md': sound });
  const ids = (word: string) => namePosts([word], blog).map(({ id }) => id);
  expect(ids('caf\u00E9')).toEqual(['cafe\u0301']);
  expect(ids('posts/caf\u00E9.md')).toEqual(['cafe\u0301']);
});
