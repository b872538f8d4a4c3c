import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readItems } from '../../src/commands/import/read-items.ts';
import { interpretFeed, packTree, type Interpreted } from '../../src/sources/feed/interpret-feed.ts';
import { loadFeed } from '../../src/sources/feed/load-feed.ts';
import { openFolder, runBroadside, startBroadside, writeFiles } from '../workspace.ts';
import { interruptAtWork } from './interrupt.ts';

/** Every tenth has something wrong, and one comes twice. */
function writeItems(count: number): string {
  const items = Array.from({ length: count }, (_, number) => {
    const html = `<h2>Part</h2><p>Text <em>${number}</em> with <a href="/p/${number}">a link</a>.</p><pre><code>x = ${number}</code></pre>`;
    const title = number % 10 === 0 ? '' : `Item ${number}`;
    const link = `https://example.com/blog/item-${number}`;
    return `<item><title>${title}</title><link>${link}</link><guid>${link}</guid><pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate><description><![CDATA[${html}]]></description></item>`;
  });
  const again = items[3]?.replace('Item 3', 'Item three') ?? '';
  return `<rss version="2.0"><channel><title>T</title><link>https://example.com</link><language>en</language>${items.join('')}${again}</channel></rss>`;
}

function makeFeed(count: number): string {
  const folder = openFolder();
  writeFiles(folder, { 'old.xml': writeItems(count) });
  return folder;
}

test('items are read in the order of their feed', async () => {
  const folder = makeFeed(40);
  const { signal } = new AbortController();
  const feed = await loadFeed(`${folder}/old.xml`, { signal, allowPrivate: false, root: folder });
  const shell = { signal, interactive: false, format: 'human', report: () => undefined } as const;
  const pack = ({ post, tree }: Interpreted) => ({ post, packed: packTree(tree) });
  const expected = interpretFeed(feed, 'UTC', pack);
  expect(await readItems(feed, shell, pack)).toEqual(expected);
  expect(expected.flatMap(({ post }) => post.flaws).map(({ rule }) => rule)).toContain('feed-duplicate');
});

test('the import of a large blog writes what a small one does', async () => {
  const [many, few] = [makeFeed(400), makeFeed(40)];
  expect((await runBroadside(many, ['import', 'old.xml', '--out', 'posts'])).code).toBe(0);
  expect((await runBroadside(few, ['import', 'old.xml', '--out', 'posts'])).code).toBe(0);
  const names = readdirSync(`${few}/posts`);
  expect(readdirSync(`${many}/posts`)).toHaveLength(400);
  expect(names).toHaveLength(40);
  for (const name of names) {
    expect(readFileSync(`${many}/posts/${name}`, 'utf8')).toBe(readFileSync(`${few}/posts/${name}`, 'utf8'));
  }
});

test('an import that is interrupted while it reads ends with 130', async () => {
  const folder = makeFeed(12_000);
  const { child, ended } = startBroadside(folder, ['import', 'old.xml', '--out', 'posts']);
  await interruptAtWork(child, 0.8);
  expect((await ended).code).toBe(130);
});
