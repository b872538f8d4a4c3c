import { execFileSync } from 'node:child_process';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import RssParser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import { anyCharacter } from '../any-text.ts';
import { splitRenderer } from '../examples.ts';
import type { Post } from '../../src/model/post.ts';
import type { Series, Site } from '../../src/model/site.ts';
import type { Content } from '../../src/model/source.ts';
import type { FeedDocument } from '../../src/model/target.ts';
import { formatRfc3339, formatRfc822 } from '../../src/targets/feed/printer/dates.ts';
import { feed } from '../../src/targets/feed/index.ts';
import { feedOptions } from '../../src/targets/feed/options.ts';
import { escapeText } from '../../src/base/escape-html.ts';
import { parseMarkdown, parsePost } from '../../src/reading/parse.ts';
import { printHtml } from '../../src/transform/to-html.ts';
import { fc } from '../random-input.ts';

const illegal = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/u;

function makePost(changes: Partial<Post> = {}): Post {
  return {
    id: 'on-trees',
    origin: { source: 'posts', path: 'posts/on-trees.md' },
    canonicalUrl: 'https://example.com/blog/on-trees/',
    title: 'On trees',
    summary: 'Trees are tall.',
    publishAt: '2026-11-21T08:30:00Z',
    draft: false,
    tags: ['trees', 'true'],
    authors: [],
    lang: 'en',
    syndicate: {},
    places: { title: { line: 2, column: 1 }, cover: { line: 7, column: 1 } },
    ...changes,
  };
}

function makeSite(changes: Partial<Site> = {}): Site {
  return {
    url: 'https://example.com',
    title: 'Example & sons',
    description: 'A blog.',
    author: { name: 'Example Author', url: 'https://example.com/about' },
    language: 'en',
    timezone: 'Pacific/Chatham',
    navigation: 'bottom',
    postsByUrl: new Map(),
    postsById: new Map(),
    postsByPath: new Map(),
    copies: new Map(),
    seriesByPost: new Map(),
    ...changes,
  };
}

function makeContent(text = 'A *tree*.\n'): Content {
  return { tree: parsePost(text), digest: 'd1' };
}

function makeTarget(options: Readonly<Record<string, unknown>> = {}) {
  const target = feed.create('feed', feedOptions.parse({ kind: 'feed', ...options }));
  if (target.granularity !== 'feed') throw new Error('a feed holds many posts');
  return splitRenderer(target);
}

async function assemble(posts: readonly Post[], text?: string, options = {}, site = makeSite()) {
  const target = makeTarget(options);
  const documents = await target.assemble(
    await Promise.all(posts.map((post) => target.render(post, makeContent(text), site))),
    site,
  );
  return { documents, rss: textOf(documents, 'feed.xml'), atom: textOf(documents, 'atom.xml') };
}

function textOf(documents: readonly FeedDocument[], path: string): string {
  return documents.find((document) => document.path === path)?.text ?? '';
}

function readJson(
  documents: readonly FeedDocument[],
): { items: Record<string, unknown>[] } & Record<string, unknown> {
  return JSON.parse(textOf(documents, 'feed.json'));
}

