import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toString } from 'mdast-util-to-string';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { digestText } from '../../src/base/digest.ts';
import { undated } from '../../src/model/post.ts';
import type { Loaded } from '../../src/model/source.ts';
import { checkPosts } from '../../src/blog/check-posts.ts';
import { loadFile, markdown } from '../../src/sources/markdown/index.ts';
import { markdownOptions } from '../../src/sources/markdown/options.ts';
import { readFileName } from '../../src/sources/markdown/read-file-name.ts';
import { auditBody } from '../../src/blog/audit-body.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { openFolder, root, writeFiles } from '../workspace.ts';
import { measureCpu } from '../measure-cpu.ts';

const { signal } = new AbortController();
const fixtures = fileURLToPath(new URL('tests/fixtures/', root));

function siteAt(folder: string) {
  return {
    root: folder,
    url: 'https://example.com',
    timezone: 'Europe/London',
    language: 'en',
    author: { name: 'Example Author', url: 'https://example.com/about' },
  };
}

function openSource(folder: string, given: Readonly<Record<string, unknown>> = {}) {
  const options = markdownOptions.parse({ kind: 'markdown', ...given });
  return markdown.create('blog', options, siteAt(folder));
}

function loadFolder(folder: string, given: Readonly<Record<string, unknown>> = {}): Promise<Loaded> {
  return openSource(folder, given).load(signal);
}

async function loadFiles(
  files: Readonly<Record<string, string>>,
  given: Readonly<Record<string, unknown>> = {},
) {
  const folder = openFolder();
  writeFiles(folder, files);
  return loadFolder(folder, given);
}

function listFaults({ diagnostics }: Pick<Loaded, 'diagnostics'>): readonly string[] {
  return diagnostics.map(
    ({ file, line, column, severity, rule }) => `${file}:${line}:${column} ${severity} ${rule}`,
  );
}

const sound = '---\ntitle: A\ndate: 2026-01-01\n---\n\nText.\n';

describe('readFileName', () => {
  test.each([
    ['posts/walks.md', { slug: 'walks', draft: false }],
    ['posts/2026-01-02-walks.md', { slug: 'walks', day: '2026-01-02', draft: false }],
    ['posts/2026-01-02_walks.markdown', { slug: 'walks', day: '2026-01-02', draft: false }],
    ['posts/2026-01-02--walks.md', { slug: 'walks', day: '2026-01-02', draft: false }],
    ['posts/2026-01-02-walks/index.md', { slug: 'walks', day: '2026-01-02', draft: false }],
    ['posts/2026-01-02/walks.md', { slug: 'walks', day: '2026-01-02', draft: false }],
    ['posts/2026-01-02.md', { slug: '2026-01-02', day: '2026-01-02', draft: false }],
    ['posts/walks.de.md', { slug: 'walks.de', lang: 'de', draft: false }],
    ['posts/walks/index.pt-br.md', { slug: 'walks.pt-br', lang: 'pt-br', draft: false }],
    ['posts/node.js.md', { slug: 'node.js', draft: false }],
    ['_drafts/walks.md', { slug: 'walks', draft: true }],
    ['a/_drafts/walks/index.md', { slug: 'walks', draft: true }],
    ['index.md', { slug: 'index', draft: false }],
    ['notes.txt', { slug: 'notes', draft: false }],
    ['.md', { slug: '.md', draft: false }],
    ['posts/2026/01/02/walks.md', { slug: 'walks', day: '2026-01-02', draft: false }],
    ['posts/2026/01-02-walks.md', { slug: '01-02-walks', day: '2026-01-02', draft: false }],
    ['posts/2026/01/02/index.md', { slug: '2026-01-02', day: '2026-01-02', draft: false }],
    ['posts/walks/2026-01-02-index.md', { slug: 'walks', day: '2026-01-02', draft: false }],
    ['routes/walks/+page.md', { slug: 'walks', draft: false }],
    ['app/walks/page.mdx', { slug: 'walks', draft: false }],
    ['posts/page.md', { slug: 'page', draft: false }],
  ])('%s', (path, name) => {
    const { slug, day, lang, draft } = readFileName(path);
    expect({ slug, day, lang, draft }).toEqual({ day: undefined, lang: undefined, ...name });
  });
});

