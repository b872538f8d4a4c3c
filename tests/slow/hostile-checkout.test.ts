import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Origin } from '../../src/init/origin.ts';
import { blogWorkflows } from '../../src/init/workflows.ts';
import { makeBlog, runGitCommand, scratch } from '../git-blog.ts';
import { startLocalServer } from '../local-server.ts';
import { runWorkflow, type JobRun } from './workflow-runner.ts';
import { writeFiles } from '../workspace.ts';

/** A package as a registry has it. */
interface Packed {
  readonly bytes: Buffer;
  readonly integrity: string;
}

const marker = join(scratch, 'was-run');
const evil = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '');\n`;
const evilModule = `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(marker)}, '');\n`;

/** Packs files as npm does. Each package would also run a script of its own when it is installed. */
function pack(name: string, manifest: object, files: Readonly<Record<string, string>>): Packed {
  const folder = join(scratch, 'packed', name);
  const scripts = { install: `touch ${marker}`, postinstall: `touch ${marker}` };
  writeFiles(join(folder, 'package'), {
    'package.json': JSON.stringify({ type: 'module', scripts, ...manifest }),
    ...files,
  });
  const bytes = execFileSync('tar', ['-cz', '-C', folder, 'package']);
  return { bytes, integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}` };
}

const says = (whose: string) => `console.log('${whose}:', process.argv.slice(2).join(' '));\n`;
/** A release says in its manifest what its sources run on, and holds all of it. */
const released = { name: 'broadside', version: '1.2.3', dependencies: { helper: '^1.0.0' } };
const program = pack('program', released, { 'dist/cli.js': says('the release') });
const otherProgram = pack('other-program', released, { 'dist/cli.js': evilModule });
const helper = { name: 'helper', version: '1.0.0', exports: './index.js' };
const library = pack('library', helper, { 'index.js': "export const whose = 'the commit';\n" });
const otherLibrary = pack('other-library', helper, { 'index.js': evilModule });

/** A registry with these packages, in which each is what the registry says it is. */
async function openRegistry(packages: Readonly<Record<string, Packed>>): Promise<string> {
  const { url } = await startLocalServer((request, response) => {
    const [, name = '', file] = request.url?.split('/') ?? [];
    const packed = packages[name];
    if (packed === undefined || file !== undefined) {
      response.writeHead(packed === undefined ? 404 : 200).end(packed?.bytes);
      return;
    }
    const { version, ...manifest } = name === 'helper' ? helper : released;
    const dist = { tarball: `${url}/${name}/file.tgz`, integrity: packed.integrity };
    const versions = { [version]: { ...manifest, version, dist } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  });
  return url;
}

/** The npm that is there, but for the registry that it asks by itself, which is in no setting that anybody could change. */
function makeNpm(registry: string): string {
  const [npm = ''] = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).split('\n');
  const home = dirname(dirname(realpathSync(npm)));
  const bin = join(scratch, `bin-${new URL(registry).port}`);
  const copy = join(bin, 'npm-copy');
  mkdirSync(copy, { recursive: true });
  copyFileSync(join(home, 'package.json'), join(copy, 'package.json'));
  for (const part of ['bin', 'lib', 'node_modules']) symlinkSync(join(home, part), join(copy, part));
  writeFileSync(join(copy, 'npmrc'), `registry=${registry}/\n`);
  symlinkSync(process.execPath, join(bin, 'node'));
  const start = `exec "${process.execPath}" --preserve-symlinks --preserve-symlinks-main "${copy}/bin/npm-cli.js" "$@"`;
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${start}\n`, { mode: 0o755 });
  return bin;
}

const release: Origin = {
  kind: 'release',
  name: 'broadside',
  version: '1.2.3',
  integrity: program.integrity,
};
let commit: Origin;

beforeAll(() => {
  const folder = join(scratch, 'sources');
  const dependencies = { helper: '^1.0.0' };
  writeFiles(folder, {
    'package.json': JSON.stringify({
      name: 'broadside',
      version: '1.2.3',
      type: 'module',
      dependencies,
      allowScripts: { helper: true },
    }),
    'package-lock.json': JSON.stringify({
      name: 'broadside',
      version: '1.2.3',
      lockfileVersion: 3,
      packages: {
        '': { name: 'broadside', version: '1.2.3', dependencies },
        'node_modules/helper': { version: '1.0.0', integrity: library.integrity, hasInstallScript: true },
      },
    }),
    'src/start.js': `import { whose } from 'helper';\nconsole.log(\`\${whose}:\`, process.argv.slice(2).join(' '));\n`,
  });
  runGitCommand(folder, 'init', '--quiet', '--template=', '--initial-branch=main');
  runGitCommand(folder, 'add', '.');
  runGitCommand(folder, 'commit', '--quiet', '-m', 'The program');
  const id = runGitCommand(folder, 'rev-parse', 'HEAD');
  commit = { kind: 'commit', repository: pathToFileURL(folder).href, commit: id };
});