/** Text as any parser of XML reads it, once. */
function decode(value: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return value.replaceAll(/&(?:#x([\da-f]+)|(\w+));/gi, (_reference, hex?: string, name = '') =>
    hex === undefined ? (named[name] ?? '') : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

const xml = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
  tagValueProcessor: (_name, value) => decode(value),
  attributeValueProcessor: (_name, value) => decode(value),
  isArray: (name) => ['item', 'entry', 'category', 'atom:link', 'link', 'author'].includes(name),
});

const rssParser = new RssParser({ customItems: [] } as object);

describe('options', () => {
  test('have defaults for everything', () => {
    expect(feedOptions.parse({ kind: 'feed' })).toMatchObject({
      path: 'feed.xml',
      atom: 'atom.xml',
      json: 'feed.json',
      limit: 20,
      content: 'full',
      id: { since: '2026-01-01' },
    });
  });

  test.each([
    { path: '/feed.xml' },
    { path: '../feed.xml' },
    { path: 'blog/../../feed.xml' },
    { path: 'blog//feed.xml' },
    { path: 'https://example.com/feed.xml' },
    { path: String.raw`blog\feed.xml` },
    { path: '%2e%2e/feed.xml' },
    { path: '' },
    { atom: true },
    { atom: 'feed.xml' },
    { atom: 'x.json', json: 'x.json' },
    { limit: 0 },
    { limit: 10_001 },
    { hub: 'http://example.com/' },
    { id: { authority: 'https://example.com' } },
    { id: { since: '2026' } },
    { content: 'some' },
    { tags: [] },
    { tags: 'trees' },
    { series: '' },
    { stylesheet: '/feed.css' },
    { path: 'feed.css' },
    { page: true },
    { page: 'Feed.xml' },
    { unknown: 1 },
  ])('refuse %j', (options) => {
    expect(feedOptions.safeParse({ kind: 'feed', ...options }).success).toBe(false);
  });

  test('choose which files are written, and where', async () => {
    const { documents } = await assemble([makePost()], undefined, {
      path: 'blog/rss.xml',
      atom: false,
      json: false,
    });
    expect(documents.map(({ path, type }) => ({ path, type }))).toEqual([
      { path: 'blog/rss.xml', type: 'application/rss+xml' },
      { path: 'blog/feed.css', type: 'text/css' },
      { path: 'blog/subscribe.html', type: 'text/html' },
    ]);
    expect(documents[0]?.text).toContain('href="https://example.com/blog/rss.xml" rel="self"');
  });

  test('resolve addresses below a site that is not at the root of its host', async () => {
    const site = makeSite({ url: 'https://example.com/me' });
    expect((await assemble([], undefined, {}, site)).rss).toContain('"https://example.com/me/feed.xml"');
  });
});

describe('render', () => {
  test('gives HTML that stands on its own, without the title', async () => {
    const content = makeContent(
      [
        '---',
        'title: On trees',
        '---',
        '',
        '# On trees',
        '',
        'See [roots](../on-roots/) and [below](#below) and ![an oak](oak.png).[^1]',
        '',
        '<img srcset="a.png 1x, /b.png 2x" src="a.png" onerror="steal()">',
        '',
        '| a | b |',
        '|:-:|--:|',
        '| 1 | 2 |',
        '',
        '```ts',
        'const a = b < c;',
        '```',
        '',
        '[^1]: A note.',
      ].join('\n'),
    );
    const roots = makePost({ id: 'on-roots', canonicalUrl: 'https://example.com/blog/on-roots/' });
    const site = makeSite({ postsByUrl: new Map([['https://example.com/blog/on-roots', roots]]) });
    const { body, references, inputs } = await makeTarget().render(makePost(), content, site);
    expect(body).not.toMatch(/<h1|title:|onerror/);
    expect(body).toContain('<a href="https://example.com/blog/on-roots/">roots</a>');
    expect(body).toContain('<a href="https://example.com/blog/on-trees/#below">below</a>');
    expect(body).toContain('src="https://example.com/blog/on-trees/oak.png" alt="an oak"');
    expect(body).toContain(
      'srcset="https://example.com/blog/on-trees/a.png 1x, https://example.com/b.png 2x"',
    );
    expect(body).toContain('<td align="center">1</td>');
    expect(body).toContain('<code class="language-ts">const a = b &lt; c;');
    expect(references).toEqual(['on-roots']);
    expect(Object.keys(inputs)).toEqual(['source', 'options', 'links']);
  });

  test('keeps footnotes of posts on the same page apart', () => {
    const html = printHtml(
      parseMarkdown('Said.[^1] Again.[^1]\n\n[^1]: A note.'),
      makePost({ id: 'post 7' }),
    );
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(targets).toEqual([
      'note-post%207-fn-1',
      'note-post%207-fn-1',
      'note-post%207-fnref-1',
      'note-post%207-fnref-1-2',
    ]);
    for (const target of targets) expect(html.split(`id="${target}"`)).toHaveLength(2);
    expect(html).not.toMatch(/Footnotes|user-content/);
  });

  test('shows the series, its parts that are out linked', async () => {
    const series: Series = {
      name: 'Plants',
      parts: [
        { postId: 'on-trees', title: 'On trees', url: 'https://example.com/blog/on-trees/' },
        { postId: 'on-moss', title: 'On moss & more', url: 'https://example.com/blog/on-moss/' },
      ],
    };
    const site = makeSite({ seriesByPost: new Map([['on-trees', series]]) });
    const { body, inputs, references } = await makeTarget().render(makePost(), makeContent(), site);
    expect(body).toContain('<a href="https://example.com/blog/on-moss/">On moss &amp; more</a>');
    expect(inputs).toHaveProperty('navigation');
    expect(references).toEqual(['on-moss']);
    const quiet = await makeTarget().render(makePost(), makeContent(), { ...site, navigation: 'none' });
    expect(quiet.body).toBe('<p>A <em>tree</em>.</p>');
    expect(quiet.inputs).not.toHaveProperty('navigation');
  });

  test('tells the rest in its fields, this target’s own words first', async () => {
    const post = makePost({
      updatedAt: '2026-11-22T10:00:00Z',
      cover: { url: 'https://example.com/tree.png' },
      syndicate: { feed: { title: 'Trees', description: 'All of\nthem.', tags: ['oak', 'oak'] } },
    });
    expect((await makeTarget().render(post, makeContent(), makeSite())).fields).toEqual({
      title: 'Trees',
      url: 'https://example.com/blog/on-trees/',
      id: 'tag:example.com,2026-01-01:on-trees',
      guid: 'tag:example.com,2026-01-01:on-trees',
      isPermaLink: false,
      published: '2026-11-21T08:30:00Z',
      updated: '2026-11-22T10:00:00Z',
      summary: 'All of them.',
      tags: ['oak'],
      authors: [{ name: 'Example Author', url: 'https://example.com/about' }],
      language: 'en',
      image: { url: 'https://example.com/tree.png', alt: null },
    });
  });

  test('leaves the tree as it was', async () => {
    const content = makeContent('# On trees\n\n[a](b)\n');
    const before = JSON.stringify(content.tree);
    await makeTarget().render(makePost(), content, makeSite());
    expect(JSON.stringify(content.tree)).toBe(before);
  });
});

describe('identity', () => {
  const idOf = async (post: Post, options = {}, site = makeSite()) =>
    (await makeTarget(options).render(post, makeContent(), site)).fields['id'];

  test('stays when the address, the title, the date and the text change', async () => {
    const moved = makePost({
      canonicalUrl: 'https://example.com/2027/trees/',
      title: 'Trees',
      publishAt: '2027-01-01T00:00:00Z',
    });
    expect(await idOf(moved)).toBe(await idOf(makePost()));
  });

  test('stays when the site moves, once the config holds the authority', async () => {
    const id = { authority: 'Example.com' };
    expect(await idOf(makePost(), { id }, makeSite({ url: 'https://www.example.org/blog' }))).toBe(
      'tag:example.com,2026-01-01:on-trees',
    );
  });

  test('tells posts apart, and the feed from a post of the same name', async () => {
    const ids = await Promise.all(['feed', '/feed', 'a b', 'a%20b', 'ä'].map((id) => idOf(makePost({ id }))));
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(id).toMatch(/^tag:example\.com,2026-01-01:[\w%.-]+$/);
    const { atom } = await assemble([]);
    expect(atom).toContain('<id>tag:example.com,2026-01-01:/feed</id>');
  });
});

describe('assemble', () => {
  test('writes RSS with everything readers look for, in order', async () => {
    const post = makePost({ cover: { url: 'https://example.com/t.png?a=1&b=2', alt: 'A "tree"' } });
    const { rss } = await assemble([post], undefined, { hub: 'https://hub.example.com/' });
    expect(XMLValidator.validate(rss)).toBe(true);
    const { rss: root } = xml.parse(rss);
    expect(root['@_version']).toBe('2.0');
    const { channel } = root;
    expect(channel).toMatchObject({ title: 'Example & sons', description: 'A blog.', language: 'en' });
    expect(channel.lastBuildDate).toBe('Sat, 21 Nov 2026 08:30:00 GMT');
    expect(channel['atom:link']).toEqual([
      { '@_href': 'https://example.com/feed.xml', '@_rel': 'self', '@_type': 'application/rss+xml' },
      { '@_href': 'https://hub.example.com/', '@_rel': 'hub' },
    ]);
    const [item] = channel.item;
    expect(item.guid).toEqual({ '@_isPermaLink': 'false', '#text': 'tag:example.com,2026-01-01:on-trees' });
    expect(item.category).toEqual(['trees', 'true']);
    expect(item['dc:creator']).toBe('Example Author');
    expect(item['content:encoded']).toBe(
      '<p><img src="https://example.com/t.png?a=1&amp;b=2" alt="A &quot;tree&quot;"></p>\n<p>A <em>tree</em>.</p>',
    );
    expect(item['media:content']).toMatchObject({
      '@_url': 'https://example.com/t.png?a=1&b=2',
      '@_medium': 'image',
    });
    expect(item['media:content']['media:description']['#text']).toBe('A "tree"');
    expect(rss.indexOf('<description>Trees')).toBeLessThan(rss.indexOf('<content:encoded>'));
    expect(rss.endsWith('</rss>\n')).toBe(true);
  });

  test('writes Atom with an id, a date and an author for everything', async () => {
    const post = makePost({
      lang: 'fr',
      updatedAt: '2026-11-23T00:00:00Z',
      authors: [{ name: 'Example One' }, { name: 'Example Two' }],
    });
    const { atom } = await assemble([post, makePost({ id: 'b' })]);
    expect(XMLValidator.validate(atom)).toBe(true);
    const { feed: root } = xml.parse(atom);
    expect(root).toMatchObject({
      '@_xmlns': 'http://www.w3.org/2005/Atom',
      '@_xml:lang': 'en',
      updated: '2026-11-23T00:00:00Z',
    });
    const [first, second] = root.entry;
    expect(first).toMatchObject({
      '@_xml:lang': 'fr',
      id: 'tag:example.com,2026-01-01:on-trees',
      published: '2026-11-21T08:30:00Z',
      updated: '2026-11-23T00:00:00Z',
      author: [{ name: 'Example One' }, { name: 'Example Two' }],
      category: [{ '@_term': 'trees' }, { '@_term': 'true' }],
      content: { '@_type': 'html', '#text': '<p>A <em>tree</em>.</p>' },
    });
    expect(second).not.toHaveProperty('@_xml:lang');
    expect(second.updated).toBe(second.published);
  });

  test('writes JSON Feed 1.1', async () => {
    const { documents } = await assemble(
      [makePost({ cover: { url: 'https://example.com/t.png' } })],
      undefined,
      {
        hub: 'https://hub.example.com/',
        title: 'All posts',
      },
    );
    expect(readJson(documents)).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'All posts',
      home_page_url: 'https://example.com',
      feed_url: 'https://example.com/feed.json',
      description: 'A blog.',
      language: 'en',
      authors: [{ name: 'Example Author', url: 'https://example.com/about' }],
      hubs: [{ type: 'WebSub', url: 'https://hub.example.com/' }],
      items: [
        {
          id: 'tag:example.com,2026-01-01:on-trees',
          url: 'https://example.com/blog/on-trees/',
          title: 'On trees',
          content_html: '<p><img src="https://example.com/t.png" alt=""></p>\n<p>A <em>tree</em>.</p>',
          summary: 'Trees are tall.',
          image: 'https://example.com/t.png',
          date_published: '2026-11-21T08:30:00Z',
          authors: [{ name: 'Example Author', url: 'https://example.com/about' }],
          tags: ['trees', 'true'],
          language: 'en',
        },
      ],
    });
    expect(textOf(documents, 'feed.json')).toMatch(/^\{\n {2}"version".*\n\}\n$/s);
  });

  test('holds no more than its limit', async () => {
    const posts = ['c', 'b', 'a'].map((id) => makePost({ id }));
    const { documents } = await assemble(posts, undefined, { limit: 2 });
    expect(readJson(documents).items.map((item) => item['id'])).toEqual([
      'tag:example.com,2026-01-01:c',
      'tag:example.com,2026-01-01:b',
    ]);
  });

  test('shows summaries only, when asked: the description, else how it begins', async () => {
    const { summary: _summary, ...bare } = makePost({ id: 'bare' });
    const { documents, rss, atom } = await assemble([makePost(), bare], 'A *tree*.\n\nMore.', {
      content: 'summary',
    });
    expect(rss).not.toContain('content:encoded>');
    expect(atom).not.toContain('<content');
    expect(readJson(documents).items).toMatchObject([
      { content_text: 'Trees are tall.' },
      { content_text: 'A tree. More.', summary: 'A tree. More.' },
    ]);
    expect(JSON.stringify(readJson(documents))).not.toContain('content_html');
  });

  test('writes an empty feed that is valid and dated without a clock', async () => {
    const { rss, atom, documents } = await assemble([]);
    expect(XMLValidator.validate(rss)).toBe(true);
    expect(XMLValidator.validate(atom)).toBe(true);
    expect(rss).toContain('<lastBuildDate>Thu, 01 Jan 2026 00:00:00 GMT</lastBuildDate>');
    expect(atom).toContain('<updated>2026-01-01T00:00:00Z</updated>');
    expect(readJson(documents).items).toEqual([]);
  });

  test('is dated by the newest change, whichever item it was made to', async () => {
    const { rss } = await assemble([
      makePost(),
      makePost({ id: 'b', publishAt: '2026-01-01T00:00:00Z', updatedAt: '2026-12-24T18:00:00.999Z' }),
      makePost({ id: 'c', publishAt: '2025-01-01T00:00:00Z', updatedAt: '2024-01-01T00:00:00Z' }),
    ]);
    expect(rss).toContain('<lastBuildDate>Thu, 24 Dec 2026 18:00:00 GMT</lastBuildDate>');
  });
});