describe('blogs as they are', () => {
  test('dates in file names, a drafts folder, paths in permalinks', async () => {
    const loaded = await loadFolder(join(fixtures, 'blog-jekyll'), {
      path: '.',
      canonical: '/{year}/{month}/{day}/{slug}.html',
    });
    expect(listFaults(loaded)).toEqual(['_drafts/third-steps.md:1:1 warning post-date-missing']);
    expect(loaded.posts).toEqual([
      expect.objectContaining({ id: 'third-steps', draft: true, publishAt: undated }),
      {
        id: 'first-steps',
        origin: { source: 'blog', path: '_posts/2026-01-02-first-steps.md' },
        canonicalUrl: 'https://example.com/2026/01/02/first-steps.html',
        title: 'First steps: a map',
        summary: 'How the map was drawn.',
        publishAt: '2026-01-02T08:30:00Z',
        draft: false,
        tags: ['notes', 'maps'],
        authors: [{ name: 'Example Author', url: 'https://example.com/about' }],
        lang: 'en',
        syndicate: {},
        places: {
          title: { line: 3, column: 1 },
          date: { line: 4, column: 1 },
          tags: { line: 5, column: 1 },
          description: { line: 6, column: 1 },
        },
      },
      expect.objectContaining({
        id: 'second-steps',
        canonicalUrl: 'https://example.com/walks/second/',
        summary: 'Where the map led.',
        publishAt: '2026-01-05T00:00:00Z',
        tags: ['walking', 'maps'],
        cover: { url: 'https://example.com/walks/second/second.png', alt: 'A path between two hills' },
        syndicate: { devto: { tags: ['walking'], at: '2026-01-09T08:00:00Z' }, linkedin: true },
      }),
    ]);
  });

  test('tags in one text are parted by commas, or by blanks where Jekyll does so', async () => {
    const write = (fields: string) => `---\ntitle: A\ndate: 2026-01-01\n${fields}\n---\n`;
    const { posts } = await loadFiles(
      {
        'blog/_posts/2026-01-01-a.md': write('tags: ruby  rails web-dev'),
        'blog/_posts/2026-01-02-b.md': write('tags: "bread, rye flour"'),
        'blog/_posts/2026-01-03-c.md': write('categories: jekyll update'),
        'blog/_posts/2026-01-04-d.md': write('category: rye bread'),
        'blog/_posts/2026-01-05-e.md': write('tags: [rye bread, flour]'),
        'blog/notes/f.md': write('tags: rye bread'),
      },
      { path: 'blog' },
    );
    expect(posts.map(({ tags }) => tags)).toEqual([
      ['ruby', 'rails', 'web-dev'],
      ['bread', 'rye flour'],
      ['jekyll', 'update'],
      ['rye bread'],
      ['rye bread', 'flour'],
      ['rye bread'],
    ]);
  });

  test('TOML, a folder a post, translations', async () => {
    const loaded = await loadFolder(join(fixtures, 'blog-hugo'), { path: 'content', canonical: '/{slug}/' });
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.posts).toMatchObject([
      { id: 'caching', title: 'Caching', draft: true, publishAt: '2026-02-03T10:00:00Z' },
      { id: 'slow-builds.de', lang: 'de', publishAt: '2026-07-01T07:00:00Z' },
      {
        id: 'slow-builds',
        lang: 'en',
        canonicalUrl: 'https://example.com/slow-builds/',
        publishAt: '2026-06-30T23:00:00Z',
        updatedAt: '2026-07-04T16:00:00Z',
        tags: ['builds', 'caching'],
        series: { name: 'Builds', part: 1 },
        cover: { url: 'https://example.com/img/builds.png', alt: 'A clock' },
      },
    ]);
  });

  test('translations in folders that their languages name are posts of the folder above', async () => {
    const files = {
      'posts/walk/index.md': sound,
      'posts/walk/fr/index.mdx': sound,
      'posts/walk/pt-br/index.md': sound,
      'posts/2026-03-02-run/de/index.md': '---\ntitle: B\n---\n\nText.\n',
      'posts/2026-03-02-run/en/index.md': '---\ntitle: B\n---\n\nText.\n',
      'posts/swim/de/index.md': sound,
      'posts/editors/vi/index.md': sound,
      'posts/it/index.md': sound,
    };
    const { posts, diagnostics } = await loadFiles(files);
    expect(diagnostics).toEqual([]);
    expect(posts.map(({ id, lang }) => `${id} ${lang}`)).toEqual([
      'run-de de',
      'run-en en',
      'vi en',
      'it en',
      'swim-de de',
      'walk-fr fr',
      'walk en',
      'walk-pt-br pt-br',
    ]);
    expect(posts[0]).toMatchObject({
      publishAt: '2026-03-02T00:00:00Z',
      canonicalUrl: 'https://example.com/blog/run/de',
    });
    const told = await loadFiles(files, { canonical: '/{lang}/{folder}/{slug}/' });
    expect(told.posts.map(({ canonicalUrl }) => canonicalUrl.slice('https://example.com'.length))).toEqual([
      '/de/run/',
      '/en/run/',
      '/en/editors/vi/',
      '/en/it/',
      '/de/swim/',
      '/fr/walk/',
      '/en/walk/',
      '/pt-br/walk/',
    ]);
  });

  test('a post that gets its first sibling in another language is read anew', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'posts/walk/fr/index.md': sound });
    const ids = async () => {
      const source = openSource(folder);
      const { posts } = await source.load(signal);
      source.remember?.();
      return posts.map(({ id }) => id);
    };
    expect(await ids()).toEqual(['fr']);
    writeFiles(folder, { 'posts/walk/index.md': sound });
    expect(await ids()).toEqual(['walk-fr', 'walk']);
    rmSync(join(folder, 'posts/walk/index.md'));
    expect(await ids()).toEqual(['fr']);
  });

  test('no front matter: the name has the date, the only top heading is the title', async () => {
    const loaded = await loadFolder(join(fixtures, 'blog-plain'));
    expect(loaded.posts).toMatchObject([
      {
        id: 'no-fences',
        title: 'No fences at all',
        publishAt: '2026-03-04T00:00:00Z',
        canonicalUrl: 'https://example.com/blog/no-fences',
        places: { title: { line: 1, column: 1 } },
      },
    ]);
    expect(loaded.diagnostics).toEqual([]);
  });

  test('a README without front matter is no post, another file without one is a fault', async () => {
    const loaded = await loadFiles({
      'posts/README.md': '# Read me\n\nAbout this folder.\n',
      'posts/a/Readme.md': 'About that folder.\n',
      'posts/notes.md': '# Notes\n\nText.\n',
      'posts/b/readme.md': sound,
    });
    expect(listFaults(loaded)).toEqual(['posts/notes.md:1:1 error post-front-matter-missing']);
    expect(loaded.diagnostics[0]?.message).toContain('no date');
    expect(loaded.posts.map(({ id }) => id)).toEqual(['readme']);
  });

  test('each fault is a diagnostic with its place, and the sound posts are loaded', async () => {
    const folder = join(fixtures, 'blog-faults');
    const loaded = await loadFolder(folder);
    expect(listFaults(loaded)).toEqual([
      'posts/bad-date.md:3:1 error post-date-invalid',
      'posts/bad-toml.md:2:9 error post-front-matter-invalid',
      'posts/bad-yaml.md:2:8 error post-front-matter-invalid',
      'posts/component.mdx:1:1 error post-front-matter-missing',
      'posts/empty.md:1:1 error post-empty',
      'posts/executable.md:1:1 error post-front-matter-executable',
      'posts/folder.md:1:1 error post-unreadable',
      'posts/no-date.md:1:1 error post-date-missing',
      'posts/no-title.md:1:1 error post-title-missing',
      'posts/trick.md:4:1 error post-id-invalid',
      'posts/typo.md:4:1 warning post-field-near-miss',
      'posts/unclosed.md:1:1 error post-front-matter-unclosed',
    ]);
    expect(loaded.posts.map(({ id }) => id)).toEqual(['sound', 'typo']);
    expect(existsSync(join(folder, 'posts/ran')) || existsSync('ran')).toBe(false);
    for (const { message, remedy } of loaded.diagnostics) {
      expect(message).toMatch(/^[^\n]+\.$/);
      expect(remedy).toMatch(/^[^\n]+\.$/);
    }
  });

  test('the order is that of the paths, each time', async () => {
    const files = {
      'posts/b.md': sound,
      'posts/a/index.md': sound,
      'posts/a.md': sound,
      'posts/Z.md': sound,
    };
    const { posts } = await loadFiles(files);
    expect(posts.map(({ origin }) => origin.path)).toEqual([
      'posts/Z.md',
      'posts/a/index.md',
      'posts/a.md',
      'posts/b.md',
    ]);
  });
});

