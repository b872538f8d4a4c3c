import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLiveBlog, writePost } from '../live-blog.ts';
import { openRecorder } from './loaded-modules.ts';
import { openFolder, root, writeFiles } from '../workspace.ts';

const closing: (() => void)[] = [];
const folder = openFolder((work) => closing.push(work));
const blog = join(folder, 'blog');

let load: Awaited<ReturnType<typeof openRecorder>>;

beforeAll(async () => {
  copyFileSync(new URL('package.json', root), join(folder, 'package.json'));
  load = await openRecorder(folder);
  const site = `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author } }
sources: [{ kind: markdown, path: posts }]
ledger: { kind: file }
require_live: false
`;
  writeFiles(blog, {
    'config/broadside.yaml': `${site}targets: { devto: { kind: devto, ai_disclosure: no_ai } }\n`,
    'config/feeds.yaml': `${site}targets: { feed: { kind: feed } }\n`,
    'config/linkedin.yaml': `${site}targets: { linkedin: { kind: linkedin, opt_in: false } }\n`,
    'posts/one.md': writePost('One', 'Hello.'),
  });
});

afterAll(() => closing.forEach((work) => work()));

/** What a command may load at most: packages, and kilobytes of code; and what it never does. */
interface Budget {
  readonly words: readonly string[];
  readonly packages: number;
  readonly kilobytes: number;
  readonly never?: RegExp;
}

/** Packages that read, render or reach something, by what they are for. */
const network = 'got|keyv|cacheable-request|p-queue';
const parsers = 'unified|micromark|mdast|hast|unist|remark|rehype|parse5|vfile|fast-xml|rss-parser';
const checkers = 'zod|yaml$|js-yaml|smol-toml';
const seldom = new RegExp(`^(?:${network}|rss-parser|hast-util-to-mdast|remark-mdx|gemoji)`);

const budgets: readonly Budget[] = [
  { words: ['--version'], packages: 0, kilobytes: 10 },
  ...[['--help'], ['plan', '--help'], ['help', 'check'], ['chekc'], ['check', '--wat'], []].map((words) => ({
    words,
    packages: 2,
    kilobytes: 85,
  })),
  { words: ['plan'], packages: 8, kilobytes: 850, never: new RegExp(`^(?:${network}|rss-parser)`) },
  { words: ['status'], packages: 8, kilobytes: 550, never: new RegExp(`^(?:${network}|${parsers})`) },
  { words: ['check'], packages: 95, kilobytes: 1650, never: seldom },
  { words: ['check', 'posts/one.md'], packages: 95, kilobytes: 1650, never: seldom },
  { words: ['check', '--config', 'config/feeds.yaml'], packages: 110, kilobytes: 1650, never: seldom },
  { words: ['check', '--config', 'config/linkedin.yaml'], packages: 95, kilobytes: 1650, never: seldom },
];

/** The kinds of a room whose code was loaded. */
function kindsOf(own: readonly string[], room: 'sources' | 'targets'): readonly string[] {
  return [...new Set(own.flatMap((path) => new RegExp(`^${room}/(.+?)/`).exec(path)?.[1] ?? []))];
}