describe('hostile content', async () => {
  const nasty =
    'x\u0000\u0008\u001b[31m\uFFFE\ud800 </title><script>alert(1)</script> ]]> &amp; AT&T "q" \'a\' שלום 👩‍👩‍👧';
  const kept = 'x[31m </title><script>alert(1)</script> ]]> &amp; AT&T "q" \'a\' שלום 👩‍👩‍👧';
  const post = makePost({
    title: nasty,
    summary: nasty,
    tags: [nasty],
    authors: [{ name: nasty }],
    cover: { url: 'https://example.com/t.png', alt: nasty },
  });
  const body = [
    'Text \u0000\u001b[31m \ud800 ]]> &#x1b; <![CDATA[ x ]]> 👩‍👩‍👧',
    '',
    '<script>alert("gone")</script><style>p { color: gone }</style>',
    '',
    'In a line <script>alert("gone")</script> and <style>gone</style> and <b onclick="gone()" style="x:gone">bold</b>.',
    '',
    '<script></script>',
    '',
    '<style></style>',
    '',
    '<img src="a.png" srcset="javascript:gone 2x, b.png 3x"> <img src="data:gone" alt="kept">',
    '',
    '[link](javascript:gone) <a href="javascript:gone">raw</a> <form action="/gone"><input name="gone"></form>',
    '',
    '```',
    ']]> \u001b[0m <script>kept</script>',
    '```',
    '',
    '<div><p>left open',
  ].join('\n');
  const site = makeSite({ title: nasty, description: nasty, author: { name: nasty } });
  const { rss, atom, documents } = await assemble([post], body, {}, site);

  test('leaves every file well-formed', () => {
    for (const { text } of documents) expect(text).not.toMatch(illegal);
    expect(XMLValidator.validate(rss)).toBe(true);
    expect(XMLValidator.validate(atom)).toBe(true);
  });

  test('is shown as the text it is, escaped once', async () => {
    const [item] = xml.parse(rss).rss.channel.item;
    expect(item.title).toBe(kept);
    expect(item.category).toEqual([kept]);
    expect(item['dc:creator']).toBe(kept);
    const [entry] = xml.parse(atom).feed.entry;
    expect(entry.title).toEqual({ '@_type': 'html', '#text': escapeText(kept) });
    expect(entry.summary.div.p.at(0)).toBe(kept);
    expect(entry.summary.div.p.at(1).a['#text']).toBe(kept);
    expect(entry.category[0]['@_term']).toBe(kept);
    expect(readJson(documents).items[0]).toMatchObject({ title: kept, summary: kept, tags: [kept] });
    const parsed = await rssParser.parseString(rss);
    expect(parsed.items[0]).toMatchObject({
      title: kept,
      creator: kept,
      guid: 'tag:example.com,2026-01-01:on-trees',
    });
  });

  test('is escaped as HTML in an RSS description, which readers take for HTML', () => {
    const [item] = xml.parse(rss).rss.channel.item;
    expect(item.description).toContain(
      '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;amp; AT&amp;T',
    );
  });

  test('reaches no reader as script, style, handler or form', () => {
    const html = String(readJson(documents).items[0]?.['content_html']);
    const [cover = '', ...text] = html.split('\n');
    expect(cover).toMatch(/^<p><img src="https:\/\/example\.com\/t\.png" alt="x\[31m [^"]+"><\/p>$/);
    expect(text.join('\n')).not.toMatch(/gone|<script|<style|<form|<input|javascript/);
    expect(html).toContain(']]> [0m &lt;script>kept&lt;/script>');
    expect(html).toContain('<strong>bold</strong>');
    expect(html).toContain('<img src="https://example.com/blog/on-trees/a.png"> kept</p>');
    expect(html).toMatch(/<p>left open<\/p>$/);
    const shown = html.replaceAll('\uFFFD', '&#xfffd;');
    expect(xml.parse(rss).rss.channel.item[0]['content:encoded']).toBe(shown);
    expect(xml.parse(atom).feed.entry[0].content['#text']).toBe(shown);
  });

  test('of any kind leaves every file well-formed', async () => {
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.string({ unit: fc.constantFrom(...'<>&;]["\'=/!-#x1\u0000\ud800\udc00a \n\r'.split('')) }),
    );
    await fc.assert(
      fc.asyncProperty(text, text, async (title, markdown) => {
        const made = await assemble([makePost({ title, summary: title, tags: [title] })], markdown);
        for (const document of made.documents) expect(document.text).not.toMatch(illegal);
        expect(XMLValidator.validate(made.rss)).toBe(true);
        expect(XMLValidator.validate(made.atom)).toBe(true);
        const html = readJson(made.documents).items[0]?.['content_html'];
        const shown = typeof html === 'string' ? html.replaceAll('\uFFFD', '&#xfffd;') : undefined;
        expect(xml.parse(made.atom).feed.entry[0].content?.['#text']).toBe(shown);
      }),
      { numRuns: 25 },
    );
  });
});