describe('names', () => {
  test('a date in the file name that the front matter contradicts is a warning', async () => {
    const loaded = await loadFiles({
      'posts/2026-01-03-a.md': sound,
      'posts/2026-01-01-b.md': sound,
      'posts/2026-01-01-c.md': '---\ntitle: C\ndate: 2026-01-01T23:30:00-08:00\n---\n',
      'posts/2026-07-02-d.md': '---\ntitle: D\ndate: 2026-07-01T23:30:00Z\n---\n',
    });
    expect(listFaults(loaded)).toEqual(['posts/2026-01-03-a.md:3:1 warning post-field-conflict']);
    expect(loaded.posts.map(({ publishAt }) => publishAt.slice(0, 10))).toEqual([
      '2026-01-01',
      '2026-01-02',
      '2026-01-01',
      '2026-07-01',
    ]);
  });

  test('a date in the file name that does not exist is an error where it is needed', async () => {
    const loaded = await loadFiles({
      'posts/2026-02-31-a.md': '---\ntitle: A\n---\n',
      'posts/2026-02-31-b.md': '---\ntitle: B\ndate: 2026-02-28\n---\n',
    });
    expect(listFaults(loaded)).toEqual([
      'posts/2026-02-31-a.md:1:1 error post-date-invalid',
      'posts/2026-02-31-b.md:3:1 warning post-field-conflict',
    ]);
  });

  test.each([
    ['slug: /a/b/', 'a-b', 'https://example.com/blog/a/b'],
    ['slug: a b?c#d', 'a b?c#d', 'https://example.com/blog/a%20b%3Fc%23d'],
    ['id: "2026"\nslug: x', '2026', 'https://example.com/blog/x'],
    ['slug: ünïcode', 'ünïcode', 'https://example.com/blog/%C3%BCn%C3%AFcode'],
  ])('%j', async (yaml, id, canonicalUrl) => {
    const loaded = await loadFiles({ 'posts/a.md': `---\ntitle: A\ndate: 2026-01-01\n${yaml}\n---\n` });
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.posts).toMatchObject([{ id, canonicalUrl }]);
  });

  test.each([
    ['id: ../x', 'post-id-invalid'],
    ['id: a/b', 'post-id-invalid'],
    ['id: "a\\\\b"', 'post-id-invalid'],
    ['id: .hidden', 'post-id-invalid'],
    ['id: "a\\u0007b"', 'post-id-invalid'],
    ['id: "a\\u202Eb"', 'post-id-invalid'],
    [`id: ${'x'.repeat(201)}`, 'post-id-invalid'],
    ['slug: ../x', 'post-slug-invalid'],
    ['slug: a//b', 'post-slug-invalid'],
    ['slug: /', 'post-slug-invalid'],
  ])('%j is %s', async (yaml, rule) => {
    const loaded = await loadFiles({ 'posts/a.md': `---\ntitle: A\ndate: 2026-01-01\n${yaml}\n---\n` });
    expect(loaded.posts).toEqual([]);
    expect(listFaults(loaded)).toEqual([`posts/a.md:4:1 error ${rule}`]);
  });

  test('dots, underscores and node_modules are passed over', async () => {
    const loaded = await loadFiles({
      'posts/.hidden.md': 'x',
      'posts/.git/a.md': 'x',
      'posts/_index.md': 'x',
      'posts/_parts/a.md': 'x',
      'posts/node_modules/a/README.md': 'x',
      'posts/a.txt': 'x',
    });
    expect(loaded).toEqual({ posts: [], diagnostics: [] });
  });
});

describe('what is no post of its own', () => {
  test('a folder’s page above its posts, and files beside a post that is an index, are passed over', async () => {
    const loaded = await loadFiles({
      'posts/index.md': '# All posts\n',
      'posts/2026/index.md': '---\ntitle: This year\n---\n',
      'posts/2026/a/index.md': sound,
      'posts/2026/a/part.md': 'A piece.\n',
      'posts/2026/a/parts/more.md': '---\ntitle: More\n---\n',
      'posts/2026/a/own.md': sound,
    });
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.posts.map(({ origin }) => origin.path)).toEqual([
      'posts/2026/a/index.md',
      'posts/2026/a/own.md',
    ]);
  });

  test('of files with one name and one id, one is the post, and what a person may have written is told', async () => {
    const loaded = await loadFiles({
      'posts/a/index.markdown': sound,
      'posts/a/index.md': sound,
      'posts/a/index.qmd': 'Not rendered yet.\n',
      'posts/a/index.mdx': sound.replace('title', 'id: other\ntitle'),
      'posts/b.mdx': sound,
      'posts/b.qmd': sound,
      'posts/c.qmd': sound,
    });
    expect(loaded.posts.map(({ origin, id }) => `${origin.path} ${id}`)).toEqual([
      'posts/a/index.md a',
      'posts/a/index.mdx other',
      'posts/b.mdx b',
      'posts/c.qmd c',
    ]);
    expect(listFaults(loaded)).toEqual(['posts/a/index.markdown:1:1 warning post-file-twin']);
  });

  test('elsewhere a file without a date is an error', async () => {
    const loaded = await loadFiles({
      'posts/a.md': sound,
      'posts/b.md': 'A piece.\n',
      'posts/c/index.md': 'C\n',
    });
    expect(listFaults(loaded)).toEqual([
      'posts/b.md:1:1 error post-front-matter-missing',
      'posts/c/index.md:1:1 error post-front-matter-missing',
    ]);
  });
});

