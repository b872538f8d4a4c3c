import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFile, type FileOptions } from '../../src/sources/markdown/find-files.ts';
import { markdown } from '../../src/sources/markdown/index.ts';
import { markdownOptions } from '../../src/sources/markdown/options.ts';
import { measureCpu } from '../measure-cpu.ts';
import { openFolder, writeFiles } from '../workspace.ts';

const files = {
  'posts/flat.md': '',
  'posts/flat.png': '',
  'posts/bundle/index.md': '',
  'posts/bundle/a b.png': '',
  'posts/bundle/img/deep.svg': '',
  'posts/common.png': '',
  'static/img/served.png': '',
  'static/blog/beside/served.png': '',
};

function siteIn(root: string, url = 'https://example.com') {
  return { root, url, timezone: 'UTC', language: 'en', author: { name: 'Example Author' } };
}

function look(
  named: string,
  path: string,
  canonicalUrl: string,
  options: FileOptions = {},
  more: object = {},
) {
  const root = openFolder();
  writeFiles(root, { ...files, ...more });
  return findFile(named, { path, canonicalUrl }, options, siteIn(root));
}

const bundle = ['posts/bundle/index.md', 'https://example.com/blog/bundle'] as const;
const flat = ['posts/flat.md', 'https://example.com/blog/flat/'] as const;

