import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runInit, type InitArguments } from '../../src/commands/init/init.ts';
import { defaultConfigPath } from '../../src/config/default-path.ts';
import type { PostHead, SiteView } from '../../src/init/define.ts';
import { inspectSite } from '../../src/init/index.ts';
import { placeSchema } from '../../src/init/write-config.ts';
import { readScript } from '../../src/reading/site-files/read-script.ts';
import { chooseTemplate } from '../../src/init/templates.ts';
import type { Shell } from '../../src/base/shell.ts';
import { sampleSites } from './sample-sites.ts';
import { readConfig, repository, setUpSample, takeStock } from './set-up-sample.ts';
import { openFolder, writeFiles, type Run } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

/** Runs init in this process, with someone at the terminal or nobody. */
async function init(
  folder: string,
  more: Partial<InitArguments> = {},
  ask?: Shell['ask'],
): Promise<Run & { readonly asked: readonly string[] }> {
  let [stdout, stderr] = ['', ''];
  const asked: string[] = [];
  const shell: Shell = {
    cwd: folder,
    environment: {},
    signal: new AbortController().signal,
    now: () => '2026-11-30T12:00:00.000Z',
    format: 'human',
    print: (text) => void (stdout += text),
    report: (text) => void (stderr += text),
    interactive: ask !== undefined,
    color: false,
    ...(ask && {
      ask: (question: string, preset?: string) => {
        asked.push(question);
        return ask(question, preset);
      },
    }),
  };
  const args = {
    config: defaultConfigPath,
    folder: '.',
    repository,
    offline: true,
    yes: false,
    workflows: true,
    ...more,
  };
  const code = await runInit(args, shell);
  return { stdout, stderr, code, asked };
}

/** What a post with a slug and a day says of itself. */
function headOf(path: string, slug: string, day: string, values: PostHead['values'] = {}): PostHead {
  return {
    path,
    values,
    slug,
    id: slug,
    name: slug,
    folders: [],
    categories: [],
    at: `${day}T00:00:00Z`,
    day,
    writtenDay: day,
  };
}

/** A view of files that are only in memory. */
function viewOf(files: Readonly<Record<string, string>>): SiteView {
  return {
    read: (path) => files[path],
    start: (path) => files[path],
    list: (path) => {
      const below = path === '' ? '' : `${path}/`;
      const names = Object.keys(files)
        .filter((file) => file.startsWith(below))
        .map((file) => file.slice(below.length).split('/'));
      const kinds = new Map(names.map(([name = '', ...rest]) => [name, rest.length > 0]));
      return [...kinds].map(([name, isFolder]) => ({ name, kind: isFolder ? 'folder' : 'file' }));
    },
  };
}

