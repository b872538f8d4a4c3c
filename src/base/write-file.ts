import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { BroadsideError } from './errors.ts';
import { isBelow, staysInside } from './stay-inside.ts';

/** Whether what is written has to outlive a loss of power. */
export interface Durability {
  /** Whether the file and its folder's entry are on the disk by the time the call returns; by default they may be on their way. */
  readonly durable?: boolean;
}

/** What a file is to hold; in parts, so that they need not all be there at one time. */
type FileContent = string | Uint8Array | Iterable<string>;

/** The name of a draft: nobody can foresee it, and nothing else is called so. */
const draftName = /^\.[\da-f]{24}\.draft$/;

/** A draft is written in one go, so one this old was left behind by a killed process: milliseconds. */
const abandonedAge = 60 * 60 * 1000;

/**
 * Puts a whole file in place at once, or nothing: `path` is relative to `folder`, which is absolute and is made where it is missing.
 * The draft beside it has a random name and is created anew, so that nothing is written through a link; a link in the file's own
 * place is replaced. Throws `OUTPUT_UNWRITABLE` where the path leads out of the folder, by links too, and what `node:fs` throws.
 */
export function writeWhole(
  folder: string,
  path: string,
  content: FileContent,
  durability: Durability = {},
): void {
  openWriter(folder, durability)(path, content);
}

/** Opens a writer that puts files into a folder as `writeWhole` does, but looks only once where each folder in it leads. */
export function openWriter(
  folder: string,
  { durable = false }: Durability = {},
): (path: string, content: FileContent) => void {
  const homes = new Set<string>();
  return (path, content) => {
    const file = join(folder, path);
    const home = dirname(file);
    if (!homes.has(home)) {
      makeAll(folder, durable);
      requireInside(home, folder);
      makeAll(home, durable);
      dropAbandoned(home);
      homes.add(home);
    }
    putWhole(file, content, durable);
  };
}

function putWhole(file: string, content: FileContent, durable: boolean): void {
  const home = dirname(file);
  const draft = join(home, `.${randomUUID().replaceAll('-', '').slice(0, 24)}.draft`);
  try {
    const handle = openSync(draft, 'wx');
    try {
      const parts = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
      for (const part of parts) writeFileSync(handle, part);
      if (durable) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw cause;
  }
  if (durable) syncFolder(home);
}

/**
 * Makes a folder and those above it. A folder that is in `border` by its name has to be there after links are followed; any other
 * is where a person said. Both absolute. Throws `OUTPUT_UNWRITABLE` where it leads out, and what `node:fs` throws.
 */
export function makeFolder(folder: string, border: string, { durable = false }: Durability = {}): void {
  if (isBelow(folder, border)) requireInside(folder, border);
  makeAll(folder, durable);
}

function requireInside(folder: string, border: string): void {
  if (staysInside(folder, border)) return;
  throw new BroadsideError('OUTPUT_UNWRITABLE', `${folder} leads out of ${border}.`, {
    remedy: 'If it is a link, put a folder in its place, or name the folder that it leads to.',
  });
}

/** Makes folders one by one: Node's own way names the wrong fault on a read-only disk, and tries for ever below /proc. */
function makeAll(folder: string, durable: boolean): void {
  const isThere = (): boolean => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const above = dirname(folder);
  if (isThere()) return;
  if (above !== folder) makeAll(above, durable);
  try {
    mkdirSync(folder);
  } catch (cause) {
    if (!isThere()) throw cause;
  }
  if (durable) syncFolder(above);
}

const seen = new Set<string>();

/** Drops, once a run, the drafts that killed runs left in a folder; what cannot be dropped does no harm. */
function dropAbandoned(folder: string): void {
  if (seen.has(folder)) return;
  seen.add(folder);
  try {
    for (const name of readdirSync(folder).filter((one) => draftName.test(one))) {
      const path = join(folder, name);
      if (Date.now() - lstatSync(path).mtimeMs > abandonedAge) rmSync(path, { force: true });
    }
  } catch {
    return;
  }
}

/** Windows cannot sync a folder, and keeps its entries in a journal of its own. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (!['EPERM', 'EISDIR', 'EACCES', 'EINVAL'].includes(code)) throw cause;
  }
}
