import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { defaultConfigPath } from '../../src/config/default-path.ts';
import { runCommand } from '../run-command.ts';
import { openFolder, writeFiles } from '../workspace.ts';

type Files = Readonly<Record<string, string>>;

const post = (title: string, date: string): string =>
  `---\ntitle: ${title}\ndate: ${date}\n---\n\n${title}, and what came of it.\n`;

const moss = post('Moss on slate', '2024-01-02');
const fern = post('Fern', '2023-11-05');

/** A setting that a generator documents, the files of a small blog that has it, and the source that init is to write. */
const settings: readonly (readonly [string, Files, Readonly<Record<string, unknown>>])[] = [
  [
    'a collection of Jekyll’s in the place of posts',
    {
      '_config.yml':
        'title: Walls\nurl: https://walls.example\ncollections:\n  essays:\n    output: true\n    permalink: /read/:path/\n  drafts:\n    output: false\n',
      '_essays/moss.md': moss,
      '_essays/wet/fern.md': fern,
    },
    { path: '_essays', canonical: '/read/{folder}/{slug}/' },
  ],
  [
    'a collection of Jekyll’s without a permalink of its own, on a site of the style "pretty"',
    {
      '_config.yml':
        'title: Walls\nurl: https://walls.example\npermalink: pretty\ncollections: { essays: { output: true } }\n',
      '_essays/moss.md': moss,
      '_essays/fern.md': fern,
    },
    { path: '_essays', canonical: '/essays/{folder}/{slug}/' },
  ],
  [
    'months by their names in Jekyll',
    {
      '_config.yml': 'title: Walls\nurl: https://walls.example\npermalink: /:year/:short_month/:title/\n',
      '_posts/2024-01-02-moss.md': moss,
      '_posts/2023-11-05-fern.md': fern,
    },
    { canonical: '/{year}/{shortmonth}/{slug}/' },
  ],
  [
    'months by their names in Hugo',
    {
      'hugo.toml':
        'baseURL = "https://walls.example/"\ntitle = "Walls"\n[permalinks]\nposts = "/:year/:monthname/:slugorcontentbasename/"\n',
      'content/posts/moss.md': moss,
      'content/posts/fern.md': fern,
    },
    { canonical: '/{year}/{monthname:lower}/{slug}/' },
  ],
  [
    'months by their names in Pelican',
    {
      'pelicanconf.py':
        "SITENAME = 'Walls'\nSITEURL = 'https://walls.example'\nPATH = 'content'\nTIMEZONE = 'UTC'\nARTICLE_URL = 'read/{date:%Y}/{date:%b}/{slug}/'\n",
      'content/moss.md': 'Title: Moss on slate\nDate: 2024-01-02\n\nMoss.\n',
      'content/fern.md': 'Title: Fern\nDate: 2023-11-05\n\nFern.\n',
    },
    { canonical: '/read/{year}/{shortmonth}/{title}/' },
  ],
  [
    'a permalink of Eleventy’s that a function returns',
    {
      'eleventy.config.js': 'export default () => ({ dir: { input: "src" } });\n',
      'package.json': '{"homepage":"https://walls.example","devDependencies":{"@11ty/eleventy":"^3.0.0"}}',
      'src/posts/posts.11tydata.js':
        'export default {\n  layout: "post.njk",\n  permalink: (data) => `/read/${data.page.fileSlug}/index.html`,\n};\n',
      'src/posts/moss.md': moss,
      'src/posts/fern.md': fern,
    },
    { canonical: '/read/{slug}/' },
  ],
  [
    'rewrites of VitePress',
    {
      '.vitepress/config.mts':
        "export default { srcDir: 'pages', cleanUrls: true, sitemap: { hostname: 'https://walls.example' }, rewrites: { 'posts/:year/:slug.md': 'read/:slug.md' } }\n",
      'pages/posts/2024/moss.md': moss,
      'pages/posts/2023/fern.md': fern,
    },
    { canonical: '/read/{slug}' },
  ],
  [
    'a prefix of Nuxt Content’s',
    {
      'nuxt.config.ts':
        "export default defineNuxtConfig({ modules: ['@nuxt/content'], site: { url: 'https://walls.example' } })\n",
      'content.config.ts':
        "export default defineContentConfig({ collections: { read: defineCollection({ type: 'page', source: { include: 'articles/**/*.md', prefix: '/read' } }) } })\n",
      'content/articles/moss.md': moss,
      'content/articles/fern.md': fern,
    },
    { path: 'content/articles', canonical: '/read/{slug}' },
  ],
];

it.each(settings)('init makes the addresses of %s', async (_setting, files, source) => {
  const folder = openFolder();
  writeFiles(folder, files);
  const { stderr } = await runCommand(folder, {}, ['init', '--yes', '--offline', '--without-workflows']);
  expect(stderr).toBe('');
  const config = parse(readFileSync(join(folder, defaultConfigPath), 'utf8')) as {
    readonly sources: readonly unknown[];
  };
  expect(config.sources).toEqual([expect.objectContaining(source)]);
});

it('init takes no address for true that a function of VitePress makes', async () => {
  const folder = openFolder();
  writeFiles(folder, {
    '.vitepress/config.ts':
      "export default { sitemap: { hostname: 'https://walls.example' }, rewrites: (id) => id.replace('posts/', 'read/') }\n",
    'posts/moss.md': moss,
    'posts/fern.md': fern,
  });
  const { stdout } = await runCommand(folder, {}, ['init', '--yes', '--offline', '--without-workflows']);
  expect(stdout).not.toContain('by the rules of VitePress');
});

it('init names the folders of other collections that Astro has, be there one post in them', async () => {
  const folder = openFolder();
  writeFiles(folder, {
    'astro.config.mjs': "export default { site: 'https://walls.example' };\n",
    'package.json': '{"dependencies":{"astro":"^5.0.0"}}',
    'src/content.config.ts':
      "const blog = defineCollection({ loader: glob({ pattern: '**/*.md', base: './src/data/blog' }) });\nconst jots = defineCollection({ loader: glob({ pattern: '**/*.md', base: './src/data/jots' }) });\n",
    'src/pages/jots/[id].astro': "---\nconst jots = await getCollection('jots');\n---\n",
    'src/pages/blog/[id].astro': "---\nconst posts = await getCollection('blog');\n---\n",
    'src/data/blog/moss.md': moss,
    'src/data/blog/fern.md': fern,
    'src/data/jots/rain.md': post('Rain', '2024-05-06'),
  });
  const { stdout } = await runCommand(folder, {}, ['init', '--yes', '--offline', '--without-workflows']);
  expect(stdout).toContain('There are dated files in src/data/jots too.');
});
