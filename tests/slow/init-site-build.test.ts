import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openFolder, writeFiles } from '../workspace.ts';
import { post, tomlPost } from '../init/blogs/define.ts';
import { runCommand } from '../run-command.ts';

const onlySite = '\n\nBefore it.\n\n{{< x-chart year="2024" >}}\n\nAfter it.\n';
const liquid = '\n\nBefore it.\n\n{% x-chart 2024 %}\n\nAfter it.\n';
const component = '\n\nBefore it.\n\n<Chart year={2024} />\n\nAfter it.\n';
const commit = '0123456789'.repeat(4);

interface Written {
  readonly pages: unknown;
  readonly build: readonly string[] | undefined;
  readonly stdout: string;
}

/** What init sets up for a blog. */
async function setUp(folder: string, files: Readonly<Record<string, string>>): Promise<Written> {
  writeFiles(folder, files);
  const words = ['init', '--yes', '--offline', '--repository', `example/broadside@${commit}`];
  const { stdout, stderr, code } = await runCommand(folder, {}, words);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const read = (path: string): unknown => parse(readFileSync(join(folder, path), 'utf8'));
  const { sources } = read('config/broadside.yaml') as {
    readonly sources: readonly { readonly pages?: unknown }[];
  };
  const { jobs } = read('.github/workflows/broadside-publish.yml') as {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
  };
  const script = jobs['build']?.steps.flatMap(({ run }) => run ?? [])[0];
  return { pages: sources[0]?.pages, build: script?.trimEnd().split('\n'), stdout };
}

const lock = '{ "lockfileVersion": 3 }\n';