describe('HTML for readers', () => {
  test('shows tasks and embedded pages without form controls and frames', async () => {
    const text =
      '- [x] done\n- [ ] open\n\n<iframe src="//video.example.com/1" title="A &quot;film&quot;"></iframe>\n\nIn a line <iframe src="/x?a&amp;b"></iframe> and <iframe srcdoc="x"></iframe>.';
    const html = (await makeTarget().render(makePost(), makeContent(text), makeSite())).body;
    expect(html).toContain('☑ done');
    expect(html).toContain('☐ open');
    expect(html).toContain('<a href="https://video.example.com/1">A "film"</a>');
    expect(html).toContain(
      'In a line <a href="https://example.com/x?a&amp;b">https://example.com/x?a&amp;b</a> and .',
    );
    expect(html).not.toMatch(/<input|<iframe/);
  });

  test('begins with the cover, unless the post shows it', async () => {
    const cover = { url: 'https://example.com/tree.png', alt: 'A tree' };
    const bodyOf = async (text: string) =>
      (await makeTarget().render(makePost({ cover }), makeContent(text), makeSite())).body;
    const shown = '<img src="https://example.com/tree.png" alt="A tree">';
    expect(await bodyOf('# On trees\n\nText.')).toBe(`<p>${shown}</p>\n<p>Text.</p>`);
    for (const own of ['![Own](/tree.png)', '![Own][pic]\n\n[pic]: /tree.png', '<img src="/tree.png">']) {
      expect(await bodyOf(`Text.\n\n${own}`)).toMatch(/^<p>Text\.<\/p>/);
    }
  });

  test('keeps pictures in their variants, sound and film', () => {
    const html =
      '<picture><source srcset="https://example.com/a.avif 2x" media="(min-width: 1px)"><img src="https://example.com/a.png" alt="" width="4" height="3"></picture>';
    expect(printHtml(parseMarkdown(html))).toContain(html);
    const film =
      '<video src="https://example.com/a.mp4" poster="https://example.com/a.png" controls></video>';
    expect(printHtml(parseMarkdown(film))).toBe(`<p>${film}</p>`);
  });

  test('of nothing is nothing', () => {
    expect(printHtml(parseMarkdown(''))).toBe('');
    expect(printHtml(parseMarkdown('<!-- only a comment -->'))).toBe('');
  });
});

