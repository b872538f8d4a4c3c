import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Root as HtmlRoot, RootContent } from 'hast';
import { expect, test } from 'vitest';
import { parseBareHtml } from '../../src/reading/html/parse-html.ts';
import { readHttpUrl, readPlainText } from '../../src/reading/html/read-text.ts';
import { listItems } from '../../src/sources/feed/interpret-feed.ts';
import { parseFeed } from '../../src/sources/feed/parse-feed.ts';
import { readFeedDate } from '../../src/sources/feed/read-date.ts';
import { inventFeeds } from './feedparser/feeds.ts';

/** Debian's Python, which knows the feedparser of the package python3-feedparser. */
const python = '/usr/bin/python3';

const isThere = spawnSync(python, ['-c', 'import feedparser']).status === 0;

/** Whether a machine without feedparser fails this test: continuous integration does. */
const isRequired = process.env['CI'] !== undefined || process.env['BROADSIDE_FEEDPARSER'] === 'required';

interface Entry {
  readonly title: string;
  readonly link: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly html: string;
  readonly tags: readonly string[];
}

/** What a text says, whatever its HTML: its words, and where its links and pictures lead. */
function gistOf(
  html: string,
  base: string | undefined,
): { readonly words: string; readonly places: readonly string[] } {
  const words: string[] = [];
  const places: string[] = [];
  const visit = (node: HtmlRoot | RootContent): void => {
    if (node.type === 'text') words.push(node.value);
    if (node.type === 'element') {
      const place = node.properties['href'] ?? node.properties['src'];
      if (typeof place === 'string') places.push(readHttpUrl(place, base) ?? place);
    }
    if ('children' in node) node.children.forEach(visit);
  };
  visit(parseBareHtml(html));
  return { words: words.join('').replaceAll(/\s+/g, ' ').trim(), places };
}

test.skipIf(!isThere && !isRequired)(
  `feeds of many dialects are read as feedparser reads them${isThere ? '' : ' (left out: there is no python3-feedparser)'}`,
  async () => {
    const feeds = inventFeeds();
    const script = fileURLToPath(new URL('feedparser/read.py', import.meta.url));
    const run = spawnSync(python, [script], {
      input: JSON.stringify(feeds.map(({ address, xml }) => [address, xml])),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(run.stderr).toBe('');
    const read = JSON.parse(run.stdout) as readonly (readonly Entry[])[];
    expect(read).toHaveLength(feeds.length);
    const differing: unknown[] = [];
    for (const [index, { name, address, xml }] of feeds.entries()) {
      const feed = await parseFeed(Buffer.from(xml), { url: address });
      const own = listItems(feed).map(({ item }) => ({
        title: item.title,
        link: item.link ?? null,
        published: readFeedDate(item.date ?? '', 'UTC') ?? null,
        ...gistOf(item.html, item.base ?? item.link),
        tags: item.tags,
      }));
      const expected = (read[index] ?? []).map((entry) => ({
        title: readPlainText(entry.title, 'html'),
        link: entry.link,
        published: entry.published ?? entry.updated,
        ...gistOf(entry.html, address),
        tags: entry.tags,
      }));
      if (!isDeepStrictEqual(own, expected)) differing.push({ name, xml, own, expected });
    }
    expect(differing).toEqual([]);
  },
);