describe('broadside init', () => {
  it('sets up a plain folder', async ({ onTestFinished }) => {
    const plain = sampleSites.find(({ generator }) => generator === 'plain');
    expect.assert(plain !== undefined);
    expect(await setUpSample(plain, openFolder(onTestFinished))).toBe('plain');
  });

  it('hands over what belongs into files that are there, and changes none of them', async () => {
    const folder = openFolder();
    writeFiles(folder, {
      'readme.md': '# Mine\n',
      '.gitignore': 'node_modules\nout\n',
      CNAME: 'example.com',
    });
    const run = await init(folder);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('. readme.md: there already, left as it is');
    expect(run.stdout).toContain('readme.md is yours. Add this to it:\n\n<!-- broadside -->\n');
    expect(run.stdout).toContain('.gitignore is yours. Add this to it:\n\n.broadside/\n');
    expect(readFileSync(join(folder, 'readme.md'), 'utf8')).toBe('# Mine\n');
    expect(existsSync(join(folder, 'README.md'))).toBe(false);
  });

  it('writes no first post where there are posts that it cannot read, and says so', async () => {
    const folder = openFolder();
    const rst = (title: string): string =>
      `${title}\n${'#'.repeat(title.length)}\n\n:date: 2020-08-20\n\nText.\n`;
    writeFiles(folder, {
      'pelicanconf.py': "SITENAME = 'Quill'\nSITEURL = 'https://quill.example'\n",
      'content/news/one.rst': rst('One'),
      'content/news/two.rst': rst('Two'),
      'content/pages/about.rst': 'About\n#####\n',
    });
    const run = await init(folder, { workflows: false });
    expect(run.stdout).toContain('2 dated files are in reStructuredText, such as content/news/one.rst.');
    expect(readConfig(folder).sources).toMatchObject([{ path: 'content/news' }]);
    expect(run.stdout).not.toContain('first-post');
    const twice = openFolder();
    writeFiles(twice, {
      'hugo.toml': "baseURL = 'https://quill.example'\n",
      'content/blog/one/index.md': '---\ntitle: One\ndate: 2020-08-20\n---\n\nText.\n',
      'content/blog/one/index.Rmd': '---\ntitle: One\ndate: 2020-08-20\n---\n\nText.\n',
    });
    expect((await init(twice, { workflows: false })).stdout).not.toContain('R Markdown');
  });

  it('takes posts at the top of the folder', async () => {
    const folder = openFolder();
    const top = (title: string): string => `---\ntitle: ${title}\ndate: 2024-01-02\n---\n\n${title}.\n`;
    writeFiles(folder, { 'one.md': top('One'), 'two.md': top('Two'), 'three.md': top('Three') });
    const run = await init(folder, { url: 'https://moss.example', workflows: false });
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain('first-post');
    expect(readConfig(folder).sources).toMatchObject([{ path: '.' }]);
  });

  it('says of the feeds where they go, once', async () => {
    const folder = openFolder();
    writeFiles(folder, {
      'eleventy.config.js': 'export default function () {}\n',
      'package.json': '{ "homepage": "https://moss.example" }\n',
      'posts/one.md': '---\ntitle: One\ndate: 2024-01-02\n---\n\n{% chart "x" %}\n',
    });
    const run = await init(folder);
    expect(run.stdout).toContain('they are written into _site after Eleventy has built the site');
    expect(run.stdout).not.toContain('addPassthroughCopy');
  });

  it('says nothing of components where every one is known', async () => {
    const folder = openFolder();
    writeFiles(folder, {
      'docusaurus.config.js':
        "module.exports = { url: 'https://reed.example', baseUrl: '/', title: 'Reed' }\n",
      'blog/2024-01-02-a.mdx':
        '---\ntitle: A\n---\n\n<Tabs>\n<TabItem value="a" label="A">\n\nOne.\n\n</TabItem>\n</Tabs>\n',
    });
    expect((await init(folder, { workflows: false })).stdout).not.toContain('MDX');
  });

  it('writes a first post where there is none, which nothing publishes', async () => {
    const folder = openFolder();
    writeFiles(folder, { '_config.yml': 'url: https://example.com\ntitle: New\n' });
    const run = await init(folder, { workflows: false });
    expect(run.stdout).toContain('+ _posts/2026-11-30-first-post.md');
    expect(existsSync(join(folder, '.github'))).toBe(false);
    const check = await runCommand(folder, {}, ['check']);
    expect(check.stdout).toBe('1 post checked (1 draft): 0 errors, 0 warnings.\n');
    const plan = await runCommand(folder, {}, ['plan', '--format', 'json']);
    expect(plan.code).toBe(0);
    const { actions } = JSON.parse(plan.stdout);
    expect(actions.map(({ target }: { target: string }) => target)).toEqual(['feed']);
  });

  it('begins a folder of letters, which are drafts in a sequence that the config knows', async () => {
    const folder = openFolder();
    writeFiles(folder, { '_config.yml': 'url: https://example.com\ntitle: New\n' });
    const run = await init(folder, { workflows: false, letters: 'letters' });
    for (const place of [1, 2, 3]) expect(run.stdout).toContain(`+ letters/welcome-${place}.md`);
    const check = await runCommand(folder, {}, ['check']);
    expect(check.stdout).toBe('1 post (1 draft) and 3 letters (3 drafts) checked: 0 errors, 0 warnings.\n');
    const file = join(folder, 'letters/welcome-1.md');
    writeFiles(folder, {
      'letters/welcome-1.md': readFileSync(file, 'utf8').replace('status: draft', 'status: ready'),
    });
    const planned = await runCommand(folder, {}, ['plan', '--target', 'welcome']);
    expect(planned.stdout).toMatch(/^\+ welcome +welcome-1 +new, day 0/m);
    expect((await init(folder, { workflows: false, letters: 'letters' })).stdout).not.toContain('+ letters/');
  });

  it('hands over what makes letters a source where there is a config', async () => {
    const folder = openFolder();
    writeFiles(folder, { '_config.yml': 'url: https://example.com\ntitle: New\n' });
    await init(folder, { workflows: false });
    const run = await init(folder, { workflows: false, letters: 'mail/first' });
    expect(run.stdout).toContain('config/broadside.yaml is yours. Add this to it:');
    expect(run.stdout).toContain('    path: "mail/first"\n');
    expect(existsSync(join(folder, 'mail/first/welcome-3.md'))).toBe(true);
    await expect(init(folder, { letters: '..' })).rejects.toThrow('not a folder inside the blog');
  });

  it('asks on a terminal only for what it cannot find, until the answer can be used', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'hugo.toml': 'title = "Found"\n', 'content/posts/a.md': '---\ntitle: A\n---\n' });
    const answers = ['not an address', 'https://example.com/', '', 'Mars', 'Asia/Tokyo', 'perhaps', 'no_ai'];
    const run = await init(folder, {}, async (_question, preset = '') => answers.shift() || preset);
    expect(answers).toEqual([]);
    expect(run.asked.map((question) => /address|Who|zone|AI/.exec(question)?.[0])).toEqual([
      'address',
      'address',
      'Who',
      'zone',
      'zone',
      'AI',
      'AI',
    ]);
    expect(readConfig(folder).site).toEqual({
      url: 'https://example.com',
      title: 'Found',
      description: '',
      author: { name: 'Found' },
      language: 'en',
      timezone: 'Asia/Tokyo',
    });
    expect(readConfig(folder).targets.devto.ai_disclosure).toBe('no_ai');
    expect(run.stdout).not.toContain('assumed');
  });

  it('asks nothing with --yes, nor where it is set up already', async () => {
    const folder = openFolder();
    const ask = () => Promise.reject(new Error('asked'));
    expect((await init(folder, { yes: true, url: 'https://example.com' }, ask)).code).toBe(0);
    expect((await init(folder, {}, ask)).code).toBe(0);
  });

  it('stops without a terminal where no address is to be found, and writes nothing', async () => {
    const folder = openFolder();
    writeFiles(folder, { 'next.config.js': 'module.exports = {};\n' });
    const run = await runCommand(folder, {}, ['init', '--format', 'json']);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(JSON.parse(run.stderr).error).toMatchObject({
      code: 'USAGE',
      message: 'Next’s next.config.js does not say what the site’s address is.',
      remedy: expect.stringContaining('--url'),
    });
    expect(readdirSync(folder)).toEqual(['next.config.js']);
  });

  it.each([
    [{ url: 'ftp://example.com' }, '--url'],
    [{ canonical: '/blog/{nome}' }, '--canonical'],
    [{ timezone: 'Mars/Olympus' }, '--timezone'],
    [{ posts: '../elsewhere' }, '--posts'],
    [{ repository: 'example/broadside@main' }, '--repository'],
    [{ repository: 'https://git.example.com/$(id)/broadside' }, '--repository'],
    [{ posts: '/etc' }, '--posts'],
    [{ config: 'other.yaml' }, 'init always writes'],
    [{ folder: 'nowhere' }, 'nowhere'],
  ])('refuses %o', async (more, said) => {
    const folder = openFolder();
    await expect(init(folder, { url: 'https://example.com', ...more })).rejects.toThrow(said);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says which program the workflows run, and how to start it', async () => {
    const folder = openFolder();
    const run = await init(folder, { url: 'https://example.com' });
    const [address, commit] = ['https://github.com/example/broadside', '0123456789'.repeat(4)];
    expect(run.stdout).toContain(`The workflows run Broadside from ${address} at commit ${commit}.`);
    expect(run.stdout).toMatch(/^2\. Run "broadside adopt"/m);
    expect(readFileSync(join(folder, 'config/broadside.yaml'), 'utf8')).toContain(
      `# yaml-language-server: $schema=https://raw.githubusercontent.com/example/broadside/${commit}/config/schema.json\n`,
    );
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(
      `\`broadside\` is ${address} at the commit \`${commit}\``,
    );
    const texts = Object.values(takeStock(folder)).join('\n');
    expect(texts).not.toMatch(/\bnpx\b/);
    expect(texts.split(`REPOSITORY: '${address}'\n`)).toHaveLength(5);
  });

  it('names no schema where nobody could read one', () => {
    const release = {
      kind: 'release',
      name: '@example/broadside',
      version: '1.2.3',
      integrity: 'sha512-x',
    } as const;
    expect(placeSchema(release)).toBe('https://unpkg.com/@example/broadside@1.2.3/config/schema.json');
    const elsewhere = { kind: 'commit', repository: 'https://git.example/a/b', commit: 'c0' } as const;
    expect([placeSchema(elsewhere), placeSchema(undefined)]).toEqual([undefined, undefined]);
  });

  it('says which posts have an address that the template does not make', async () => {
    const folder = openFolder();
    writeFiles(folder, {
      '_config.yml': 'url: https://example.com\n',
      '_posts/2024-01-02-a.md': '---\ntitle: A\n---\nA\n',
      '_posts/2024-01-03-b.md': '---\ntitle: B\n---\nB\n',
      '_posts/2024-01-04-c d.md': '---\ntitle: C\n---\nC\n',
    });
    const { stdout } = await init(folder);
    expect(stdout).toContain(
      'at /{year}/{month}/{day}/{slug}.html, by the rules of Jekyll for 2 of 3 posts tried, not compared with any page',
    );
    expect(stdout).toContain('The addresses of posts were worked out, but not compared with any page');
    expect(stdout).toContain(
      '_posts/2024-01-04-c d.md is at /2024/01/04/c-d.html. The config has the right address of this post under "addresses".',
    );
    expect(readConfig(folder).sources).toEqual([
      expect.objectContaining({ addresses: { '_posts/2024-01-04-c d.md': '/2024/01/04/c-d.html' } }),
    ]);
  });

  it('offers a run by hand the targets that a config has, and starts on the branch that is the default', async () => {
    const folder = openFolder();
    writeFiles(folder, {
      '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/2.0\n',
      [defaultConfigPath]: `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: Europe/London }
sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}" }]
targets: { forem: { kind: devto, ai_disclosure: no_ai, secrets: { apiKey: FOREM_KEY } }, "null": { kind: feed } }
`,
    });
    const run = await init(folder);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('1. Store the secret FOREM_KEY in the environment');
    const text = readFileSync(join(folder, '.github/workflows/broadside-publish.yml'), 'utf8');
    expect([...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name)).toEqual(['FOREM_KEY', 'FOREM_KEY']);
    const { on } = parse(text) as { on: object };
    expect(on).toMatchObject({
      push: { branches: ['2.0'] },
      workflow_dispatch: { inputs: { target: { options: ['all', 'forem', 'null'] } } },
    });
  });

  it('plans runs that fit the config and the posts, and says how many minutes they take', async () => {
    const cronOf = (folder: string): unknown =>
      (
        parse(readFileSync(join(folder, '.github/workflows/broadside-publish.yml'), 'utf8')) as {
          on: { schedule: unknown };
        }
      ).on.schedule;
    const zone = { timezone: 'Europe/London' };
    const post = (date: string): string => `---\ntitle: A\ndate: ${date}\n---\nA\n`;
    const daily = openFolder();
    writeFiles(daily, { 'posts/a.md': post('2024-07-02'), 'posts/b.md': post('2024-01-02') });
    const run = await init(daily, { url: 'https://example.com', timezone: 'Europe/London' });
    expect(cronOf(daily)).toEqual([
      { cron: '17 0,2 * * *', ...zone },
      { cron: '37 8,10 * * 2,4', ...zone },
    ]);
    expect(run.stdout).toContain(
      'Publishing runs by its schedule 78 times a month (cron: 17 0,2 * * *; 37 8,10 * * 2,4)',
    );
    expect(run.stdout).toContain('GitHub counts at least 78 minutes a month');

    const anytime = openFolder();
    const times = ['08:11', '09:22', '10:33', '11:44'].map((time) => post(`2024-01-02 ${time}`));
    writeFiles(anytime, Object.fromEntries(times.map((text, index) => [`posts/${index}.md`, text])));
    await init(anytime, { url: 'https://example.com', timezone: 'Europe/London' });
    expect(cronOf(anytime)).toEqual([{ cron: '17 * * * *', ...zone }]);

    const again = await init(daily, { url: 'https://example.com' });
    expect(again.stdout).not.toContain('times a month');
  });

  it('names folders with further posts, and says what it assumes of a site whose rules it cannot follow', async () => {
    const folder = openFolder();
    writeFiles(folder, {
      'hugo.toml': 'baseURL = "https://example.com"\n[permalinks]\nposts = "/:2006/:slug/"\n',
      'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-02\n---\nA\n',
      'content/notes/b.md': '---\ntitle: B\ndate: 2024-01-02\n---\nB\n',
    });
    const { stdout } = await init(folder);
    expect(stdout).toContain('There are dated files in content/notes too.');
    expect(readConfig(folder).sources).toHaveLength(1);
    expect(readFileSync(join(folder, defaultConfigPath), 'utf8')).toContain(
      '  # - kind: markdown\n  #   path: "content/notes"\n  #   canonical: "/notes/{slug}/"\n',
    );
    expect(stdout).toMatch(
      /^These were not found, so they are assumed: .*addresses of posts "\/blog\/\{slug\}"/m,
    );
  });
});

