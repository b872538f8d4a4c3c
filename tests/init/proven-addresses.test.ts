import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { defaultConfigPath } from '../../src/config/default-path.ts';
import { readSitemap } from '../../src/init/prove.ts';
import { readPageHead } from '../../src/reading/html/read-page-head.ts';
import { matchPages } from '../../src/reading/match-pages.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const post = (title: string, date: string): string =>
  `---\ntitle: ${title}\ndate: ${date}\n---\n\n${title}, at some length.\n`;

const sitemap = (site: string, ...paths: readonly string[]): string =>
  `<urlset>${paths.map((path) => `<url><loc>${site}${path}</loc></url>`).join('')}</urlset>`;

const blog = {
  'hugo.toml': 'baseURL = "https://stones.example/"\ntitle = "Stones"\n',
  'content/posts/granite.md': post('Granite', '2023-01-02'),
  'content/posts/slate.md': post('Slate', '2023-02-03'),
  'content/posts/chalk.md': post('Chalk', '2024-03-04'),
  'content/posts/later.md': post('Not built yet', '2024-04-05'),
};

/** Runs init on a blog, and gives what it said and the source that it wrote. */
async function init(files: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const folder = openFolder();
  writeFiles(folder, files);
  const run = await runCommand(folder, {}, ['init', '--yes', '--without-workflows', ...words]);
  expect(run.code).toBe(0);
  const config = parse(readFileSync(join(folder, defaultConfigPath), 'utf8'));
  return { ...run, source: config.sources[0] };
}

describe('addresses are held against the site itself', () => {
  it('takes the template from the sitemap of a built site, and post by post what no template makes', async () => {
    const { stdout, source } = await init(
      {
        ...blog,
        'public/index.html': '<h1>Stones</h1>',
        'public/sitemap.xml': sitemap(
          'https://stones.example',
          '/',
          '/tags/chalk/',
          '/p/2023/granite.html',
          '/p/2023/slate.html',
          '/old-chalk-page',
        ),
        'public/index.xml':
          '<rss version="2.0"><channel><title>S</title><item><title>Chalk</title><link>https://stones.example/old-chalk-page</link></item></channel></rss>',
      },
      '--offline',
    );
    expect(source).toMatchObject({
      canonical: '/p/{year}/{slug}.html',
      addresses: { 'content/posts/chalk.md': '/old-chalk-page' },
    });
    expect(stdout).toContain('at /p/{year}/{slug}.html, which public/sitemap.xml has for 2 of 4 posts');
    expect(stdout).toContain(
      'content/posts/chalk.md is at /old-chalk-page. The config has the right address',
    );
  });

  it('reads the pages of a built site that has no sitemap, by what each calls itself', async () => {
    const page = (address: string, title: string): string =>
      `<head><link rel="canonical" href="https://stones.example${address}"></head><h1>${title}</h1>`;
    const { stdout, source } = await init(
      {
        ...blog,
        'web/index.html': '<h1>Stones</h1>',
        'web/posts/granite/index.html': page('/posts/granite', 'Granite'),
        'web/posts/slate/index.html': page('/posts/slate', 'Slate'),
        'web/posts/chalk/index.html': '<meta http-equiv="refresh" content="0; url=/x">',
        'web/posts/white/index.html': page('/posts/white', 'Chalk'),
      },
      '--built',
      'web',
    );
    expect(source).toMatchObject({
      canonical: '/posts/{slug}',
      addresses: { 'content/posts/chalk.md': '/posts/white' },
    });
    expect(stdout).toContain('which web has for 2 of 4 posts');
  });

  it('says plainly that a template that the author gives is wrong', async () => {
    const { stdout, source } = await init(
      {
        ...blog,
        'public/index.html': '',
        'public/sitemap.xml': sitemap('https://stones.example', '/a/granite/', '/a/slate/', '/a/chalk/'),
      },
      '--offline',
      '--canonical',
      '/{slug}',
    );
    expect(source.canonical).toBe('/{slug}');
    expect(Object.keys(source.addresses)).toHaveLength(3);
    expect(stdout).toContain('at /{slug}, which public/sitemap.xml has for 0 of 4 posts');
    expect(stdout).toContain('/{slug} is wrong for all 3 posts tried');
  });

  it('looks at the live site where none was built, unless it is told not to', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const texts: Readonly<Record<string, string>> = {
        '/sitemap-index.xml': `<sitemapindex><sitemap><loc>${site}/map-1.xml</loc></sitemap></sitemapindex>`,
        '/map-1.xml': sitemap('https://www.stones.example', '/w/granite/', '/w/slate/', '/w/chalk/'),
      };
      const text = texts[request.url ?? ''];
      response.writeHead(text === undefined ? 404 : 200).end(text ?? '');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const offline = await init(blog, '--offline', '--url', url);
    expect(asked).toEqual([]);
    expect(offline.source.canonical).toBe('/posts/{slug}/');

    const { stdout, source } = await init(blog, '--url', url);
    expect(asked).toEqual(['/sitemap.xml', '/sitemap-index.xml', '/map-1.xml']);
    expect(source).toEqual({ kind: 'markdown', path: 'content/posts', canonical: '/w/{slug}/' });
    expect(stdout).toContain(`which ${url}/sitemap-index.xml has for 3 of 4 posts`);
    expect(stdout).toContain('gives the site’s address as https://www.stones.example');
  });

  it('says so where the site has none of the posts', async () => {
    const { stdout, source } = await init(
      {
        ...blog,
        'public/index.html': '',
        'public/sitemap.xml': sitemap('https://stones.example', '/about/', '/imprint/'),
      },
      '--offline',
    );
    expect(source.canonical).toBe('/posts/{slug}/');
    expect(stdout).toContain(
      'None of the posts in content/posts could be found in public/sitemap.xml, so /posts/{slug}/ is not proven.',
    );
  });
});

