import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLiveBlog, writePost } from './live-blog.ts';
import { openRecorder } from './loaded-modules.ts';
import { openFolder, root, writeFiles } from './workspace.ts';

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
}, 60_000);

afterAll(() => closing.forEach((work) => work()));

/** What the command line itself is made of. */
const words = ['ask.ts', 'cli.ts', 'compile-cache.ts', 'start.js', 'terminal.ts', 'version.ts'];

describe('what is not about a blog', () => {
  it('--version loads nothing else', () => {
    expect(load(blog, '--version')).toEqual({ own: words, packages: [], code: 0, stderr: '' });
  });

  it.each([[['--help']], [['plan', '--help']], [['help', 'check']]])(
    '%j loads the catalogue alone',
    (given) => {
      const { own, packages, code } = load(blog, ...given);
      expect(code).toBe(0);
      expect(own).toEqual([...words, 'commands/catalogue.ts', 'config-path.ts', 'errors.ts'].toSorted());
      expect(packages).toEqual(['commander', 'fastest-levenshtein']);
    },
  );

  it.each([[['chekc']], [['check', '--wat']], [['plan', '--at', 'noon']], [[]]])(
    'the usage error of %j loads what reports it, and nothing more',
    (given) => {
      const { own, packages, code } = load(blog, ...given);
      expect(code).toBe(1);
      expect(own).toEqual(
        [...words, 'commands/catalogue.ts', 'config-path.ts', 'errors.ts', 'report.ts'].toSorted(),
      );
      expect(packages).toEqual(['commander', 'fastest-levenshtein']);
    },
  );
});

describe('a command', () => {
  const network = ['got', 'keyv', 'cacheable-request'];
  const never = ['rss-parser', 'rehype-remark', 'remark-mdx', 'gemoji', 'p-queue'];

  function foldersOf(own: readonly string[], room: string): readonly string[] {
    const inside = own.filter((path) => path.startsWith(`${room}/`) && path.split('/').length > 2);
    return [...new Set(inside.map((path) => path.split('/')[1] ?? ''))];
  }

  it.each([['check', 'posts/one.md'], ['check'], ['plan'], ['status']])(
    '"%s" of a blog without feeds loads what it needs: no other kind, no network, no other command',
    (...given) => {
      const { own, packages, code } = load(blog, ...given);
      expect(code).toBe(0);
      expect(foldersOf(own, 'targets')).toEqual(['devto']);
      expect(foldersOf(own, 'sources')).toEqual(['markdown']);
      expect(packages.filter((name) => [...network, ...never].includes(name))).toEqual([]);
      expect(
        own.filter((path) => /^(rehearsal|init)\/|\/client\.ts$|\/git\.ts$|^http\.ts$/.test(path)),
      ).toEqual([]);
      for (const other of ['publish', 'init', 'import', 'rehearse', 'auth', 'announce']) {
        expect(own).not.toContain(`commands/${other}.ts`);
      }
    },
  );

  it('"check" of a blog with feeds alone loads nothing of dev.to, and no ledger', () => {
    const { own, packages, code } = load(blog, 'check', '--config', 'config/feeds.yaml');
    expect(code).toBe(0);
    expect(foldersOf(own, 'targets')).toEqual(['feed']);
    expect(own.filter((path) => path.startsWith('ledger/'))).toEqual([]);
    expect(packages).not.toContain('got');
  });

  it('"check" of a blog for LinkedIn alone loads nothing of the others', () => {
    const { own, code } = load(blog, 'check', '--config', 'config/linkedin.yaml');
    expect(code).toBe(0);
    expect(foldersOf(own, 'targets')).toEqual(['linkedin']);
  });

  it('"plan" with nothing to do loads neither what parses nor what renders', async (context) => {
    const settled = await openLiveBlog(context, { posts: { one: 'Hello.' } });
    expect(await settled.run(['publish'])).toMatchObject({ code: 0 });
    const { own, packages, code } = load(settled.folder, 'plan');
    expect(code).toBe(0);
    expect(foldersOf(own, 'targets')).toEqual(['devto', 'feed', 'linkedin']);
    expect(
      own.filter((path) =>
        /^(?:audit-post|transform\/(?:parse|prepare-tree)|targets\/\w+\/(?:audit|render|assemble))\.ts$/.test(
          path,
        ),
      ),
    ).toEqual([]);
    expect(
      packages.filter((name) =>
        /^(?:unified|micromark|mdast|hast|unist|remark|rehype|parse5|fast-xml|vfile)/.test(name),
      ),
    ).toEqual([]);
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
  const fine = { stdout: '1 post checked: 0 errors, 0 warnings.\n', stderr: '', status: 0 };

  it('is kept where its user says', () => {
    const kept = join(folder, 'kept');
    expect(check({ NODE_COMPILE_CACHE: kept })).toEqual(fine);
    expect(readdirSync(kept, { recursive: true }).length).toBeGreaterThan(5);
  });

  it('is kept in the home folder, never in the temporary one, which others share', () => {
    const [home, temporary] = [join(folder, 'home'), join(folder, 'temporary')];
    writeFiles(temporary, { 'there.txt': '' });
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
