import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import RssParser from 'rss-parser';
import { expect, test } from 'vitest';
import { startLocalServer } from '../local-server.ts';
import { makeSmallBlog, writePost, type SmallBlog } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const feeds = [
  'feed: { kind: feed }',
  'trees: { kind: feed, path: trees.xml, atom: trees.atom, json: false, tags: [trees] }',
];

const posts = {
  one: writePost('One.', 'tags: [trees]\n'),
  two: writePost('Two.'),
  three: writePost('Three.'),
  new: writePost('New.'),
};

function openBlog(): SmallBlog {
  return makeSmallBlog(feeds, posts);
}

function rss(items: readonly string[], link = 'https://example.com'): string {
  const all = items.map((item) => `<item><title>T</title>${item}</item>`);
  return `<rss version="2.0"><channel><title>F</title><link>${link}</link>${all.join('')}</channel></rss>`;
}

const old = rss([
  '<link>https://example.com/blog/one</link><guid>https://example.com/blog/one</guid>',
  '<link>http://example.com/blog/two/?utm_source=feed</link><guid isPermaLink="false">12345 of the old &amp; grey</guid>',
  '<link>https://example.com/blog/three</link><guid isPermaLink="false">urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6</guid>',
  '<link>https://example.com/blog/gone</link><guid>https://example.com/blog/gone</guid>',
]);

function readIds(blog: SmallBlog): unknown {
  return JSON.parse(readFileSync(join(blog.folder, 'config', 'feed-ids.json'), 'utf8'));
}

test('the ids of an existing feed are taken over, and its readers see no post as new', async () => {
  const blog = openBlog();
  writeFiles(blog.folder, { 'old.xml': old });
  const { stdout, code } = await blog.run('adopt', '--feed', 'old.xml');
  expect(stdout).toContain('= one  https://example.com/blog/one\n');
  expect(stdout).toContain('! https://example.com/blog/gone  no post has this address\n');
  expect(stdout).toContain('3 ids taken over, 1 left as they were.\nCommit config/feed-ids.json');
  expect(code).toBe(0);
  expect(readIds(blog)).toEqual({
    one: { guid: 'https://example.com/blog/one', isPermaLink: true },
    two: '12345 of the old & grey',
    three: 'urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6',
  });

  expect((await blog.run('publish')).code).toBe(0);
  const site = (path: string): string => readFileSync(join(blog.folder, 'out', 'site', path), 'utf8');
  const before = await new RssParser().parseString(old);
  const after = await new RssParser().parseString(site('feed.xml'));
  const known = new Set(before.items.map(({ guid }) => guid));
  expect(after.items.filter(({ guid }) => !known.has(guid)).map(({ title }) => title)).toEqual(['New.']);
  expect(site('feed.xml')).toContain('<guid isPermaLink="true">https://example.com/blog/one</guid>');
  expect(site('feed.xml')).toContain('<guid isPermaLink="false">12345 of the old &amp; grey</guid>');
  expect(site('trees.xml')).toContain('<guid isPermaLink="true">https://example.com/blog/one</guid>');
  const ids = [...site('atom.xml').matchAll(/<id>([^<]+)<\/id>/g)].map(([, id = '']) => id).slice(1);
  expect(ids.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'https://example.com/blog/one',
    'tag:example.com,2026-01-01:new',
    'tag:example.com,2026-01-01:two',
    'urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6',
  ]);
  const { items } = JSON.parse(site('feed.json')) as { items: readonly { id: string }[] };
  expect(items.map(({ id }) => id)).toContain('12345 of the old & grey');
});

test('an id that is kept is never changed, whatever a later feed says', async () => {
  const blog = openBlog();
  writeFiles(blog.folder, {
    'config/feed-ids.json': '\uFEFF{ "one": "mine" }\n',
    'atom.xml':
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><id>x:y</id><updated>2026-01-01T00:00:00Z</updated>' +
      ['one', 'two']
        .map(
          (slug) =>
            `<entry><id>tag:old,2020:${slug}</id><title>T</title><link href="https://example.com/blog/${slug}"/><updated>2026-01-01T00:00:00Z</updated></entry>`,
        )
        .join('') +
      '</feed>',
  });
  const { stdout } = await blog.run('adopt', '--feed', 'atom.xml');
  expect(stdout).toContain('1 id taken over, 1 known before.');
  expect(readIds(blog)).toEqual({ one: 'mine', two: 'tag:old,2020:two' });
  const bytes = readFileSync(join(blog.folder, 'config', 'feed-ids.json'), 'utf8');
  expect((await blog.run('adopt', '--feed', 'atom.xml')).stdout).toBe('0 ids taken over, 2 known before.\n');
  expect(readFileSync(join(blog.folder, 'config', 'feed-ids.json'), 'utf8')).toBe(bytes);
});

test('a feed is read from its address, also when the blog was on another host', async () => {
  const blog = openBlog();
  const { url } = await startLocalServer((_request, response) => {
    const item =
      '<link>https://old.example.org/blog/one/</link><guid>https://old.example.org/blog/one/</guid>';
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(rss([item], 'https://old.example.org/'));
  });
  const words = ['adopt', '--feed', `${url}/feed.xml`, '--allow-private', '--format', 'json'];
  const { stdout, code } = await blog.run(...words);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    file: 'config/feed-ids.json',
    items: [{ result: 'taken', post: 'one', guid: 'https://old.example.org/blog/one/' }],
  });
});

test('a feed of somebody else is told, and nothing is written', async () => {
  const blog = openBlog();
  writeFiles(blog.folder, {
    'old.xml': rss([
      '<link>https://example.org/a</link><guid>a</guid>',
      '<link>https://example.com/blog/one</link>',
    ]),
  });
  const { stdout, code } = await blog.run('adopt', '--feed', 'old.xml');
  expect(stdout).toContain('! https://example.org/a  no post has this address');
  expect(stdout).toContain('! https://example.com/blog/one  the item has no id');
  expect(code).toBe(1);
  expect(existsSync(join(blog.folder, 'config', 'feed-ids.json'))).toBe(false);
});

test.each([
  ['{', 'is not JSON'],
  ['[]', 'is no object'],
  ['{ "one": 7 }', 'has no usable id for "one"'],
  ['{ "one": "a", "two": "a" }', 'gives "one" and "two" the same id'],
])('kept ids that cannot be used are refused: %s', async (text, fault) => {
  const blog = openBlog();
  writeFiles(blog.folder, { 'config/feed-ids.json': text });
  const { stderr, code } = await blog.run('build');
  expect(stderr).toContain(`CONFIG_INVALID: config/feed-ids.json ${fault}.`);
  expect(code).toBe(1);
});