describe('dates', () => {
  test('are in GMT with the right weekday', () => {
    expect(formatRfc822('2026-11-21T08:30:00Z')).toBe('Sat, 21 Nov 2026 08:30:00 GMT');
    expect(formatRfc822('2024-02-29T23:59:59.999Z')).toBe('Thu, 29 Feb 2024 23:59:59 GMT');
    expect(formatRfc3339('2026-11-21T09:30:00.5+01:00')).toBe('2026-11-21T08:30:00Z');
  });

  test('agree with the language’s own for any instant', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(formatRfc822(date.toISOString())).toBe(date.toUTCString());
        },
      ),
    );
  });

  test('and all the rest are the same in every zone', async () => {
    const program = `
      const { feed } = await import('./src/targets/feed/index.ts');
      const { feedOptions } = await import('./src/targets/feed/options.ts');
      const { parseMarkdown } = await import('./src/reading/parse.ts');
      const { post, site } = JSON.parse(process.argv[1]);
      const target = feed.create('feed', feedOptions.parse({ kind: 'feed' }));
      const whole = { ...site, postsByUrl: new Map(), seriesByPost: new Map() };
      for (const zone of ['Pacific/Kiritimati', 'America/St_Johns']) {
        process.env.TZ = zone;
        const { rendition } = await target.render(post, { tree: parseMarkdown('A *tree*.'), digest: 'd1' }, whole);
        const documents = await target.assemble([rendition], whole);
        console.log(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, documents }));
      }
    `;
    const input = JSON.stringify({ post: makePost({ updatedAt: '2026-12-31T23:30:00Z' }), site: makeSite() });
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program, input], {
      env: { ...process.env, LC_ALL: 'de_DE.UTF-8' },
      encoding: 'utf8',
    });
    const here = (await assemble([makePost({ updatedAt: '2026-12-31T23:30:00Z' })], 'A *tree*.')).documents;
    expect(
      printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { zone: 'Pacific/Kiritimati', documents: here },
      { zone: 'America/St_Johns', documents: here },
    ]);
  });
});