describe('a file that a post names', () => {
  test.each([
    ['./a%20b.png', bundle, 'https://example.com/blog/bundle/a%20b.png'],
    ['img/deep.svg?v=1#icon', bundle, 'https://example.com/blog/bundle/img/deep.svg?v=1#icon'],
    ['../common.png', bundle, 'https://example.com/common.png'],
    ['flat.png', flat, 'https://example.com/blog/flat/flat.png'],
    ['gone.png', flat, null],
    ['gone.png', bundle, null],
    ['/img/served.png', flat, 'https://example.com/img/served.png'],
    ['/img/gone.png', flat, null],
    ['https://cdn.example/x.png', flat, undefined],
    ['//cdn.example/x.png', flat, undefined],
    ['data:image/png;base64,AA', flat, undefined],
    ['../../../../../../../../etc/hostname', flat, null],
    ['{{ site.url }}/x.png', flat, undefined],
  ])('%s', (named, [path, url], expected) => {
    expect(look(named, path, url)).toBe(expected);
  });

  /** One character, as keyboards write it, and two, as some file systems keep it. */
  const [short, long] = ['caf\u00E9', 'cafe\u0301'] as const;

  test.each([
    ['beside it', `./${short}.png`, `posts/${long}.png`, 'https://example.com/blog/cafe%CC%81.png'],
    ['beside it', `${long}.png`, `posts/${short}.png`, 'https://example.com/blog/caf%C3%A9.png'],
    [
      'of the site',
      `/img/caf%C3%A9 1.png?v=2`,
      `static/img/${long} 1.png`,
      'https://example.com/img/cafe%CC%81%201.png?v=2',
    ],
    ['that is missing', `./${short}.png`, `posts/${short}.jpg`, null],
  ])('%s is found however its accents are written', (_name, named, file, expected) => {
    expect(look(named, 'posts/flat.md', 'https://example.com/blog/flat', {}, { [file]: '' })).toBe(expected);
  });

  describe('in the folder src of a site made with Astro, whose build gives pictures other names', () => {
    const post = ['src/content/blog/a.md', 'https://example.com/blog/a/'] as const;
    const astro = {
      'astro.config.mjs': '',
      'src/assets/pear.png': '',
      'src/assets/pears.pdf': '',
      'src/content/blog/plum.jpg': '',
    };

    test.each([
      ['../../assets/pear.png', {}, false],
      ['./plum.jpg', {}, false],
      ['../../assets/gone.png', {}, null],
      ['../../assets/pears.pdf', {}, 'https://example.com/assets/pears.pdf'],
      ['../../assets/pear.png', { pages: 'live' }, 'https://example.com/assets/pear.png'],
      ['./plum.jpg', { files: '/pictures/{file}' }, 'https://example.com/pictures/plum.jpg'],
    ])('%s', (named, options, expected) => {
      expect(look(named, ...post, options, astro)).toBe(expected);
    });

    test('elsewhere they keep their names', () => {
      const { 'astro.config.mjs': _config, ...others } = astro;
      expect(look('../../assets/pear.png', ...post, {}, others)).toBe('https://example.com/assets/pear.png');
    });
  });

  test.each([
    ['/img/served.png', 'https://example.com/project/img/served.png'],
    ['/img/served.png?v=1', 'https://example.com/project/img/served.png?v=1'],
    ['/project/img/served.png', 'https://example.com/project/img/served.png'],
    ['/img/gone.png', null],
    ['//cdn.example/x.png', undefined],
  ])('on a site below a folder, %s is in that folder', (named, expected) => {
    const root = openFolder();
    writeFiles(root, files);
    const from = { path: 'posts/flat.md', canonicalUrl: 'https://example.com/project/blog/flat/' };
    expect(findFile(named, from, {}, siteIn(root, 'https://example.com/project/'))).toBe(expected);
  });

  test('is also looked for where a browser would', () => {
    const post = ['posts/beside.md', 'https://example.com/blog/beside'] as const;
    expect(look('served.png', ...post)).toBe('https://example.com/blog/beside/served.png');
  });

  test('is where the template says', () => {
    const raw = { files: 'https://files.example/main/{path}' };
    expect(look('img/deep.svg', ...bundle, raw)).toBe('https://files.example/main/posts/bundle/img/deep.svg');
    expect(look('flat.png', ...flat, { files: '/pictures/{file}' })).toBe(
      'https://example.com/pictures/flat.png',
    );
  });

  test('from the root is unknown where nothing says that the site’s files are here', () => {
    const root = openFolder();
    writeFiles(root, { 'posts/flat.md': '', 'assets/logo.svg': '' });
    const find = (named: string, options: FileOptions = {}) =>
      findFile(
        named,
        { path: flat[0], canonicalUrl: flat[1] },
        options,
        siteIn(root, 'https://example.com/base'),
      );
    expect(find('/img/x.png')).toBeUndefined();
    expect(find('/img/x.png', { static: ['assets'] })).toBeNull();
    expect(find('/assets/logo.svg')).toBe('https://example.com/assets/logo.svg');
    expect(find('/base/logo.svg', { static: ['assets'] })).toBe('https://example.com/base/logo.svg');
  });

  test('is missing where a link leads to no visible picture of the same source', () => {
    const [root, elsewhere] = [openFolder(), openFolder()];
    writeFiles(elsewhere, { 'secret.png': 'x' });
    writeFiles(root, {
      ...files,
      '.env': '',
      'posts/.kept/a.png': '',
      'other/a.png': '',
      'static/.a.png': '',
    });
    const links = {
      'posts/out.png': join(elsewhere, 'secret.png'),
      'posts/env.png': '../.env',
      'posts/env': '../.env',
      'posts/hidden.png': '.kept/a.png',
      'posts/other.png': '../other/a.png',
      'posts/folder': '../other',
      'posts/post.png': 'flat.md',
      'posts/loop.png': 'loop.png',
      'posts/fine.PNG': 'bundle/img/deep.svg',
      'posts/twice.png': 'fine.PNG',
      'posts/inner': 'bundle/img',
      'static/out.png': join(elsewhere, 'secret.png'),
      'static/hidden.png': '.a.png',
      'static/posts.png': '../posts/flat.png',
      'static/fine.png': 'img/served.png',
    };
    for (const [path, to] of Object.entries(links)) symlinkSync(to, join(root, path));
    const from = { path: flat[0], canonicalUrl: flat[1] };
    const named = Object.keys(links).map((path) => path.replace(/^posts\/|^static/, ''));
    const found = [...named, 'folder/a.png', 'inner/deep.svg'].filter(
      (path) => typeof findFile(path, from, { path: 'posts', static: ['static'] }, siteIn(root)) === 'string',
    );
    expect(found).toEqual(['fine.PNG', 'twice.png', '/fine.png', 'inner/deep.svg']);
  });

  test('is found in a folder that is a link itself', () => {
    const root = openFolder();
    writeFiles(root, { 'content/posts/a.md': '', 'content/posts/data.csv': '' });
    symlinkSync('content/posts', join(root, 'posts'));
    const from = { path: 'posts/a.md', canonicalUrl: 'https://example.com/a' };
    expect(findFile('data.csv', from, { path: 'posts' }, siteIn(root))).toBe('https://example.com/data.csv');
  });
});

