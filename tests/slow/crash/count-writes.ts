import { AsyncLocalStorage } from 'node:async_hooks';
import files, { appendFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import fs, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/**
 * What becomes of the write whose turn it is. `ENOSPC` writes half of it first; `EIO` nothing. Where a lock is given
 * back, both fall on the next write instead; `EIO-unlock` falls on nothing else.
 */
export type WriteFault = 'kill-before' | 'kill-after' | 'stop-after' | 'EIO' | 'ENOSPC' | 'EIO-unlock';

/** How the writes under a folder are counted, and what becomes of one of them. */
export interface WriteOrder {
  readonly folder: string;
  /** Counted from 1. */
  readonly at?: number;
  /** The write that is number 1; the first of all by default. */
  readonly from?: string;
  readonly does?: WriteFault;
  /** A file that gets a line for each write. */
  readonly log?: string;
  /** A folder that gets a copy of `folder` and of all of `beside` before and after each write. */
  readonly photos?: string;
  readonly beside?: readonly string[];
}

/** Writes as they are counted. */
export interface WriteCount {
  readonly order: WriteOrder;
  readonly writes: string[];
  /** Whether the fault has happened. */
  happened: boolean;
}

/** The count of one run in a process of many; a process of one run has the same for all. */
export const ownCount = new AsyncLocalStorage<WriteCount>();

/** Wraps what the file ledger writes with: calls that change something under the folder are counted. */
export function countWrites(shared?: WriteOrder): void {
  const sharedCount: WriteCount | undefined = shared && { order: shared, writes: [], happened: false };
  const find = (path: unknown): WriteCount | undefined => {
    const count = ownCount.getStore() ?? sharedCount;
    return count !== undefined && String(path).startsWith(count.order.folder) ? count : undefined;
  };

  const { open, writeFile, rename, rm, mkdir } = fs;
  fs.writeFile = (path, data, options) => {
    const name = `write ${typeof path === 'string' ? path : 'a file'}`;
    const half = (): Promise<void> => writeFile(path, halve(data), options);
    return around(find(path), name, () => writeFile(path, data, options), half);
  };
  fs.rename = (from, to) => around(find(to), `rename ${String(to)}`, () => rename(from, to));
  fs.rm = (path, options) => around(find(path), `rm ${String(path)}`, () => rm(path, options));
  fs.mkdir = ((path: string, options: object) =>
    around(existsSync(path) ? undefined : find(path), `mkdir ${path}`, () =>
      mkdir(path, options),
    )) as typeof mkdir;
  fs.open = async (path, flags, mode) => {
    const count = find(path);
    const isWrite = flags !== undefined && flags !== 'r';
    const opening = (): Promise<FileHandle> => open(path, flags, mode);
    const handle = await (isWrite ? around(count, `open ${String(path)}`, opening) : opening());
    if (count !== undefined) wrapHandle(handle, count, String(path));
    return handle;
  };
  countSyncWrites(find);
  syncBuiltinESMExports();
}

/** Wraps what whole files are written with, each call of which ends before the next begins. */
function countSyncWrites(find: (path: unknown) => WriteCount | undefined): void {
  const { openSync, writeFileSync, fsyncSync, closeSync, renameSync, mkdirSync } = files;
  const opened = new Map<unknown, string>();
  const pathOf = (file: unknown): unknown => opened.get(file) ?? file;
  files.openSync = (path, flags, mode) => {
    const open = (): number => openSync(path, flags, mode);
    const isWrite = flags !== undefined && flags !== 'r';
    const handle = isWrite ? aroundSync(find(path), `open ${String(path)}`, open) : open();
    opened.set(handle, String(path));
    return handle;
  };
  files.closeSync = (handle) => {
    opened.delete(handle);
    closeSync(handle);
  };
  files.writeFileSync = (file, data, options) => {
    const path = pathOf(file);
    const half = (): void => writeFileSync(file, halve(data), options);
    aroundSync(find(path), `write ${String(path)}`, () => writeFileSync(file, data, options), half);
  };
  files.fsyncSync = (handle) => {
    const path = pathOf(handle);
    aroundSync(find(path), `sync ${String(path)}`, () => fsyncSync(handle));
  };
  files.renameSync = (from, to) => aroundSync(find(to), `rename ${String(to)}`, () => renameSync(from, to));
  files.mkdirSync = ((path: string, options: object) =>
    aroundSync(existsSync(path) ? undefined : find(path), `mkdir ${path}`, () =>
      mkdirSync(path, options),
    )) as typeof mkdirSync;
}

function wrapHandle(handle: FileHandle, count: WriteCount, path: string): void {
  const writeFile = handle.writeFile.bind(handle);
  const appendFile = handle.appendFile.bind(handle);
  const truncate = handle.truncate.bind(handle);
  const sync = handle.sync.bind(handle);
  handle.writeFile = (data) =>
    around(
      count,
      `write ${path}`,
      () => writeFile(data),
      () => writeFile(halve(data)),
    );
  handle.appendFile = (data) =>
    around(
      count,
      `append ${path}`,
      () => appendFile(data),
      () => appendFile(halve(data)),
    );
  handle.truncate = (length) => around(count, `truncate ${path}`, () => truncate(length));
  handle.sync = () => around(count, `sync ${path}`, sync);
}

async function around<T>(
  count: WriteCount | undefined,
  name: string,
  real: () => Promise<T>,
  half?: () => Promise<unknown>,
): Promise<T> {
  if (count === undefined) return real();
  const turn = begin(count, name);
  if (turn.does === 'ENOSPC') await half?.();
  fail(turn, name);
  const result = await real();
  end(count, turn);
  return result;
}

function aroundSync<T>(count: WriteCount | undefined, name: string, real: () => T, half?: () => unknown): T {
  if (count === undefined) return real();
  const turn = begin(count, name);
  if (turn.does === 'ENOSPC') half?.();
  fail(turn, name);
  const result = real();
  end(count, turn);
  return result;
}

/** One counted write: its number, and what becomes of it. */
interface Turn {
  readonly number: number;
  readonly does: WriteFault | undefined;
}

function begin(count: WriteCount, name: string): Turn {
  const { order, writes } = count;
  const number = writes.push(name.replace(`${order.folder}/`, ''));
  const does = chooseFault(count, name.startsWith('rm '));
  if (does !== undefined) count.happened = true;
  if (order.log !== undefined) appendFileSync(order.log, `${writes[number - 1] ?? ''}\n`);
  takePhoto(order, number, 'before');
  if (does === 'kill-before') process.kill(process.pid, 'SIGKILL');
  return { number, does };
}

function fail({ does }: Turn, name: string): void {
  if (does !== 'EIO' && does !== 'ENOSPC' && does !== 'EIO-unlock') return;
  const code = does === 'ENOSPC' ? does : 'EIO';
  throw Object.assign(new Error(`${code}: ${name}`), { code });
}

function end({ order }: WriteCount, { number, does }: Turn): void {
  takePhoto(order, number, 'after');
  if (does === 'kill-after') process.kill(process.pid, 'SIGKILL');
  if (does === 'stop-after') process.kill(process.pid, 'SIGSTOP');
}

/** The fault of the write that is about to be made, if it is its turn. */
function chooseFault({ order, writes, happened }: WriteCount, unlocks: boolean): WriteFault | undefined {
  const { at, does, from } = order;
  if (at === undefined || happened) return undefined;
  const start = from === undefined ? 0 : writes.indexOf(from);
  const waits = does === 'EIO' || does === 'ENOSPC' ? unlocks : does === 'EIO-unlock' && !unlocks;
  return start >= 0 && writes.length - start >= at && !waits ? does : undefined;
}

function takePhoto({ folder, photos, beside = [] }: WriteOrder, number: number, when: string): void {
  if (photos === undefined) return;
  const photo = join(photos, `${String(number).padStart(4, '0')}-${when}`);
  mkdirSync(join(photo, 'ledger'), { recursive: true });
  if (existsSync(folder)) cpSync(folder, join(photo, 'ledger'), { recursive: true });
  for (const path of beside) copyMoving(path, join(photo, 'beside'));
}

function halve(data: unknown): string {
  const text = String(data);
  return text.slice(0, Math.floor(text.length / 2));
}

/** Copies a folder that a stand-in writes to: a draft that is renamed meanwhile is looked for again. */
function copyMoving(from: string, to: string): void {
  for (let tries = 20; ; tries -= 1) {
    try {
      return cpSync(from, to, { recursive: true });
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOENT' || tries <= 0) throw fault;
      rmSync(to, { recursive: true, force: true });
    }
  }
}