describe('where posts have what only the site can show, init has its pages tell, and builds it first', () => {
  it.concurrent.for<
    readonly [
      name: string,
      files: Readonly<Record<string, string>>,
      pages: unknown,
      build?: readonly string[],
    ]
  >([
    [
      'Hugo in the version that what deploys it names',
      {
        'hugo.toml': 'baseURL = "https://h.example"\npublishDir = "www"\n',
        'netlify.toml': '[build.environment]\nHUGO_VERSION = "0.128.2"\n',
        'content/posts/one.md': post('One', '2024-01-02') + onlySite,
      },
      { from: 'www' },
      [
        'curl -fsSL https://github.com/gohugoio/hugo/releases/download/v0.128.2/hugo_extended_0.128.2_linux-amd64.tar.gz | tar -xz -C "$RUNNER_TEMP" hugo',
        '"$RUNNER_TEMP/hugo"',
      ],
    ],
    [
      'Hugo in a version that nobody names: the live site is looked at',
      {
        'hugo.toml': 'baseURL = "https://h.example"\n',
        '.github/workflows/deploy.yml': 'with: { hugo-version: latest }\n',
        'content/posts/one.md': post('One', '2024-01-02') + onlySite,
      },
      'live',
    ],
    [
      'Zola in the version that its workflow names',
      {
        'zola.toml': 'base_url = "https://z.example"\n',
        '.github/workflows/deploy.yml': 'env:\n  ZOLA_VERSION: "0.19.2"\n',
        'content/blog/one.md': tomlPost('One', '2024-01-02') + liquid,
      },
      { from: 'public' },
      [
        'curl -fsSL https://github.com/getzola/zola/releases/download/v0.19.2/zola-v0.19.2-x86_64-unknown-linux-gnu.tar.gz | tar -xz -C "$RUNNER_TEMP" zola',
        '"$RUNNER_TEMP/zola" build',
      ],
    ],
    [
      'Jekyll by its Gemfile',
      {
        '_config.yml': 'url: https://j.example\n',
        Gemfile: 'gem "jekyll"\n',
        '_posts/2024-01-02-one.md': post('One', undefined) + liquid,
      },
      { from: '_site' },
      [
        'bundle config set --local path "$RUNNER_TEMP/gems"',
        'bundle install --quiet',
        'JEKYLL_ENV=production bundle exec jekyll build',
      ],
    ],
    [
      'Eleventy by its own program, where the project has no script',
      {
        'eleventy.config.js': "export default () => ({ dir: { input: 'src', output: 'www' } });\n",
        'package.json': '{ "dependencies": { "@11ty/eleventy": "^3" }, "homepage": "https://e.example" }\n',
        'package-lock.json': lock,
        'src/posts/one.md': post('One', '2024-01-02') + liquid,
      },
      { from: 'www' },
      ['npm ci', 'npx --no-install eleventy'],
    ],
    [
      'Docusaurus in a folder, with an old yarn',
      {
        'website/docusaurus.config.js':
          "module.exports = { title: 'D', url: 'https://d.example', baseUrl: '/' };\n",
        'website/package.json': '{ "scripts": { "build": "docusaurus build" } }\n',
        'website/yarn.lock': '# yarn lockfile v1\n',
        'website/blog/2024-01-02-one.mdx': post('One', undefined) + component,
      },
      { from: 'website/build' },
      ['cd website', 'corepack enable', 'yarn install --frozen-lockfile', 'yarn run build'],
    ],
    [
      'VitePress in docs/, with pnpm and its lock file at the top',
      {
        'docs/.vitepress/config.ts':
          "export default defineConfig({ title: 'V', sitemap: { hostname: 'https://v.example' } });\n",
        'package.json': '{ "scripts": { "docs:build": "vitepress build docs" } }\n',
        'pnpm-lock.yaml': 'lockfileVersion: 9\n',
        'docs/blog/one.md': `${post('One', '2024-01-02')}\n\nBefore.\n\n<!--@include: ./parts/chart.md-->\n\nAfter.\n`,
      },
      { from: 'docs/.vitepress/dist' },
      ['corepack enable', 'pnpm install --frozen-lockfile', 'pnpm run docs:build'],
    ],
    [
      'MkDocs by its requirements',
      {
        'mkdocs.yml': 'site_name: M\nsite_url: https://m.example\nplugins: [blog]\n',
        'requirements.txt': 'mkdocs-material==9.5.0\n',
        'docs/blog/posts/one.md': `${post('One', '2024-01-02')}\n\nBefore.\n\n{% include 'chart.html' %}\n\nAfter.\n`,
      },
      { from: 'site' },
      [
        'python3 -m venv "$RUNNER_TEMP/python"',
        '"$RUNNER_TEMP/python/bin/pip" install --quiet -r requirements.txt',
        '"$RUNNER_TEMP/python/bin/mkdocs" build --config-file mkdocs.yml',
      ],
    ],
    [
      'Next that renders on a server: it writes no folder of pages',
      {
        'next.config.js': 'module.exports = {};\n',
        'package.json': '{ "dependencies": { "next": "^15" }, "homepage": "https://n.example" }\n',
        'package-lock.json': lock,
        'app/blog/[slug]/page.tsx': '// shows one\n',
        'content/posts/one.mdx': post('One', '2024-01-02') + component,
      },
      'live',
    ],
    [
      'a folder whose name would be more than a word of the script',
      {
        'hugo.toml': 'baseURL = "https://h.example"\npublishDir = "${{ secrets.X }}; ls"\n',
        'netlify.toml': '[build.environment]\nHUGO_VERSION = "0.128.2"\n',
        'content/posts/one.md': post('One', '2024-01-02') + onlySite,
      },
      'live',
    ],
    [
      'Astro, where it serves pictures under other names than their files’',
      {
        'astro.config.mjs': "export default defineConfig({ site: 'https://a.example' });\n",
        'package.json': '{ "dependencies": { "astro": "^5" }, "scripts": { "build": "astro build" } }\n',
        'package-lock.json': lock,
        'src/content/blog/one.md': `${post('One', '2024-01-02')}\n\n![A kite](../../assets/kite.png)\n`,
      },
      { from: 'dist' },
      ['npm ci', 'npm run build'],
    ],
    [
      'SvelteKit, where its adapter names the folder',
      {
        'svelte.config.js':
          "import adapter from '@sveltejs/adapter-static';\nexport default { kit: { adapter: adapter({ pages: 'www' }) } };\n",
        'package.json':
          '{ "devDependencies": { "@sveltejs/kit": "^2", "@sveltejs/adapter-static": "^3" }, "homepage": "https://s.example", "scripts": { "build": "vite build" } }\n',
        'package-lock.json': lock,
        'src/routes/blog/[slug]/+page.svelte': '',
        'posts/one.md': post('One', '2024-01-02') + component,
      },
      { from: 'www' },
      ['npm ci', 'npm run build'],
    ],
    [
      'nothing of the kind: no pages',
      {
        'hugo.toml': 'baseURL = "https://h.example"\n',
        'netlify.toml': '[build.environment]\nHUGO_VERSION = "0.128.2"\n',
        'content/posts/one.md': `${post('One', '2024-01-02')}\n\n{{< youtube dQw4w9WgXcQ >}}\n\n\`{{< x-chart >}}\`\n`,
        'content/posts/two.md': `${post('Two', '2024-01-02', 'draft: true')}${onlySite}`,
      },
      undefined,
    ],
  ])('%s', async ([, files, pages, build], { expect, onTestFinished }) => {
    const written = await setUp(openFolder(onTestFinished), files);
    expect(written).toMatchObject({ pages, build });
  });
});

it('says which names are meant, how the site is built, and where the feeds go then', async () => {
  const { stdout } = await setUp(openFolder(), {
    'eleventy.config.js': "export default (config) => { config.addPassthroughCopy({ public: '/' }); };\n",
    'package.json': '{ "scripts": { "build": "eleventy" }, "homepage": "https://e.example" }\n',
    'package-lock.json': lock,
    'posts/one.md': post('One', '2024-01-02') + liquid,
    'posts/two.md': post('Two', '2024-01-03') + liquid,
  });
  expect(stdout).toContain('  pages  _site, once it is built\n');
  expect(stdout).toContain(
    'At least 2 posts have something that only your site can show: x-chart. Copies show what the post’s page shows there. So the workflows build the site into _site first: npm ci; npm run build.',
  );
  expect(stdout).toContain('Add the step "uses: ./.github/actions/broadside-feeds" with "into: _site"');
});

it('builds the site in workflows that are written to a config with pages', async () => {
  const folder = openFolder();
  const files = {
    'hugo.toml': 'baseURL = "https://h.example"\n',
    'netlify.toml': '[build.environment]\nHUGO_VERSION = "0.128.2"\n',
    'content/posts/one.md': post('One', '2024-01-02') + onlySite,
  };
  writeFiles(folder, files);
  await runCommand(folder, {}, ['init', '--yes', '--offline', '--without-workflows']);
  expect((await setUp(folder, {})).build?.at(-1)).toBe('"$RUNNER_TEMP/hugo"');
});
