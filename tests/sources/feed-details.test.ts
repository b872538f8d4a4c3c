import { describe, expect, test } from 'vitest';
import { interpretFeed } from '../../src/sources/feed/interpret-feed.ts';
import { parseFeed } from '../../src/sources/feed/parse-feed.ts';
import { printBody } from '../../src/sources/feed/print-markdown.ts';

const names =
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';
const rss = (inner: string): string =>
  `<rss version="2.0" ${names}><channel><title>T</title><link>https://orchard.example/</link><item><title>Pears</title><link>https://orchard.example/a/</link>${inner}</item></channel></rss>`;
const atom = (inner: string): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${names}><title>T</title><id>t</id><author><name>The orchard</name></author><entry><id>a</id><title>Pears</title><link href="https://orchard.example/a/"/><updated>2026-02-04T09:05:00Z</updated>${inner}</entry></feed>`;

async function readOne(xml: string) {
  const feed = await parseFeed(Buffer.from(xml));
  const [read] = interpretFeed(feed, 'UTC', ({ post, tree }) => ({
    ...post,
    body: printBody(tree).trim(),
  }));
  return read;
}

describe('an item', () => {
  test('is found beside its channel too', async () => {
    const outside = `<rss version="2.0"><channel><title>T</title><link>https://orchard.example/</link></channel><item><title>Pears</title><link>https://orchard.example/a/</link><description>Ripe.</description></item></rss>`;
    expect(await readOne(outside)).toMatchObject({ title: 'Pears', body: 'Ripe.' });
  });

  test.each([
    ['2026-02', '2026-02-01T00:00:00Z'],
    ['2026', '2026-01-01T00:00:00Z'],
  ])('may leave out the day of its date: %s', async (date, instant) => {
    expect(await readOne(rss(`<dc:date>${date}</dc:date><description>x</description>`))).toMatchObject({
      publishAt: instant,
    });
  });
});

describe('who wrote an item', () => {
  test.each([
    [
      'a person in the way of Atom',
      rss(
        '<a:author xmlns:a="http://www.w3.org/2005/Atom"><a:name>Rowan</a:name><a:email>r@orchard.example</a:email></a:author>',
      ),
      ['Rowan'],
    ],
    [
      'a name before an address',
      rss('<author>Rowan Ash &lt;rowan@orchard.example&gt;</author>'),
      ['Rowan Ash'],
    ],
    ['a name after an address', rss('<author>rowan@orchard.example (Rowan Ash)</author>'), ['Rowan Ash']],
    ['an address alone, which is no name', rss('<author>rowan@orchard.example</author>'), []],
    ['who speaks', rss('<itunes:author>Rowan</itunes:author>'), ['Rowan']],
    [
      'who wrote, before who speaks',
      rss('<itunes:author>Elm</itunes:author><dc:creator>Rowan</dc:creator>'),
      ['Rowan'],
    ],
    [
      'an address, and who speaks',
      rss('<author>a@orchard.example</author><itunes:author>Elm</itunes:author>'),
      ['Elm'],
    ],
    [
      'the feed that it was taken from',
      atom('<source><id>s</id><title>S</title><author><name>Rowan</name></author></source>'),
      ['Rowan'],
    ],
    [
      'its own author before that',
      atom('<author><name>Ash</name></author><source><author><name>Rowan</name></author></source>'),
      ['Ash'],
    ],
    ['nobody, so the feed’s', atom(''), ['The orchard']],
    [
      'nobody in RSS, whatever it was taken from',
      rss('<source url="https://plum.example/feed">Plums</source>'),
      [],
    ],
  ])('%s', async (_, xml, expected) => {
    expect((await readOne(xml))?.authors.map(({ name }) => name)).toEqual(expected);
  });
});

describe('the cover of an item', () => {
  const media = (name: string, more = '') => `<media:content url="https://orchard.example/${name}" ${more}/>`;
  test.each([
    [
      'the widest of several',
      rss(`<media:group>${media('s.jpg', 'width="100"')}${media('l.jpg', 'width="900"')}</media:group>`),
      'l.jpg',
    ],
    [
      'the one that is meant',
      rss(
        `<media:group>${media('s.jpg', 'width="100" isDefault="true"')}${media('l.jpg', 'width="900"')}</media:group>`,
      ),
      's.jpg',
    ],
    ['the first of some without a width', rss(media('a.jpg') + media('b.jpg')), 'a.jpg'],
    [
      'no picture of one point',
      rss('<media:thumbnail url="https://orchard.example/p.gif" width="1" height="1"/>'),
      undefined,
    ],
    ['that of an episode', rss('<itunes:image href="https://orchard.example/e.jpg"/>'), 'e.jpg'],
    [
      'one in RSS’s own element',
      rss('<image><url>https://orchard.example/i.jpg</url><title>x</title></image>'),
      'i.jpg',
    ],
    ['its address as a text', rss('<image>https://orchard.example/i.jpg</image>'), 'i.jpg'],
    [
      'a thumbnail of a film',
      rss(
        '<media:content url="https://orchard.example/f.mp4" type="video/mp4"><media:thumbnail url="https://orchard.example/t.jpg"/></media:content>',
      ),
      't.jpg',
    ],
    [
      'an enclosure',
      rss('<enclosure url="https://orchard.example/e.png" length="1" type="image/png"/>'),
      'e.png',
    ],
    [
      'no recording',
      rss('<enclosure url="https://orchard.example/e.mp3" length="1" type="audio/mpeg"/>'),
      undefined,
    ],
  ])('%s', async (_, xml, expected) => {
    const url = (await readOne(xml))?.cover?.url;
    expect(url).toBe(expected === undefined ? undefined : `https://orchard.example/${expected}`);
  });
});

describe('when an item came out and was changed', () => {
  test.each([
    [rss('<dcterms:created>2026-02-04T09:05:00Z</dcterms:created>'), '2026-02-04T09:05:00Z', undefined],
    [
      rss(
        '<dcterms:issued>2026-02-04T09:05:00Z</dcterms:issued><dcterms:modified>2026-03-01</dcterms:modified>',
      ),
      '2026-02-04T09:05:00Z',
      '2026-03-01T00:00:00Z',
    ],
    [
      rss('<pubDate>4 Feb 2026</pubDate><dcterms:created>2025-01-01</dcterms:created>'),
      '2026-02-04T00:00:00Z',
      undefined,
    ],
  ])('%s', async (xml, publishAt, updatedAt) => {
    const read = await readOne(xml);
    expect([read?.publishAt, read?.updatedAt]).toEqual([publishAt, updatedAt]);
  });
});

test('a text that is a file’s bytes is none, and the summary is', async () => {
  const binary = '<content type="image/png">iVBORw0KGgo=</content><summary>A pear.</summary>';
  expect((await readOne(atom(binary)))?.body).toBe('A pear.');
  const xhtml =
    '<content type="application/xhtml+xml"><p xmlns="http://www.w3.org/1999/xhtml">A pear.</p></content>';
  expect((await readOne(atom(xhtml)))?.body).toBe('A pear.');
});

test('what an item’s fault says of lines is counted in the feed', async () => {
  const feed = await parseFeed(Buffer.from(rss('<a>\n<b></a>').replace('<item>', '\n\n<item>')));
  expect(feed.flaws).toMatchObject([{ rule: 'feed-item', line: 4 }]);
  expect(feed.flaws?.[0]?.message).not.toContain('line');
});
