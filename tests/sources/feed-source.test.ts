import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { takeCanonicalNotice } from '../../src/sources/feed/find-canonical.ts';
import { htmlToTree } from '../../src/reading/html/html-to-tree.ts';
import { feed as kind } from '../../src/sources/feed/index.ts';
import { feedSourceOptions } from '../../src/sources/feed/options.ts';
import { nameSlug } from '../../src/sources/feed/name-slug.ts';
import { parseFeed } from '../../src/sources/feed/parse-feed.ts';
import { printMarkdown } from '../../src/sources/feed/print-markdown.ts';
import { readFeedDate } from '../../src/sources/feed/read-date.ts';
import { readPlainText } from '../../src/reading/html/read-text.ts';
import { parseMarkdown, parsePost } from '../../src/reading/parse.ts';
import { root } from '../workspace.ts';
import { measureGrowth } from '../measure-cpu.ts';

const fixtures = fileURLToPath(new URL('tests/fixtures/feeds', root));
const signal = new AbortController().signal;
const site = {
  root: fixtures,
  url: 'https://blog.example.com',
  timezone: 'UTC',
  language: 'en',
  author: { name: 'Example Author' },
};

const load = (path: string) =>
  kind.create('blog', feedSourceOptions.parse({ kind: 'feed', path }), site).load(signal);
const parse = (text: string) => parseFeed(new TextEncoder().encode(text));
const rss = (items: string) =>
  `<rss version="2.0"><channel><title>T</title><link>https://example.com/</link>${items}</channel></rss>`;
const markdown = (html: string, base?: string) =>
  printMarkdown({}, htmlToTree(html, base).tree)
    .replace(/^---\n---\n\n?/, '')
    .trimEnd();