describe('audit', () => {
  const audit = async (changes: Partial<Post>, text?: string, options = {}) =>
    (await makeTarget(options).audit(makePost(changes), makeContent(text), makeSite())).map(
      ({ rule, severity, line, column }) => ({ rule, severity, line, column }),
    );

  test('finds nothing in a good post, with or without a description', async () => {
    expect(await audit({})).toEqual([]);
    const { summary: _summary, ...post } = makePost();
    expect(await makeTarget().audit(post, makeContent(), makeSite())).toEqual([]);
  });

  test('points at HTML that readers drop', async () => {
    const text = 'One.\n\n<div>\n  <script src="x"></script>\n</div>\n\nTwo <canvas></canvas>.\n\n`<script>`';
    expect(await audit({}, text)).toEqual([
      { rule: 'feed-html-lost', severity: 'warning', line: 4, column: 3 },
      { rule: 'feed-html-lost', severity: 'warning', line: 7, column: 5 },
    ]);
    expect(await audit({}, text, { content: 'summary' })).toEqual([]);
  });

  test('warns of a cover that no reader can fetch, and leaves it out', async () => {
    const cover = { url: 'tree.png' };
    expect(await audit({ cover })).toEqual([
      { rule: 'feed-cover-address', severity: 'warning', line: 7, column: 1 },
    ]);
    expect(
      (await makeTarget().render(makePost({ cover }), makeContent(), makeSite())).fields['image'],
    ).toBeNull();
  });

  test('warns of an item so large that readers may give up', async () => {
    const code = (bytes: number) => `\`\`\`\n${'x'.repeat(bytes)}\n\`\`\``;
    expect(await audit({}, code(450_000))).toEqual([]);
    expect(await audit({}, code(510_000))).toEqual([
      { rule: 'feed-item-size', severity: 'warning', line: 2, column: 1 },
    ]);
  });
});

