import { closeSync, constants, openSync, promises, readdirSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BroadsideError } from '../base/errors.ts';
import { findVersion, type Memo } from '../base/memo.ts';
import type { CopyEntries, CopyState, Entries, Ledger } from '../model/ledger.ts';
import { makeFolder, writeWhole } from '../base/write-file.ts';
import {
  bodiesFolder,
  isCopyPath,
  isPiecesPath,
  layoutFile,
  pathOfBody,
  pathOfCopy,
  pathOfPieces,
} from './copy-path.ts';
import { foldFiles } from './fold-files.ts';
import {
  formatEntry,
  formatHeader,
  formatLayout,
  damaged,
  parseCopyFile,
  parseLayout,
  readCopyFile,
  sortCopies,
  type CopyFile,
  type FilePlace,
} from './lines.ts';
import { createLock } from './lock.ts';
import { addPieces, readPieceFile } from './piece-lines.ts';

const lockFile = '.lock';

const durable = { durable: true } as const;

export interface FileLedgerOptions {
  /** The ledger's folder, absolute. It is made by the first write. */
  readonly folder: string;
  /** The folder as people are shown it; the folder itself by default. */
  readonly shownAs?: string | undefined;
  /** Milliseconds to wait for another process; 30 s by default. */
  readonly patience?: number | undefined;
  /** What earlier runs folded; nothing is remembered without it. */
  readonly memo?: Memo<CopyState> | undefined;
}

/**
 * A ledger of plain files. A write counts only once it is on disk, with its folder's entry. All processes write one after another.
 * Throws `LEDGER_LOST`, `LEDGER_UNREADABLE`, `LEDGER_UNWRITABLE` and `LEDGER_LOCKED`.
 */
export function openFileLedger(options: FileLedgerOptions): Ledger {
  const { folder, shownAs = folder, patience, memo } = options;
  const hold = createLock({ path: join(folder, lockFile), shown: `${shownAs}/${lockFile}`, patience });

  const files = openFiles(folder, shownAs);
  const { placeOf, readOpened, readCopy, readListed, list } = files;

  const change: Change = (work) =>
    reportWrites(shownAs, async () => {
      makeFolder(folder, folder, durable);
      return hold(async () => {
        readOpened();
        return work();
      });
    });

  return {
    description: `files in ${shownAs}`,

    async read() {
      const { opened, paths } = list();
      return { opened, copies: sortCopies(paths.flatMap(readListed)) };
    },

    async readStates() {
      const { opened, paths } = list();
      const versions = new Map(paths.map((path) => [path, findVersion(`${folder}/${path}`)]));
      const read = async (changed: readonly string[]) => changed.map(readListed);
      return { opened, states: await foldFiles({ versions, read }, memo) };
    },

    async append(copy, expectedLength, entry) {
      const line = formatEntry(entry);
      const path = pathOfCopy(copy);
      return change(async () => {
        makeFolder(dirname(join(folder, path)), folder, durable);
        const file = readCopy(path);
        if ((file?.entries.length ?? 0) !== expectedLength) return 'moved';
        const isFirst = readOpened() === undefined;
        if (isFirst && file !== undefined) throw damaged(placeOf(layoutFile), 'is missing');
        if (isFirst) writeWhole(folder, layoutFile, formatLayout({}), durable);
        if (file === undefined) writeWhole(folder, path, formatHeader(copy) + line, durable);
        else await extendFile(join(folder, path), file.durableLength, line);
        return 'ok';
      });
    },

    open(target, at) {
      return change(async () => {
        const opened = readOpened() ?? {};
        if (Object.hasOwn(opened, target)) return;
        writeWhole(folder, layoutFile, formatLayout({ ...opened, [target]: at }), durable);
      });
    },

    ...openBodies(folder, shownAs, change),
    ...openPieces(folder, shownAs, change, files),
  };
}

/** Does a change while no other process does one. */
type Change = <T>(work: () => Promise<T>) => Promise<T>;

/** The bodies last sent, each in a file of its own. */
function openBodies(folder: string, shownAs: string, change: Change): Pick<Ledger, 'storeBody' | 'readBody'> {
  return {
    async storeBody(fingerprint, body) {
      const path = pathOfBody(fingerprint);
      if (readIfThere(join(folder, path), shownAs) !== undefined) return;
      await change(async () => writeWhole(folder, path, body, durable));
    },

    async readBody(fingerprint) {
      return readIfThere(join(folder, pathOfBody(fingerprint)), shownAs)?.toString('utf8');
    },
  };
}

/** What pages showed, a file for each post. */
function openPieces(
  folder: string,
  shownAs: string,
  change: Change,
  { placeOf, readOpened, readThere }: ReturnType<typeof openFiles>,
): Pick<Ledger, 'readPieces' | 'storePieces'> {
  return {
    async readPieces() {
      const paths = listPaths(folder, shownAs).filter(isPiecesPath);
      return new Map(paths.map((path) => readPieceFile(placeOf(path), () => readThere(path))));
    },

    async storePieces(postId, pieces) {
      const path = pathOfPieces(postId);
      const add = () => addPieces(postId, pieces, readIfThere(join(folder, path), shownAs), placeOf(path));
      if (add() === undefined) return;
      await change(async () => {
        const lines = add();
        if (lines === undefined) return;
        makeFolder(dirname(join(folder, path)), folder, durable);
        if (readOpened() === undefined) writeWhole(folder, layoutFile, formatLayout({}), durable);
        if (lines.durableLength === 0) writeWhole(folder, path, lines.text, durable);
        else await extendFile(join(folder, path), lines.durableLength, lines.text);
      });
    },
  };
}

