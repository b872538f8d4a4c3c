import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { root } from './workspace.ts';

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
  it('gets one sentence and exit code 1', () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });`;
    const run = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, 'src/cli.ts', 'plan'],
      { cwd: root, encoding: 'utf8' },
    );
    expect(run.stderr).toBe('Broadside needs Node 22.18 or later; this is 20.20.2.\n');
    expect(run.stdout).toBe('');
    expect(run.status).toBe(1);
  });
});
