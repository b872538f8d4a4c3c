import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchFiles } from '../../src/blog/find-site-file.ts';
import { loadBlog } from '../../src/blog/load.ts';
import { loadConfig } from '../../src/config/load.ts';
import { openSiteFiles } from '../../src/rehearsal/site-files.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const page = (body: string) => ({ status: 200, headers: { 'content-type': 'text/html' }, body });

test('a page shows the files of the blog in place of those that the site does not have yet', async () => {
  const body = 'Fine\n\n![A](/img/a.png) ![B](b.png) ![C](/img/c.png) ![D](/img/.hidden.png)';
  const { folder } = makeSmallBlog(['devto: { kind: devto, ai_disclosure: no_ai }'], {
    'own/index': writePost(body),
  });
  writeFiles(folder, {
    'static/img/a.png': 'A',
    'static/img/.hidden.png': 'D',
    'static/run.html': 'H',
    'posts/own/b.png': 'B',
  });
  const signal = new AbortController().signal;
  const config = await loadConfig('config/broadside.yaml', folder);
  const { watch, findFile } = watchFiles(config);
  const blog = watch(await loadBlog(config, signal));
  const [post] = blog.posts;
  if (post === undefined) throw new Error('no post');
  await blog.read(post);
  expect(findFile('https://example.com/img/a.png')).toBe(join(folder, 'static/img/a.png'));
  expect(findFile('https://example.com/blog/own/b.png')).toBe(join(folder, 'posts/own/b.png'));
  expect(findFile('https://elsewhere.example/img/a.png')).toBeUndefined();
  expect(findFile('https://example.com/%2e%2e/secret')).toBeUndefined();
  expect(findFile('https://example.com/img/.hidden.png')).toBeUndefined();
  const files = openSiteFiles({ findFile });
  const addresses = ['img/a.png', 'blog/own/b.png', 'img/c.png', 'run.html'].map(
    (path) => `<img src="https://example.com/${path}">`,
  );
  const shown = String(files.show(page(addresses.join(''))).body);
  const own = shown.match(/\/site-files\/[\da-f]{16}\.png/g) ?? [];
  expect(own).toHaveLength(2);
  expect(own.map((path) => String(files.reply(path)?.body))).toEqual(['A', 'B']);
  expect(shown).toContain('src="https://example.com/img/c.png"');
  expect(shown).toContain('src="https://example.com/run.html"');
  expect(files.reply('/site-files/0123456789abcdef.png')).toBeUndefined();
});