describe('feed formats', () => {
  test('RSS: CDATA, domains of categories, two authors, a summary, a cover that is an image', async () => {
    const { posts } = await load('blog.xml');
    expect(posts[0]).toMatchObject({
      id: 'split-cdata',
      canonicalUrl: 'https://blog.example.com/2026/split-cdata.html',
      title: 'Split CDATA & <T> in a title',
      publishAt: '2026-03-02T08:00:00Z',
      summary: 'A summary the author wrote.',
      tags: ['web dev'],
      cover: { url: 'https://cdn.example.com/cover.png' },
      authors: [{ name: 'Example Author' }, { name: 'Second Author' }],
      lang: 'en-GB',
    });
  });

  test('an excerpt is no summary, a guid may be the link, and a script in a title is only text', async () => {
    const { posts } = await load('blog.xml');
    const post = posts.find(({ id }) => id === 'only-a-guid');
    expect(post).toMatchObject({
      canonicalUrl: 'https://blog.example.com/only-a-guid',
      title: '<script>alert(1)</script> in a title',
    });
    expect(post).not.toHaveProperty('summary');
  });

  test('one bad date or link costs one item, and says so', async () => {
    const { posts, diagnostics } = await load('blog.xml');
    expect(posts.map(({ id }) => id)).toEqual(['split-cdata', 'only-a-guid']);
    expect(
      diagnostics.filter(({ severity }) => severity === 'error').map(({ rule, file }) => [rule, file]),
    ).toEqual([
      ['feed-date', 'https://blog.example.com/bad-date'],
      ['feed-link', 'blog.xml'],
    ]);
  });

  test('Atom: prefixes, a link without rel, xml:base, xhtml in its order, labels, one bad date', async () => {
    const source = kind.create('blog', feedSourceOptions.parse({ kind: 'feed', path: 'atom.xml' }), site);
    const { posts, diagnostics } = await source.load(signal);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({
      id: 'fish-and-chips',
      canonicalUrl: 'https://blog.example.com/posts/fish-and-chips/',
      title: 'Fish & Chips',
      publishAt: '2026-03-02T09:00:00Z',
      updatedAt: '2026-03-03T09:00:00Z',
      tags: ['food', 'drink'],
      authors: [{ name: 'Example Author', url: 'https://example.com/' }],
      lang: 'de',
    });
    expect(diagnostics.map(({ message }) => message).join()).toContain('yesterday');
    const [post] = posts;
    if (!post) throw new Error('no post');
    const { tree } = await source.read(post, signal);
    expect(printMarkdown({}, tree)).toContain('One *two* three,\\\nfour `5 < 6`.');
  });

  test('JSON Feed: numbers as ids, text as paragraphs, relative addresses, authors of the feed', async () => {
    const { posts } = await load('feed.json');
    expect(posts).toMatchObject([
      {
        id: 'one',
        publishAt: '2026-03-01T15:00:00Z',
        summary: 'Said shortly.',
        tags: ['a', 'b'],
        cover: { url: 'https://blog.example.com/one.png' },
        authors: [{ name: 'Example Author' }],
        lang: 'en',
      },
      { id: 'two', canonicalUrl: 'https://blog.example.com/two', lang: 'fr' },
    ]);
    const [, two] = (await parseFeed(readFileSync(join(fixtures, 'feed.json')))).items;
    expect(markdown(two?.html ?? '')).toBe('First \\<b>line\\\nsecond line\n\nNext paragraph');
  });

  test('RDF, RSS without a version, and bare ampersands are read', async () => {
    const item = '<item><title>R&D &nbsp; notes</title><link>https://example.com/a?b=1&c=2</link></item>';
    const [found] = (await parse(rss(item).replace(' version="2.0"', ''))).items;
    expect(found).toMatchObject({ title: 'R&D notes', link: 'https://example.com/a?b=1&c=2' });
    const rdf = await parse(
      '<rdf:RDF xmlns:rdf="x"><channel><title>T</title></channel><item rdf:about="https://example.com/1"><title>One</title><link>https://example.com/1</link></item></rdf:RDF>',
    );
    expect(rdf.items[0]).toMatchObject({ title: 'One', link: 'https://example.com/1' });
  });

  test('a copy that names no original counts as its own, and says so where its other faults stand', async () => {
    const { posts, diagnostics } = await load('forem.xml');
    const copies = diagnostics.filter(({ rule }) => rule === 'feed-original');
    expect(copies).toHaveLength(2);
    for (const { file, message } of copies) {
      expect(message).toContain('its own address');
      expect(posts).toContainEqual(
        expect.objectContaining({ canonicalUrl: file, origin: { source: 'blog', path: file } }),
      );
    }
  });

  test('references to characters that XML does not allow are dropped, and a JSON item that is none', async () => {
    const item =
      '<item><title>a&#27;[1mb&#x0;&#xD800;&#1234567890;&#x1F600;</title><link>https://example.com/a</link></item>';
    expect((await parse(rss(item))).items[0]?.title).toBe('a[1mb😀');
    const json = await parse('{"version":"https://jsonfeed.org/version/1.1","items":[null,5,{"title":"A"}]}');
    expect(json.items.map(({ title }) => title)).toEqual(['A']);
  });

  test('only a regular file is read, and what is wrong with another is said', async () => {
    await expect(load('.')).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringContaining('is not a regular file'),
    });
    await expect(load('gone.xml')).rejects.toThrow('gone.xml is not there.');
  });

  test('what is no feed is refused with a remedy', async () => {
    await expect(parse('<!DOCTYPE html><html></html>')).rejects.toMatchObject({ code: 'FEED_INVALID' });
    await expect(parse('<html><body>x</body></html>')).rejects.toThrow('web page');
    await expect(parse('')).rejects.toThrow('empty');
    await expect(parse('{"items": 1}')).rejects.toMatchObject({ code: 'FEED_INVALID' });
    await expect(parse('{')).rejects.toThrow('not JSON');
    await expect(parse('<rss version="2.0"></rss>')).rejects.toThrow('lacks');
    await expect(parse('<rss version="2.0">\n<channel></rss>')).rejects.toMatchObject({
      line: 2,
      message: expect.stringContaining('(line 2).'),
    });
    await expect(parse(rss('<item><title>T').slice(0, -16))).rejects.toThrow('cut off');
  });

  test('entities of its own are refused, an old DOCTYPE is not', async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${rss('<item><title>&b;</title></item>')}`;
    await expect(parse(`<?xml version="1.0"?>\n${bomb}`)).rejects.toThrow('entities');
    const old = `<!DOCTYPE rss PUBLIC "-//X//DTD RSS 0.91//EN" "https://example.com/rss.dtd">${rss('')}`;
    await expect(parse(old)).resolves.toMatchObject({ items: [] });
  });

  test('hostile text is read in time that grows with its length', async () => {
    const growth = await measureGrowth(20_000, async (length) => {
      const text = 'x<p'.repeat(length);
      const { items } = await parse(
        rss(`<item><title>T</title><description><![CDATA[${text}]]></description></item>`),
      );
      expect(items[0]?.html).toHaveLength(text.length);
    });
    expect(growth).toBeLessThan(10);
  });

  test('an item that comes twice is one post; another with the same name is a diagnostic', async () => {
    const item = (guid: string, link: string) =>
      `<item><title>T ${guid}</title><guid isPermaLink="false">${guid}</guid><link>${link}</link><pubDate>0${guid} Mar 2026 10:00 GMT</pubDate><description>x</description></item>`;
    const text = rss(
      item('2', 'https://example.com/b/same') +
        item('1', 'https://example.com/a/same') +
        item('1', 'https://example.com/a/same'),
    );
    const server = createServer((_request, response) => response.end(text)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`;
      const source = kind.create(
        'blog',
        feedSourceOptions.parse({ kind: 'feed', url, allow_private: true }),
        site,
      );
      const { posts, diagnostics } = await source.load(signal);
      expect(posts.map(({ title }) => title)).toEqual(['T 1']);
      expect(diagnostics).toMatchObject([
        { rule: 'feed-duplicate', severity: 'error', file: 'https://example.com/b/same' },
      ]);
    } finally {
      server.close();
    }
  });

  test('exactly one of url and path is given', () => {
    expect(feedSourceOptions.safeParse({ kind: 'feed' }).success).toBe(false);
    expect(
      feedSourceOptions.safeParse({ kind: 'feed', url: 'https://example.com/f', path: 'f' }).success,
    ).toBe(false);
    expect(feedSourceOptions.safeParse({ kind: 'feed', url: 'ftp://example.com/f' }).success).toBe(false);
  });
});