describe('a feed of some posts', () => {
  const takes = (options: object, changes: Partial<Post>): boolean =>
    makeTarget({ ...options }).takes(makePost(changes));

  test('takes those with one of its tags, whatever their case', () => {
    expect(takes({}, { tags: [] })).toBe(true);
    expect(takes({ tags: ['Moss', 'TREES'] }, {})).toBe(true);
    expect(takes({ tags: ['moss'] }, {})).toBe(false);
  });

  test('takes the posts of its series, its hub among them', () => {
    const options = { series: 'Plants' };
    expect(takes(options, { series: { name: 'Plants', part: 2 } })).toBe(true);
    expect(takes(options, { series: { name: 'Plants', hub: true } })).toBe(true);
    expect(takes(options, { series: { name: 'Stones' } })).toBe(false);
    expect(takes(options, {})).toBe(false);
    expect(takes({ ...options, tags: ['moss'] }, { series: { name: 'Plants' } })).toBe(false);
  });

  test('is named after what it holds', async () => {
    expect((await assemble([], undefined, { tags: ['trees', 'moss'] })).atom).toContain(
      '<title>Example &amp; sons: trees, moss</title>',
    );
    expect((await assemble([], undefined, { series: 'Plants' })).atom).toContain('sons: Plants</title>');
    expect((await assemble([], undefined, { series: 'Plants', title: 'Green' })).atom).toContain(
      '<title>Green</title>',
    );
  });
});

