import { statSync, type Stats } from 'node:fs';
import { openCacheFile } from '../../base/cache-file.ts';
import type { LoadedPost } from './load-post.ts';

/** What tells one state of a file from another: its number on the disk, its size and its times. */
type State = readonly [ino: number, size: number, mtimeMs: number, ctimeMs: number];

/** What was learned of one file the last time it was read. */
interface Entry {
  readonly state: State;
  readonly loaded?: Omit<LoadedPost, 'stats'>;
  readonly digest?: string;
}

/**
 * What earlier runs learned of a source's files. Only ever a shortcut: an entry counts while its file's size, times and number
 * on the disk are what they were on this machine.
 */
export interface PostCache {
  /** What the file, by its path relative to the blog's folder, was loaded as. */
  findPost(file: string): LoadedPost | undefined;
  keepPost(file: string, loaded: LoadedPost): void;
  findDigest(file: string): string | undefined;
  keepDigest(file: string, digest: string): void;
  /** Writes what is new, unless that is little of the whole; a folder that cannot be written to is no fault. */
  save(): void;
}

/** A file that changed so lately may change again without its times showing it, in milliseconds. */
const unsettledTime = 2000;

/** Of so many of the entries, learning them again takes less than writing all. */
const fewEntries = 1 / 200;

/**
 * Opens the cache of one source. `root` is the blog's folder, absolute; `key` digests all but the files that posts are made of.
 */
export function openPostCache(root: string, name: string, key: string): PostCache {
  const file = openCacheFile(root, `${name}-${key.slice(0, 8)}`, key);
  const known = (file.read() ?? {}) as Readonly<Record<string, Entry>>;
  const entries: Record<string, Entry> = {};
  const states = new Map<string, State | undefined>();
  const size = Object.keys(known).length;
  let changed = 0;

  const stateOf = (path: string): State | undefined => {
    if (!states.has(path)) states.set(path, readState(`${root}/${path}`));
    return states.get(path);
  };
  const find = (path: string): Entry | undefined => {
    const entry = entries[path] ?? known[path];
    if (entry === undefined || !isSame(entry.state, stateOf(path))) return undefined;
    entries[path] = entry;
    return entry;
  };
  const keep = (path: string, learned: Omit<Entry, 'state'>): void => {
    const state = stateOf(path);
    if (state === undefined) return;
    entries[path] = { ...find(path), ...learned, state };
    changed += 1;
  };
  return {
    findPost: (path) => find(path)?.loaded,
    keepPost(path, { stats, ...loaded }) {
      if (stats !== undefined) states.set(path, describeState(stats));
      keep(path, { loaded });
    },
    findDigest: (path) => find(path)?.digest,
    keepDigest: (path, digest) => keep(path, { digest }),
    save() {
      if (changed <= size * fewEntries) return;
      changed = 0;
      file.write(entries);
    },
  };
}

function readState(path: string): State | undefined {
  try {
    return describeState(statSync(path));
  } catch {
    return undefined;
  }
}

/** The state of a file as far as the disk tells without reading it; undefined where that is not certain. */
function describeState({ ino, size, mtimeMs, ctimeMs }: Stats): State | undefined {
  const isSettled = Date.now() - Math.max(mtimeMs, ctimeMs) > unsettledTime;
  return isSettled ? [ino, size, mtimeMs, ctimeMs] : undefined;
}

function isSame(before: State, now: State | undefined): boolean {
  return now !== undefined && now.every((part, index) => part === before[index]);
}
