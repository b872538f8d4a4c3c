import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openFolder, program, root, writeFiles } from '../workspace.ts';

const manifest: {
  readonly engines: { readonly node: string };
  readonly devDependencies: { readonly node: string };
} = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

describe('the Node that runs the tests', () => {
  it('is the one that was meant: BROADSIDE_NODE where it is set, else the pinned one', () => {
    const meant = process.env['BROADSIDE_NODE'] ?? manifest.devDependencies.node;
    expect(
      `${process.versions.node}.`.startsWith(`${meant}.`),
      `Node ${process.versions.node}, not ${meant}`,
    ).toBe(true);
  });

  it('is one the package allows', () => {
    expect(manifest.engines.node).toBe('>=22.18');
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    expect(major * 1000 + minor).toBeGreaterThanOrEqual(22_018);
  });
});

describe('a Node that is too old', () => {
  const entries = [program, fileURLToPath(new URL('src/start.js', root))];

  function start(node: string, words: readonly string[]) {
    const { stdout, stderr, status } = spawnSync(node, words, { encoding: 'utf8', env: {} });
    return { stdout, stderr, status };
  }

  const refusal = (version: string) => ({
    stdout: '',
    stderr:
      `NODE_TOO_OLD: Broadside needs Node 22.18 or later; this is ${version}.\n` +
      'Install a newer Node, from https://nodejs.org/ for example, and run the same command again.\n',
    status: 1,
  });

  it.each(['18.20.8', '20.20.2', '22.0.0', '22.17.1'])('is told so as Node %s', (version) => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
    const words = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];
    for (const entry of entries)
      expect(start(process.execPath, [...words, entry, 'plan'])).toEqual(refusal(version));
  });

  it('reads nothing else before', () => {
    for (const entry of entries) {
      const loading = readFileSync(entry, 'utf8').match(/\b(?:import|require)\b.*/g);
      expect(loading).toEqual([
        expect.stringMatching(/^(?:import\('\.\/cli\.ts'\)|require\([`"']\.\/program\.js[`"']\)\));$/),
      ]);
    }
  });

  const real = (process.env['BROADSIDE_OLD_NODES'] ?? '').split(' ').filter((version) => version !== '');

  it.each(real)('is told so by Node %s itself', (version) => {
    const folder = openFolder();
    writeFiles(folder, { 'package.json': '{}' });
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const install = spawnSync('npm', ['install', '--no-audit', '--no-fund', `node@${version}`], options);
    expect(install.status, `npm says ${install.stderr}`).toBe(0);
    const node = join(folder, 'node_modules/node/bin/node');
    const found = start(node, ['--version']).stdout.trim().slice(1);
    expect(`${found}.`.startsWith(`${version}.`), `npm brought ${found}`).toBe(true);
    for (const entry of entries) expect(start(node, [entry, 'plan'])).toEqual(refusal(found));
  });
});
