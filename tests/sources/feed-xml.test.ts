import { describe, expect, test } from 'vitest';
import type { FeedItem } from '../../src/sources/feed/feed-item.ts';
import { interpretFeed } from '../../src/sources/feed/interpret-feed.ts';
import { parseFeed } from '../../src/sources/feed/parse-feed.ts';
import { printBody } from '../../src/sources/feed/print-markdown.ts';

const parse = (xml: string, url?: string) => parseFeed(Buffer.from(xml), url === undefined ? {} : { url });

async function readOne(xml: string, url?: string): Promise<FeedItem & { readonly body: string }> {
  const feed = await parse(xml, url);
  const [item] = feed.items;
  const [body] = interpretFeed(feed, 'UTC', ({ tree }) => printBody(tree).trim());
  if (item === undefined || body === undefined) throw new Error('The feed has no item.');
  return { ...item, body };
}

const rss = (inner: string, root = '') =>
  `<rss version="2.0" ${root}><channel><title>T</title><link>https://orchard.example/</link>${inner}</channel></rss>`;
const atom = (inner: string, root = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${root}><title>T</title><id>t</id>${inner}</feed>`;
const link = '<link>https://orchard.example/a/</link>';
const atomLink = '<link href="https://orchard.example/a/"/>';

describe('names are told by namespace', () => {
  test.each([
    [
      'a prefix of its own for full text',
      rss(
        `<item>${link}<description>Short.</description><full:encoded>Whole.</full:encoded></item>`,
        'xmlns:full="http://purl.org/rss/1.0/modules/content/"',
      ),
      { body: 'Whole.' },
    ],
    [
      'a namespace on the element itself',
      rss(`<item>${link}<encoded xmlns="http://purl.org/rss/1.0/modules/content/">Whole.</encoded></item>`),
      { body: 'Whole.' },
    ],
    [
      'a prefix that means something else',
      rss(
        `<item>${link}<title>Right</title><content:encoded>Wrong.</content:encoded><description>Right.</description></item>`,
        'xmlns:content="https://orchard.example/stock"',
      ),
      { body: 'Right.' },
    ],
    [
      'a prefix that is declared nowhere',
      rss(`<item>${link}<content:encoded>Whole.</content:encoded></item>`),
      { body: 'Whole.' },
    ],
    [
      'titles of other vocabularies',
      rss(
        `<item>${link}<media:title>Wrong</media:title><itunes:title>Wrong</itunes:title><title>Right</title></item>`,
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
      ),
      { title: 'Right' },
    ],
    [
      'Atom with a prefix, and Dublin Core without one',
      `<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns="http://purl.org/dc/elements/1.1/"><a:entry><a:title>Right</a:title><a:link href="https://orchard.example/a/"/><creator>Rowan</creator><title>Wrong</title></a:entry></a:feed>`,
      { title: 'Right', authors: [{ name: 'Rowan' }] },
    ],
    [
      'RSS in a namespace of its own',
      rss(`<item><title>Right</title>${link}</item>`, 'xmlns="http://backend.userland.com/rss2"'),
      { title: 'Right', link: 'https://orchard.example/a/' },
    ],
    [
      'RSS in that of Atom, as some write it',
      rss(`<item><title>Right</title>${link}</item>`, 'xmlns="http://www.w3.org/2005/Atom"'),
      { title: 'Right', link: 'https://orchard.example/a/' },
    ],
    [
      'RDF whose prefix is not rdf',
      `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:x="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel><item r:about="https://orchard.example/a/"><title>Right</title>${link}<x:subject>Pears</x:subject></item></r:RDF>`,
      { title: 'Right', guid: 'https://orchard.example/a/', tags: ['Pears'] },
    ],
    [
      'a namespace written with https and without its ending',
      rss(
        `<item>${link}<m:content url="https://orchard.example/a.jpg" medium="image"/></item>`,
        'xmlns:m="https://search.yahoo.com/mrss"',
      ),
      { cover: { url: 'https://orchard.example/a.jpg' } },
    ],
  ])('%s', async (_name, xml, right) => {
    await expect(readOne(xml)).resolves.toMatchObject(right);
  });
});