test.each([
  ['Thu, 16 Apr 2026 04:47:31 +0000', '2026-04-16T04:47:31Z'],
  ['Fri, 16 Apr 2026 04:47 EST', '2026-04-16T09:47:00Z'],
  ['16-Apr-26 04:47:31 CEST', '2026-04-16T02:47:31Z'],
  ['16 Apr 2026 04:47:31 +0530 (IST)', '2026-04-15T23:17:31Z'],
  ['2026-04-16T04:47:31.123-02:00', '2026-04-16T06:47:31Z'],
  ['2026-01-16 04:47:31', '2026-01-16T09:47:31Z'],
  ['Thu, 16 Apr 2026 04:47:31 IST', undefined],
  ['31 Feb 2026 04:47:31 GMT', undefined],
  ['Sat Nov 21 2026 08:30:00 GMT+0100 (Central European Standard Time)', '2026-11-21T07:30:00Z'],
  ['Mon, 01 Jan 0001 00:00:00 +0000', undefined],
  ['0', undefined],
  ['1970-01-01T00:00:00Z', undefined],
  ['yesterday', undefined],
])('the date %s is %s', (written, expected) => {
  expect(readFeedDate(written, 'America/New_York')).toBe(expected);
});

test.each([
  ['https://dev.to/me/how-it-works-4k0f', 'forem', 'Anything', 'how-it-works'],
  ['https://medium.com/@me/how-it-works-3f2a9c1b8d7e', 'medium', 'Anything', 'how-it-works'],
  ['https://example.com/how-it-works-4k0f', undefined, 'How It Works', 'how-it-works'],
  ['https://example.com/year-2024', undefined, 'A Year in Review', 'year-2024'],
  ['https://example.com/posts/Über_uns.html', undefined, '', 'uber_uns'],
  ['https://example.com/posts/hello/index.html', undefined, '', 'hello'],
  ['https://example.com/?p=123', undefined, 'From the Title!', 'from-the-title'],
  ['https://example.com/2026/03/17', undefined, 'From the Title', 'from-the-title'],
  ['https://example.com/..%2F..%2Fetc%2Fpasswd', undefined, 'x', 'etc-passwd'],
  ['https://example.com/%2e%2e%5cboot', undefined, 'x', 'boot'],
  ['https://example.com/%00%E0%A4%A', undefined, 'Fallback', '00-e0-a4-a'],
  ['https://example.com/con', undefined, 'x', 'con-post'],
  [undefined, undefined, '日本語の題', '日本語の題'],
] as const)('the name of %s (%s, %s) is %s', (url, platform, title, expected) => {
  expect(nameSlug({ url, platform, title })).toBe(expected);
});

test('a name is never empty, long or a path', () => {
  expect(nameSlug({ title: '...' })).toMatch(/^post-[0-9a-f]{8}$/);
  expect(new TextEncoder().encode(nameSlug({ title: '語'.repeat(300) })).length).toBeLessThanOrEqual(200);
  for (const title of ['../../x', '/etc/passwd', 'a\0b', '.hidden', 'C:\\x']) {
    expect(nameSlug({ title })).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u);
  }
});