describe('a source', () => {
  const matter = '---\ntitle: A\ndate: 2026-01-01\n';

  async function open(text: string) {
    const root = openFolder();
    writeFiles(root, { ...files, 'posts/bundle/index.md': text });
    const source = markdown.create('blog', markdownOptions.parse({ kind: 'markdown' }), siteIn(root));
    const { signal } = new AbortController();
    const { posts, diagnostics } = await source.load(signal);
    const post = posts.find(({ id }) => id === 'bundle');
    return { post, diagnostics, content: post && (await source.read(post, signal)) };
  }

  test('says what its body’s files are on the site, and looks at nothing else', async () => {
    const body = [
      '![a](<a b.png>) ![b](none.png) [data](none.csv) [page](../flat.md) [about](/about) [html](x.html)',
      '<img src="img/deep.svg" alt=""> ![c][ref]',
      '',
      '[ref]: /img/served.png',
    ].join('\n');
    const { content } = await open(`${matter}---\n\n${body}\n`);
    expect(content?.files).toEqual({
      'a b.png': 'https://example.com/blog/bundle/a%20b.png',
      'none.png': null,
      'none.csv': null,
      'img/deep.svg': 'https://example.com/blog/bundle/img/deep.svg',
      '/img/served.png': 'https://example.com/img/served.png',
    });
  });

  test('resolves covers, from the root too, and leaves out one that is missing', async () => {
    expect((await open(`${matter}cover: img/deep.svg\n---\n`)).post?.cover).toEqual({
      url: 'https://example.com/blog/bundle/img/deep.svg',
    });
    expect((await open(`${matter}cover: img/served.png\n---\n`)).post?.cover).toEqual({
      url: 'https://example.com/img/served.png',
    });
    const { post, diagnostics } = await open(`${matter}cover: gone.png\n---\n`);
    expect(post).toBeDefined();
    expect(post?.cover).toBeUndefined();
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ rule: 'post-file-missing', severity: 'warning', line: 4 }),
    );
  });
});

test('tells of pictures and covers that a build renames, each with its place', async () => {
  const root = openFolder();
  const text = `---\ntitle: A\ndate: 2026-11-02\ncover: ../../assets/pear.png\n---\n\n![pear](../../assets/pear.png)\n`;
  writeFiles(root, { 'astro.config.mjs': '', 'src/assets/pear.png': '', 'src/content/blog/a.md': text });
  const options = markdownOptions.parse({ kind: 'markdown', path: 'src/content/blog' });
  const source = markdown.create('blog', options, siteIn(root));
  const { signal } = new AbortController();
  const { posts, diagnostics } = await source.load(signal);
  const [post] = posts;
  expect(post?.cover).toBeUndefined();
  expect(diagnostics).toContainEqual(expect.objectContaining({ rule: 'post-file-renamed', line: 4 }));
  const content = post && (await source.read(post, signal));
  expect(content?.files).toEqual({ '../../assets/pear.png': false });
});

test.each(['/src/assets/pear.png', '~/assets/pear.png', '@/assets/pear.png', '@assets/pear.png'])(
  'tells of a picture and a cover that Astro imports as %s',
  async (named) => {
    const root = openFolder();
    const text = `---\ntitle: A\ndate: 2026-11-02\ncover: "${named}"\n---\n\n![pear](${named})\n`;
    writeFiles(root, { 'astro.config.mjs': '', 'src/assets/pear.png': '', 'src/content/blog/a.md': text });
    const { signal } = new AbortController();
    const open = (given: object) =>
      markdown.create(
        'blog',
        markdownOptions.parse({ kind: 'markdown', path: 'src/content/blog', ...given }),
        siteIn(root),
      );
    const source = open({});
    const { posts, diagnostics } = await source.load(signal);
    const [post] = posts;
    expect(post?.cover).toBeUndefined();
    expect(diagnostics).toMatchObject([{ rule: 'post-file-renamed', line: 4 }]);
    expect(post && (await source.read(post, signal)).files).toEqual({ [named]: false });
    const [placed] = (await open({ pages: { from: 'dist' } }).load(signal)).posts;
    expect(placed?.cover?.url).toMatch(/^https:\/\/example\.com\/.*assets\/pear\.png$/);
  },
);