describe('elements where a text is due', () => {
  test.each([
    [
      'in a description',
      rss(`<item>${link}<description>ripe <b>yellow</b> fruit</description></item>`),
      'ripe **yellow** fruit',
    ],
    ['and nothing else', rss(`<item>${link}<description><p>All.</p></description></item>`), 'All.'],
    [
      'around a link',
      rss(`<item>${link}<description>See <a href="/b">b</a>.</description></item>`),
      'See [b](https://orchard.example/b).',
    ],
    [
      'in full text',
      rss(`<item>${link}<content:encoded><p>One</p><p>Two</p></content:encoded></item>`),
      'One\n\nTwo',
    ],
    [
      'beside characters that are HTML',
      atom(`<entry>${atomLink}<content type="html"><p>A &lt;b&gt;b&lt;/b&gt;</p></content></entry>`),
      'A **b**',
    ],
    [
      'beside CDATA',
      rss(`<item>${link}<description>One <![CDATA[<b>two</b>]]> <i>three</i></description></item>`),
      'One **two** *three*',
    ],
    [
      'that XML would close',
      rss(`<item>${link}<description>One<br>two <b>three</description></item>`),
      'One\\\ntwo **three**',
    ],
    [
      'in XHTML that is none',
      atom(`<entry>${atomLink}<content type="xhtml"><div><p>One &lt;b> two<p>Three</div></content></entry>`),
      'One \\<b> two\n\nThree',
    ],
    [
      'in XHTML with a prefix',
      atom(
        `<entry>${atomLink}<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>A&#160;<h:em>b</h:em> &amp;lt; c</h:p></h:div></content></entry>`,
      ),
      'A\u00A0*b* \\&lt; c',
    ],
    [
      'in plain text',
      atom(
        `<entry>${atomLink}<content type="text">1 < 2 <b>bold</b></content></entry>`.replace('1 <', '1 &lt;'),
      ),
      '1 < 2 bold',
    ],
  ])('are its own HTML: %s', async (_name, xml, right) => {
    expect((await readOne(xml)).body).toBe(right);
  });

  test('give a title its words', async () => {
    const { title } = await readOne(rss(`<item><title>Using <code>map</code> well</title>${link}</item>`));
    expect(title).toBe('Using map well');
    const { guid } = await readOne(rss(`<item><guid><x>urn:a</x></guid>${link}</item>`));
    expect(guid).toBe('urn:a');
  });
});

describe('characters by number', () => {
  test.each([
    [
      'in a title',
      rss(`<item><title>It&#146;s &#x96; &#133; &#128;5</title>${link}</item>`),
      'title',
      'It’s – … €5',
    ],
    ['in a name', rss(`<item><author>Zo&#xEB;</author>${link}</item>`), 'authors', [{ name: 'Zoë' }]],
    ['written as they are', rss(`<item><title>It\u0092s</title>${link}</item>`), 'title', 'It’s'],
    ['that are none', rss(`<item><title>a&#0;b&#xD800;c&#x110000;d</title>${link}</item>`), 'title', 'abcd'],
    [
      'in an address',
      atom('<entry><link href="https://orchard.example/?a=1&#38;b=2"/></entry>'),
      'link',
      'https://orchard.example/?a=1&b=2',
    ],
    [
      'by a name that only HTML knows',
      rss(`<item><title>a&nbsp;&mdash; b &hearts;</title>${link}</item>`),
      'title',
      'a — b ♥',
    ],
    ['and a bare ampersand', rss(`<item><title>Q&A & R&D;</title>${link}</item>`), 'title', 'Q&A & R&D;'],
  ])('%s', async (_name, xml, field, right) => {
    expect(await readOne(xml)).toHaveProperty(field, right);
  });

  test('in the HTML of a text', async () => {
    const { body } = await readOne(
      rss(`<item>${link}<description>&lt;p&gt;It&amp;#146;s &#147;x&#148;&lt;/p&gt;</description></item>`),
    );
    expect(body).toBe('It’s “x”');
  });
});