test('titles: left-over entities are read, pairs of inline tags go, what looks like a tag stays', () => {
  expect(readPlainText('AT&amp;T&#8217;s  <b>new</b>\n Array<T>')).toBe('AT&T’s new Array<T>');
  expect(readPlainText('a <script>x</script><i>b</i>', 'html')).toBe('a b');
});

describe('the notice that names the original', () => {
  const notice = (text: string) => {
    const tree = parseMarkdown(`Opening.\n\nMiddle.\n\nMore.\n\nText.\n\n${text}\n`);
    return { url: takeCanonicalNotice(tree), blocks: tree.children.length };
  };

  test.each([
    '*Originally published on [blog.example.com](https://blog.example.com/notes/one?utm_source=x).*',
    'This post first appeared on [my blog](https://blog.example.com/notes/one).',
    'This article was originally published at https://blog.example.com/notes/one on March 3, 2026.',
    '> Cross-posted from [One](https://blog.example.com/notes/one)',
    'The post [One](https://blog.example.com/notes/one) appeared first on [An Example](https://blog.example.com/).',
    'Originally published at [blog.example.com](https://blog.example.com) as [One](https://blog.example.com/notes/one)',
    '***\n\nOriginally posted at [One](https://blog.example.com/notes/one#top)',
    'This was first published at [here](https://blog.example.com/notes/one).',
    'I originally wrote this on [here](https://blog.example.com/notes/one).',
    'A version of this article appeared on [here](https://blog.example.com/notes/one).',
    'Crosspost of [here](https://blog.example.com/notes/one)',
    'Original: [here](https://blog.example.com/notes/one)',
    'The original post can be found at [here](https://blog.example.com/notes/one).',
    'You can read the original here: [here](https://blog.example.com/notes/one)',
    'Initially published on [here](https://blog.example.com/notes/one), in March.',
    'Ursprünglich veröffentlicht auf [here](https://blog.example.com/notes/one).',
    'Dieser Beitrag wurde ursprünglich auf [here](https://blog.example.com/notes/one) veröffentlicht.',
    'Originalartikel: [here](https://blog.example.com/notes/one)',
    'Oorspronkelijk gepubliceerd op [here](https://blog.example.com/notes/one).',
    'Ursprungligen publicerad på [here](https://blog.example.com/notes/one)',
    'Initialement publié sur [here](https://blog.example.com/notes/one).',
    'Cet article a été publié pour la première fois sur [here](https://blog.example.com/notes/one).',
    'Article original : [here](https://blog.example.com/notes/one)',
    'Publicado originalmente en [here](https://blog.example.com/notes/one).',
    'Este artículo se publicó originalmente en [here](https://blog.example.com/notes/one).',
    'Originalmente publicado em [here](https://blog.example.com/notes/one).',
    'Pubblicato originariamente su [here](https://blog.example.com/notes/one).',
    'Pierwotnie opublikowano na [here](https://blog.example.com/notes/one).',
    'Původně publikováno na [here](https://blog.example.com/notes/one).',
    'Впервые опубликовано на [here](https://blog.example.com/notes/one).',
    'Оригинал статьи: [here](https://blog.example.com/notes/one)',
    'Bu yazı ilk olarak [here](https://blog.example.com/notes/one) adresinde yayınlandı.',
    'Awalnya diterbitkan di [here](https://blog.example.com/notes/one).',
    'Julkaistu alun perin: [here](https://blog.example.com/notes/one)',
    'Eredetileg megjelent: [here](https://blog.example.com/notes/one).',
    'Δημοσιεύτηκε αρχικά στο [here](https://blog.example.com/notes/one).',
    'Първоначално публикувано в [here](https://blog.example.com/notes/one).',
    'Izvorno objavljeno na [here](https://blog.example.com/notes/one).',
    'Првобитно објављено на [here](https://blog.example.com/notes/one).',
    'Algselt avaldatud: [here](https://blog.example.com/notes/one)',
    'Pirmą kartą publikuota: [here](https://blog.example.com/notes/one)',
    'פורסם במקור ב-[here](https://blog.example.com/notes/one).',
    'نُشر في الأصل على [here](https://blog.example.com/notes/one).',
    'نشر هذا المقال لأول مرة على [here](https://blog.example.com/notes/one)',
    'این مقاله نخستین بار در [here](https://blog.example.com/notes/one) منتشر شده است.',
    'यह लेख मूल रूप से [here](https://blog.example.com/notes/one) पर प्रकाशित हुआ था।',
    'บทความนี้เผยแพร่ครั้งแรกที่ [here](https://blog.example.com/notes/one)',
    '本文首发于 [here](https://blog.example.com/notes/one)。',
    '原文链接：[here](https://blog.example.com/notes/one)',
    'この記事は[here](https://blog.example.com/notes/one)で公開されたものです。',
    '初出：[here](https://blog.example.com/notes/one)',
    '이 글은 [here](https://blog.example.com/notes/one)에 처음 게시되었습니다.',
    '원문: [here](https://blog.example.com/notes/one)',
  ])('is taken out: %s', (text) => {
    expect(notice(text)).toEqual({ url: 'https://blog.example.com/notes/one', blocks: 4 });
  });

  test.each([
    'Originally published at [example.com](https://example.com/).',
    'Originally published at [my blog](https://example.com/blog/).',
    'Originally published in the [Series](https://example.com/series/one).',
    'Originally published in [the book](https://shop.example.com/products/book).',
    'This post belongs to the [Framework](https://example.com/notes/framework) series.',
    'Originally published in 1998, [RFC 1](https://example.com/rfc/one) defines what a ledger is and how to write one.',
    'Originally written in Go, [the tool](https://example.com/tools/one) is fast.',
    'Originally published at [one](https://example.com/p/one) and [two](https://example.com/p/two).',
    'Also published on [Elsewhere](https://elsewhere.example.com/p/one).',
    'We originally published [this](https://example.com/p/one).',
    'Originally written in Go by [Ann](https://example.com/p/ann).',
    'Source: [a study](https://example.com/p/study)',
    'Auch veröffentlicht auf [here](https://elsewhere.example.com/p/one).',
    'Publié aussi sur [here](https://elsewhere.example.com/p/one).',
    '这篇文章介绍 [here](https://example.com/p/one)。',
    'この記事は[here](https://example.com/p/one)の続きです。',
  ])('is not mistaken: %s', (text) => {
    expect(notice(text)).toEqual({ url: undefined, blocks: 5 });
  });

  test('is looked for at either end only', () => {
    const line = 'Originally published at [One](https://blog.example.com/notes/one).';
    const filler = Array.from({ length: 5 }, () => 'Text.').join('\n\n');
    expect(takeCanonicalNotice(parseMarkdown(`${line}\n\n${filler}`))).toBe(
      'https://blog.example.com/notes/one',
    );
    expect(takeCanonicalNotice(parseMarkdown(`${filler}\n\n${line}\n\n${filler}`))).toBeUndefined();
  });
});