test.each([
  ['docusaurus.config.ts', 'blog/a/index.md', './pear.png', false],
  [
    'docusaurus.config.ts',
    'blog/a/index.md',
    '@site/static/img/plum.png',
    'https://example.com/img/plum.png',
  ],
  ['docusaurus.config.ts', 'blog/a/index.md', '@site/blog/a/pear.png', false],
  ['docusaurus.config.ts', 'blog/a/index.md', '/img/plum.png', 'https://example.com/img/plum.png'],
  ['docusaurus.config.ts', 'blog/a/index.md', './gone.png', null],
  ['blog/.vitepress/config.mts', 'blog/a/index.md', './pear.png', false],
  ['blog/.vitepress/config/index.ts', 'blog/a/index.md', './pear.png', false],
  ['gatsby-config.js', 'blog/a/index.md', 'pear.png', false],
  ['hugo.toml', 'blog/a/index.md', 'pear.png', 'https://example.com/blog/a/pear.png'],
])('on a site with %s, %s has %s at %s', async (config, file, named, right) => {
  const root = openFolder();
  writeFiles(root, {
    [config]: '',
    'blog/a/pear.png': '',
    'static/img/plum.png': '',
    [file]: `---\ntitle: A\ndate: 2026-11-02\n---\n\n![pear](${named})\n`,
  });
  const options = markdownOptions.parse({ kind: 'markdown', path: 'blog', canonical: '/blog/{slug}' });
  const source = markdown.create('blog', options, siteIn(root));
  const { signal } = new AbortController();
  const [post] = (await source.load(signal)).posts;
  expect(post && (await source.read(post, signal)).files).toEqual({ [named]: right });
});

