import { spawn } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tick } from '../github-stand-in.ts';
import { writePost } from '../live-blog.ts';
import { findWrites } from '../small-blog.ts';
import { openFolder, root, writeFiles, type Run } from '../workspace.ts';
import { openInstalledBlog } from './installed-workflows.ts';
import { openRegistry, type LocalRegistry } from './local-registry.ts';
import { showRun } from './workflow-world.ts';

const project = fileURLToPath(root);
const folder = mkdtempSync(join(tmpdir(), 'broadside-package-'));
const copy = join(folder, 'project');
const blog = join(folder, 'blog');
const installed = join(blog, 'node_modules', 'broadside');

interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
}

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Lets npm ask the registry that it is told of. */
const online = { npm_config_offline: 'false' };

function run(
  cwd: string,
  program: string,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd,
      env: { PATH: process.env['PATH'], HOME: folder, npm_config_offline: 'true', ...more },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ stdout, stderr, code }));
  });
}

let packed: Packed;
let registry: LocalRegistry;

beforeAll(async () => {
  mkdirSync(copy);
  for (const path of [
    'src',
    'tests',
    'docs',
    'scripts',
    'config',
    'action.yml',
    'tsconfig.json',
    'package.json',
    'package-lock.json',
    'README.md',
    'LICENSE',
  ]) {
    cpSync(join(project, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'), 'dir');
  const made = await run(copy, process.execPath, ['scripts/package.ts']);
  if (made.code !== 0) throw new Error(made.stderr);
  const pack = await run(join(copy, 'out/package'), 'npm', ['pack', '--json', '--pack-destination', folder]);
  if (pack.code !== 0) throw new Error(pack.stderr);
  const [only] = JSON.parse(pack.stdout) as readonly Packed[];
  if (only === undefined) throw new Error('npm packed nothing');
  packed = only;
  mkdirSync(installed, { recursive: true });
  const unpacked = await run(installed, 'tar', [
    '-xzf',
    join(folder, packed.filename),
    '--strip-components',
    '1',
  ]);
  if (unpacked.code !== 0) throw new Error(unpacked.stderr);
  writeFiles(blog, {
    'config/broadside.yaml': `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author } }
sources: [{ kind: markdown, path: posts }]
targets:
  devto: { kind: devto, ai_disclosure: no_ai }
  linkedin: { kind: linkedin }
  feed: { kind: feed }
`,
    'posts/one.md': writePost('One', 'Hello.', 'syndicate: { linkedin: true }\n'),
  });
  registry = await openRegistry(join(folder, 'registry'));
  const published = await run(join(copy, 'out/package'), 'npm', ['publish', ...registry.words], online);
  if (published.code !== 0) throw new Error(published.stderr);
});

afterAll(() => registry.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Manifest;

  function runInstalled(...words: readonly string[]): Promise<Run> {
    return run(blog, process.execPath, [join(installed, manifest.bin['broadside'] ?? ''), ...words]);
  }

  it('holds the built program and what belongs to it, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'config/schema.json',
        'dist/THIRD-PARTY-NOTICES.txt',
        'dist/cli.js',
        'package.json',
      ]),
    );
    const meant =
      /^(LICENSE|README\.md|package\.json|config\/schema\.json|dist\/(THIRD-PARTY-NOTICES\.txt|package\.json|[a-z\d-]+\.js|app\/(app\.(js|css)|diagrams\.js\.br)))$/;
    expect(paths.filter((path) => !meant.test(path))).toEqual([]);
  });

  it('starts as a program of its own', () => {
    const text = readFileSync(join(installed, 'dist/cli.js'), 'utf8');
    expect(text.split('\n')[0]).toBe('#!/usr/bin/env node');
  });

  it('says whose code it holds, and by what licence', () => {
    const text = readFileSync(join(installed, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const used = [
      'fast-xml-parser',
      'got',
      'p-queue',
      'rehype-stringify',
      'remark-parse',
      'remark-rehype',
      'rss-parser',
    ];
    for (const name of [...used, 'unified', 'yaml', 'zod']) expect(text).toMatch(`\n${name} `);
    expect(text.match(/^Licence: (MIT|MIT-0|ISC|BSD-[23]-Clause|BlueOak-1\.0\.0)$/gm)?.length).toBe(
      text.match(/^Licence: /gm)?.length,
    );
  });

  it('tells its version and its commands', async () => {
    expect(await runInstalled('--version')).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
    const help = await runInstalled('--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/^ {2}publish\b/m);
  });

  it('checks a blog with no other package there', async () => {
    expect(await runInstalled('check')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^1 post checked: 0 errors, 0 warnings\.\n/) as string,
      stderr: '',
    });
  });

  it('checks many posts in the threads it brings', async () => {
    const many = join(folder, 'many');
    writeFiles(many, {
      'config/broadside.yaml': readFileSync(join(blog, 'config/broadside.yaml'), 'utf8'),
      ...Object.fromEntries(
        Array.from({ length: 400 }, (_, index) => [
          `posts/post-${index}.md`,
          writePost(`Post ${index}`, 'Hello.'),
        ]),
      ),
    });
    const program = join(installed, manifest.bin['broadside'] ?? '');
    const { code, stdout } = await run(many, process.execPath, [program, 'check']);
    expect(stdout).toMatch(/^400 posts checked: 0 errors/);
    expect(code).toBe(0);
  });

  it('publishes a blog to the stand-ins it brings', async () => {
    const { code, stdout, stderr } = await runInstalled('rehearse');
    expect(stdout).toMatch(/\n3 done\.\n$/);
    expect(stderr).toContain('Nothing has left this machine.');
    expect(code).toBe(0);
  });

  /** Runs the published program as somebody does who has none of it. */
  function npx(cwd: string, ...words: readonly string[]): Promise<Run> {
    return run(cwd, 'npx', [...registry.words, '--yes', `broadside@${manifest.version}`, ...words], online);
  }

  it('one package is all that npx brings, with nothing to run while it is installed', async () => {
    const blog = openFolder();
    expect(await npx(blog, '--version')).toMatchObject({ stdout: `${manifest.version}\n`, code: 0 });
    expect(globSync('_npx/*/node_modules/{*,@*/*}/package.json', { cwd: registry.cache }).length).toBe(1);
    const own = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
    expect(Object.keys(own).filter((key) => /dependencies|scripts/i.test(key))).toEqual([]);
    expect(packed.unpackedSize).toBeLessThan(8_000_000);
  });

  it('the bill of materials beside it names what the program was bundled from, and nothing else', () => {
    const bom = JSON.parse(
      readFileSync(join(copy, `out/broadside-${manifest.version}.cdx.json`), 'utf8'),
    ) as {
      readonly components: readonly { readonly name: string; readonly version: string }[];
      readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
    };
    const notices = readFileSync(join(copy, 'out/package/dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const named = bom.components.map((one) => `${one.name} ${one.version}`).toSorted();
    const held = [...notices.matchAll(/^-{80}\n\n(\S+ \S+)$/gm)].map(([, title = '']) => title);
    expect(named).toEqual(held.toSorted());
    expect(named).not.toContainEqual(expect.stringMatching(/^vitest /));
    const refs = new Set(bom.dependencies.map(({ ref }) => ref));
    expect(bom.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((one) => !refs.has(one))).toEqual(
      [],
    );
  });

  it('a blog is set up, checked and rehearsed with nothing but npx', async () => {
    const blog = openFolder();
    mkdirSync(join(blog, 'content/posts'), { recursive: true });
    writeFiles(blog, {
      'hugo.toml': 'baseURL = "https://kites.example/"\ntitle = "Kites"\nlanguageCode = "en"\n',
      'content/posts/first-wind.md':
        '---\ntitle: First wind\ndate: 2026-01-02\ntags: [kites]\ndescription: A day.\n---\n\nHello.\n',
    });
    const made = await npx(blog, 'init', '--yes', '--offline');
    expect(made.stderr + made.stdout).toContain('Hugo');
    expect(await npx(blog, 'check')).toMatchObject({ stdout: expect.stringContaining('0 errors'), code: 0 });
    expect(await npx(blog, 'rehearse')).toMatchObject({
      stdout: expect.stringContaining('2 done.'),
      code: 0,
    });
  });

  it('the workflows that it writes install it by its digest, and publish, against stand-ins of all that they reach', async () => {
    const blog = await openInstalledBlog(registry);
    const made = await npx(blog.repository.folder, 'init', '--yes', '--offline');
    expect(made).toMatchObject({ code: 0 });
    expect(made.stdout).toMatch(
      new RegExp(`The workflows run broadside ${manifest.version}, with the digest sha512-`),
    );
    blog.publishSetUp();

    const payload = { pull_request: { number: 7, head: { repo: { full_name: 'example/blog' } } } };
    const checked = await blog.run('check', { event: 'pull_request', secrets: {}, payload });
    expect(showRun(checked)).toContain('1 post checked: 0 errors');
    expect(checked.jobs['check']?.result).toBe('success');

    const published = await blog.run('publish', { event: 'push' });
    expect(showRun(published)).toContain('+ devto  first-wind  published');
    expect(published.jobs['publish']).toMatchObject({
      result: 'success',
      outputs: { created: '1', failed: '0' },
    });
    expect(findWrites(blog.devto)).toEqual(['POST /api/articles']);
    expect(blog.github.issues).toMatchObject([{ title: 'Broadside', state: 'open' }]);

    const file = blog.github.edit(1, 'author', tick(/retract devto first%2Dwind /));
    const event = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const environment = { GITHUB_EVENT_PATH: file };
    const answered = await blog.run('dashboard', { event: 'issues', payload: event, environment });
    expect(showRun(answered)).toContain('devto first-wind, retract: done.');

    const again = await blog.run('publish', { event: 'schedule' });
    expect(again.jobs['publish']).toMatchObject({
      result: 'success',
      outputs: { created: '0', updated: '0' },
    });
  });

  it('is an action, too, with nothing to install and as the Marketplace wants it', async () => {
    const action = join(copy, 'out/action');
    const said = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as {
      readonly description: string;
      readonly branding: object;
      readonly runs: object;
    };
    expect(said.runs).toEqual({ using: 'node24', main: 'main.js' });
    expect(said.description.length).toBeLessThan(125);
    expect(said.branding).toEqual({ icon: 'send', color: 'blue' });
    expect(readdirSync(action).toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'action.yml',
      'dist',
      'main.js',
      'package.json',
    ]);
    const summary = join(folder, 'action-summary');
    const output = join(folder, 'action-output');
    const started = await run(blog, process.execPath, [join(action, 'main.js')], {
      INPUT_COMMAND: 'check',
      INPUT_CONFIG: 'config/broadside.yaml',
      INPUT_TARGET: '',
      INPUT_POST: 'one',
      INPUT_TAKE: '',
      INPUT_TOKEN: 'a-token-of-the-job',
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
    });
    expect(started).toMatchObject({ code: 0, stderr: expect.not.stringContaining('a-token-of') as string });
    expect(started.stdout).toMatch(/1 post checked: 0 errors/);
  });
});