describe('highlighted code', () => {
  test.each([
    [
      'Rouge',
      '<div class="highlight js-code-highlight"><pre class="highlight typescript"><code><span class="k">let</span> a\n\n<span>b</span>\n</code></pre></div>',
      'typescript',
    ],
    [
      'Rouge with line numbers',
      '<div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight"><code><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">1\n2\n3\n</pre></td><td class="rouge-code"><pre>let a\n\nb\n</pre></td></tr></tbody></table></code></pre></div></div>',
      'ruby',
    ],
    [
      'Pygments with line numbers',
      '<div class="highlight-python notranslate"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2\n3</pre></div></td><td class="code"><div class="highlight"><pre><span></span><span class="n">let</span> a\n\nb\n</pre></div></td></tr></table></div>',
      'python',
    ],
    [
      'Chroma with line numbers',
      '<div class="highlight"><table class="lntable"><tr><td class="lntd"><pre class="chroma"><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre></td><td class="lntd"><pre class="chroma"><code class="language-go" data-lang="go"><span class="line">let a\n</span><span class="line">\n</span><span class="line">b\n</span></code></pre></td></tr></table></div>',
      'go',
    ],
    [
      'Hexo',
      '<figure class="highlight js"><table><tr><td class="gutter"><pre><span class="line">1</span><br></pre></td><td class="code"><pre><span class="line">let a</span><br><span class="line"></span><br><span class="line">b</span><br></pre></td></tr></table></figure>',
      'js',
    ],
    [
      'Prism',
      '<pre class="line-numbers language-css"><code class="language-css">let <span class="token">a</span>\n\nb<span aria-hidden="true" class="line-numbers-rows"><span></span></span></code></pre>',
      'css',
    ],
    [
      'highlight.js',
      '<pre><code class="hljs javascript"><span class="hljs-keyword">let</span> a\n\nb</code></pre>',
      'javascript',
    ],
    [
      'highlight.js with line numbers',
      '<pre><code class="hljs language-js"><table class="hljs-ln"><tr><td class="hljs-ln-numbers">1</td><td class="hljs-ln-code">let a</td></tr><tr><td class="hljs-ln-numbers">2</td><td class="hljs-ln-code"></td></tr><tr><td class="hljs-ln-numbers">3</td><td class="hljs-ln-code">b</td></tr></table></code></pre>',
      'js',
    ],
    [
      'Shiki',
      '<pre class="shiki nord" data-language="ts"><code><span class="line"><span style="color:#fff">let</span> a</span>\n<span class="line"></span>\n<span class="line">b</span></code></pre>',
      'ts',
    ],
    [
      'a line per element',
      '<pre class="prism-code language-jsx"><div class="token-line">let a</div><div class="token-line"></div><div class="token-line">b</div></pre>',
      'jsx',
    ],
    [
      'GitHub',
      '<div class="highlight highlight-source-js"><pre><span class="pl-k">let</span> a\n\nb</pre></div>',
      'js',
    ],
    ['plain text', '<pre class="highlight plaintext"><code>let a\n\nb</code></pre>', ''],
    ['no highlighter', '<pre>let a<br><br>b</pre>', ''],
  ])('%s comes back as a fence', (_name, html, language) => {
    expect(markdown(`<p>Before:<br>\n</p>${html}<p>After</p>`)).toBe(
      `Before:\n\n\`\`\`${language}\nlet a\n\nb\n\`\`\`\n\nAfter`,
    );
  });

  test('spaces, tabs, backticks and entities in code stay as they are', () => {
    expect(markdown('<pre><code>\n\n  a  \n\tb &lt; &amp;amp;\n```\n</code></pre>')).toBe(
      '````\n\n\n  a  \n\tb < &amp;\n```\n````',
    );
  });
});