describe('matchPages', () => {
  const sought = (path: string, slug: string, day: string, title = slug) => ({
    path,
    slug,
    name: slug,
    title,
    day,
  });
  const match = (posts: readonly ReturnType<typeof sought>[], ...addresses: readonly string[]) =>
    Object.fromEntries(
      matchPages(
        posts,
        [({ slug }) => `/blog/${slug}/`],
        addresses.map((address) => ({ address })),
      ),
    );

  it('tells two posts of one name apart by their years, and leaves out what it cannot tell', () => {
    const posts = [
      sought('2023/news.md', 'news', '2023-01-02'),
      sought('2024/news.md', 'news', '2024-01-02'),
    ];
    expect(match(posts, '/2023/news/', '/2024/news/', '/news/')).toEqual({
      '2023/news.md': '/2023/news/',
      '2024/news.md': '/2024/news/',
    });
    expect(match(posts, '/x/news/')).toEqual({});
    expect(match([sought('a.md', 'a', '2024-01-02')], '/x/a/', '/y/a/')).toEqual({});
  });

  it('knows a page by its name in another form, or by its post’s title', () => {
    expect(match([sought('On_Rain.md', 'On_Rain', '2024-01-02')], '/w/on-rain.html')).toEqual({
      'On_Rain.md': '/w/on-rain.html',
    });
    expect(match([sought('a.md', 'a', '2024-01-02', 'What’s up?')], '/w/whats-up')).toEqual({
      'a.md': '/w/whats-up',
    });
  });
});

it('reads sitemaps and the heads of pages', () => {
  expect(readSitemap('<urlset><url><loc>https://e.example/?a=1&amp;b=2</loc></url></urlset>')).toEqual({
    pages: ['https://e.example/?a=1&b=2'],
    maps: [],
  });
  expect(
    readSitemap(
      '<sitemapindex><sitemap><loc><![CDATA[https://e.example/m.xml]]></loc></sitemap></sitemapindex>',
    ).maps,
  ).toEqual(['https://e.example/m.xml']);
  expect(readPageHead('<link href=/a rel=canonical><title>T</title><h1 id="t"><a>One</a> two</h1>')).toEqual({
    canonical: '/a',
    title: 'One two',
    leadsOn: false,
  });
});