describe('canonical template', () => {
  test.each([
    ['/{year}/{month}/{day}/{slug}/', 'https://example.com/2026/07/01/a/'],
    ['https://blog.example.com/{id}', 'https://blog.example.com/a'],
  ])('%s, in the zone of the site', async (canonical, url) => {
    const { posts } = await loadFiles(
      { 'posts/a.md': '---\ntitle: A\ndate: 2026-06-30T23:30:00Z\n---\n' },
      { canonical },
    );
    expect(posts[0]?.canonicalUrl).toBe(url);
  });

  test.each([
    ['posts/2019/On Rain/index.md', '', '/{folder}/{slug:lower}/', '/2019/on-rain/'],
    ['posts/rain.md', '', '/{folder}/{slug}', '/rain'],
    ['posts/2026-01-02-rain.md', '', '/{name}', '/2026-01-02-rain'],
    ['posts/rain.md', 'slug: wet', '/{title}/', '/wet/'],
    ['posts/rain.md', '', '/{title}/', '/whats-rain-2/'],
    ['posts/rain.md', 'categories: Wet days', '/{categories}/{slug}', '/wet/days/rain'],
    ['posts/rain.md', 'category: Wet days', '/{categories}/{slug}', '/wet%20days/rain'],
    ['posts/rain.fr.md', '', '/{lang}/{slug}', '/fr/rain'],
    ['posts/fr/a/rain.md', '', '/{lang?}/{folder}/{slug}', '/fr/a/rain'],
    ['posts/en/a/rain.md', '', '/{lang?}/{folder}/{slug}', '/a/rain'],
    ['posts/rain.md', '', '/{lang?}/{slug}', '/rain'],
    ['posts/rain.md', '', '/{lang}/{slug}', '/en/rain'],
    ['posts/fr/rain.md', '', '/{folder}/{slug}', '/fr/rain'],
  ])('%s with %j at %s', async (file, line, canonical, path) => {
    const text = `---\ntitle: "What’s rain (2)?"\ndate: 2026-01-02\n${line}\n---\nText.\n`;
    const { posts, diagnostics } = await loadFiles({ [file]: text }, { canonical });
    expect(diagnostics).toEqual([]);
    expect(posts[0]?.canonicalUrl).toBe(`https://example.com${path}`);
  });

  test('the address has the date, and the post comes out on its publishDate', async () => {
    const { posts, diagnostics } = await loadFiles(
      {
        'posts/a.md':
          '---\ntitle: A\ndate: 2026-01-02\npublishDate: 2027-03-04\nexpiryDate: 2028-01-01\n---\nText.\n',
      },
      { canonical: '/{year}/{slug}' },
    );
    expect(diagnostics).toEqual([]);
    expect(posts).toMatchObject([
      {
        canonicalUrl: 'https://example.com/2026/a',
        publishAt: '2027-03-04T00:00:00Z',
        expiresAt: '2028-01-01T00:00:00Z',
      },
    ]);
  });

  test('an address in the config comes first, and a source may have a language of its own', async () => {
    const { posts } = await loadFiles(
      { 'posts/a.md': '---\ntitle: A\ndate: 2026-06-30\npermalink: /x\n---\n', 'posts/b.md': sound },
      { addresses: { 'posts/a.md': '/old/A.html' }, lang: 'fr' },
    );
    expect(posts.map(({ canonicalUrl, lang }) => [canonicalUrl, lang])).toEqual([
      ['https://example.com/old/A.html', 'fr'],
      ['https://example.com/blog/b', 'fr'],
    ]);
  });

  test('a draft without a date has letters in place of one', async () => {
    const { posts } = await loadFiles(
      { 'posts/a.md': '---\ntitle: A\ndraft: true\n---\n' },
      { canonical: '/{year}/{month}/{slug}/' },
    );
    expect(posts[0]?.canonicalUrl).toBe('https://example.com/YYYY/MM/a/');
  });

  test.each(['/blog/{nome}', '/{year}/{folder}/', 'blog/{slug}', '//example.com/{slug}', '/{slug}/{}'])(
    '%s is refused by the config',
    (canonical) => {
      expect(markdownOptions.safeParse({ kind: 'markdown', canonical }).success).toBe(false);
    },
  );

  test('the options have defaults, a schema, and no unknown names', () => {
    expect(markdownOptions.parse({ kind: 'markdown' })).toEqual({
      kind: 'markdown',
      as: 'posts',
      path: 'posts',
      canonical: '/blog/{slug}',
      addresses: {},
      fields: {},
      syntax: {
        components: {},
        directives: {},
        shortcodes: true,
        math: false,
        breaks: false,
        emoji: false,
        scripts: false,
        mdx: false,
      },
    });
    expect(markdownOptions.safeParse({ kind: 'markdown', fields: { subtitle: 'x' } }).success).toBe(false);
    const unclear = { kind: 'markdown', syntax: { components: { Chart: 'chart' } } };
    expect(markdownOptions.safeParse(unclear).success).toBe(false);
    expect(z.toJSONSchema(markdownOptions, { io: 'input' })).toMatchObject({ type: 'object' });
  });

  test('fields are mapped', async () => {
    const { posts } = await loadFiles(
      { 'posts/a.md': '---\nheading: A\nmeta: { day: 2026-01-01 }\n---\n' },
      { fields: { title: 'heading', date: 'meta.day' } },
    );
    expect(posts).toMatchObject([{ title: 'A', publishAt: '2026-01-01T00:00:00Z' }]);
  });
});

describe('title', () => {
  test.each([
    ['# One\n\nText.\n\n## Two\n', 'One'],
    ['# *One* `two`\n', 'One two'],
    ['```\n# No\n```\n\n# Yes\n', 'Yes'],
  ])('%j has a title', async (body, title) => {
    const { posts } = await loadFiles({ 'posts/a.md': `---\ndate: 2026-01-01\ntitle:\n---\n${body}` });
    expect(posts[0]?.title).toBe(title);
    expect(posts[0]?.places.title?.line).toBeGreaterThan(4);
  });

  test.each(['Text.', '# One\n\n# Two\n', '#\n', '> # Quoted\n'])('%j has none', async (body) => {
    const loaded = await loadFiles({ 'posts/a.md': `---\ndate: 2026-01-01\n---\n${body}` });
    expect(listFaults(loaded)).toEqual(['posts/a.md:1:1 error post-title-missing']);
  });
});

