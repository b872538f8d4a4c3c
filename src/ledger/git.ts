import type { Memo } from '../base/memo.ts';
import type { CopyState, Ledger } from '../model/ledger.ts';
import { isCopyPath, isPiecesPath, layoutFile, pathOfBody, pathOfCopy, pathOfPieces } from './copy-path.ts';
import type { ReadFile } from './find-loss.ts';
import { foldFiles, type CopyFiles } from './fold-files.ts';
import { openChanges, type RequestChange } from './git-changes.ts';
import type { Listing } from './git-objects.ts';
import { openSight, type Sight } from './git-sight.ts';
import { openStore, type Store } from './git-store.ts';
import {
  formatEntry,
  formatHeader,
  formatLayout,
  parseCopyFile,
  parseLayout,
  readCopyFile,
  sortCopies,
  type FilePlace,
} from './lines.ts';
import { addPieces, readPieceFile } from './piece-lines.ts';
import type { StoreOptions } from './store-git.ts';

export interface GitLedgerOptions extends Pick<
  StoreOptions,
  'repository' | 'branch' | 'home' | 'environment' | 'secrets'
> {
  /** The remote's name; `origin` by default. */
  readonly remote?: string | undefined;
  /** Ends a read. A write is never given up half way: it is bounded by time limits. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait for another process in the same clone; 30 s by default. */
  readonly patience?: number | undefined;
  /** What earlier runs folded; nothing is remembered without it. */
  readonly memo?: Memo<CopyState> | undefined;
}

/**
 * A ledger on a branch of its own, read from and pushed to a remote without touching the author's work tree, index,
 * refs or config. Changes that are waiting at the same time travel in one commit. Throws `LEDGER_UNREADABLE`,
 * `LEDGER_LOST`, `LEDGER_UNWRITABLE` and `LEDGER_LOCKED`.
 */
export function openGitLedger(options: GitLedgerOptions): Ledger {
  const { branch, remote = 'origin', signal } = options;
  const sight = openSight(branch, remote);

  const placeOf = (path: string): FilePlace => ({ path, shown: `${branch}:${path}` });

  const open = openOnce({ ...options, remote });
  const request = openChanges(branch, remote, open, sight);

  const readOpened = (read: ReadFile): Readonly<Record<string, string>> => {
    const text = read(layoutFile)?.toString('utf8');
    return text === undefined ? {} : parseLayout(text, placeOf(layoutFile));
  };

  /** The branch as it is on the remote now. */
  const readTip = async <Held>(work: (files: CopyFiles) => Promise<Held>) => {
    const store = await open();
    return store.hold(async () => {
      const { files } = await sight.refresh(store, signal);
      await store.remember();
      const opened = readOpened(await sight.read(store, files, [layoutFile]));
      return { opened, ...(await work(describeFiles(store, sight, files, placeOf))) };
    });
  };

  return {
    description: `git branch ${branch} of ${remote}`,

    read() {
      return readTip(async ({ versions, read }) => ({
        copies: sortCopies((await read([...versions.keys()])).flat()),
      }));
    },

    readStates() {
      return readTip(async (files) => ({ states: await foldFiles(files, options.memo) }));
    },

    async append(copy, expectedLength, entry) {
      const [line, path] = [formatEntry(entry), pathOfCopy(copy)];
      return request(`${entry.kind} ${path}`, [path], (read, sent) => {
        readOpened(read);
        const text = read(path) && endLine(read(path));
        const lines = text === undefined ? [] : parseCopyFile(text, placeOf(path)).lines;
        if (sent && `${lines[expectedLength]}\n` === line) return { answer: 'ok' };
        if (lines.length !== expectedLength) return { answer: 'moved' };
        const held = text?.toString('utf8') ?? formatHeader(copy);
        return { answer: 'ok', files: { [path]: held + line } };
      });
    },

    async open(target, at) {
      await request(`open ${target}`, [], (read) => {
        const opened = readOpened(read);
        if (Object.hasOwn(opened, target)) return { answer: 'ok' };
        return { answer: 'ok', files: { [layoutFile]: formatLayout({ ...opened, [target]: at }) } };
      });
    },

    ...openBodies(open, request, sight, signal),
    ...openPieces(open, request, sight, placeOf, signal),
  };
}

/** The bodies last sent, each in a file of its own. */
function openBodies(
  open: () => Promise<Store>,
  request: RequestChange,
  sight: Sight,
  signal: AbortSignal | undefined,
): Pick<Ledger, 'storeBody' | 'readBody'> {
  return {
    async storeBody(fingerprint, body) {
      const path = pathOfBody(fingerprint);
      await request(`body ${fingerprint}`, [path], (read) =>
        read(path) === undefined ? { answer: 'ok', files: { [path]: body } } : { answer: 'ok' },
      );
    },

    async readBody(fingerprint) {
      const path = pathOfBody(fingerprint);
      const store = await open();
      return store.hold(async () => {
        const { files } = sight.last().files.has(path) ? sight.last() : await sight.refresh(store, signal);
        return (await sight.read(store, files, [path]))(path)?.toString('utf8');
      });
    },
  };
}

/** What pages showed, a file for each post. */
function openPieces(
  open: () => Promise<Store>,
  request: RequestChange,
  sight: Sight,
  placeOf: (path: string) => FilePlace,
  signal: AbortSignal | undefined,
): Pick<Ledger, 'readPieces' | 'storePieces'> {
  return {
    async readPieces() {
      const store = await open();
      return store.hold(async () => {
        const { files } = await sight.refresh(store, signal);
        await store.remember();
        const paths = [...files.keys()].filter(isPiecesPath);
        const bytesOf = await sight.read(store, files, paths);
        return new Map(paths.map((path) => readPieceFile(placeOf(path), () => endLine(bytesOf(path)))));
      });
    },

    async storePieces(postId, pieces) {
      const path = pathOfPieces(postId);
      await request(`pieces ${path}`, [path], (read) => {
        const held = read(path) && endLine(read(path));
        const lines = addPieces(postId, pieces, held, placeOf(path));
        if (lines === undefined) return { answer: 'ok' };
        return { answer: 'ok', files: { [path]: (held?.toString('utf8') ?? '') + lines.text } };
      });
    },
  };
}

/** Opens the store once. If that failed, the next call tries again. */
function openOnce(options: StoreOptions): () => Promise<Store> {
  let opening: Promise<Store> | undefined;
  return () => {
    opening ??= openStore(options).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}

/** The versions of files are git's ids of their content, whatever became of the branch's history. */
function describeFiles(
  store: Store,
  sight: Sight,
  files: Listing,
  placeOf: (path: string) => FilePlace,
): CopyFiles {
  return {
    versions: new Map([...files].filter(([path]) => isCopyPath(path))),
    read: async (paths) => {
      const bytesOf = await sight.read(store, files, paths);
      return paths.map((path) => readCopyFile(placeOf(path), () => endLine(bytesOf(path))));
    },
  };
}

/** A file in git is never half written: if a person's editor dropped the last line break, the line counts. */
function endLine(bytes: Buffer = Buffer.alloc(0)): Buffer {
  return bytes.length === 0 || bytes.at(-1) === 0x0a ? bytes : Buffer.concat([bytes, Buffer.from('\n')]);
}
