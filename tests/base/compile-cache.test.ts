import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openCompileCache, type CacheUser } from '../../src/base/compile-cache.ts';
import { openFolder } from '../workspace.ts';

const id = process.getuid?.() ?? 0;

function open(given: Partial<CacheUser> = {}): string | undefined {
  return openCompileCache({ environment: {}, platform: 'linux', id, ...given });
}

afterEach(() => vi.unstubAllEnvs());

function openHome(): string {
  const home = openFolder();
  vi.stubEnv('HOME', home);
  return home;
}

describe('the folder for compiled code', () => {
  it.each([
    ['linux', '.cache'],
    ['freebsd', '.cache'],
    ['darwin', 'Library/Caches'],
  ] as const)('is made on %s below %s of the home folder, closed to all others', (platform, path) => {
    const home = openHome();
    mkdirSync(join(home, 'Library'));
    const folder = join(home, path, 'broadside');
    expect(open({ platform })).toBe(folder);
    expect(lstatSync(folder).mode & 0o7777).toBe(0o700);
    expect(lstatSync(join(folder, '..')).mode & 0o7777).toBe(0o700);
    expect(open({ platform })).toBe(folder);
  });

  it('is made where XDG_CACHE_HOME says, unless that depends on where one stands', () => {
    const home = openHome();
    const elsewhere = openFolder();
    expect(open({ environment: { XDG_CACHE_HOME: elsewhere } })).toBe(join(elsewhere, 'broadside'));
    for (const odd of ['', 'caches', './x']) {
      expect(open({ environment: { XDG_CACHE_HOME: odd } })).toBe(join(home, '.cache', 'broadside'));
    }
  });

  it('is not looked for again and again where it cannot be', () => {
    expect(open({ environment: { XDG_CACHE_HOME: '/proc/nowhere/at/all' } })).toBeUndefined();
    expect(open({ environment: { XDG_CACHE_HOME: '/proc/nowhere' } })).toBeUndefined();
  });

  it('is none that others could have written in', () => {
    const parent = openFolder();
    const environment = { XDG_CACHE_HOME: parent };
    const folder = join(parent, 'broadside');
    mkdirSync(folder);
    for (const mode of [0o777, 0o770, 0o720, 0o702, 0o755]) {
      chmodSync(folder, mode);
      expect(open({ environment }), `mode ${mode.toString(8)}`).toBeUndefined();
    }
    chmodSync(folder, 0o700);
    expect(open({ environment })).toBe(folder);
  });

  it('is none of another user', () => {
    const parent = openFolder();
    mkdirSync(join(parent, 'broadside'), { mode: 0o700 });
    expect(open({ environment: { XDG_CACHE_HOME: parent }, id: id + 1 })).toBeUndefined();
  });

  it('is neither a link nor a file', () => {
    const parent = openFolder();
    const real = openFolder();
    chmodSync(real, 0o700);
    symlinkSync(real, join(parent, 'broadside'));
    expect(open({ environment: { XDG_CACHE_HOME: parent } })).toBeUndefined();
    expect(readdirSync(real)).toEqual([]);
    expect(open({ environment: { XDG_CACHE_HOME: join(import.meta.filename) } })).toBeUndefined();
  });

  it('is none where others could put another in its place', () => {
    const parent = openFolder();
    const environment = { XDG_CACHE_HOME: parent };
    for (const mode of [0o777, 0o775, 0o757]) {
      chmodSync(parent, mode);
      expect(open({ environment }), `mode ${mode.toString(8)}`).toBeUndefined();
    }
    chmodSync(parent, 0o1777);
    expect(open({ environment })).toBe(join(parent, 'broadside'));
  });

  it('is none where others could put another in the place of a folder further up', () => {
    const shared = openFolder();
    const parent = join(shared, 'own', 'caches');
    mkdirSync(parent, { recursive: true });
    const environment = { XDG_CACHE_HOME: parent };
    chmodSync(shared, 0o777);
    expect(open({ environment })).toBeUndefined();
    chmodSync(shared, 0o1777);
    expect(open({ environment })).toBe(join(parent, 'broadside'));
  });

  it('is named without the links that lead there, which others could turn elsewhere', () => {
    const parent = realpathSync(openFolder());
    const link = join(openFolder(), 'link');
    symlinkSync(parent, link);
    expect(open({ environment: { XDG_CACHE_HOME: link } })).toBe(join(parent, 'broadside'));
  });

  it('is closed by the system on Windows, where modes and owners say nothing', () => {
    const parent = openFolder();
    mkdirSync(join(parent, 'broadside'));
    const environment = { LOCALAPPDATA: parent, XDG_CACHE_HOME: '/nowhere' };
    expect(open({ environment, platform: 'win32', id: undefined })).toBe(join(parent, 'broadside'));
  });
});