describe('covers', () => {
  test.each([
    ['cover: hero.png', 'https://example.com/blog/hero.png'],
    ['cover: /img/hero.png', 'https://example.com/img/hero.png'],
    ['cover: https://cdn.example/hero.png', 'https://cdn.example/hero.png'],
    ['image: { Path: /img/hero.png, width: 1200 }', 'https://example.com/img/hero.png'],
  ])('%s', async (yaml, url) => {
    const { posts } = await loadFiles({
      'posts/a.md': `---\ntitle: A\ndate: 2026-01-01\n${yaml}\n---\n`,
      'posts/hero.png': '',
    });
    expect(posts[0]?.cover).toEqual({ url });
  });

  test('one of a site that lives below a folder is in that folder', async () => {
    const folder = openFolder();
    const text = '---\ntitle: A\ndate: 2026-01-01\nimage: /assets/a.png\n---\n';
    writeFiles(folder, { 'posts/a.md': text, 'assets/a.png': '' });
    const site = { ...siteAt(folder), url: 'https://example.com/project' };
    const source = markdown.create('blog', markdownOptions.parse({ kind: 'markdown' }), site);
    const { posts } = await source.load(signal);
    expect(posts[0]?.cover).toEqual({ url: 'https://example.com/project/assets/a.png' });
  });

  test('one that readers cannot load is left out', async () => {
    const loaded = await loadFiles({
      'posts/a.md': '---\ntitle: A\ndate: 2026-01-01\ncover: "file:///hero.png"\n---\n',
    });
    expect(listFaults(loaded)).toEqual(['posts/a.md:4:1 warning post-cover-invalid']);
    expect(loaded.posts[0]?.cover).toBeUndefined();
  });

  test('an override has its own', async () => {
    const { posts } = await loadFiles({
      'posts/a.md':
        '---\ntitle: A\ndate: 2026-01-01\nsyndicate: { devto: { cover: { src: /b.png, alt: B } } }\n---\n',
    });
    expect(posts[0]?.syndicate).toEqual({ devto: { cover: { url: 'https://example.com/b.png', alt: 'B' } } });
  });
});

describe('files', () => {
  test('front matter larger than the first read', async () => {
    const long = `title: A\ndate: 2026-01-01\ndescription: >\n${'  many words, some of them süß\n'.repeat(300)}tags: [last]`;
    const { posts, diagnostics } = await loadFiles({
      'posts/a.md': `---\r\n${long}\r\n---\r\n\r\nText.\r\n`,
    });
    expect(diagnostics).toEqual([]);
    expect(posts[0]?.tags).toEqual(['last']);
    expect(posts[0]?.summary?.length).toBeGreaterThan(8000);
  });

  test.each(Array.from({ length: 8 }, (_, shift) => 4096 - 4 + shift))(
    'a closing fence at byte %i',
    async (byte) => {
      const head = '---\ntitle: A\ndate: 2026-01-01\nnote: ';
      const { posts } = await loadFiles({
        'posts/a.md': `${head}${'x'.repeat(byte - head.length - 1)}\n---\nText with ---dashes.\n`,
      });
      expect(posts.map(({ title }) => title)).toEqual(['A']);
    },
  );

  test('a front matter that is never closed is not read for ever', async () => {
    const loaded = await loadFiles({ 'posts/a.md': `---\ntitle: A\n${'text\n'.repeat(200_000)}` });
    expect(listFaults(loaded)).toEqual(['posts/a.md:1:1 error post-front-matter-unclosed']);
  });

  test('the body is not read until it is asked for', async () => {
    const folder = openFolder();
    mkdirSync(join(folder, 'posts'));
    const body = Buffer.concat([Buffer.from(sound), Buffer.alloc(1024 * 1024, 'word '), Buffer.from([0xff])]);
    writeFileSync(join(folder, 'posts/huge.md'), body);
    const source = openSource(folder);
    const { posts, diagnostics } = await source.load(signal);
    expect(diagnostics).toEqual([]);
    const [post] = posts;
    if (!post) throw new Error('the post was not loaded');
    await expect(source.read(post, signal)).rejects.toMatchObject({
      code: 'POST_UNREADABLE',
      file: 'posts/huge.md',
    });
  });

  test('a huge file is refused before it is parsed, and so is one that grows', async () => {
    const folder = openFolder();
    const huge = `---\ndate: 2026-01-01\n---\n${'# Heading\n\nWords and words.\n\n'.repeat(120_000)}`;
    writeFiles(folder, { 'posts/a.md': huge, 'posts/b.md': sound });
    const milliseconds = await measureCpu(async () => {
      const source = openSource(folder);
      const { posts, diagnostics } = await source.load(signal);
      expect(listFaults({ diagnostics })).toEqual(['posts/a.md:1:1 error post-too-large']);
      writeFiles(folder, { 'posts/b.md': huge });
      const [post] = posts;
      if (!post) throw new Error('the post was not loaded');
      await expect(source.read(post, signal)).rejects.toMatchObject({ code: 'POST_UNREADABLE' });
    });
    expect(milliseconds).toBeLessThan(5000);
  });

  test('bytes that are not UTF-8 have their place, and the others go on', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'posts/sound.md': sound });
    const start = Buffer.from('---\ntitle: Caf');
    writeFileSync(
      join(folder, 'posts/latin.md'),
      Buffer.concat([start, Buffer.from([0xe9]), Buffer.from('\n---\n')]),
    );
    writeFileSync(join(folder, 'posts/utf-16.md'), Buffer.from('\uFEFF---\ntitle: A\n---\n', 'utf16le'));
    const loaded = await loadFolder(folder);
    expect(listFaults(loaded)).toEqual([
      'posts/latin.md:2:11 error post-encoding',
      'posts/utf-16.md:1:1 error post-encoding',
    ]);
    expect(loaded.posts.map(({ id }) => id)).toEqual(['sound']);
  });

  test('a byte order mark and CRLF change neither places nor the digest', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'posts/a.md': `\uFEFF${sound.replaceAll('\n', '\r\n')}`, 'posts/b.md': sound });
    const source = openSource(folder);
    const { posts } = await source.load(signal);
    const [a, b] = await Promise.all(posts.map((post) => source.read(post, signal)));
    expect(posts[0]?.places).toEqual(posts[1]?.places);
    expect(a).toEqual(b);
    expect(a?.digest).toBe(digestText(sound));
    expect(a?.tree.children.map(({ type }) => type)).toEqual(['yaml', 'paragraph']);
  });

  test('a link is followed to a visible post of the same source, and else is told', async () => {
    const folder = openFolder();
    const outside = openFolder();
    writeFiles(outside, { 'secret.md': sound, 'more/other.md': sound });
    writeFiles(folder, {
      '.env': 'KEY=secret\n',
      '.env.md': sound,
      'letters/one.md': sound,
      'posts/real.md': sound,
      'posts/deep/real/index.md': sound,
      'posts/.hidden/a.md': sound,
      'posts/_shared/a.md': sound,
      'posts/pic.png': '',
    });
    const links = {
      'posts/a-link-to-a-post.md': 'real.md',
      'posts/b-link-to-a-link.md': 'a-link-to-a-post.md',
      'posts/c/index.md': '../deep/real/index.md',
      'posts/shared.md': '_shared/a.md',
      'posts/env.md': '../.env',
      'posts/env-too.md': '../.env.md',
      'posts/hidden.md': '.hidden/a.md',
      'posts/letter.md': '../letters/one.md',
      'posts/picture.md': 'pic.png',
      'posts/post.png': 'real.md',
      'posts/env.png': '../.env',
      'posts/fine.png': 'pic.png',
      'posts/text': '../.env',
      'posts/secret.md': join(outside, 'secret.md'),
      'posts/secret-too.md': 'secret.md',
      'posts/dangling.md': 'nowhere.md',
      'posts/self.md': 'self.md',
      'posts/more': join(outside, 'more'),
      'posts/up': '..',
      'posts/here': '.',
      'posts/round': 'deep',
      'posts/deep/round': '..',
      'posts/letters': '../letters',
      'posts/hidden': '.hidden',
    };
    mkdirSync(join(folder, 'posts/c'));
    for (const [path, to] of Object.entries(links)) symlinkSync(to, join(folder, path));
    const loaded = await loadFolder(folder);
    expect(loaded.posts.map(({ origin }) => origin.path)).toEqual([
      'posts/a-link-to-a-post.md',
      'posts/b-link-to-a-link.md',
      'posts/c/index.md',
      'posts/deep/real/index.md',
      'posts/real.md',
      'posts/shared.md',
    ]);
    expect(listFaults(loaded).toSorted()).toEqual([
      'posts/dangling.md:1:1 error post-unreadable',
      'posts/env-too.md:1:1 error post-symlink',
      'posts/env.md:1:1 error post-symlink',
      'posts/env.png:1:1 warning post-symlink',
      'posts/hidden.md:1:1 error post-symlink',
      'posts/hidden:1:1 warning post-symlink',
      'posts/letter.md:1:1 error post-symlink',
      'posts/letters:1:1 warning post-symlink',
      'posts/more:1:1 warning post-symlink',
      'posts/picture.md:1:1 error post-symlink',
      'posts/post.png:1:1 warning post-symlink',
      'posts/secret-too.md:1:1 error post-symlink',
      'posts/secret.md:1:1 error post-symlink',
      'posts/self.md:1:1 error post-unreadable',
      'posts/up:1:1 warning post-symlink',
    ]);
  });

  test.skipIf(process.platform === 'win32')('a pipe named like a post does not block', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'posts/sound.md': sound });
    execFileSync('mkfifo', [join(folder, 'posts/pipe.md')]);
    const loaded = await loadFolder(folder);
    expect(listFaults(loaded)).toEqual(['posts/pipe.md:1:1 error post-unreadable']);
  });

  test('a folder that is not there is an error with a remedy', async () => {
    await expect(loadFolder(openFolder(), { path: 'texts' })).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: 'The folder of posts texts is not there.',
      remedy: expect.stringContaining('`path`'),
    });
    const folder = openFolder();
    writeFiles(folder, { posts: 'a file' });
    await expect(loadFolder(folder)).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });

  test('a post that has gone since is unreadable', async () => {
    const source = openSource(openFolder());
    const { posts } = await loadFiles({ 'posts/a.md': sound });
    const [post] = posts;
    if (!post) throw new Error('the post was not loaded');
    await expect(source.read(post, signal)).rejects.toMatchObject({
      code: 'POST_UNREADABLE',
      file: 'posts/a.md',
    });
  });

  test('an abort ends the load and the read', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'posts/a.md': sound });
    const source = openSource(folder);
    const { posts } = await source.load(signal);
    const aborted = AbortSignal.abort(new Error('stopped'));
    await expect(source.load(aborted)).rejects.toThrow('stopped');
    const [post] = posts;
    if (!post) throw new Error('the post was not loaded');
    await expect(source.read(post, aborted)).rejects.toThrow('stopped');
  });
});