describe('a page resource of Hugo', () => {
  const resources = [
    { src: 'img/*.svg', name: 'Chart' },
    { src: '**.png', name: 'photo-:counter' },
    { src: 'extra.{pdf,txt}', name: 'notes' },
  ];
  const post = { path: 'content/walks/index.md', canonicalUrl: 'https://example.com/walks/' };
  const placed = {
    'content/walks/index.md': '',
    'content/walks/img/deep.svg': '',
    'content/walks/a.png': '',
    'content/walks/b c.png': '',
    'content/walks/extra.txt': '',
    'content/walks/Barn.JPG': '',
    'content/walks/other/index.md': '',
    'content/walks/other/z.png': '',
    'assets/global/map.webp': '',
  };
  const find = (named: string, more: object = {}, from: object = { resources }) => {
    const root = openFolder();
    writeFiles(root, { ...placed, ...more });
    return findFile(named, { ...post, ...from }, {}, siteIn(root));
  };

  test.each([
    ['chart', 'https://example.com/walks/img/deep.svg'],
    ['Chart#part', 'https://example.com/walks/img/deep.svg#part'],
    ['photo-2', 'https://example.com/walks/b%20c.png'],
    ['photo-3', null],
    ['notes', 'https://example.com/walks/extra.txt'],
    ['a.png', 'https://example.com/walks/a.png'],
    ['barn.jpg', 'https://example.com/walks/Barn.JPG'],
    ['photo*', 'https://example.com/walks/a.png'],
    ['*extra*', null],
    ['gone', null],
  ])('%s', (named, expected) => {
    expect(find(named)).toBe(expected);
  });

  test.each(['{,}'.repeat(40), '*a'.repeat(30)])(
    'is looked for without delay by the pattern %s',
    async (src) => {
      const long = { [`content/walks/${'a'.repeat(200)}.png`]: '' };
      const given = { resources: [{ src: `${src}z`, name: 'header' }] };
      const milliseconds = await measureCpu(() => expect(find('header', long, given)).toBeNull());
      expect(milliseconds).toBeLessThan(5000);
    },
  );

  test.each([
    ['*.avif', 'deep/a.avif', false],
    ['**.avif', 'deep/a.avif', true],
    ['**/a.avif', 'a.avif', true],
    ['?.{gif,j*g}', 'b.jpeg', true],
    ['?.{gif,j*g}', 'b.webm', false],
    ['d?ep/*', 'deep/a.avif', true],
    ['deep?a.avif', 'deep/a.avif', false],
    ['a.a+if', 'a.aif', false],
  ])('by the pattern %s of %s: %j', (src, file, fits) => {
    const found = find('it', { [`content/walks/${file}`]: '' }, { resources: [{ src, name: 'it' }] });
    expect(typeof found === 'string').toBe(fits);
  });

  test.each(['hugo.toml', 'config/_default/hugo.yaml', 'config.yml'])(
    'needs no front matter where %s says that Hugo builds the site',
    (name) => {
      const config = { [name]: 'baseURL: https://example.com/\n' };
      expect(find('barn.jpg', config, {})).toBe('https://example.com/walks/Barn.JPG');
      expect(find('global/map.webp', config, {})).toBe('https://example.com/global/map.webp');
      expect(find('barn.jpg', {}, {})).toBeNull();
      expect(find('barn.jpg', { 'config.toml': 'base_url = "https://example.com"\n' }, {})).toBeNull();
    },
  );

  test('is found for what a body names', async () => {
    const matter =
      '---\ntitle: A\ndate: 2026-11-02\nresources:\n- src: a.png\n  name: header\n  title: Not read\n---\n';
    const body =
      '![A](header)\n\n{{< figure src="header" alt="B" >}}\n\n<img src="HEADER">\n\n[it](header)\n';
    const root = openFolder();
    writeFiles(root, { ...placed, 'content/walks/index.md': matter + body });
    const source = markdown.create(
      'blog',
      markdownOptions.parse({ kind: 'markdown', path: 'content' }),
      siteIn(root),
    );
    const { posts } = await source.load(new AbortController().signal);
    const [found] = posts;
    if (found === undefined) throw new Error('there is no post');
    const { files: named } = await source.read(found, new AbortController().signal);
    const url = `${found.canonicalUrl}/a.png`;
    expect(named).toEqual({ header: url, HEADER: url });
    expect(source.findFile?.(found, found.origin.path, 'header')).toBe(url);
  });

  test.each([
    ['', { 'content/walks/my-feature.jpg': '', 'content/walks/cover.png': '' }, 'my-feature.jpg'],
    ['', { 'content/walks/cover.png': '', 'content/walks/cover.pdf': '' }, 'cover.png'],
    ['', { 'content/walks/thumbnail.webp': '' }, 'thumbnail.webp'],
    ['', { 'content/walks/deep/cover.png': '' }, undefined],
    ['resources:\n- { src: a.png, name: featured-image }\n', {}, 'a.png'],
    ['images: [a.png, b.png]\n', { 'content/walks/cover.png': '' }, 'a.png'],
    ['cover: false\n', { 'content/walks/cover.png': '' }, undefined],
    ['image: a.png\n', { 'content/walks/feature.png': '' }, 'a.png'],
  ])('is the cover where the front matter names none: %j', async (fields, more, name) => {
    const root = openFolder();
    const write = (change: object) =>
      writeFiles(root, {
        ...placed,
        'hugo.toml': '',
        'content/walks/index.md': `---\ntitle: A\ndate: 2026-11-02\n${fields}---\n`,
        ...change,
      });
    const load = async () => {
      const source = markdown.create(
        'blog',
        markdownOptions.parse({ kind: 'markdown', path: 'content' }),
        siteIn(root),
      );
      const { posts } = await source.load(new AbortController().signal);
      source.remember?.();
      return posts.find(({ id }) => id === 'walks');
    };
    write({});
    await load();
    write(more);
    const post = await load();
    expect(post?.cover?.url).toBe(name === undefined ? undefined : `${post?.canonicalUrl}/${name}`);
  });
});

test('a picture that Eleventy’s image plugin takes from the site’s own folder has a name that only its build knows', () => {
  const more = { 'src/img/kite.png': '', 'eleventy.config.js': '' };
  expect(look('./src/img/kite.png', ...flat, {}, more)).toBe(false);
  expect(look('./src/img/gone.png', ...flat, {}, more)).toBe(null);
  expect(look('./src/img/kite.png', ...flat, {}, { 'src/img/kite.png': '' })).toBe(null);
});