describe('what people see of a feed', () => {
  const site = makeSite({ url: 'https://example.com/me', timezone: 'Asia/Tokyo' });
  const post = makePost({ publishAt: '2026-11-20T20:00:00Z' });

  test('is a stylesheet beside it, and a link in each item', async () => {
    const { documents, rss, atom } = await assemble([post], undefined, {}, site);
    expect(textOf(documents, 'feed.css')).toContain('This is a feed');
    for (const text of [rss, atom]) {
      expect(text).toContain('<?xml-stylesheet type="text/css" href="/me/feed.css"?>\n');
      expect(text).toMatch(
        /<div xmlns="http:\/\/www\.w3\.org\/1999\/xhtml" data-day="2026-11-21">\s*<p>Trees are tall\.<\/p>\s*<p>\s*<a href="https:\/\/example\.com\/blog\/on-trees\/">On trees<\/a>/,
      );
    }
  });

  test('is a stylesheet of the site’s own, or none', async () => {
    const own = await assemble([post], undefined, { stylesheet: 'css/feeds.css' });
    expect(own.rss).toContain('href="/css/feeds.css"?>');
    expect(own.documents.map(({ type }) => type)).not.toContain('text/css');
    const none = await assemble([post], undefined, { stylesheet: false });
    expect(none.rss).not.toMatch(/xml-stylesheet|xhtml/);
    expect(none.atom).toContain('<summary>Trees are tall.</summary>');
    expect(none.documents.map(({ type }) => type)).not.toContain('text/css');
  });

  test('is a page with every feed and the newest posts, escaped once', async () => {
    const nasty = makePost({
      title: '</title><script>alert(1)</script> "q" &amp;',
      publishAt: post.publishAt,
    });
    const page = textOf((await assemble([nasty], undefined, {}, site)).documents, 'subscribe.html');
    expect(page).toContain('<title>Subscribe to Example &amp; sons</title>');
    expect(page).toContain(
      '<link rel="alternate" type="application/feed+json" title="Example &amp; sons" href="https://example.com/me/feed.json">',
    );
    expect(page).toContain(
      '<time datetime="2026-11-20T20:00:00Z">2026-11-21</time> <a href="https://example.com/blog/on-trees/" dir="auto">&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; "q" &amp;amp;</a>',
    );
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;link rel="alternate" type="application/rss+xml"');
    expect(textOf((await assemble([])).documents, 'subscribe.html')).toContain('There is none yet.');
  });

  test('is one page, beside the first feed, unless config says otherwise', async () => {
    const pagesOf = async (feeds: Readonly<Record<string, object>>): Promise<readonly string[]> => {
      const siblings = Object.fromEntries(
        Object.entries(feeds).map(([name, given], index) => [
          name,
          feedOptions.parse({
            kind: 'feed',
            path: `${name}/${index}.xml`,
            atom: false,
            json: false,
            ...given,
          }),
        ]),
      );
      const pages = Object.entries(siblings).map(async ([name, options]) => {
        const target = feed.create(name, options, { siblings, ids: {} });
        if (target.granularity !== 'feed') return [];
        return (await target.assemble([], makeSite())).flatMap(({ type, path, text }) =>
          type === 'text/html' ? [`${path} ${text.match(/<strong/g)?.length}`] : [],
        );
      });
      return (await Promise.all(pages)).flat();
    };
    expect(await pagesOf({ a: {}, b: {}, c: { tags: ['x'] } })).toEqual(['a/subscribe.html 3']);
    expect(await pagesOf({ a: { page: false }, b: {} })).toEqual(['b/subscribe.html 2']);
    expect(await pagesOf({ a: {}, b: { page: 'feeds.html' } })).toEqual(['feeds.html 2']);
    expect(await pagesOf({ a: { page: false }, b: { page: false } })).toEqual([]);
  });
});

describe('ids that readers knew before', () => {
  const render = async (guid: string, isPermaLink = false) => {
    const options = feedOptions.parse({ kind: 'feed' });
    const ids = { 'on-trees': { guid, isPermaLink } };
    const target = feed.create('feed', options, { siblings: { feed: options }, ids });
    if (target.granularity !== 'feed') throw new Error('a feed holds many posts');
    const documents = await target.assemble(
      [(await target.render(makePost(), makeContent(), makeSite())).rendition],
      makeSite(),
    );
    return {
      rss: xml.parse(textOf(documents, 'feed.xml')).rss.channel.item[0].guid,
      atom: xml.parse(textOf(documents, 'atom.xml')).feed.entry[0].id,
      json: readJson(documents).items[0]?.['id'],
    };
  };

  test('stay as they were in every format, but for Atom, where an id is a URI', async () => {
    const url = 'https://old.example.org/?p=7';
    expect(await render(url, true)).toEqual({
      rss: { '@_isPermaLink': 'true', '#text': url },
      atom: url,
      json: url,
    });
    const own = 'tag:example.com,2026-01-01:on-trees';
    expect(await render('post 7 & more', true)).toEqual({
      rss: { '@_isPermaLink': 'false', '#text': 'post 7 & more' },
      atom: own,
      json: 'post 7 & more',
    });
    expect(await render('tag:old.example.org,2001:a')).toMatchObject({ atom: 'tag:old.example.org,2001:a' });
  });
});

describe('the whole feed', () => {
  test('is reported when it is larger than readers take', async () => {
    const target = makeTarget();
    const made = (bytes: number) => [
      { path: 'feed.xml', type: 'application/rss+xml', text: 'é'.repeat(bytes / 2) },
    ];
    expect(await target.auditFiles(made(900_000), 'config/broadside.yaml')).toEqual([]);
    expect(await target.auditFiles(made(1_200_000), 'config/broadside.yaml')).toEqual([
      {
        rule: 'feed-size',
        severity: 'warning',
        message: 'feed.xml is 1.2 MB large; readers give up on feeds of a few megabytes, or cut them.',
        remedy: 'Lower targets.feed.limit, or set content to summary for it.',
        file: 'config/broadside.yaml',
        line: 1,
        column: 1,
        target: 'feed',
      },
    ]);
  });
});