describe('bodies for one target', () => {
  const files = {
    'posts/a.md': sound,
    'posts/a.devto.md': 'For **dev.to**.\n',
    'posts/b/index.mdx': sound,
    'posts/b/index.feed.md': 'For the feed.\n',
    'posts/c.de.md': sound,
    'posts/c.de.devto.mdx': 'Für <b>dev.to</b>.\n',
    'posts/node.js.md': sound,
  };

  function openBlog(given: Readonly<Record<string, string>>) {
    const folder = openFolder();
    writeFiles(folder, given);
    return { folder, source: openSourceOf(folder) };
  }

  function openSourceOf(folder: string) {
    const site = { ...siteAt(folder), targets: ['devto', 'feed'] };
    return markdown.create('blog', markdownOptions.parse({ kind: 'markdown' }), site);
  }

  test('are no posts, and are read with the post they belong to', async () => {
    const { source } = openBlog(files);
    const loaded = await source.load(signal);
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.posts.map(({ id }) => id)).toEqual(['a', 'b', 'c.de', 'node.js']);
    expect(loaded.variants).toEqual({
      'posts/a.devto.md': 'posts/a.md',
      'posts/b/index.feed.md': 'posts/b/index.mdx',
      'posts/c.de.devto.mdx': 'posts/c.de.md',
    });
    const [a, b, c, node] = await Promise.all(loaded.posts.map((post) => source.read(post, signal)));
    expect(a?.variants).toMatchObject({
      devto: { path: 'posts/a.devto.md', digest: digestText('For **dev.to**.\n') },
    });
    expect(a?.digest).toBe(digestText(sound));
    expect(b?.variants).toMatchObject({ feed: { path: 'posts/b/index.feed.md' } });
    expect(toString(c?.variants?.['devto']?.tree)).toBe('Für dev.to.');
    expect(node?.variants).toBeUndefined();
  });

  test('without targets of that name, such files are posts', async () => {
    const loaded = await loadFiles({ 'posts/a.md': sound, 'posts/a.devto.md': sound });
    expect(loaded.posts.map(({ id }) => id)).toEqual(['a.devto', 'a']);
  });

  test('one without its post, a second one and front matter are warnings', async () => {
    const { source } = openBlog({
      'posts/a.md': sound,
      'posts/a.devto.md': sound,
      'posts/a.devto.mdx': 'Again.\n',
      'posts/gone.feed.md': 'Text.\n',
    });
    const loaded = await source.load(signal);
    expect(listFaults(loaded)).toEqual([
      'posts/a.devto.md:1:1 warning post-variant-front-matter',
      'posts/a.devto.mdx:1:1 warning post-variant-duplicate',
      'posts/gone.feed.md:1:1 warning post-variant-orphan',
    ]);
    const [post] = loaded.posts;
    const content = post && (await source.read(post, signal));
    expect(content?.variants?.['devto']?.path).toBe('posts/a.devto.md');
  });

  test('one that is not UTF-8 or leads out of its source is not shown', async () => {
    const { folder, source } = openBlog({ 'posts/a.md': sound });
    writeFiles(folder, { '.env': 'A secret.\n', 'beside.md': 'Another.\n' });
    symlinkSync('../.env', join(folder, 'posts/a.devto.md'));
    symlinkSync('../beside.md', join(folder, 'posts/a.feed.md'));
    const fresh = openSourceOf(folder);
    const loaded = await source.load(signal);
    const [post] = loaded.posts;
    if (post === undefined) throw new Error('the post was not loaded');
    for (const one of [source, fresh]) expect((await one.read(post, signal)).variants).toBeUndefined();
    expect(listFaults(loaded)).toEqual([
      'posts/a.devto.md:1:1 error post-symlink',
      'posts/a.feed.md:1:1 error post-symlink',
    ]);
    rmSync(join(folder, 'posts/a.feed.md'));
    writeFileSync(join(folder, 'posts/a.feed.md'), Buffer.from([0x41, 0xff]));
    await source.load(signal);
    await expect(source.read(post, signal)).rejects.toMatchObject({
      code: 'POST_UNREADABLE',
      file: 'posts/a.feed.md',
      line: 1,
      column: 2,
    });
  });
});