describe('a hostile site', () => {
  it.each([
    ['too large', 'hugo.toml', Buffer.alloc(300 * 1024, '# x\n'), 'is larger than 256 KB'],
    ['binary', 'hugo.toml', Buffer.from([0x74, 0, 1, 2]), 'is not text'],
    ['not UTF-8', '_config.yml', Buffer.from([0x74, 0xff, 0xfe]), 'is not UTF-8'],
  ])('has a config that is %s: it is named, and counts as empty', async (_what, file, bytes, why) => {
    const folder = openFolder();
    writeFileSync(join(folder, file), bytes);
    const run = await init(folder, { url: 'https://example.com' });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(`${file} was not read: it ${why}.`);
    expect((await runCommand(folder, {}, ['check'])).code).toBe(0);
  });

  it('has a config that is a link out of the folder: it is not followed', async () => {
    const [folder, outside] = [openFolder(), openFolder()];
    writeFiles(outside, { 'hugo.toml': 'title = "Not yours"\nbaseURL = "https://outside.example.com"\n' });
    writeFiles(folder, { 'config/_default/hugo.toml': 'baseURL = "https://example.com"\n' });
    symlinkSync(join(outside, 'hugo.toml'), join(folder, 'config/_default/params.toml'));
    symlinkSync(outside, join(folder, 'content'));
    const run = await init(folder);
    expect(run.code).toBe(1);
    expect(JSON.stringify(readConfig(folder))).not.toMatch(/Not yours|outside/);
    expect(run.stdout).toContain('! content/posts/first-post.md: its folder is a link that leads out');
    expect(readdirSync(outside)).toEqual(['hugo.toml']);
  });

  it('has a config that is a link to something hidden: it is not followed', async () => {
    const folder = openFolder();
    writeFiles(folder, { '.env': 'title = "A secret"\nbaseURL = "https://example.com"\n' });
    symlinkSync('.env', join(folder, 'hugo.toml'));
    expect((await init(folder, { url: 'https://example.com' })).code).toBe(0);
    expect(JSON.stringify(readConfig(folder))).not.toContain('A secret');
  });

  it('has links where files are to be written: nothing is written through them', async () => {
    const [folder, outside] = [openFolder(), openFolder()];
    symlinkSync(outside, join(folder, 'config'));
    symlinkSync(join(outside, 'README.md'), join(folder, 'README.md'));
    const run = await init(folder, { url: 'https://example.com' });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('! config/broadside.yaml: its folder is a link that leads out');
    expect(run.stdout).toContain('. README.md: there already');
    expect(readdirSync(outside)).toEqual([]);
  });

  it('has a pipe for a config: it is never opened', async () => {
    const folder = openFolder();
    expect(spawnSync('mkfifo', [join(folder, 'hugo.toml')]).status).toBe(0);
    mkdirSync(join(folder, 'posts'));
    const run = await init(folder, { url: 'https://example.com' });
    expect(run.stdout).toContain('A folder of posts. No site generator was recognised.');
  });

  it('says things that would be YAML, escape sequences or workflow commands: they stay text', async () => {
    const folder = openFolder();
    const title = 'x"\n::error::boom\u001b[2J\u2028targets: {}\u0085# "y';
    writeFiles(folder, {
      'hugo.json': JSON.stringify({
        baseURL: 'https://example.com',
        title,
        contentDir: '../../etc',
        staticDir: '../..',
        timeZone: 'UTC\nx: y',
        languageCode: 'en"',
        permalinks: { posts: '/:slug/"\n: x' },
      }),
    });
    const run = await runCommand(folder, {}, [
      'init',
      '--offline',
      '--repository',
      repository,
      '--format',
      'github',
      '--posts',
      'content/posts',
    ]);
    expect(run.code).toBe(0);
    expect(run.stdout).not.toMatch(/\u001b|^::error/m);
    const config = readConfig(folder);
    expect(config.site).toMatchObject({
      title: expect.stringContaining('::error::boom'),
      timezone: 'UTC',
    });
    expect(config.site['title']).not.toMatch(/[\n\u001b\u2028\u0085]/);
    expect(Object.keys(config.targets)).toEqual(['devto', 'linkedin', 'feed']);
    expect((await runCommand(folder, {}, ['check'])).code).toBe(0);
  });
});

