import { existsSync, promises } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BroadsideError } from '../base/errors.ts';
import { makeFolder } from '../base/write-file.ts';
import { reportLoss } from './find-loss.ts';
import { tipRef } from './git-home.ts';
import { listFiles, loadObjects, makeCommit, nextRef, type Listing } from './git-objects.ts';
import { createLock, type WithLock } from './lock.ts';
import type { GitResult } from './run-git.ts';
import { diskFault, openStoreGit, remoteName, type StoreGit, type StoreOptions } from './store-git.ts';

/** In the store: what was fetched, to be compared with what this clone knew. */
const seenRef = 'refs/ledger/seen';
const markedRef = 'refs/ledger/marked';

/** A depth that git takes for the whole history. */
const wholeHistory = 2_147_483_647;

/** What a git command that was killed leaves behind in the store. */
const leftovers = [
  'config.lock',
  'HEAD.lock',
  'shallow.lock',
  'packed-refs.lock',
  ...[tipRef, seenRef, markedRef, nextRef].map((ref) => `${ref}.lock`),
];

/** How often a remote that cannot be reached is asked. */
const asksForTip = 3;

/** Where the remote's branch is. */
export interface Tips {
  /** The branch's commit; undefined where there is no such branch. */
  readonly tip: string | undefined;
  /** The commit at which the last change left the branch, according to a ref beside it that nobody deletes by mistake. */
  readonly mark: string | undefined;
}

/** Where the branch is, and the other commits that it is known to have been at. What they had must still be there. */
export interface Fetched extends Tips {
  readonly known: readonly string[];
}