describe('MDX', () => {
  const body = 'import Box from "./box";\n\n# A *box*{" "}\n\n<Box />\n';

  test('is loaded, its title from the only heading, its components by the config', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'posts/2026-01-02-a.mdx': body });
    const source = openSource(folder, { syntax: { components: { Box: 'tip' } } });
    const { posts, diagnostics } = await source.load(signal);
    expect(diagnostics).toEqual([]);
    expect(posts).toMatchObject([{ id: 'a', title: 'A box', places: { title: { line: 3, column: 1 } } }]);
    const [post] = posts;
    const { tree } = post ? await source.read(post, signal) : {};
    expect(tree?.children.map(({ type }) => type)).toEqual(['heading', 'blockquote']);
  });

  test('what the config does not know is an error with its place', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'posts/2026-01-02-a.mdx': body });
    const source = openSource(folder);
    const [post] = (await source.load(signal)).posts;
    if (post === undefined) throw new Error('the post was not loaded');
    const faults = auditBody(post, await source.read(post, signal));
    expect(listFaults({ diagnostics: faults })).toEqual([
      'posts/2026-01-02-a.mdx:5:1 error post-component-unknown',
    ]);
  });

  test.each([
    ['Text.\n\n{a b}\n', { line: 8, column: 3 }],
    ['<!-- a comment -->\n', { line: 6, column: 2 }],
    ['<b>\n', { line: 6, column: 1 }],
    ['import {\n', { line: 7, column: 1 }],
  ])('%j cannot be parsed, and says where', async (text, place) => {
    const folder = openFolder();
    writeFiles(folder, { 'posts/a.mdx': sound.replace('Text.\n', text) });
    const source = openSource(folder);
    const [post] = (await source.load(signal)).posts;
    if (post === undefined) throw new Error('the post was not loaded');
    await expect(source.read(post, signal)).rejects.toMatchObject({
      code: 'POST_UNREADABLE',
      file: 'posts/a.mdx',
      ...place,
    });
  });

  test('a body that cannot be parsed for its title is a fault of the file', async () => {
    const loaded = await loadFiles({ 'posts/2026-01-02-a.mdx': '# A\n\n{a b}\n' });
    expect(listFaults(loaded)).toEqual(['posts/2026-01-02-a.mdx:3:3 error post-unreadable']);
  });

  test('its syntax is text in a post that is not MDX', async () => {
    const [node] = parsePost('import a from "b"\n\n{1 + 1}\n').children;
    expect(toString(node)).toBe('import a from "b"');
  });
});

describe('loadFile', () => {
  const options = { canonical: '/blog/{slug}', fields: {} };

  test('a post outside every source, and its body', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'elsewhere/walks.md': sound });
    const loaded = await loadFile('elsewhere/walks.md', options, siteAt(folder));
    expect(loaded.posts).toMatchObject([{ id: 'walks', origin: { path: 'elsewhere/walks.md' } }]);
    expect((await loaded.read(signal)).digest).toBe(digestText(sound));
  });

  test('a text without front matter says so, and can still be read', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'notes.txt': 'First line\n\nHello {first_name},\n' });
    const loaded = await loadFile(join(folder, 'notes.txt'), options, siteAt(folder));
    expect(loaded.posts).toEqual([]);
    expect(listFaults(loaded)).toEqual(['notes.txt:1:1 error post-front-matter-missing']);
    expect((await loaded.read(signal)).tree.children).toHaveLength(2);
  });

  test('a draft that lacks a date has warnings only', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'mail.md': '---\ntitle: Hello\nstatus: "draft"\n---\n\nHello.\n' });
    expect(listFaults(await loadFile('mail.md', options, siteAt(folder)))).toEqual([
      'mail.md:1:1 warning post-date-missing',
    ]);
  });

  test.each(['gone.md', '.'])('%s is a diagnostic', async (path) => {
    const loaded = await loadFile(path, options, siteAt(openFolder()));
    expect(loaded.posts).toEqual([]);
    expect(loaded.diagnostics).toMatchObject([{ rule: 'post-unreadable', severity: 'error' }]);
  });
});