describe('HTML', () => {
  test('tables: wrappers, alignment, breaks, pipes in code, blocks in cells', () => {
    expect(
      markdown(
        '<div class="table-wrapper-paragraph"><table><thead><tr><th align="right">A</th><th>B</th></tr></thead><tbody><tr><td>1<br>2<br></td><td><p>x</p><p><code>a|b</code></p></td></tr><tr><td></td><td><ul><li>p</li><li>q</li></ul></td></tr></tbody></table></div>',
      ),
    ).toBe(
      [
        '|      A | B           |',
        '| -----: | ----------- |',
        '| 1<br>2 | x<br>`a\\|b` |',
        '|        | • p<br>• q  |',
      ].join('\n'),
    );
  });

  test('anchors in headings go, links in them stay', () => {
    expect(markdown('<h2>\n  <a name="x" href="#x">\n  </a>\n  Title\n</h2>')).toBe('## Title');
    expect(markdown('<h2>Title<a class="headerlink" href="#t" title="Permalink">¶</a></h2>')).toBe(
      '## Title',
    );
    expect(markdown('<h2><a href="#t">Title</a></h2>')).toBe('## Title');
    expect(markdown('<h2>See <a href="https://example.com/a">A</a></h2>')).toBe(
      '## See [A](https://example.com/a)',
    );
  });

  test('scripts, styles, comments, tracking pixels and unsafe addresses go; their text stays', () => {
    const { tree, missed } = htmlToTree(
      '<script>alert(1)</script><style>p{}</style><!-- x --><p onclick="x">A <a href="java\nscript:alert(1)">b</a> <a href="data:text/html,x">c</a> <img src="https://t.example.com/p.gif" width="1" height="1"><img src="data:image/png;base64,AA" alt="x"></p><form><input type="text"><p>in a form</p></form>',
    );
    expect(printMarkdown({}, tree)).toBe('---\n---\n\nA b c\n\nin a form\n');
    expect(missed).toEqual([
      'a link that runs a script or holds a page became plain text',
      'an image that has no address of its own was left out',
      'a form was left out',
    ]);
  });

  test('relative addresses are resolved, fragments kept, figures become image and caption', () => {
    expect(
      markdown(
        '<figure><img src="a.png" alt="An [odd] one"><figcaption>A <b>caption</b></figcaption></figure><p><a href="../two">two</a> <a href="#three">three</a></p>',
        'https://example.com/posts/one/',
      ),
    ).toBe(
      '<figure>\n\n![An \\[odd\\] one](https://example.com/posts/one/a.png)\n\n<figcaption>\n\nA **caption**\n\n</figcaption>\n</figure>\n\n[two](https://example.com/posts/two) [three](#three)',
    );
  });

  test.each([
    [
      'dev.to: a linked article',
      '<div class="ltag__link"><a href="https://dev.to/me" class="ltag__link__link"><div class="ltag__link__pic"><img src="https://dev.to/a.png"></div></a><a href="https://dev.to/me/two-1a" class="ltag__link__link"><div class="ltag__link__content"><h2>Part two</h2><h3>Me</h3></div></a></div>',
      '[Part two](https://dev.to/me/two-1a)',
    ],
    [
      'dev.to: a card',
      '<div class="crayons-card c-embed"><div class="c-embed__body"><h2 class="fs-xl"><a href="https://example.com/a" class="c-link">A page</a></h2><p>Words</p></div></div>',
      '[A page](https://example.com/a)',
    ],
    [
      'dev.to: a repository',
      '<div class="ltag-github-readme-tag"><div class="readme-overview"><h2><img src="x.svg"><a href="https://github.com/o">o</a> / <a href="https://github.com/o/r">r</a></h2></div><div class="ltag-github-body"><p>Long readme</p></div></div>',
      '[o / r](https://github.com/o/r)',
    ],
    [
      'dev.to: a gist',
      '<div class="ltag_gist-liquid-tag"><script id="gist-ltag" src="https://gist.github.com/o/0a1b.js"></script></div>',
      '<https://gist.github.com/o/0a1b>',
    ],
    [
      'dev.to: a formula',
      '<p>Let <span class="katex-element"><span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span class="katex-html">x2</span></span></span>.</p>',
      'Let `x^2`.',
    ],
    [
      'Medium: a film',
      '<figure><iframe src="https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.youtube.com%2Fembed%2Fabc&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabc"></iframe></figure>',
      '<https://www.youtube.com/watch?v=abc>',
    ],
    [
      'WordPress: another post',
      '<figure class="wp-block-embed is-type-wp-embed"><div class="wp-block-embed__wrapper"><blockquote class="wp-embedded-content"><a href="https://example.com/other/">Other</a></blockquote><iframe class="wp-embedded-content" src="https://example.com/other/embed/#?secret=x"></iframe></div></figure>',
      '[Other](https://example.com/other/)',
    ],
    [
      'WordPress: a bare address',
      '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://example.com/a\n</div></figure><div class="sharedaddy"><p>Share</p></div>',
      '<https://example.com/a>',
    ],
    [
      'Ghost: a bookmark',
      '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://example.com/b"><div class="kg-bookmark-content"><div class="kg-bookmark-title">B</div><div class="kg-bookmark-description">D</div></div></a></figure>',
      '[B](https://example.com/b)',
    ],
    [
      'Ghost: a note and a toggle',
      '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">Mind <b>this</b></div></div><div class="kg-card kg-toggle-card"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">More</h4><button>v</button></div><div class="kg-toggle-content"><p>Inside</p></div></div>',
      '> 💡 Mind **this**\n\n<details>\n<summary>More</summary>\n\nInside\n\n</details>',
    ],
    [
      'Hashnode: an embed and a note',
      '<div class="embed-wrapper"><div class="embed-loading"><div></div></div><a class="embed-card" href="https://example.com/c">https://example.com/c</a></div><div data-node-type="callout"><div data-node-type="callout-emoji">💡</div><div data-node-type="callout-text">Note</div></div>',
      '<https://example.com/c>\n\n> 💡 Note',
    ],
    [
      'Substack: a film, a post, a plea and a footnote',
      '<p>A<a class="footnote-anchor" href="#footnote-1">1</a></p><div class="youtube-wrap"><div class="youtube-inner"><iframe src="https://www.youtube-nocookie.com/embed/abc?rel=0"></iframe></div></div><div class="embedded-post-wrap" data-attrs="{&quot;url&quot;:&quot;https://example.substack.com/p/d&quot;,&quot;title&quot;:&quot;D&quot;}"><a href="https://example.substack.com/p/d">Read</a></div><p class="button-wrapper"><a class="button" href="https://example.substack.com/subscribe?">Subscribe</a></p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-content"><p>Said.</p></div></div>',
      'A[^1]\n\n<https://www.youtube.com/watch?v=abc>\n\n[D](https://example.substack.com/p/d)\n\n[^1]: Said.',
    ],
  ])('%s', (_name, html, expected) => {
    expect(markdown(html)).toBe(expected);
  });

  test('what is printed is read as the same figure, and words are no shortcodes', () => {
    const figure = markdown(
      '<figure><img src="https://example.com/a.png" alt="A"><figcaption>By <a href="https://example.com/b">B</a></figcaption></figure>',
    );
    expect(parsePost(figure).children).toMatchObject([
      {
        type: 'figure',
        children: [
          { type: 'paragraph', children: [{ type: 'image' }] },
          { type: 'figcaption', children: [{ value: 'By ' }, { type: 'link' }] },
        ],
      },
    ]);
    const words = [
      '{{< figure src="x" >}}',
      '{% embed example %}',
      'a {% raw %} b',
      '::youtube[x]',
      ':::note',
    ];
    for (const word of words) {
      expect(parsePost(markdown(`<p>${word.replaceAll('<', '&lt;')}</p>`)).children).toMatchObject([
        { type: 'paragraph', children: [{ type: 'text', value: word }] },
      ]);
    }
    expect(parsePost(markdown('<h2>A {#b}</h2>')).children).toMatchObject([
      { children: [{ value: 'A {#b}' }] },
    ]);
  });

  test('embeds become links, and are told', () => {
    const { tree, missed } = htmlToTree('<iframe src="https://www.youtube.com/embed/abc_1?rel=0"></iframe>');
    expect(printMarkdown({}, tree)).toContain('<https://www.youtube.com/watch?v=abc_1>');
    expect(missed).toEqual(['an embedded frame became a link to https://www.youtube.com/watch?v=abc_1']);
  });

  test('what markdown has no sign for stays HTML; two breaks are a paragraph; footnotes are footnotes', () => {
    expect(markdown('<p>mc<sup>2</sup> <kbd>Esc</kbd></p><ul><li>H<sub>2</sub>O</li></ul>')).toBe(
      'mc<sup>2</sup> <kbd>Esc</kbd>\n\n- H<sub>2</sub>O',
    );
    expect(markdown('<details><summary>More</summary><p>Inside</p></details>')).toBe(
      '<details>\n<summary>More</summary>\n\nInside\n\n</details>',
    );
    expect(markdown('One<br><br>Two<br>Three')).toBe('One\n\nTwo\\\nThree');
    expect(
      markdown(
        '<p>A<sup id="fnref1"><a href="#fn1">1</a></sup>.</p><div class="footnotes"><hr><ol><li id="fn1"><p>Note. <a href="#fnref1">↩</a></p></li></ol></div>',
      ),
    ).toBe('A[^1].\n\n[^1]: Note.');
  });

  test('a list is loose only when its items hold paragraphs', () => {
    expect(markdown('<ul><li>a<ul><li>b</li><li>c<ol><li>d</li></ol></li></ul></li><li>e</li></ul>')).toBe(
      '- a\n  - b\n  - c\n    1. d\n- e',
    );
    expect(markdown('<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>')).toBe('- a\n\n- b\n\n  c');
  });

  test('only the backslashes that are needed are written', () => {
    expect(markdown('<p>a_b ~$5 [x] 1. 2*3*4 &lt;T&gt; &amp;amp; x | y #</p>')).toBe(
      'a_b ~$5 [x] 1. 2\\*3\\*4 \\<T> \\&amp; x | y #',
    );
    expect(markdown('<p># a</p><p>1986. b</p><p>- c</p>')).toBe('\\# a\n\n1986\\. b\n\n\\- c');
  });

  test('HTML nested beyond reason costs one item', async () => {
    const deep = '<b><i>'.repeat(20_000);
    const server = createServer((_request, response) =>
      response.end(
        rss(
          `<item><title>Deep</title><link>https://example.com/deep</link><pubDate>1 Mar 2026 10:00 GMT</pubDate><description><![CDATA[${'<div>'.repeat(30_000)}${deep.slice(0, 6)}]]></description></item><item><title>Fine</title><link>https://example.com/fine</link><pubDate>1 Mar 2026 10:00 GMT</pubDate><description>ok</description></item>`,
        ),
      ),
    ).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`;
      const { posts, diagnostics } = await kind
        .create('blog', feedSourceOptions.parse({ kind: 'feed', url, allow_private: true }), site)
        .load(signal);
      expect(posts.map(({ id }) => id)).toContain('fine');
      expect(diagnostics.map(({ rule }) => rule)).toContain('feed-body');
    } finally {
      server.close();
    }
  });
});

test('markdown to HTML and back is the same tree', () => {
  const text = readFileSync(join(fixtures, 'round-trip.md'), 'utf8');
  const tree = parseMarkdown(text);
  const renderer = unified().use(remarkRehype).use(rehypeStringify);
  const html = renderer.stringify(renderer.runSync(structuredClone(tree)));
  const again = parseMarkdown(printMarkdown({}, htmlToTree(html).tree).replace(/^---\n---\n\n/, ''));
  expect(forget(again)).toEqual(forget(tree));
});

function forget(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) =>
      key === 'position' || (key === 'title' && !value) ? undefined : value,
    ),
  );
}
