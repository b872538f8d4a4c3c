import { setTimeout as pause } from 'node:timers/promises';
import type { ChildEnvironment } from '../base/child-environment.ts';
import { BroadsideError } from '../base/errors.ts';
import type { Memo } from '../base/memo.ts';
import type { CopyState, Entries, Ledger } from '../model/ledger.ts';
import { isCopyPath, layoutFile, pathOfBody, pathOfCopy } from './copy-path.ts';
import { findLoss, isRemembered, type ReadFile } from './find-loss.ts';
import { foldFiles, type CopyFiles } from './fold-files.ts';
import { openStore, type Fetched, type Listing, type Store, type Tips } from './git-store.ts';
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

/** How often a push that others were quicker than is decided again. */
const triesWhenBeaten = 12;

/** How often a push that fails though nobody else moved is tried. */
const triesWhenRefused = 3;

/** How often a branch that seems to have lost something is looked at: a server moves its two refs one after the other. */
const looksForLoss = 4;

export interface GitLedgerOptions extends ChildEnvironment {
  /** A folder inside the author's work tree. */
  readonly repository: string;
  readonly branch: string;
  /** The remote's name; `origin` by default. */
  readonly remote?: string | undefined;
  /** Ends a read. A write is never given up half way: it is bounded by time limits. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait for another process in the same clone; 30 s by default. */
  readonly patience?: number | undefined;
  /** What earlier runs folded; nothing is remembered without it. */
  readonly memo?: Memo<CopyState> | undefined;
}

/** The branch as it is at one commit, or before its first. */
interface Snapshot extends Tips {
  readonly files: Listing;
}

/** What a change comes to on top of a tip: an answer at once, or files to write for it. */
interface Effect {
  readonly answer: 'ok' | 'moved';
  readonly files?: Readonly<Record<string, string>>;
}

/** A change somebody waits for. */
interface Change {
  readonly title: string;
  /** The files it needs to see. */
  readonly paths: readonly string[];
  /** `sent` is true once a push that held it has failed, which may still have arrived. */
  decide(read: ReadFile, sent: boolean): Effect;
  resolve(answer: 'ok' | 'moved'): void;
  reject(error: unknown): void;
}

/**
 * A ledger on a branch of its own, read from and pushed to a remote without touching the author's work tree, index,
 * refs or config. Changes that are waiting at the same time travel in one commit. Throws `LEDGER_UNREADABLE`,
 * `LEDGER_LOST`, `LEDGER_UNWRITABLE` and `LEDGER_LOCKED`.
 */