describe('a post without a date', () => {
  const adviceOn = async (matter: string) => {
    const { diagnostics } = await loadFiles({ 'posts/a.md': `---\ntitle: A\n${matter}---\n\nText.\n` });
    return diagnostics.find(({ rule }) => rule === 'post-date-missing')?.remedy;
  };

  test.each([
    ['posted_on: 2026-11-21\n', 'posted_on'],
    ['since: 2026-11-21\nwritten: 21 November 2026\n', 'written'],
    ['since: 2026-11-21\n', 'since'],
  ])('is told which field may be it: %j', async (matter, name) => {
    expect(await adviceOn(matter)).toBe(
      `If \`${name}\` is its date, say so in the config, at its source: fields: { date: ${name} }.`,
    );
  });

  test.each(['weight: 2026\n', 'lastedited: 2026-11-21\n', 'event_day: 2026-11-21\n', 'place: the shore\n'])(
    'is not told of what is none: %j',
    async (matter) => {
      expect(await adviceOn(matter)).toMatch(/^Add a `date`/);
    },
  );
});

describe('checkPosts', () => {
  test('shared ids and addresses, and mixed numbers, keep the posts out', async () => {
    const { posts, diagnostics } = await loadFolder(join(fixtures, 'blog-series'));
    expect(diagnostics).toEqual([]);
    const checked = checkPosts(posts);
    expect(checked.posts).toEqual([]);
    expect(listFaults(checked)).toEqual([
      'posts/twin-a.md:4:1 error post-id-duplicate',
      'posts/twin-b.md:4:1 error post-id-duplicate',
      'posts/part-1.md:5:1 error post-series-mixed',
      'posts/part-2.md:4:1 error post-series-mixed',
      'posts/part-3.md:5:1 error post-series-mixed',
    ]);
    expect(checked.diagnostics[0]?.message).toContain('posts/twin-b.md');
  });

  test('addresses are the same with and without a final slash', async () => {
    const { posts } = await loadFiles({
      'posts/a.md': sound,
      'posts/b.md': sound.replace('title', 'canonical_url: /blog/a/\ntitle'),
      'posts/c.md': sound,
    });
    const checked = checkPosts(posts);
    expect(listFaults(checked)).toEqual([
      'posts/a.md:1:1 error post-canonical-duplicate',
      'posts/b.md:2:1 error post-canonical-duplicate',
    ]);
    expect(checked.posts.map(({ id }) => id)).toEqual(['c']);
  });

  test('a draft that shares the id of a published post is left out alone', async () => {
    const { posts } = await loadFiles({
      'posts/a.md': sound,
      'posts/b.md': sound.replace('title', 'slug: a\ndraft: true\ntitle'),
    });
    const checked = checkPosts(posts);
    expect(checked.posts.map(({ origin }) => origin.path)).toEqual(['posts/a.md']);
    expect(listFaults(checked)).toEqual([
      'posts/b.md:2:1 error post-id-duplicate',
      'posts/b.md:1:1 error post-canonical-duplicate',
    ]);
    expect(checked.diagnostics[0]?.message).toContain('left out');
  });

  test('a draft without a number mixes nothing; the same number twice is a warning', async () => {
    const part = (more: string) => sound.replace('title', `series: Walks\n${more}\ntitle`);
    const { posts } = await loadFiles({
      'posts/a.md': part('part: 1'),
      'posts/b.md': part('part: 1'),
      'posts/c.md': part('draft: true'),
    });
    const checked = checkPosts(posts);
    expect(checked.posts).toHaveLength(3);
    expect(listFaults(checked)).toEqual([
      'posts/a.md:3:1 warning post-series-part-duplicate',
      'posts/b.md:3:1 warning post-series-part-duplicate',
    ]);
  });

  test('posts at peace are left as they are', async () => {
    const { posts } = await loadFiles({ 'posts/a.md': sound, 'posts/b.md': sound });
    expect(checkPosts(posts)).toEqual({ posts, diagnostics: [] });
  });
});

describe('auditBody', () => {
  const post = { id: 'a', origin: { source: 'blog', path: 'posts/a.md' } };
  const audit = (text: string) =>
    auditBody(post, { tree: parsePost(text) }).map(({ rule, severity, line, column, message }) =>
      `${line}:${column} ${severity} ${rule} ${rule === 'post-merge-tag' ? message.split(' is for')[0] : ''}`.trim(),
    );

  test.each([
    ['Hello {first_name},', '1:7 warning post-merge-tag {first_name}'],
    ['Hello\nyou {{ subscriber.first_name }}!', '2:5 warning post-merge-tag {{ subscriber.first_name }}'],
    ['{{first_name | default: "you"}}', '1:1 warning post-merge-tag {{first_name | default: "you"}}'],
    ['Hello *|FNAME|*, you', '1:7 warning post-merge-tag *|FNAME|*'],
    ['x*|FNAME|*y', '1:2 warning post-merge-tag *|FNAME|*'],
    ['Hello %FIRSTNAME%', '1:7 warning post-merge-tag %FIRSTNAME%'],
    ['<p>\nHello {first_name}</p>', '2:7 warning post-merge-tag {first_name}'],
    ['[leave]({{unsubscribe_url}})', '1:1 warning post-address-unknown'],
  ])('%j', (text, fault) => {
    expect(audit(text)).toEqual([fault]);
  });

  test.each([
    'Write `{first_name}` in code.',
    '```\nHello {first_name}\n```',
    '    Hello {first_name}',
    'See <!-- {first_name} --> here.',
    'A {name}, a {word}, 50%email and 100% of names.',
    'An *|inner|* bar, as emphasis, and a | b.',
  ])('%j is no merge tag', (text) => {
    expect(audit(text)).toEqual([]);
  });

  test('titles and summaries are read too', () => {
    const places = { title: { line: 2, column: 1 } };
    expect(
      auditBody({ ...post, title: 'For {first_name}', places }, { tree: parsePost('Text.') }),
    ).toMatchObject([{ rule: 'post-merge-tag', line: 2, column: 1, postId: 'a', file: 'posts/a.md' }]);
  });

  test.each(['---\ntitle: A\n---\n', '+++\ntitle = "A"\n+++\n', '<!-- later -->\n', '[a]: /x\n', ''])(
    '%j is an empty body',
    (text) => {
      expect(audit(text)).toEqual(['1:1 warning post-body-empty']);
    },
  );
});
