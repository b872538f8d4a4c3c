import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePost } from '../live-blog.ts';
import { root, writeFiles, type Run } from '../workspace.ts';

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
  readonly files: readonly { readonly path: string }[];
}

function run(cwd: string, program: string, words: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd,
      env: { PATH: process.env['PATH'], HOME: folder, npm_config_offline: 'true' },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ stdout, stderr, code }));
  });
}

let packed: Packed;

beforeAll(async () => {
  mkdirSync(copy);
  for (const path of ['src', 'tests', 'docs', 'scripts', 'config', 'package.json', 'README.md', 'LICENSE']) {
    cpSync(join(project, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'), 'dir');
  const pack = await run(copy, 'npm', ['pack', '--json', '--pack-destination', folder]);
  if (pack.code !== 0) throw new Error(pack.stderr);
  const [only] = JSON.parse(pack.stdout.slice(pack.stdout.search(/^\[$/m))) as readonly Packed[];
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
}, 60_000);

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
      /^(LICENSE|README\.md|package\.json|config\/schema\.json|dist\/(THIRD-PARTY-NOTICES\.txt|[a-z\d-]+\.js))$/;
    expect(paths.filter((path) => !meant.test(path))).toEqual([]);
  });

  it('starts as a program of its own', () => {
    const text = readFileSync(join(installed, 'dist/cli.js'), 'utf8');
    expect(text.split('\n')[0]).toBe('#!/usr/bin/env node');
  });

  it('says whose code it holds, and by what licence', () => {
    const text = readFileSync(join(installed, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['commander', 'remark-parse', 'yaml', 'zod']) expect(text).toMatch(`\n${name} `);
    expect(text.match(/^Licence: (MIT|ISC|BSD-[23]-Clause|BlueOak-1\.0\.0)$/gm)?.length).toBe(
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
});
