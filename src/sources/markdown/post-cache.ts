import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { digestText } from '../../digest.ts';
import type { LoadedPost } from './load-post.ts';

/** What was learned of one file the last time it was read. */
interface Entry {
  /** What tells one state of the file from another. */
  readonly state: string;
  readonly loaded?: LoadedPost;
  readonly digest?: string;
}

/**
 * What earlier runs learned of a source's files. Only ever a shortcut: an entry counts while its file's size, times and number
 * on the disk are what they were on this machine, and a cache that is damaged, or of another blog, is none.
 */
export interface PostCache {
  /** What the file, by its path relative to the blog's folder, was loaded as. */
  findPost(file: string): LoadedPost | undefined;
  keepPost(file: string, loaded: LoadedPost): void;
  findDigest(file: string): string | undefined;
  keepDigest(file: string, digest: string): void;
  /** Writes what is new; a folder that cannot be written to is no fault. */
  save(): void;
}

/** A file that changed so lately may change again without its times showing it, in milliseconds. */
const unsettledTime = 2000;

/** How long a cache is kept that is not written any more, in milliseconds. */
const staleTime = 30 * 24 * 60 * 60 * 1000;

const format = 1;

/**
 * Opens the cache of one source. `root` is the blog's folder, absolute; `key` digests all but the files that posts are made of.
 */
export function openPostCache(root: string, name: string, key: string): PostCache {
  const folder = join(root, '.broadside', 'cache');
  const path = join(folder, `${name}-${key.slice(0, 8)}.json`);
  const header = { format, key, root, host: hostname(), code: describeCode() };
  const known = readEntries(path, JSON.stringify(header));
  const entries = new Map<string, Entry>();
  const states = new Map<string, string | undefined>();
  let changed = false;

  const stateOf = (file: string): string | undefined => {
    if (!states.has(file)) states.set(file, describeState(join(root, file)));
    return states.get(file);
  };
  const find = (file: string): Entry | undefined => {
    const entry = entries.get(file) ?? known.get(file);
    const isCurrent = entry !== undefined && entry.state === stateOf(file);
    if (isCurrent) entries.set(file, entry);
    return isCurrent ? entry : undefined;
  };
  const keep = (file: string, learned: Omit<Entry, 'state'>): void => {
    const state = stateOf(file);
    if (state === undefined) return;
    entries.set(file, { ...find(file), ...learned, state });
    changed = true;
  };
  return {
    findPost: (file) => find(file)?.loaded,
    keepPost: (file, loaded) => keep(file, { loaded }),
    findDigest: (file) => find(file)?.digest,
    keepDigest: (file, digest) => keep(file, { digest }),
    save() {
      if (!changed) return;
      changed = false;
      writeEntries(folder, path, JSON.stringify(header), entries);
    },
  };
}

/** The state of a file's bytes as far as the disk tells without reading them; undefined where that is not certain. */
function describeState(path: string): string | undefined {
  try {
    const { ino, size, mtimeMs, ctimeMs }: Stats = statSync(path);
    const isSettled = Date.now() - Math.max(mtimeMs, ctimeMs) > unsettledTime;
    return isSettled ? `${ino} ${size} ${mtimeMs} ${ctimeMs}` : undefined;
  } catch {
    return undefined;
  }
}

/** The program that made the entries: its version is not enough while it is worked on. */
function describeCode(): string {
  try {
    const { mtimeMs, size } = statSync(import.meta.filename);
    return `${mtimeMs} ${size}`;
  } catch {
    return '';
  }
}

/** A line with the header, one with the digest of the rest, and the entries. */
function readEntries(path: string, header: string): ReadonlyMap<string, Entry> {
  try {
    const text = readFileSync(path, 'utf8');
    const headerEnd = text.indexOf('\n');
    const digestEnd = text.indexOf('\n', headerEnd + 1);
    if (headerEnd === -1 || digestEnd === -1 || text.slice(0, headerEnd) !== header) return new Map();
    const rest = text.slice(digestEnd + 1);
    if (text.slice(headerEnd + 1, digestEnd) !== digestText(rest)) return new Map();
    return new Map(Object.entries(JSON.parse(rest) as Readonly<Record<string, Entry>>));
  } catch {
    return new Map();
  }
}

function writeEntries(
  folder: string,
  path: string,
  header: string,
  entries: ReadonlyMap<string, Entry>,
): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.gitignore'), '*\n');
    const rest = JSON.stringify(Object.fromEntries(entries));
    writeFileSync(temporary, `${header}\n${digestText(rest)}\n${rest}`);
    renameSync(temporary, path);
    for (const file of readdirSync(folder)) dropStale(join(folder, file));
  } catch {
    rmSync(temporary, { force: true });
  }
}

/** A cache that no run has written for long is of a config, or a version, of the past. */
function dropStale(path: string): void {
  const isStale = /-[0-9a-f]{8}\.json$/.test(path) && Date.now() - statSync(path).mtimeMs > staleTime;
  if (isStale) rmSync(path, { force: true });
}
