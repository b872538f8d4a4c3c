import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openWorkbench } from '../../src/workbench/open.ts';
import { copyOf } from '../../src/model/plan.ts';
import { preparePlan } from '../../src/plan/prepare.ts';
import { openLiveBlog, writePost, type LiveBlog } from '../live-blog.ts';

/** What a plan would send, whose bodies were parsed for it, and how many requests the targets were asked. */
async function planOf(blog: LiveBlog) {
  const { signal } = new AbortController();
  const shell = {
    cwd: blog.folder,
    environment: blog.secrets,
    signal,
    now: () => new Date().toISOString(),
    format: 'json',
    print: () => undefined,
    report: () => undefined,
    interactive: false,
    color: false,
  } as const;
  const bench = await openWorkbench({ config: 'config/broadside.yaml' }, shell);
  const parsed: string[] = [];
  const counting = {
    ...bench,
    blog: {
      ...bench.blog,
      read: (post: Parameters<typeof bench.blog.read>[0]) => {
        parsed.push(post.id);
        return bench.blog.read(post);
      },
    },
  };
  const before = blog.devto.requests.length + blog.linkedin.requests.length;
  const { plan } = await preparePlan(counting, { posts: [], refresh: false, again: false });
  return {
    acts: plan.actions
      .filter(({ verb }) => verb !== 'keep')
      .map((action) => {
        const { verb, target, note = '' } = action;
        return `${verb} ${target} ${copyOf(action).postId} ${note}`.trim();
      })
      .toSorted(),
    parsed: [...new Set(parsed)].toSorted(),
    asked: blog.devto.requests.length + blog.linkedin.requests.length - before,
  };
}

const posts = { one: 'Hello.', two: 'See [one](one.md).', three: 'Nothing.' };

describe('a plan', () => {
  test('with nothing to do parses no body and asks no target', async (context) => {
    const blog = await openLiveBlog(context, { posts });
    expect(await blog.run(['publish'])).toMatchObject({ code: 0 });
    expect(await planOf(blog)).toEqual({ acts: [], parsed: [], asked: 0 });
  });

  test('parses what has changed, and what links to what has moved', async (context) => {
    const blog = await openLiveBlog(context, { posts });
    await blog.run(['publish']);
    blog.write({ 'posts/one.md': writePost('About one', 'Hello again.') });
    const edited = await planOf(blog);
    expect(edited.acts).toEqual(['update devto one post', 'update feed feed 1 item changed']);
    expect(edited.parsed).toEqual(['one']);
    expect(edited.asked).toBe(1);
    blog.write({
      'posts/one.md': writePost('About one', 'Hello.', 'canonical_url: https://example.com/moved\n'),
    });
    const moved = await planOf(blog);
    expect(moved.acts).toEqual([
      'update devto one post',
      'update devto two links',
      'update feed feed 1 item changed',
    ]);
  });

  test('without the ledger’s receipts parses everything, and on a fresh checkout nothing', async (context) => {
    const blog = await openLiveBlog(context, { posts });
    expect((await planOf(blog)).parsed).toEqual(['one', 'three', 'two']);
    await blog.run(['publish']);
    for (const id of Object.keys(posts)) {
      const file = join('posts', `${id}.md`);
      blog.write({ [file]: readFileSync(join(blog.folder, file), 'utf8') });
    }
    expect((await planOf(blog)).parsed).toEqual([]);
  });

  test('whose copies are new is published by a write each, and one listing that is looked at twice', async (context) => {
    const many = Object.fromEntries(Array.from({ length: 6 }, (_, number) => [`post-${number}`, 'Words.']));
    const blog = await openLiveBlog(context, { posts: many });
    expect(await blog.run(['publish'])).toMatchObject({ code: 0 });
    const asked = blog.devto.requests.map(({ method, path }) => `${method} ${path.replace(/[?].*/, '')}`);
    const counts = new Map([...Map.groupBy(asked, (one) => one)].map(([one, all]) => [one, all.length]));
    expect(Object.fromEntries(counts)).toEqual({ 'GET /api/articles/me/all': 2, 'POST /api/articles': 6 });
  });
});
