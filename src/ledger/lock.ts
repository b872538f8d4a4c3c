import { promises } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isFields } from '../base/is-fields.ts';
import { parseJson } from '../base/parse-json.ts';
import { BroadsideError } from '../base/errors.ts';
import type { Attempt } from '../model/ledger.ts';
import { newAttempt, findSender } from './attempt.ts';

/** How long another process may hold a lock before we give up: milliseconds. */
const defaultPatience = 30_000;

/** A lock made on another machine is taken to be left behind after this: milliseconds. */
const foreignLockAge = 10 * 60_000;

/** A lock whose maker did not get to write its name is taken to be left behind after this: milliseconds. */
const namelessLockAge = 10_000;

export interface LockOptions {
  /** The lock file, in a folder that exists by the time it is held. */
  readonly path: string;
  /** The lock file as people are shown it. */
  readonly shown: string;
  /** Milliseconds to wait for another process; 30 s by default. */
  readonly patience?: number | undefined;
}

/**
 * Runs work while no other process, and no other work in this one, holds the same lock. Throws `LEDGER_LOCKED`, and
 * `LEDGER_UNWRITABLE` at once where the lock cannot be made.
 */
export type WithLock = <T>(work: () => Promise<T>) => Promise<T>;

/** The locks that this process holds, by the id of their attempt: any other lock of its own is left behind. */
const held = new Set<string>();

/** A lock that is a file. One left behind by a process that was killed is recognised and broken. */
export function createLock(options: LockOptions): WithLock {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(() => holdFile(options, work));
    last = next.catch(() => undefined);
    return next;
  };
}

async function holdFile<T>(options: LockOptions, work: () => Promise<T>): Promise<T> {
  const holder = newAttempt();
  held.add(holder.id);
  try {
    await acquire(options, holder);
    return await work();
  } finally {
    await release(options.path, holder);
    held.delete(holder.id);
  }
}

async function acquire(options: LockOptions, holder: Attempt): Promise<void> {
  const { path, shown, patience = defaultPatience } = options;
  const deadline = performance.now() + patience;
  try {
    for (let delay = 4; !(await take(path, holder)); delay = Math.min(delay * 2, 200)) {
      if (await isLeftBehind(path, holder)) await breakLock(options);
      else if (performance.now() > deadline) throw await describeHolder(path, shown, patience);
      else await pause(delay * (0.5 + Math.random()));
    }
  } catch (cause) {
    throw cause instanceof BroadsideError ? cause : describeFault(cause, shown);
  }
}

/** The work under the lock is done, so a lock that cannot be released is no error: it will be recognised as left behind. */
async function release(path: string, holder: Attempt): Promise<void> {
  try {
    const now = await readLock(path);
    if (now?.holder?.id === holder.id) await promises.rm(path, { force: true });
  } catch {
    return;
  }
}

/** Makes the lock unless there is one. One that cannot be written whole, as on a full disk, is not left there. */
async function take(path: string, holder: Attempt): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await promises.open(path, 'wx');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
  try {
    await file.writeFile(`${JSON.stringify(holder)}\n`);
    return true;
  } catch (cause) {
    await promises.rm(path, { force: true });
    throw cause;
  } finally {
    await file.close();
  }
}

/** Only one process at a time may break a lock, and it looks once more first, so that it does not break the next holder's. */
async function breakLock(options: LockOptions): Promise<void> {
  const breaking = { ...options, path: `${options.path}.breaking`, shown: `${options.shown}.breaking` };
  await holdFile(breaking, async () => {
    if (await isLeftBehind(options.path, newAttempt())) await promises.rm(options.path, { force: true });
  });
}

async function isLeftBehind(path: string, own: Attempt): Promise<boolean> {
  const lock = await readLock(path);
  if (lock === undefined) return false;
  if (lock.holder === undefined) return lock.age > namelessLockAge;
  const { id, machine, process } = lock.holder;
  if (machine === own.machine && process === own.process) return !held.has(id);
  const sender = findSender(lock.holder);
  return sender === 'gone' || (sender === 'elsewhere' && lock.age > foreignLockAge);
}

async function readLock(path: string): Promise<{ age: number; holder: Attempt | undefined } | undefined> {
  const file = await openIfThere(path);
  if (file === undefined) return undefined;
  try {
    const { mtimeMs } = await file.stat();
    return { age: Date.now() - mtimeMs, holder: parseHolder(await file.readFile('utf8')) };
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await promises.open(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

function parseHolder(text: string): Attempt | undefined {
  const value = parseJson(text);
  const { id, machine, process } = (isFields(value) ? value : {}) as Partial<Attempt>;
  if (id === undefined || machine === undefined || process === undefined) return undefined;
  return { id, machine, process };
}

async function describeHolder(path: string, shown: string, patience: number): Promise<BroadsideError> {
  const holder = (await readLock(path))?.holder;
  const where = holder !== undefined && findSender(holder) === 'elsewhere' ? 'on another machine' : 'here';
  const who = holder === undefined ? 'Another process' : `Process ${holder.process} ${where}`;
  return new BroadsideError('LEDGER_LOCKED', `${who} has held the ledger for ${patience / 1000} s.`, {
    remedy: `Wait until the other broadside has ended; if none is running, delete ${shown}.`,
    file: shown,
  });
}

function describeFault(cause: unknown, shown: string): BroadsideError {
  const why =
    (cause as NodeJS.ErrnoException).code ?? (cause instanceof Error ? cause.message : String(cause));
  return new BroadsideError('LEDGER_UNWRITABLE', `The ledger’s lock ${shown} cannot be made: ${why}.`, {
    remedy: 'Let this user write to its folder, and check that its disk has room.',
    file: shown,
    cause,
  });
}
