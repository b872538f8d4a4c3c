import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRelease, readRepository, readRepositoryWord } from '../../src/init/origin.ts';
import { findOrigin } from '../../src/commands/init/program-origin.ts';
import { readVersion } from '../../src/base/version.ts';
import { openFolder, writeFiles } from '../workspace.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const own = 'https://git.example.com/example/broadside';
const shell = { environment: { PATH: process.env['PATH'] }, signal: new AbortController().signal };

describe('the address of a repository', () => {
  it.each([
    own,
    `${own}.git`,
    `${own}/`,
    'http://git.example.com/example/broadside.git',
    'https://someone:pass@word@GIT.example.com/example/broadside.git',
    'git@git.example.com:example/broadside.git',
    'ssh://git@git.example.com:2222/example/broadside.git',
    'git://git.example.com/example/broadside',
  ])('%s is one that a workflow can fetch from, without who signs in', (address) => {
    expect(readRepository(address)).toBe(own);
  });

  it.each([
    '',
    '../broadside',
    '/srv/git/broadside.git',
    'file:///srv/git/broadside.git',
    'git@work:example/broadside.git',
    'https://localhost/example/broadside',
    'https://127.0.0.1/example/broadside',
    'https://git.example.com:8443/example/broadside',
    'https://git.example.com/broadside',
    'https://git.example.com/a/b/broadside',
    'https://git.example.com/../broadside',
    'https://git.example.com/example/..',
    'https://git.example.com/example/broad side',
    'https://git.example.com/example/broadside?x=${{ secrets.X }}',
    "https://git.example.com/example/b'\n  run: x",
    'ext::sh -c x% git.example.com/example/broadside',
  ])('%j is none', (address) => {
    expect(readRepository(address)).toBe(undefined);
  });

  it('is said with a whole commit id, or without one, and with no name that can be moved', () => {
    const repository = 'https://github.com/example/broadside';
    expect(readRepositoryWord('example/broadside')).toEqual({ repository });
    expect(readRepositoryWord(`example/broadside@${commit.toUpperCase()}`)).toEqual({ repository, commit });
    expect(readRepositoryWord(`git@git.example.com:example/broadside.git@${commit}`)).toEqual({
      repository: own,
      commit,
    });
    for (const word of ['broadside', 'example/broadside@main', 'example/broadside@0123456', 'a/b/c']) {
      expect(readRepositoryWord(word)).toBe(undefined);
    }
  });
});

describe('where the program is from', () => {
  it('is the release that npm noted down, with its digest', async () => {
    const folder = join(openFolder(), 'node_modules', 'broadside');
    const integrity = `sha512-${'Ab+/'.repeat(21)}Ab==`;
    const note = (noted: object) => JSON.stringify({ packages: { 'node_modules/broadside': noted } });
    writeFiles(folder, { 'package.json': '{}' });
    const version = readVersion();
    writeFiles(join(folder, '..'), { '.package-lock.json': note({ version, integrity }) });
    const origin = { kind: 'release', name: 'broadside', version, integrity };
    expect(await findOrigin(folder, {}, shell)).toEqual({ origin, isChanged: false });

    expect(
      readRelease(
        note({ version, integrity, resolved: 'https://packages.example.com/b.tgz' }),
        'broadside',
        version,
      ),
    ).toEqual(origin);
    for (const other of [
      {},
      { version },
      { version: '0.0.0', integrity },
      { version, integrity: "sha512-'" },
      { version, integrity, resolved: 'file:../broadside.tgz' },
      { version, integrity, resolved: 'git+ssh://git@git.example.com/example/broadside.git' },
    ]) {
      expect(readRelease(note(other), 'broadside', version)).toBe(undefined);
    }
    writeFiles(join(folder, '..'), { '.package-lock.json': '{' });
    expect(await findOrigin(folder, {}, shell)).toHaveProperty('missing');
  });

  it('is the package that is named, with the digest that npm finds', async () => {
    const bin = openFolder();
    const integrity = `sha512-${'Ab+/'.repeat(21)}Ab==`;
    const name = '@example/broadside';
    writeFiles(bin, {
      npm: `#!/bin/sh\ntest "$*" = "view ${name}@${readVersion()} dist.integrity" && echo "${integrity}"\n`,
    });
    chmodSync(join(bin, 'npm'), 0o755);
    const asked = { ...shell, environment: { PATH: `${bin}:${process.env['PATH']}` } };
    const origin = { kind: 'release', name, version: readVersion(), integrity };
    expect(await findOrigin(bin, { package: name }, asked)).toEqual({ origin, isChanged: false });
    expect(await findOrigin(bin, { package: 'another' }, asked)).toEqual({
      missing: `npm finds no package another@${readVersion()}`,
    });
  });
});