describe('what a command loads', () => {
  it.each(budgets)('$words stays in its budget', ({ words, packages, kilobytes, never = /^$/ }) => {
    const loaded = load(blog, ...words);
    expect(loaded.packages.filter((name) => never.test(name))).toEqual([]);
    expect(loaded.packages.length).toBeLessThanOrEqual(packages);
    expect(loaded.bytes / 1000).toBeLessThanOrEqual(kilobytes);
  });

  it('is of no kind of source or target that the config does not name', () => {
    const { own } = load(blog, 'check', '--config', 'config/feeds.yaml');
    expect(kindsOf(own, 'targets')).toEqual(['feed']);
    expect(kindsOf(own, 'sources')).toEqual(['markdown']);
    expect(own.filter((path) => path.startsWith('ledger/'))).toEqual([]);
  });

  it('is nothing that parses, checks or renders, where a plan has nothing to do', async (context) => {
    const settled = await openLiveBlog(context, { posts: { one: 'Hello.' } });
    expect(await settled.run(['publish'])).toMatchObject({ code: 0 });
    await expect
      .poll(() => load(settled.folder, 'plan'), { timeout: 120_000, interval: 1000 })
      .toMatchObject({
        code: 0,
        packages: expect.not.arrayContaining(['js-yaml']) as unknown,
      });
    const { packages, nodes, bytes } = load(settled.folder, 'plan');
    const unused = new RegExp(`^(?:${network}|${parsers}|${checkers})`);
    expect(packages.filter((name) => unused.test(name))).toEqual([]);
    const seldom = /^(?:fs\/promises|readline|child_process|worker_threads|https?)$/;
    expect(nodes.filter((name) => seldom.test(name))).toEqual([]);
    expect(bytes / 1000).toBeLessThanOrEqual(650);
  });

  it('is of what reads front matter and config only what an edit needs', async (context) => {
    const settled = await openLiveBlog(context, { posts: { one: 'Hello.' } });
    expect(await settled.run(['publish'])).toMatchObject({ code: 0 });
    expect(load(settled.folder, 'plan')).toMatchObject({ code: 0 });
    writeFiles(settled.folder, { 'posts/one.md': writePost('One', 'Hello again.') });
    const { packages } = load(settled.folder, 'check', 'posts/one.md');
    expect(packages).toContain('js-yaml');
    expect(packages.filter((name) => /^(?:zod|yaml|smol-toml)$/.test(name))).toEqual([]);
  });
});

describe('the time to start', () => {
  /** The least processor time of a process over several runs, in seconds, as the shell counts it. */
  function measure(...words: readonly string[]): number {
    const times = Array.from({ length: 5 }, () => {
      const { stderr } = spawnSync(
        'bash',
        ['-c', 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1', 'x', process.execPath, ...words],
        {
          cwd: blog,
          encoding: 'utf8',
          env: { PATH: process.env['PATH'], HOME: folder, NODE_COMPILE_CACHE: join(folder, 'compiled') },
        },
      );
      const [user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
      return user + system;
    });
    return Math.min(...times);
  }

  it.each([
    { words: ['--version'], times: 1.5 },
    { words: ['--help'], times: 2.5 },
    { words: ['check', 'posts/one.md'], times: 15 },
  ])('of $words is less than $times times that of an empty process', ({ words, times }) => {
    writeFiles(folder, { 'empty.mjs': '' });
    const empty = measure(join(folder, 'empty.mjs'));
    expect(measure(join(folder, 'dist/cli.js'), ...words) / empty).toBeLessThan(times);
  });
});

describe('compiled code', () => {
  function check(environment: Readonly<Record<string, string>>) {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, 'dist/cli.js'), 'check'], {
      cwd: blog,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder, ...environment },
    });
    return { stdout, stderr, status };
  }
  const stdout: unknown = expect.stringMatching(/^1 post checked: 0 errors, 0 warnings\.\n/);
  const fine = { stdout, stderr: '', status: 0 };

  it('is kept where its user says', () => {
    const kept = join(folder, 'kept');
    expect(check({ NODE_COMPILE_CACHE: kept })).toEqual(fine);
    expect(readdirSync(kept, { recursive: true }).length).toBeGreaterThan(5);
  });

  it('is kept in the home folder, never in the temporary one, which others share', () => {
    const [home, temporary] = [join(folder, 'home'), join(folder, 'temporary')];
    writeFiles(temporary, { 'there.txt': '' });
    mkdirSync(home);
    expect(check({ HOME: home, TMPDIR: temporary })).toEqual(fine);
    expect(readdirSync(join(home, '.cache/broadside'), { recursive: true }).length).toBeGreaterThan(5);
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    expect(check({ XDG_CACHE_HOME: open, TMPDIR: temporary })).toEqual(fine);
    expect(readdirSync(join(open, 'broadside'))).toEqual([]);
    expect(readdirSync(temporary)).toEqual(['there.txt']);
  });

  it('is not kept where its user wants none, or where it cannot be', () => {
    const unwanted = join(folder, 'unwanted');
    expect(
      check({
        NODE_COMPILE_CACHE: unwanted,
        XDG_CACHE_HOME: unwanted,
        NODE_DISABLE_COMPILE_CACHE: '1',
      }),
    ).toEqual(fine);
    expect(existsSync(unwanted)).toBe(false);
    const file = fileURLToPath(new URL('package.json', root));
    expect(check({ NODE_COMPILE_CACHE: join(file, 'below') })).toEqual(fine);
  });
});