describe('addresses', () => {
  test('xml:base counts at every level, each relative to the one around it', async () => {
    const xml = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://orchard.example/x/"><title>T</title>
      <entry xml:base="y/"><link href="a"/><content type="xhtml" xml:base="z/"><div xmlns="http://www.w3.org/1999/xhtml">
      <p><a href="one">1</a> <span xml:base="deep/"><a href="two">2</a> <a xml:base="/top/" href="three">3</a></span> <a href="#f">4</a></p></div></content></entry></feed>`;
    const { link: page, body } = await readOne(xml);
    expect(page).toBe('https://orchard.example/x/y/a');
    expect(body).toBe(
      '[1](https://orchard.example/x/y/z/one) [2](https://orchard.example/x/y/z/deep/two) [3](https://orchard.example/top/three) [4](#f)',
    );
  });

  test('it counts on the channel of RSS and on the outermost element as well', async () => {
    const xml = rss(
      '<item><link>a</link><description>&lt;a href="b"&gt;b&lt;/a&gt;</description></item>',
      'xml:base="https://orchard.example/x/"',
    ).replace('<channel>', '<channel xml:base="y/">');
    await expect(readOne(xml)).resolves.toMatchObject({
      link: 'https://orchard.example/x/y/a',
      body: '[b](https://orchard.example/x/y/b)',
    });
  });

  // The examples of RFC 3986, section 5.4, as far as markdown needs them.
  test.each([
    ['g', 'http://a/b/c/g'],
    ['./g', 'http://a/b/c/g'],
    ['g/', 'http://a/b/c/g/'],
    ['/g', 'http://a/g'],
    ['//g', 'http://g/'],
    ['?y', 'http://a/b/c/d;p?y'],
    ['g?y', 'http://a/b/c/g?y'],
    ['g#s', 'http://a/b/c/g#s'],
    [';x', 'http://a/b/c/;x'],
    ['g;x=1/../y', 'http://a/b/c/y'],
    ['..', 'http://a/b/'],
    ['../../../g', 'http://a/g'],
    ['g.', 'http://a/b/c/g.'],
    ['./../g', 'http://a/b/g'],
    ['g?y/../x', 'http://a/b/c/g?y/../x'],
  ])('relative as RFC 3986 has it: %s', async (reference, right) => {
    const xml = atom(
      `<entry xml:base="http://a/b/c/d;p?q"><content type="html">&lt;a href="${reference}"&gt;x&lt;/a&gt;</content></entry>`,
    );
    expect((await readOne(xml)).body).toBe(`[x](${right})`);
  });
});

describe('what is broken', () => {
  const good = (name: string) =>
    `<item><title>${name}</title><link>https://orchard.example/${name}/</link></item>`;

  test.each([
    ['a tag that is never closed', `<item><title>Bad</title><category><link>x</link></item>`],
    ['tags that cross', `<item><a><b></a></b></item>`],
    ['an attribute without quotes', `<item><enclosure url=x/></item>`],
    ['no end', `<item><title>Bad</title>`],
    ['a tag cut in two', `<item><title>Bad</title><guid </item>`],
  ])('costs one item and no other: %s', async (_name, bad) => {
    const feed = await parse(rss(`\n${good('One')}\n${bad}\n${good('Two')}`));
    expect(feed.items.map(({ title }) => title)).toEqual(['One', 'Two']);
    expect(feed.flaws).toMatchObject([{ rule: 'feed-item', severity: 'error', line: 3 }]);
  });

  test('costs the last item as well, and one of Atom', async () => {
    const last = await parse(rss(`${good('One')}<item><title>Bad</title>`));
    expect(last).toMatchObject({ items: [{ title: 'One' }], flaws: [{ rule: 'feed-item' }] });
    const entries = await parse(atom(`<entry><title>Bad</entry><entry><title>Two</title></entry>`));
    expect(entries).toMatchObject({ items: [{ title: 'Two' }], flaws: [{ rule: 'feed-item' }] });
  });

  test('items in comments and in CDATA are none', async () => {
    const hidden = '<!-- <item><title>No</title></item> -->';
    const shown = `<item><title>One</title><description><![CDATA[<pre>&lt;/item></pre></item><item>]]></description></item>`;
    const feed = await parse(rss(hidden + shown));
    expect(feed.items).toMatchObject([{ title: 'One' }]);
    expect(feed.flaws).toBeUndefined();
  });

  test.each([
    ['a page', '<html><head><title>x</title></head></html>', 'a web page'],
    [
      'another vocabulary',
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url/></urlset>',
      '<urlset>',
    ],
    ['a feed that was cut off', rss('<item><title>x</title></item>').slice(0, -20), 'cut off'],
    [
      'something wrong beside a bare ampersand',
      rss('<description>Q&A</description><ttl>').replace('</ttl>', ''),
      'close tag',
    ],
  ])('the cause that is named is the cause: %s', async (_name, xml, cause) => {
    await expect(parse(xml)).rejects.toThrow(cause);
  });
});