describe('what a site says of itself', () => {
  const find = (files: Readonly<Record<string, string>>) => {
    const { generator, canonical, posts, feedFolder, feedPrefix, facts } = inspectSite(viewOf(files), {});
    return { generator, canonical, posts, feedFolder, feedPrefix, url: facts.url };
  };

  it.each([
    [
      'Hugo without permalinks',
      { 'hugo.yaml': 'baseURL: https://e.com/sub/', 'content/blog/a.md': '' },
      '/sub/blog/{slug}/',
    ],
    ['Hugo with ugly addresses', { 'hugo.toml': 'uglyURLs = true' }, '/posts/{slug}.html'],
    [
      'Hugo with a file for each section of its config',
      { 'config/_default/hugo.toml': '', 'config/_default/permalinks.toml': 'posts = "/:year/:title/"' },
      '/{year}/{slug}/',
    ],
    [
      'Hugo with a token no template has',
      { 'hugo.toml': '[permalinks]\nposts = "/:yearday/:slug/"' },
      undefined,
    ],
    ['Jekyll without permalink', { '_config.yml': '' }, '/{year}/{month}/{day}/{slug}.html'],
    ['Jekyll with style none', { '_config.yml': 'permalink: none' }, '/{slug}.html'],
    ['Jekyll with style ordinal', { '_config.yml': 'permalink: ordinal' }, undefined],
    [
      'Jekyll with categories in hyphens',
      { '_config.yml': 'permalink: /:slugified_categories/:title/' },
      '/{slug}/',
    ],
    ['Hugo with a layout of dates', { 'hugo.toml': '[permalinks]\nposts = "/:2006/:01/:slug/"' }, undefined],
    [
      'Hugo with a part of its sections',
      { 'hugo.toml': '[permalinks]\nposts = "/:sections[1:]/:slug/"' },
      '/{slug}/',
    ],
    [
      'Jekyll with defaults for posts',
      { '_config.yml': 'defaults: [{ scope: { type: posts }, values: { permalink: "/blog/:title" } }]' },
      '/blog/{slug}',
    ],
    [
      'Jekyll with a folder above _posts',
      { '_config.yml': 'permalink: pretty', 'log/_posts/2024-01-02-a.md': '' },
      '/log/{year}/{month}/{day}/{slug}/',
    ],
    [
      'Astro with pages of markdown',
      { 'astro.config.ts': "export default { base: '/b' }", 'src/pages/posts/a.md': '' },
      '/b/posts/{slug}/',
    ],
    ['Astro with a route at the top', { 'astro.config.ts': '', 'src/pages/[slug].astro': '' }, '/{slug}/'],
    [
      'Astro with a route that is a folder',
      {
        'astro.config.ts': '',
        'src/data/blog/a.md': '',
        'src/pages/tags/[tag].astro': '',
        'src/pages/posts/[...slug]/index.astro': "const posts = await getCollection('blog');",
      },
      '/posts/{slug}/',
    ],
    ['Astro without a route', { 'astro.config.ts': '' }, undefined],
    ['Eleventy by its own rule', { '.eleventy.js': '', 'blog/a.md': '' }, '/blog/{slug}/'],
    [
      'Eleventy with dates',
      {
        '.eleventy.js': '',
        'posts/posts.json': '{"permalink":"/{{ page.date | date: \'%Y/%m\' }}/{{ title | slugify }}.html"}',
      },
      '/{year}/{month}/{slug}.html',
    ],
    [
      'Eleventy with a function',
      { '.eleventy.js': '', 'posts/posts.11tydata.js': 'export default { permalink: (data) => data.x }' },
      undefined,
    ],
    ['Next with pages', { 'next.config.js': '', 'pages/posts/[id].js': '' }, '/posts/{slug}'],
    [
      'Next with a group',
      { 'next.config.ts': '', 'src/app/(site)/blog/[...slug]/page.mdx': '' },
      '/blog/{slug}',
    ],
    [
      'Next with a base',
      { 'next.config.js': "module.exports = { basePath: '/x' }", 'pages/blog/[slug].tsx': '' },
      '/x/blog/{slug}',
    ],
    ['Next without a route', { 'next.config.js': '' }, undefined],
    [
      'Hexo, which has a _config.yml too',
      { '_config.yml': '', 'package.json': '{"dependencies":{"hexo":"1"}}' },
      '/{year}/{month}/{day}/{slug}/',
    ],
  ])('%s', (_what, files, canonical) => {
    expect(find(files).canonical).toBe(canonical);
  });

  it('is where Eleventy passes files through', () => {
    const through = (call: string) => {
      const { feedFolder, feedPrefix } = find({ '.eleventy.js': call });
      return [feedFolder, feedPrefix];
    };
    expect(through('c.addPassthroughCopy("static")')).toEqual(['static', 'static/']);
    expect(through('c.addPassthroughCopy("x.png"); c.addPassthroughCopy({ "./pub": "/" })')).toEqual([
      'pub',
      '',
    ]);
    expect(through('c.addPassthroughCopy("src/assets"); return { dir: { input: "src" } }')).toEqual([
      'src/assets',
      'assets/',
    ]);
    expect(through('c.addPassthroughCopy("../../etc")')).toEqual(['public', '']);
    expect(through('c.addPassthroughCopy("css")')).toEqual(['public', '']);
  });

  const addressOf = (files: Readonly<Record<string, string>>, path: string, values: PostHead['values']) =>
    inspectSite(viewOf(files), {}).addressOf?.(headOf(path, 'a', '2024-03-04', values));

  it.each([
    [
      'a title with marks that Hugo keeps, and with those it drops',
      { 'hugo.toml': '[permalinks]\nposts = "/:title/"', 'content/posts/a.md': '' },
      'content/posts/a.md',
      { title: 'Node.js 24.1 -- what’s “new” & good?' },
      '/node.js-24.1--whats-new-good/',
    ],
    [
      'a translation beside its original',
      {
        'hugo.toml': 'baseURL = "https://e.com/b/"\n[languages.en]\n[languages.fr]',
        'content/posts/a.md': '',
      },
      'content/posts/a/index.fr.md',
      {},
      '/b/fr/posts/a/',
    ],
    [
      'a default language with a folder of its own',
      {
        'hugo.toml': 'defaultContentLanguageInSubdir = true\n[languages.en]',
        'content/posts/a.md': '',
      },
      'content/posts/a.md',
      {},
      '/en/posts/a/',
    ],
    [
      'a category with a space',
      { '_config.yml': 'permalink: /:categories/:slugified_categories/:title' },
      '_posts/2024-03-04-a.md',
      { category: 'Web Stuff' },
      '/web stuff/web-stuff/a',
    ],
    [
      'a post in a folder of its own name',
      { '.eleventy.js': '', 'posts/x.md': '' },
      'posts/a/a.md',
      {},
      '/posts/a/',
    ],
  ])('makes the address of %s', (_what, files, path, values, address) => {
    expect(addressOf(files, path, values)).toBe(address);
  });

  it('is in a file for each language, in Hugo', () => {
    const files = {
      'config/_default/hugo.toml': 'baseURL = "https://e.com"\ndefaultContentLanguage = "de"',
      'config/_default/languages.de.toml':
        'title = "Zwei"\nlanguageCode = "de-AT"\n[params.author]\nname = "Ada"',
      'config/_default/params.de.yaml': 'description: Zu zweit.',
      'config/_default/languages.en.toml': 'title = "Two"',
    };
    expect(inspectSite(viewOf(files), {}).facts).toEqual({
      url: 'https://e.com',
      title: 'Zwei',
      description: 'Zu zweit.',
      language: 'de-AT',
      author: { name: 'Ada' },
    });
  });

  it('is where most dated markdown lies, in a plain folder', () => {
    const dated = '---\ndate: 2024-01-02\n---\n';
    expect(
      find({ 'a/words/x.md': dated, 'a/words/y.md': dated, 'docs/b.md': '', 'README.md': '' }).posts,
    ).toBe('a/words');
    expect(find({ 'x/2024/a.md': dated, 'x/2025/b.md': dated, 'y/c.md': dated }).posts).toBe('x');
    expect(find({ 'words/a.md': '', 'more/b.md': '' }).posts).toBe('posts');
    expect(find({ 'docs/a.md': '', 'a/words/x.md': '', 'a/words/y.md': '', 'a/words/z.md': '' }).posts).toBe(
      'a/words',
    );
  });

  it('is no blog of Docusaurus that has none', () => {
    const config = (blog: string) => ({
      'docusaurus.config.js': `module.exports = { presets: [['classic', { blog: ${blog} }]] }`,
    });
    expect(find(config('false')).generator).toBe('plain');
    expect(find(config("{ routeBasePath: '/' }"))).toMatchObject({
      generator: 'Docusaurus',
      canonical: '/{slug}',
    });
  });

  it('names the one author of Docusaurus, and the address in the script of Next’s feed', () => {
    const author = (authors: string) =>
      inspectSite(
        viewOf({
          'docusaurus.config.js': "module.exports = { url: 'https://reed.example', baseUrl: '/' }",
          'blog/authors.yml': authors,
          'blog/2024-01-02-a.md': '---\ntitle: A\n---\n',
        }),
        {},
      ).facts.author;
    expect(author('one: { name: Example Author }\n')).toEqual({ name: 'Example Author' });
    expect(author('one: { name: Example Author }\ntwo: { name: Another }\n')).toBe(undefined);
    const feed =
      "const feed = new Feed({ title: 'Reed', id: 'https://reed.example/', link: 'https://reed.example/' });";
    const files = { 'next.config.js': 'module.exports = {}', 'app/rss.xml/route.js': feed };
    expect(inspectSite(viewOf(files), {}).facts.url).toBe('https://reed.example');
  });

  it('is where Next writes too, if it exports there', () => {
    const notes = (config: string) => inspectSite(viewOf({ 'next.config.js': config }), {}).notes;
    expect(notes("module.exports = { output: 'export' }")).toHaveLength(1);
    expect(notes("module.exports = { output: 'export', distDir: 'build' }")).toEqual([]);
    expect(notes('module.exports = {}')).toEqual([]);
  });

  it('knows what a generator reads beyond plain markdown', () => {
    const syntaxOf = (files: Readonly<Record<string, string>>) => inspectSite(viewOf(files), {}).syntax;
    expect(syntaxOf({ '_quarto.yml': 'website: {}\n' })).toMatchObject({ math: true });
    const extensions = '- pymdownx.arithmatex: { generic: true }\n- pymdownx.emoji\n- pymdownx.tilde\n';
    expect(syntaxOf({ 'mkdocs.yml': `markdown_extensions:\n${extensions}` })).toEqual({
      math: true,
      emoji: true,
      scripts: true,
    });
    expect(syntaxOf({ 'mkdocs.yml': 'markdown_extensions: [admonition]\n' })).toEqual({
      math: false,
      emoji: false,
      scripts: false,
    });
    expect(syntaxOf({ 'hugo.toml': 'enableEmoji = true\n' })).toEqual({ math: false, emoji: true });
    expect(syntaxOf({ '_config.yml': 'plugins: [jemoji]\n' })).toEqual({ emoji: true });
  });

  it('is read out of scripts that are not run', () => {
    const script = readScript(`
      const url = process.env.SITE ?? 'https://fallback.example.com'; // site: 'no'
      const pattern = /site: "no" [/"] /;
      /* site: 'no' */
      export default make({ a: [{ site: 'inner' }], site: url, on: true, deep: { key: \`t\` }, not: \`\${x}\` });
    `);
    expect(script.text('site')).toBe('https://fallback.example.com');
    expect(script.text('a.site', 'not', 'deep.key')).toBe('inner');
    expect(script.text('not', 'deep.key')).toBe('t');
    expect(script.flag('on')).toBe(true);
    const named = readScript(
      "const list = [{ site: 'https://other.example' }]; const settings = { site: 'https://own.example', on: true }; module.exports = settings;",
    );
    expect([named.text('site'), named.flag('on')]).toEqual(['https://own.example', true]);
    expect(readScript('const a = b; const b = a; export default { site: a }').text('site')).toBe(undefined);
  });

  it('is borne out by the posts, or corrected by them', () => {
    const post = (slug: string, day: string): PostHead => headOf(`posts/${slug}.md`, slug, day);
    const site = { timezone: 'UTC', language: 'en' };
    const choose = (suggested: string, posts: readonly PostHead[], addressOf: (post: PostHead) => string) =>
      chooseTemplate([suggested], posts, addressOf, site);
    const posts = [post('a', '2024-01-02'), post('b', '2024-01-02'), post('c', '2023-11-12')];
    const dated = choose('/p/{slug}', posts, ({ slug, day }) => `/p/${day.replaceAll('-', '/')}/${slug}`);
    expect(dated).toEqual({ template: '/p/{year}/{month}/{day}/{slug}', looked: 3, misfits: [] });
    const odd = choose('/p/{slug}', posts, ({ slug }) => (slug === 'b' ? '/x/b' : `/p/${slug}`));
    expect(odd).toEqual({
      template: '/p/{slug}',
      looked: 3,
      misfits: [{ path: 'posts/b.md', address: '/x/b' }],
    });
    const titled = choose('/p/{slug}', posts, ({ slug }) => `/p/on ${slug}-and-more`);
    expect(titled).toMatchObject({ template: '/p/{slug}', looked: 3 });
    expect(titled.misfits[0]?.address).toBe('/p/on%20a-and-more');
    expect(chooseTemplate([], [], undefined, site)).toEqual({ template: undefined, looked: 0, misfits: [] });
  });
});