/** Opens what reads the files of a ledger. */
function openFiles(folder: string, shownAs: string) {
  let isThere = false;

  const placeOf = (path: string): FilePlace => ({ path, shown: `${shownAs}/${path}` });

  const readOpened = (): Readonly<Record<string, string>> | undefined => {
    const bytes = readIfThere(join(folder, layoutFile), shownAs);
    if (bytes === undefined && isThere) throw reportGone(shownAs);
    isThere = bytes !== undefined;
    return bytes === undefined ? undefined : parseLayout(bytes.toString('utf8'), placeOf(layoutFile));
  };

  const readCopy = (path: string): CopyFile | undefined => {
    const bytes = readIfThere(join(folder, path), shownAs);
    return bytes === undefined ? undefined : parseCopyFile(bytes, placeOf(path));
  };

  /** The copies are listed first: another process that begins the ledger meanwhile writes its layout before any copy. */
  const list = (): Pick<Entries, 'opened'> & { readonly paths: readonly string[] } => {
    const paths = listPaths(folder, shownAs).filter(isCopyPath);
    const opened = readOpened();
    if (opened === undefined && paths.length > 0) throw damaged(placeOf(layoutFile), 'is missing');
    return { opened: opened ?? {}, paths };
  };

  /** A file that was listed, and has to be there. */
  const readThere = (path: string): Buffer => {
    const bytes = readIfThere(join(folder, path), `${shownAs}/${path}`);
    if (bytes === undefined) throw damaged(placeOf(path), 'leads nowhere');
    return bytes;
  };

  const readListed = (path: string): readonly CopyEntries[] =>
    readCopyFile(placeOf(path), () => readThere(path));

  return { placeOf, readOpened, readCopy, readThere, readListed, list };
}

/** The files in the folders of a ledger, except the bodies. */
function listPaths(folder: string, shown: string): readonly string[] {
  return listIfThere(folder, shown)
    .filter((target) => target.isDirectory() && target.name !== bodiesFolder)
    .flatMap(({ name }) => {
      const files = ifThere(shown, () => readdirSync(join(folder, name))) ?? [];
      return files.map((file) => `${name}/${file}`);
    });
}

function listIfThere(folder: string, shown: string) {
  return ifThere(shown, () => readdirSync(folder, { withFileTypes: true })) ?? [];
}

/**
 * Most files fit in here, so that reading ten thousand of them takes no memory of its own. They are read in turn and at once, which
 * takes a quarter of the time of promises.
 */
const room = Buffer.alloc(64 * 1024);

/** A file's bytes, valid until the next file is read. */
function readIfThere(path: string, shown: string): Buffer | undefined {
  return ifThere(shown, () => {
    const file = openSync(path, 'r');
    try {
      let length = 0;
      for (let count = -1; count !== 0 && length < room.length; length += count) {
        count = readSync(file, room, length, room.length - length, length);
      }
      return length < room.length ? room.subarray(0, length) : readFileSync(file);
    } finally {
      closeSync(file);
    }
  });
}

/** What is read, or undefined if there is no such file. Throws `LEDGER_UNREADABLE`. */
function ifThere<T>(shown: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new BroadsideError(
      'LEDGER_UNREADABLE',
      `The ledger in ${shown} cannot be read: ${nameFault(cause)}.`,
      {
        remedy: `Let this user read the folder ${shown}.`,
        file: shown,
        cause,
      },
    );
  }
}

/** If a ledger is deleted while it is in use, it is not begun anew with what is left to record. */
function reportGone(shown: string): BroadsideError {
  return new BroadsideError('LEDGER_LOST', `The ledger in ${shown} was deleted while it was in use.`, {
    remedy: 'Restore the folder from a backup or from its history.',
    file: shown,
  });
}

async function reportWrites<T>(shown: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof BroadsideError) throw cause;
    throw new BroadsideError(
      'LEDGER_UNWRITABLE',
      `The ledger in ${shown} cannot be written: ${nameFault(cause)}.`,
      {
        remedy: `Let this user write to ${shown}, and check that its disk has room.`,
        file: shown,
        cause,
      },
    );
  }
}

function nameFault(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? (cause instanceof Error ? cause.message : String(cause));
}

/** Flags for adding to an existing file, never through a link; Windows has no flag for the latter. */
const appending = constants.O_WRONLY | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/** Adds a line after what is durable; an unfinished line that a crash left behind is cut off first. */
async function extendFile(path: string, durableLength: number, line: string): Promise<void> {
  const file = await promises.open(path, appending);
  try {
    const { size } = await file.stat();
    if (size > durableLength) await file.truncate(durableLength);
    await file.appendFile(line);
    await file.sync();
  } finally {
    await file.close();
  }
}
