import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSmallBlog, readEntries, writePost, type SmallBlog } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const posts = {
  oak: writePost('Oak.', 'tags: [Trees]\nseries: Plants\n'),
  moss: writePost('Moss.', 'tags: [moss]\nseries: Plants\n'),
  granite: writePost('Granite.', 'tags: [stones, Trees]\nsyndicate: { trees: false }\n'),
};

function readFile(blog: SmallBlog, path: string): string {
  return readFileSync(join(blog.folder, 'out', 'site', path), 'utf8');
}

function titles(text: string): readonly string[] {
  return [...text.matchAll(/<item>\s*<title>([^<]*)/g)].map(([, title = '']) => title).toSorted();
}

test('feeds by tag and by series stand beside the whole one, each with its own limit and content', async () => {
  const blog = makeSmallBlog(
    [
      'feed: { kind: feed }',
      'trees: { kind: feed, path: trees/feed.xml, atom: false, json: false, tags: [trees], content: summary }',
      'plants: { kind: feed, path: plants.xml, atom: plants.atom, json: plants.json, series: Plants, limit: 1 }',
    ],
    posts,
  );
  const published = await blog.run('publish');
  expect(published.code).toBe(0);
  expect(titles(readFile(blog, 'feed.xml'))).toEqual(['Granite.', 'Moss.', 'Oak.']);
  expect(titles(readFile(blog, 'trees/feed.xml'))).toEqual(['Oak.']);
  expect(readFile(blog, 'trees/feed.xml')).not.toContain('<content:encoded>');
  expect(titles(readFile(blog, 'plants.xml'))).toHaveLength(1);
  expect(readFile(blog, 'plants.xml')).toContain('<content:encoded>');
  expect(existsSync(join(blog.folder, 'out', 'site', 'trees', 'subscribe.html'))).toBe(false);
  for (const path of ['feed.xml', 'trees/feed.xml', 'plants.atom']) {
    expect(readFile(blog, 'subscribe.html')).toContain(`href="https://example.com/${path}"`);
  }

  writeFiles(blog.folder, { 'posts/granite.md': writePost('Basalt.', 'tags: [stones]\n') });
  const planned = await blog.run('plan');
  expect(planned.stdout).toMatch(/^~ feed +feed\.xml +1 item changed/m);
  expect(planned.stdout).not.toMatch(/trees|plants/);
});

test('what has not changed is not touched', async () => {
  const blog = makeSmallBlog(['feed: { kind: feed }'], posts);
  await blog.run('publish');
  const paths = ['feed.xml', 'atom.xml', 'feed.json', 'feed.css', 'subscribe.html'].map((path) =>
    join(blog.folder, 'out', 'site', path),
  );
  const long = new Date('2020-01-01T00:00:00Z');
  for (const path of paths) utimesSync(path, long, long);
  await blog.run('publish');
  await blog.run('build');
  for (const path of paths) expect(statSync(path).mtime).toEqual(long);
  expect(await readEntries(blog.ledger, 'feed', 'feed')).toHaveLength(1);
});

test.each([
  ['the RSS feed', 'two: { kind: feed, path: Feed.xml, atom: a.xml, json: a.json }', 'Feed.xml'],
  ['the JSON Feed', 'two: { kind: feed, path: a.xml, atom: a.atom }', 'feed.json'],
  ['the page', 'two: { kind: feed, path: a.xml, atom: false, json: false, page: atom.xml }', 'atom.xml'],
])('two targets that write %s to one path are refused, with the line', async (what, line, path) => {
  const blog = makeSmallBlog(['feed: { kind: feed }', line], {});
  const { stderr, code } = await blog.run('build');
  expect(stderr).toContain(
    `config/broadside.yaml:6:3 targets.two writes ${what} to ${path}, where targets.feed`,
  );
  expect(code).toBe(1);
});

test('two feeds in one folder share the stylesheet', async () => {
  const blog = makeSmallBlog(
    ['feed: { kind: feed }', 'two: { kind: feed, path: a.xml, atom: false, json: false }'],
    posts,
  );
  const { stdout, code } = await blog.run('build');
  expect(stdout.split('\n')[0]).toMatch(
    /: feed\.xml, atom\.xml, feed\.json, feed\.css, subscribe\.html, a\.xml$/,
  );
  expect(code).toBe(0);
});

test('a feed that is too large for readers is a warning of check, build and plan', async () => {
  const body = '```text\n' + 'x'.repeat(400_000) + '\n```';
  const blog = makeSmallBlog(
    ['feed: { kind: feed, atom: false, json: false }'],
    Object.fromEntries(['a', 'b', 'c'].map((slug) => [slug, writePost(`${slug}\n\n${body}`)])),
  );
  for (const verb of ['check', 'build', 'plan']) {
    const { stderr, code } = await blog.run(verb);
    expect(stderr).toContain('config/broadside.yaml:1:1 warning feed-size');
    expect(code).toBe(0);
  }
});