/** A bare repository of our own beside the author's objects, refs and config, where the ledger's branch is read and made. */
export interface Store {
  /** Where the branch is on the remote, now. Throws `LEDGER_UNREADABLE`. */
  ask(signal?: AbortSignal): Promise<Tips>;
  /** Runs work while no other process uses the store. */
  readonly hold: WithLock;
  /** The same, with the files at hand. */
  fetch(signal?: AbortSignal): Promise<Fetched>;
  /** Whether a commit was made on top of an earlier one. */
  follows(tip: string, earlier: string): Promise<boolean>;
  /** Takes a commit, whose files are at hand, for what the branch was at last. */
  accept(tip: string): void;
  /** Makes this clone remember it; a push does that by itself. */
  remember(): Promise<void>;
  /** What to say of a branch that no longer holds what it held at an earlier commit. */
  reportLoss(tips: Tips, earlier: string, lost: string): BroadsideError;
  list(tip: string): Promise<Listing>;
  /** The contents of objects, all by one process. */
  load(ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Makes a commit on top of a tip, or the branch's first one, and returns its id. */
  commit(tip: string | undefined, files: ReadonlyMap<string, string>, message: string): Promise<string>;
  /**
   * Moves the remote's branch, and the mark beside it, from where they were seen to a commit, both or neither; only a result of
   * 0 says that it happened. `alone` leaves out the mark, for a server that takes no such ref.
   */
  push(seen: Tips, commit: string, how: 'marked' | 'alone'): Promise<GitResult>;
}

/**
 * Opens the store, made anew where there is none. Throws `LEDGER_UNREADABLE` where the remote cannot be asked and
 * `CONFIG_INVALID` where there is no such remote or the branch's name is not one.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { branch, remote } = options;
  const git = await openStoreGit(options);
  const { ref, mark, store, run, demand } = git;
  const complete = new Set<string>();
  let known: Promise<string | undefined> | undefined;
  let remembered: string | undefined;
  let takesMarks = true;

  const ask = (signal?: AbortSignal): Promise<Tips> => askRemote(git, remote, signal);

  const readKnown = async (): Promise<string | undefined> => (remembered = await readTip(git));

  return {
    ask,
    hold: openHold(git, options.patience),

    async fetch(signal) {
      const asked = await ask(signal);
      let own = await (known ??= readKnown());
      const isNew = asked.tip !== undefined && !complete.has(asked.tip);
      const isMarkNew = ![undefined, asked.tip, own].includes(asked.mark) && !complete.has(asked.mark ?? '');
      let { tip, mark: marked } = asked;
      if (isNew || isMarkNew) {
        const wanted = nameRefs(git, { tip: isNew, mark: isMarkNew });
        const all = nameRefs(git, { tip: asked.tip !== undefined, mark: asked.mark !== undefined });
        if ((await fetchOrStartAnew(git, remote, wanted, all, signal)) === 'anew') {
          complete.clear();
          known = Promise.resolve((own = remembered = undefined));
        }
        if (isNew) tip = await readRef(git, seenRef);
        if (isMarkNew) complete.add((marked = await readRef(git, markedRef)));
      }
      const before = [marked, own].filter((one) => one !== undefined && one !== asked.tip && one !== tip);
      return { tip, mark: asked.mark, known: [...new Set(before.filter((one) => one !== undefined))] };
    },

    async follows(tip, earlier) {
      const { code, complaint } = await fetchRefs(git, [`${ref}:${seenRef}`], wholeHistory);
      if (code !== 0) throw reportUnreachable(remote, complaint);
      return (await run(['merge-base', '--is-ancestor', earlier, tip])).code === 0;
    },

    accept(tip) {
      complete.add(tip);
      known = Promise.resolve(tip);
    },

    async remember() {
      const tip = await known;
      if (tip === undefined || tip === remembered) return;
      await demand(['update-ref', tipRef, tip]);
      remembered = tip;
    },

    reportLoss(tips, earlier, lost) {
      const kept = earlier === tips.mark ? 'remote' : 'here';
      return reportLoss({ branch, remote, tip: tips.tip, earlier, lost, mark, store, kept });
    },

    list: (tip) => listFiles(git, tip),
    load: (ids) => loadObjects(git, ids),

    async commit(tip, files, message) {
      const commit = await makeCommit(git, tip, files, message);
      complete.add(commit);
      return commit;
    },

    async push(seen, commit, how) {
      const isMarked = how === 'marked' && takesMarks;
      const result = await pushCommit(git, seen, commit, isMarked);
      if (result.code !== 0) return result;
      takesMarks = isMarked;
      known = Promise.resolve((remembered = commit));
      return result;
    },
  };
}

/** Makes the store where there is none, and takes away what a killed command has left, before it is used. */
function openHold(git: StoreGit, patience: number | undefined): WithLock {
  const { folder, store } = git;
  const lock = createLock({ path: join(folder, 'lock'), shown: join(folder, 'lock'), patience });
  return async (work) => {
    makeStoreFolder(folder);
    return lock(async () => {
      await Promise.all(leftovers.map((name) => promises.rm(join(store, name), { force: true })));
      if (!existsSync(join(store, 'HEAD'))) await makeStore(git);
      return work();
    });
  };
}

async function makeStore({ demand, format, store }: StoreGit): Promise<void> {
  await demand(['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, store]);
}

async function askRemote(git: StoreGit, remote: string, signal?: AbortSignal): Promise<Tips> {
  const { ref, mark } = git;
  for (let asked = 1; ; asked += 1) {
    const { code, stdout, complaint } = await git.run(
      ['ls-remote', '--exit-code', remoteName, ref, mark],
      undefined,
      signal,
    );
    const lines = stdout.toString('utf8').split('\n');
    const find = (name: string) => lines.find((line) => line.endsWith(`\t${name}`))?.split('\t')[0];
    const tips = { tip: find(ref), mark: find(mark) };
    const isTold = code === 0 && (tips.tip ?? tips.mark) !== undefined;
    if (isTold || code === 2) return tips;
    if (asked === asksForTip || code === -1) throw reportUnreachable(remote, complaint || 'git said nothing');
    await pause(200 * asked * (0.5 + Math.random()), undefined, {
      ...(signal !== undefined && { signal }),
    });
  }
}

/** Fetches what is wanted; if git cannot add it to the store, fetches everything into a new one. */
async function fetchOrStartAnew(
  git: StoreGit,
  remote: string,
  wanted: readonly string[],
  all: readonly string[],
  signal: AbortSignal | undefined,
): Promise<'added' | 'anew'> {
  const added = await fetchRefs(git, wanted, 1, signal);
  if (added.code === 0) return 'added';
  if (added.code === -1 || diskFault.test(added.complaint)) throw reportUnreachable(remote, added.complaint);
  await promises.rm(git.store, { recursive: true, force: true });
  await makeStore(git);
  const { code, complaint } = await fetchRefs(git, all, 1, signal);
  if (code !== 0) throw reportUnreachable(remote, complaint);
  return 'anew';
}

function fetchRefs(
  { run }: StoreGit,
  refs: readonly string[],
  depth: number,
  signal?: AbortSignal,
): Promise<GitResult> {
  const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--refmap=', `--depth=${depth}`];
  return run(['fetch', ...flags, remoteName, ...refs.map((one) => `+${one}`)], undefined, signal);
}

/** What is fetched, and where the store keeps it until it is looked at. */
function nameRefs({ ref, mark }: StoreGit, which: Readonly<Record<keyof Tips, boolean>>): readonly string[] {
  return [...(which.tip ? [`${ref}:${seenRef}`] : []), ...(which.mark ? [`${mark}:${markedRef}`] : [])];
}

/** The commit that the branch was at when this clone last saw it. */
async function readTip({ run }: StoreGit): Promise<string | undefined> {
  const { code, stdout } = await run(['rev-parse', '--verify', '--quiet', `${tipRef}^{commit}`]);
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

async function readRef({ demand }: StoreGit, name: string): Promise<string> {
  return (await demand(['rev-parse', '--verify', name])).toString('utf8').trim();
}

function pushCommit(
  { run, ref, mark }: StoreGit,
  seen: Tips,
  commit: string,
  isMarked: boolean,
): Promise<GitResult> {
  const lease = (name: string, at = ''): string => `--force-with-lease=${name}:${at}`;
  return run([
    'push',
    '--quiet',
    ...(seen.tip === undefined ? [lease(ref)] : []),
    ...(isMarked ? ['--atomic', lease(mark, seen.mark)] : []),
    remoteName,
    `${commit}:${ref}`,
    ...(isMarked ? [`${commit}:${mark}`] : []),
  ]);
}

function makeStoreFolder(folder: string): void {
  try {
    makeFolder(folder, folder);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new BroadsideError(
      'LEDGER_UNWRITABLE',
      `The folder ${folder}, for the ledger’s store, cannot be made: ${why}.`,
      {
        remedy: 'Let this user write to the repository’s .git folder, and check that its disk has room.',
        cause,
      },
    );
  }
}

function reportUnreachable(remote: string, complaint: string): BroadsideError {
  return new BroadsideError('LEDGER_UNREADABLE', `The ledger cannot be read from ${remote}: ${complaint}.`, {
    remedy: `Check the network and that git can reach ${remote}; in a workflow, hand over GITHUB_TOKEN.`,
  });
}
