import Parser from 'rss-parser';
import { expect, test } from 'vitest';
import { interpretFeed } from '../../src/sources/feed/interpret-feed.ts';
import type { FeedPost } from '../../src/sources/feed/interpret-feed.ts';
import { parseFeed } from '../../src/sources/feed/parse-feed.ts';
import { printBody } from '../../src/sources/feed/print-markdown.ts';
import { measureGrowth } from '../measure-cpu.ts';

type Item = Readonly<Record<string, unknown>>;

/** A feed that rss-parser alone has read wrong: what is asked of its items, and what is right. */
interface Fault {
  readonly name: string;
  readonly feed: string | Uint8Array;
  /** What rss-parser alone makes of it, or the words of its refusal. */
  readonly plain: (items: readonly Item[]) => unknown;
  readonly ours: (items: readonly Read[]) => unknown;
  readonly right: unknown;
}

/** An item as we read it, and its text. */
type Read = FeedPost & { readonly body: string };

const rss = (items: string, root = 'version="2.0"') =>
  `<rss ${root}><channel><title>T</title><link>https://example.com/</link>${items}</channel></rss>`;
const item = (inner: string) =>
  `<item><title>A</title><link>https://example.com/a</link><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate>${inner}</item>`;
const atom = (entries: string, root = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${root}><title>T</title><id>t</id>${entries}</feed>`;
const entry = (inner: string, date = '2026-03-01T10:00:00Z') =>
  `<entry><title>A</title><id>a</id><updated>${date}</updated>${inner}</entry>`;
const at = '<link href="https://example.com/a"/>';

const body = ([first]: readonly Read[]) => first?.body;
const date = ([first]: readonly Read[]) => first?.publishAt;
const instant = ([first]: readonly Item[]) => {
  const given = first?.['isoDate'];
  return typeof given === 'string' ? given.replace('.000Z', 'Z') : given;
};
const encode = (text: string) => Buffer.from(text, 'latin1');

const faults: readonly Fault[] = [
  ...(
    [
      ['windows-1252', encode('\x93\xe9\x94'), '“é”'],
      ['ISO-8859-1', encode('caf\xe9'), 'café'],
      ['Shift_JIS', encode('\x93\xfa\x96\x7b'), '日本'],
    ] as const
  ).map(([encoding, title, right]): Fault => {
    const [before = '', after = ''] = rss(item('').replace('>A<', '>@<')).split('@');
    const head = `<?xml version="1.0" encoding="${encoding}"?>`;
    return {
      name: `the encoding that is declared: ${encoding}`,
      feed: Buffer.concat([Buffer.from(head + before), title, Buffer.from(after)]),
      plain: ([first]) => first?.['title'],
      ours: ([first]) => first?.title,
      right,
    };
  }),
  {
    name: 'UTF-16',
    feed: Buffer.from(`\uFEFF${rss(item('').replace('>A<', '>é<'))}`, 'utf16le'),
    plain: ([first]) => first?.['title'],
    ours: ([first]) => first?.title,
    right: 'é',
  },
  {
    name: 'a bad date in Atom costs the feed',
    feed: atom(entry(at, 'yesterday') + entry('<link href="https://example.com/b"/>')),
    plain: (items) => items.length,
    ours: (entries) => entries.length,
    right: 2,
  },
  {
    name: 'a date without a zone takes that of the machine',
    feed: rss(item('').replace('Sun, 01 Mar 2026 10:00:00 GMT', '2026-03-01 10:00:00')),
    plain: (items) => instant(items),
    ours: date,
    right: '2026-03-01T15:00:00Z',
  },
  {
    name: 'a date that does not exist becomes another',
    feed: rss(item('').replace('01 Mar 2026 10:00:00', '31 Feb 2026 10:00:00')),
    plain: instant,
    ours: date,
    right: undefined,
  },
  {
    name: 'CEST',
    feed: rss(item('').replace('GMT', 'CEST')),
    plain: instant,
    ours: date,
    right: '2026-03-01T08:00:00Z',
  },
  {
    name: 'seconds since 1970',
    feed: rss(item('').replace('Sun, 01 Mar 2026 10:00:00 GMT', '1772359200')),
    plain: instant,
    ours: date,
    right: '2026-03-01T10:00:00Z',
  },
  {
    name: 'an Atom link without rel, after others',
    feed: atom(
      entry(
        `<link rel="self" href="https://example.com/self"/><link rel="edit" href="https://example.com/edit"/>${at}`,
      ),
    ),
    plain: ([first]) => first?.['link'],
    ours: ([first]) => first?.link,
    right: 'https://example.com/a',
  },
  {
    name: 'a relative link under xml:base',
    feed: atom(entry('<link href="a"/>'), 'xml:base="https://example.com/blog/"'),
    plain: ([first]) => first?.['link'],
    ours: ([first]) => first?.link,
    right: 'https://example.com/blog/a',
  },
  {
    name: 'an address in a text under an xml:base of its own',
    feed: atom(
      entry(
        `${at}<content type="html" xml:base="https://example.com/files/">&lt;a href="x"&gt;x&lt;/a&gt;</content>`,
      ),
    ),
    plain: ([first]) => /https:\/\/example.com\/files\/x/.test(String(first?.['content'])),
    ours: (entries) => /https:\/\/example.com\/files\/x/.test(body(entries) ?? ''),
    right: true,
  },
  {
    name: 'the order of an XHTML text',
    feed: atom(
      entry(
        `${at}<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <em>two</em> three</p></div></content>`,
      ),
    ),
    plain: ([first]) => String(first?.['contentSnippet']).trim(),
    ours: body,
    right: 'One *two* three',
  },
  {
    name: 'an XHTML title',
    feed: atom(entry(at).replace('<title>A</title>', '<title type="xhtml"><div>A <b>b</b></div></title>')),
    plain: ([first]) => first?.['title'],
    ours: ([first]) => first?.title,
    right: 'A b',
  },
  {
    name: 'Atom with a prefix',
    feed: `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title><a:entry><a:title>A</a:title><a:link href="https://example.com/a"/></a:entry></a:feed>`,
    plain: ([first]) => first?.['title'],
    ours: ([first]) => first?.title,
    right: 'A',
  },
  {
    name: 'RSS without a version',
    feed: rss(item(''), ''),
    plain: ([first]) => first?.['title'],
    ours: ([first]) => first?.title,
    right: 'A',
  },
  {
    name: 'a bare ampersand',
    feed: rss(item('').replace('>A<', '>A & B<')),
    plain: ([first]) => first?.['title'],
    ours: ([first]) => first?.title,
    right: 'A & B',
  },
  {
    name: 'the categories of Atom',
    feed: atom(entry(`${at}<category term="one"/><category term="2" label="Two"/>`)),
    plain: ([first]) => first?.['categories'],
    ours: ([first]) => first?.tags,
    right: ['one', 'two'],
  },
  {
    name: 'a category with a domain',
    feed: rss(item('<category domain="https://example.com/tags">one</category>')),
    plain: ([first]) => first?.['categories'],
    ours: ([first]) => first?.tags,
    right: ['one'],
  },
  {
    name: 'the enclosures of Atom',
    feed: atom(entry(`${at}<link rel="enclosure" type="image/png" href="https://example.com/a.png"/>`)),
    plain: ([first]) => (first?.['enclosure'] as { url?: string } | undefined)?.url,
    ours: ([first]) => first?.cover?.url,
    right: 'https://example.com/a.png',
  },
  {
    name: 'the second enclosure',
    feed: rss(
      item(
        '<enclosure url="https://example.com/a.png" type="image/png" length="1"/><enclosure url="https://example.com/b.mp3" type="audio/mpeg" length="1"/>',
      ),
    ),
    plain: ([first]) => JSON.stringify(first).includes('b.mp3'),
    ours: (entries) => body(entries)?.includes('b.mp3'),
    right: true,
  },
  {
    name: 'the second dc:creator',
    feed: rss(
      item('<dc:creator>One</dc:creator><dc:creator>Two</dc:creator>'),
      'version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ),
    plain: ([first]) => (JSON.stringify(first).includes('Two') ? ['One', 'Two'] : [first?.['creator']]),
    ours: ([first]) => first?.authors.map(({ name }) => name),
    right: ['One', 'Two'],
  },
  {
    name: 'media:content',
    feed: rss(
      item('<media:content url="https://example.com/a.png" medium="image"/>'),
      'version="2.0" xmlns:media="http://search.yahoo.com/mrss/"',
    ),
    plain: ([first]) => (JSON.stringify(first).includes('a.png') ? 'https://example.com/a.png' : undefined),
    ours: ([first]) => first?.cover?.url,
    right: 'https://example.com/a.png',
  },
  {
    name: 'a guid that is the link',
    feed: rss(item('<guid>https://example.com/a</guid>').replace('<link>https://example.com/a</link>', '')),
    plain: ([first]) => first?.['link'],
    ours: ([first]) => first?.link,
    right: 'https://example.com/a',
  },
  {
    name: 'an item that comes twice',
    feed: rss(item('<guid>a</guid>') + item('<guid>a</guid>')),
    plain: (items) => items.length,
    ours: (entries) => entries.length,
    right: 1,
  },
  {
    name: 'an id that two posts share',
    feed: rss(item('<guid>a</guid>') + item('<guid>a</guid>').replace('/a<', '/b<')),
    plain: (items) => new Set(items.map(({ guid }) => guid)).size,
    ours: (entries) => entries.length,
    right: 2,
  },
  {
    name: 'a javascript: link',
    feed: rss(item('').replace('https://example.com/a', 'javascript:alert(1)')),
    plain: ([first]) => first?.['link'],
    ours: ([first]) => first?.link,
    right: undefined,
  },
  {
    name: 'JSON Feed',
    feed: '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"A"}]}',
    plain: ([first]) => first?.['title'],
    ours: ([first]) => first?.title,
    right: 'A',
  },
  {
    name: 'Atom 0.3, with its modes',
    feed: `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry><title mode="escaped" type="text/html">A &amp;amp; B</title><link rel="alternate" type="text/html" href="https://example.com/a"/><issued>2026-03-01T10:00:00Z</issued><content type="application/xhtml+xml" mode="xml"><div><p>One <b>two</b> three</p></div></content></entry></feed>`,
    plain: ([first]) => [first?.['title'], String(first?.['contentSnippet']).trim()],
    ours: ([first]) => [first?.title, first && body([first])],
    right: ['A & B', 'One **two** three'],
  },
  {
    name: 'the full text before its excerpt',
    feed: rss(
      item('<description>Short.</description><content:encoded>Long.</content:encoded>'),
      'version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"',
    ),
    plain: ([first]) => first?.['content'],
    ours: body,
    right: 'Long.',
  },
];

/** What rss-parser alone makes of a feed that is text in UTF-8, as its readers take it to be. */
async function readPlain({ feed, plain }: Fault): Promise<unknown> {
  const text = typeof feed === 'string' ? feed : Buffer.from(feed).toString('utf8');
  try {
    const { items } = await new Parser().parseString(text);
    return plain(items);
  } catch (refusal) {
    return refusal;
  }
}

async function readOurs({ feed, ours }: Fault): Promise<unknown> {
  const bytes = typeof feed === 'string' ? new TextEncoder().encode(feed) : feed;
  const items = interpretFeed(await parseFeed(bytes), 'America/New_York', ({ post: read, tree }) => ({
    ...read,
    body: printBody(tree).trim(),
  }));
  return ours(items);
}

test.each(faults)('$name', async (fault) => {
  expect(await readOurs(fault)).toEqual(fault.right);
});

test('all of these feeds are read right; what rss-parser alone makes of them is reported', async () => {
  const isRight = (made: unknown, { right }: Fault): boolean =>
    JSON.stringify(made) === JSON.stringify(right);
  const table: { readonly name: string; readonly alone: boolean; readonly here: boolean }[] = [];
  for (const fault of faults) {
    table.push({
      name: fault.name,
      alone: isRight(await readPlain(fault), fault),
      here: isRight(await readOurs(fault), fault),
    });
  }
  const mark = (right: boolean): string => (right ? 'right' : 'WRONG').padEnd(10);
  const countWrong = (who: 'alone' | 'here'): string =>
    `${table.filter((row) => !row[who]).length} wrong`.padEnd(10);
  const lines = table.map(({ name, alone, here }) => `${mark(alone)}  ${mark(here)}  ${name}`);
  console.log(
    [
      'rss-parser  Broadside',
      ...lines,
      `${countWrong('alone')}  ${countWrong('here')}  of ${faults.length}`,
    ].join('\n'),
  );
  expect(table.filter(({ here }) => !here)).toEqual([]);
});

test('tags that never end are read in time that grows with their length', async () => {
  const growth = await measureGrowth(20_000, async (length) => {
    const text = rss(item(`<description><![CDATA[${'x<p'.repeat(length)}]]></description>`));
    interpretFeed(await parseFeed(new TextEncoder().encode(text)), 'UTC', ({ post: read }) => read);
  });
  expect(growth).toBeLessThan(10);
});
