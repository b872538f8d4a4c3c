import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { compareText } from '../../base/compare-text.ts';
import type { FolderItem, SiteView } from '../../init/define.ts';
import { isBelow, isVisible, staysInside } from '../../base/stay-inside.ts';
import { makeFolder } from '../../base/write-file.ts';

/** Above this many bytes a file is no config file. */
const sizeLimit = 256 * 1024;

/** How many bytes the start of a file is. */
const startSize = 4096;

/** How many names of a folder are looked at. */
const nameLimit = 5000;

/** A folder, read only as far as is safe, and what was there and was not read. */
export interface SiteFolder extends SiteView {
  /** Why files that are there were not read, by path. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Opens an absolute folder to be looked at. Links are followed while they stay inside and lead to nothing hidden; special files are never opened. */
export function openSiteFolder(root: string): SiteFolder {
  const border = realpathSync(root);
  const refused = new Map<string, string>();
  const texts = new Map<string, string | undefined>();
  const folders = new Map<string, readonly FolderItem[]>();

  const locate = (path: string): string | undefined => {
    const inside = !isAbsolute(path) && !path.split('/').includes('..');
    return inside ? findRealPath(join(border, path), border) : undefined;
  };

  const listFolder = (path: string): readonly FolderItem[] => {
    const real = locate(path);
    if (real === undefined) return [];
    return readdirSync(real, { withFileTypes: true })
      .slice(0, nameLimit)
      .flatMap((entry): readonly FolderItem[] => {
        const target = entry.isSymbolicLink() ? followLink(join(real, entry.name), border) : entry;
        if (target?.isFile() === true) return [{ name: entry.name, kind: 'file' }];
        return target?.isDirectory() === true ? [{ name: entry.name, kind: 'folder' }] : [];
      })
      .toSorted((a, b) => compareText(a.name, b.name));
  };

  const readText = (path: string): string | undefined => {
    const refuse = (why: string): undefined => void refused.set(path, why);
    const real = locate(path);
    if (real === undefined) {
      return lstatSync(join(border, path), { throwIfNoEntry: false })?.isSymbolicLink() === true
        ? refuse('leads out of the folder or to something hidden')
        : undefined;
    }
    const found = statSync(real);
    if (!found.isFile()) return undefined;
    if (found.size > sizeLimit) return refuse(`is larger than ${sizeLimit / 1024} KB`);
    const bytes = readFileSync(real);
    if (bytes.includes(0)) return refuse('is not text');
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, '\n');
    } catch {
      return refuse('is not UTF-8');
    }
  };

  const readStart = (path: string): string | undefined => {
    const real = locate(path);
    if (real === undefined || !statSync(real).isFile()) return undefined;
    const handle = openSync(real, 'r');
    try {
      const bytes = new Uint8Array(startSize);
      const length = readSync(handle, bytes, 0, startSize, 0);
      return new TextDecoder().decode(bytes.subarray(0, length)).replaceAll(/\r\n?/g, '\n');
    } finally {
      closeSync(handle);
    }
  };

  return {
    refused,
    start: (path) => orElse(() => readStart(path), undefined),
    list: (path) => {
      const known = folders.get(path);
      if (known !== undefined) return known;
      const found = orElse(() => listFolder(path), []);
      folders.set(path, found);
      return found;
    },
    read: (path) => {
      if (!texts.has(path)) {
        texts.set(
          path,
          orElse(() => readText(path), undefined),
        );
      }
      return texts.get(path);
    },
  };
}

/** A file that was to be written, and what became of it. */
export type WrittenFile = { readonly path: string } & (
  { readonly outcome: 'written' | 'kept' } | { readonly outcome: 'failed'; readonly why: string }
);

/** Whether something lies at a path below an absolute folder, be it a link that leads nowhere. */
export function isTaken(root: string, path: string): boolean {
  return orElse(() => lstatSync(join(root, path), { throwIfNoEntry: false }), undefined) !== undefined;
}

/** Writes a file below an absolute folder, with the folders above it, unless there is one already: then it is kept. */
export function writeNewFile(root: string, path: string, text: string): WrittenFile {
  const file = join(root, path);
  try {
    if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) return { path, outcome: 'kept' };
    if (!staysInside(dirname(file), root)) {
      return { path, outcome: 'failed', why: 'its folder is a link that leads out of the blog’s folder' };
    }
    makeFolder(dirname(file), root);
    writeFileSync(file, text, { flag: 'wx' });
    return { path, outcome: 'written' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return code === 'EEXIST'
      ? { path, outcome: 'kept' }
      : { path, outcome: 'failed', why: `it cannot be written (${code})` };
  }
}

/** Where a path below a border leads, unless a link leads out of that or to something hidden. */
function findRealPath(path: string, border: string): string | undefined {
  const real = orElse(() => realpathSync(path), undefined);
  if (real === undefined || !isBelow(real, border)) return undefined;
  return real === path || isVisible(relative(border, real)) ? real : undefined;
}

function followLink(path: string, border: string) {
  const real = findRealPath(path, border);
  return real === undefined ? undefined : statSync(real);
}

/** What a file system refuses is as if it were not there. */
function orElse<Value>(work: () => Value, otherwise: Value): Value {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