export function openGitLedger(options: GitLedgerOptions): Ledger {
  const { branch, remote = 'origin', signal } = options;
  const waiting: Change[] = [];
  const contents = new Map<string, Buffer>();
  let storeOpening: Promise<Store> | undefined;
  let snapshot: Snapshot = { tip: undefined, mark: undefined, files: new Map() };
  let writing = false;

  const placeOf = (path: string): FilePlace => ({ path, shown: `${branch}:${path}` });

  const open = (): Promise<Store> => {
    storeOpening ??= openStore({ ...options, remote }).catch((error: unknown) => {
      storeOpening = undefined;
      throw error;
    });
    return storeOpening;
  };

  const refresh = async (store: Store, signal?: AbortSignal): Promise<Snapshot> => {
    for (let looks = 1; ; looks += 1) {
      const seen = await store.fetch(signal);
      const loss = await takeOver(store, seen);
      if (loss === undefined) return snapshot;
      if (looks === looksForLoss) throw loss;
      await pause(100 * looks * (0.5 + Math.random()));
    }
  };

  /** Makes what was fetched the snapshot, or says what is lost of what was there before. */
  const takeOver = async (
    store: Store,
    { tip, mark, known }: Fetched,
  ): Promise<BroadsideError | undefined> => {
    if (tip === undefined) {
      const [earlier] = known;
      if (earlier !== undefined) return store.reportLoss({ tip, mark }, earlier, '');
      snapshot = { tip, mark, files: new Map() };
    } else if (tip === snapshot.tip && known.length === 0) {
      snapshot = { ...snapshot, mark };
    } else {
      const next = { tip, mark, files: await store.list(tip) };
      for (const earlier of known) {
        const lost = await findLost(store, earlier, next);
        if (lost !== undefined) return store.reportLoss(next, earlier, lost);
      }
      if (!next.files.has(layoutFile)) throw reportForeignBranch(branch, remote);
      store.accept(tip);
      snapshot = next;
    }
    return undefined;
  };

  /** What the branch no longer has of what it had at an earlier commit: lines are only ever added. */
  const findLost = async (
    store: Store,
    earlier: string,
    next: Snapshot & { readonly tip: string },
  ): Promise<string | undefined> => {
    const files = earlier === snapshot.tip ? snapshot.files : await store.list(earlier);
    const paths = [...files.keys()].filter(
      (path) => isRemembered(path) && next.files.get(path) !== files.get(path),
    );
    const before = await readFiles(store, { files }, paths);
    const { lost, rewritten } = findLoss(paths, before, await readFiles(store, next, paths));
    if (lost !== undefined || !rewritten) return lost;
    return (await store.follows(next.tip, earlier)) ? undefined : 'its history is another one';
  };

  const readFiles = async (
    store: Store,
    { files }: Pick<Snapshot, 'files'>,
    paths: readonly string[],
  ): Promise<ReadFile> => {
    const ids = paths.map((path) => files.get(path)).filter((id) => id !== undefined && !contents.has(id));
    const loaded = await store.load([...new Set(ids.filter((id) => id !== undefined))]);
    for (const [id, bytes] of loaded) contents.set(id, bytes);
    return (path) => contents.get(files.get(path) ?? '');
  };

  const readOpened = (read: ReadFile): Readonly<Record<string, string>> => {
    const text = read(layoutFile)?.toString('utf8');
    return text === undefined ? {} : parseLayout(text, placeOf(layoutFile));
  };

  const request = (
    title: string,
    paths: readonly string[],
    decide: Change['decide'],
  ): Promise<'ok' | 'moved'> =>
    new Promise((resolve, reject) => {
      waiting.push({ title, paths: [layoutFile, ...paths], decide, resolve, reject });
      if (!writing) void writeAll();
    });

  const writeAll = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      let batch: readonly Change[] = waiting;
      try {
        const store = await open();
        batch = waiting.splice(0);
        await write(store, batch);
      } catch (error) {
        for (const change of batch === waiting ? waiting.splice(0) : batch) change.reject(error);
      }
    }
    writing = false;
  };

  const write = async (store: Store, batch: readonly Change[]): Promise<void> => {
    let rest = batch;
    let refusals = 0;
    for (let tries = 1; ; tries += 1) {
      const before = snapshot.tip;
      const how = refusals < triesWhenRefused - 1 ? 'marked' : 'alone';
      const attempt = await store.hold(() => pushOnce(store, rest, tries > 1, how));
      rest = attempt.undone;
      if (rest.length === 0) return;
      refusals = tries > 1 && attempt.tip === before ? refusals + 1 : 1;
      if (refusals === triesWhenRefused) throw reportRefusal(branch, remote, attempt.complaint);
      if (tries === triesWhenBeaten) throw reportCrowd(branch, remote);
      await pause(Math.random() * Math.min(4000, 100 * 2 ** tries));
    }
  };

  /** Decides changes on the remote's tip and pushes those that write; answers all that are settled by it. */
  const pushOnce = async (
    store: Store,
    changes: readonly Change[],
    sent: boolean,
    how: 'marked' | 'alone',
  ) => {
    const current = await refresh(store);
    const paths = changes.flatMap((change) => change.paths);
    const readTip = await readFiles(store, current, paths);
    const files = new Map<string, string>();
    const read: ReadFile = (path) => {
      const text = files.get(path);
      return text === undefined ? readTip(path) : Buffer.from(text);
    };
    const undone: Change[] = [];
    for (const change of changes) {
      try {
        const decision = change.decide(read, sent);
        if (decision.files === undefined) change.resolve(decision.answer);
        else undone.push(change);
        for (const [path, text] of Object.entries(decision.files ?? {})) files.set(path, text);
      } catch (error) {
        change.reject(error);
      }
    }
    if (undone.length === 0) return { undone, tip: current.tip, complaint: '' };
    if (current.tip === undefined && !files.has(layoutFile)) files.set(layoutFile, formatLayout({}));
    const commit = await store.commit(current.tip, files, writeMessage(undone));
    const { code, complaint } = await store.push(current, commit, how);
    if (code !== 0) return { undone, tip: current.tip, complaint };
    for (const change of undone) change.resolve('ok');
    return { undone: [], tip: commit, complaint };
  };

  /** The branch as it is on the remote now. The ids of its files tell their versions, whatever became of its history. */
  const readTip = async <Held>(
    work: (files: CopyFiles) => Promise<Held>,
  ): Promise<Held & Pick<Entries, 'opened'>> => {
    const store = await open();
    return store.hold(async () => {
      const current = await refresh(store, signal);
      await store.remember();
      const opened = readOpened(await readFiles(store, current, [layoutFile]));
      const versions = new Map([...current.files].filter(([path]) => isCopyPath(path)));
      const read = async (paths: readonly string[]) => {
        const bytesOf = await readFiles(store, current, paths);
        return paths.map((path) => readCopyFile(placeOf(path), () => endLine(bytesOf(path))));
      };
      return { opened, ...(await work({ versions, read })) };
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
      const line = formatEntry(entry);
      const path = pathOfCopy(copy);
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

    async keepBody(fingerprint, body) {
      const path = pathOfBody(fingerprint);
      await request(`body ${fingerprint}`, [path], (read) =>
        read(path) === undefined ? { answer: 'ok', files: { [path]: body } } : { answer: 'ok' },
      );
    },

    async readBody(fingerprint) {
      const path = pathOfBody(fingerprint);
      const store = await open();
      return store.hold(async () => {
        const current = snapshot.files.has(path) ? snapshot : await refresh(store, signal);
        return (await readFiles(store, current, [path]))(path)?.toString('utf8');
      });
    },
  };
}

/** A file in git is never half written: where a person's editor dropped the last line break, the line counts. */
function endLine(bytes: Buffer = Buffer.alloc(0)): Buffer {
  return bytes.length === 0 || bytes.at(-1) === 0x0a ? bytes : Buffer.concat([bytes, Buffer.from('\n')]);
}

/** The last line keeps hosts that build a preview of every branch from building this one. */
function writeMessage(changes: readonly Change[]): string {
  const [first = '', ...more] = changes.map(({ title }) => title.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '));
  return `${[first, ...(more.length > 0 ? ['', ...more] : [])].join('\n')}\n\n[skip ci]\n`;
}

function reportForeignBranch(branch: string, remote: string): BroadsideError {
  return new BroadsideError(
    'LEDGER_UNREADABLE',
    `The branch ${branch} of ${remote} holds something else than a ledger.`,
    {
      remedy: 'Set ledger.branch in the config to a name that is not taken.',
    },
  );
}

function reportRefusal(branch: string, remote: string, complaint: string): BroadsideError {
  return new BroadsideError(
    'LEDGER_UNWRITABLE',
    `The branch ${branch} cannot be pushed to ${remote}: ${complaint}.`,
    {
      remedy:
        'Let this user, or in a workflow the job ("permissions: contents: write"), push to that branch.',
    },
  );
}

function reportCrowd(branch: string, remote: string): BroadsideError {
  return new BroadsideError(
    'LEDGER_UNWRITABLE',
    `Others pushed to the branch ${branch} of ${remote} all the time.`,
    {
      remedy: 'Run the command again when the other runs have ended.',
    },
  );
}