/** Runs the check of a pull request that tries to have other code run in the program's place; the registry is the only one asked. */
async function check(
  origin: Origin,
  packages: Readonly<Record<string, Packed>>,
): Promise<JobRun | undefined> {
  const other = await startLocalServer((_request, response) => void response.writeHead(404).end('{}'));
  const blog = makeBlog();
  const settings = `registry=${other.url}/\nignore-scripts=false\nnode-options=--require=./evil.cjs\n`;
  writeFiles(blog.folder, {
    '.npmrc': settings,
    '.env': `NODE_OPTIONS=--require=./evil.cjs\n`,
    '.gitattributes': '* filter=evil\n',
    'evil.cjs': evil,
    'package.json': JSON.stringify({
      name: 'broadside',
      version: '1.2.3',
      bin: { broadside: 'evil.cjs' },
      scripts: { preinstall: 'node evil.cjs', prepare: 'node evil.cjs' },
      workspaces: ['*'],
    }),
    'src/start.js': evilModule,
    'src/cli.ts': evilModule,
    'dist/cli.js': evilModule,
    'node_modules/helper/package.json': JSON.stringify({ ...helper, type: 'module' }),
    'node_modules/helper/index.js': evilModule,
    'node_modules/broadside/package.json': JSON.stringify({ ...released, bin: { broadside: 'dist/cli.js' } }),
    'node_modules/broadside/dist/cli.js': evil,
    ...Object.fromEntries(
      ['broadside', 'npm', 'node', 'git'].map((name) => [
        `node_modules/.bin/${name}`,
        `#!/bin/sh\ntouch ${marker}\n`,
      ]),
    ),
  });
  runGitCommand(blog.folder, 'add', '--all', '--force');
  runGitCommand(blog.folder, 'commit', '--quiet', '-m', 'A change');
  runGitCommand(blog.folder, 'push', '--quiet', 'origin', 'main');
  writeFileSync(join(blog.folder, 'npmrc'), settings);
  const options = {
    generator: 'Hugo',
    version: '1.2.3',
    origin,
    timezone: 'UTC',
    feedFolder: 'static',
    targets: [],
    secrets: [],
  };
  const run = await runWorkflow({
    workflow: blogWorkflows(options)['.github/workflows/broadside-check.yml'] ?? '',
    event: 'pull_request',
    remote: blog.url,
    sha: runGitCommand(blog.folder, 'rev-parse', 'HEAD'),
    secrets: {},
    payload: { pull_request: { number: 7 } },
    bin: makeNpm(await openRegistry(packages)),
    environment: {
      npm_config_registry: other.url,
      npm_config_userconfig: join(blog.folder, 'npmrc'),
      npm_config_ignore_scripts: 'false',
    },
  });
  expect(other.received).toEqual([]);
  expect(existsSync(marker)).toBe(false);
  return run.jobs['check'];
}

describe('a checkout that would have other code run', () => {
  it('is checked by the release that is named, and runs nothing', async () => {
    const job = await check(release, { broadside: program });
    expect(job?.steps.map(({ outcome, log }) => [outcome, log])).toEqual([
      ['success', ''],
      ['success', ''],
      ['success', expect.stringContaining('added 1 package')],
      ['success', 'the release: check --format github\n'],
      ['success', 'the release: plan --format github\n'],
      [
        'success',
        expect.stringMatching(/^the release: preview --out \S+\/broadside-preview --format github\n$/),
      ],
      ['success', ''],
    ]);
  });

  it('is checked by the commit that is named, and runs nothing', async () => {
    const job = await check(commit, { helper: library });
    expect(job?.steps.slice(3).map(({ log }) => log)).toEqual([
      'the commit: check --format github\n',
      'the commit: plan --format github\n',
      expect.stringMatching(/^the commit: preview --out \S+\/broadside-preview --format github\n$/),
      '',
    ]);
  });
});

describe('a registry that has something else by now', () => {
  it.each([
    ['release', () => release, { broadside: otherProgram }],
    ['commit', () => commit, { helper: otherLibrary }],
  ])('is refused for a %s, and nothing of it runs', async (_kind, origin, packages) => {
    const job = await check(origin(), packages);
    const [, , install, first] = job?.steps ?? [];
    expect(install).toMatchObject({ name: 'Install Broadside', outcome: 'failure' });
    expect(install?.log).toContain('EINTEGRITY');
    expect(first?.outcome).toBe('skipped');
  });
});
