import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChildEnvironment, Environment } from '../base/child-environment.ts';
import { BroadsideError } from '../base/errors.ts';
import { makeFolder } from '../base/write-file.ts';
import { reportLoss } from './find-loss.ts';
import { findHome, findRemoteUrl, listPasswords, listRemotes, locateStore, tipRef } from './git-home.ts';
import { createLock, type Hold } from './lock.ts';
import { gitEnvironment, runGit, type GitResult } from './run-git.ts';

const remoteName = 'ledger';

/** In the store: what was fetched to be held against what this clone knew, and the commit being made. */
const seenRef = 'refs/ledger/seen';
const markedRef = 'refs/ledger/marked';
const nextRef = 'refs/ledger/next';

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

/** How a remote is reached: of all that a person's git config says, the store takes over nothing else. */
const transportSetting =
  /^(?:credential|http|url|protocol|ssh|safe)\.|^core\.(?:sshcommand|askpass|gitproxy)$/;

/** Narrower than git's own rule, so that a name can hold nothing that means more in a refspec. */
const branchName = /^[\p{L}\p{N}_]+(?:[./-][\p{L}\p{N}_]+)*$/u;

/** What git says where a disk is full or may only be read: deleting the store would not help. */
const diskFault =
  /No space left on device|Read-only file system|Permission denied|Disk quota exceeded|Input\/output error/i;

/** How often a remote that cannot be reached is asked. */
const asksForTip = 3;

export interface StoreOptions extends ChildEnvironment {
  /** A folder inside the author's work tree. */
  readonly repository: string;
  readonly branch: string;
  readonly remote: string;
  readonly patience?: number | undefined;
}

/** Files of the ledger's branch: their object ids by path. */
export type Listing = ReadonlyMap<string, string>;

/** Where the remote's branch is. */
export interface Tips {
  /** The branch's commit; undefined where there is no such branch. */
  readonly tip: string | undefined;
  /** The commit that the last change left the branch at, as a ref beside it says, which nobody deletes by mistake. */
  readonly mark: string | undefined;
}

/** Where the branch is, and the other commits that it is known to have been at: what they had has to be there still. */
export interface Fetched extends Tips {
  readonly known: readonly string[];
}

/** A bare repository of our own beside the author's objects, refs and config, where the ledger's branch is read and made. */
export interface Store {
  /** Where the branch is on the remote, now. Throws `LEDGER_UNREADABLE`. */
  ask(signal?: AbortSignal): Promise<Tips>;
  /** Runs work while no other process uses the store. */
  readonly hold: Hold;
  /** The same, with the files at hand. */
  fetch(signal?: AbortSignal): Promise<Fetched>;
  /** Whether a commit was made on top of an earlier one. */
  follows(tip: string, earlier: string): Promise<boolean>;
  /** Takes a commit, whose files are at hand, for what the branch was at last. */
  accept(tip: string): void;
  /** Lets this clone know so later, too; a push does that by itself. */
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
  if (!branchName.test(branch)) {
    throw new BroadsideError('CONFIG_INVALID', `"${branch}" cannot be the name of the ledger’s branch.`, {
      remedy:
        'Set ledger.branch to a name of letters, digits, hyphens and slashes, such as syndication-ledger.',
    });
  }
  const home = await findHome(options);
  const url = findRemoteUrl(home, remote);
  if (url === undefined) {
    const others = listRemotes(home).join(', ');
    throw new BroadsideError(
      'CONFIG_INVALID',
      `The repository has no remote "${remote}" to keep the ledger on.`,
      {
        remedy:
          others === ''
            ? `Add it: git remote add ${remote} URL`
            : `Set ledger.remote to the one that the ledger is on (${others}).`,
      },
    );
  }
  const { folder, store } = locateStore(home);
  const environment: Environment = {
    ...gitEnvironment(options.environment, 'none'),
    ...formatSettings([
      ...home.settings.filter(([name]) => transportSetting.test(name)),
      ...lendToken(options.environment),
      [`remote.${remoteName}.url`, url],
      [`remote.${remoteName}.fetch`, `+refs/heads/${branch}:${tipRef}`],
      ['core.hooksPath', '/dev/null'],
      ['maintenance.auto', 'false'],
    ]),
    GIT_DIR: store,
  };
  const secrets = [...options.secrets, ...listPasswords(home.settings)];
  const ref = `refs/heads/${branch}`;
  const mark = `refs/broadside/${branch}`;
  const complete = new Set<string>();
  let known: Promise<string | undefined> | undefined;
  let remembered: string | undefined;
  let takesMarks = true;

  const run = (
    args: readonly string[],
    input?: string | Uint8Array,
    signal?: AbortSignal,
  ): Promise<GitResult> => runGit({ arguments: args, folder: home.top, environment, secrets, input, signal });

  const demand = async (args: readonly string[], input?: string | Uint8Array): Promise<Buffer> => {
    const { code, stdout, complaint } = await run(args, input);
    if (code === 0) return stdout;
    const isDisk = diskFault.test(complaint);
    throw new BroadsideError(
      isDisk ? 'LEDGER_UNWRITABLE' : 'LEDGER_UNREADABLE',
      `git ${args[0]} failed in the ledger’s store: ${complaint}.`,
      {
        remedy: isDisk
          ? `Make ${store} a folder that this user may write, on a disk with room left.`
          : `Delete the folder ${store}, which is only a cache, and run the command again.`,
      },
    );
  };

  const make = async (): Promise<void> => {
    await demand(['init', '--quiet', '--bare', '--template=', `--object-format=${home.format}`, store]);
  };

  const lock = createLock({
    path: join(folder, 'lock'),
    shown: join(folder, 'lock'),
    patience: options.patience,
  });

  const hold: Hold = async (work) => {
    makeStoreFolder(folder);
    return lock(async () => {
      await Promise.all(leftovers.map((name) => rm(join(store, name), { force: true })));
      if (!existsSync(join(store, 'HEAD'))) await make();
      return work();
    });
  };

  const ask = async (signal?: AbortSignal): Promise<Tips> => {
    for (let asked = 1; ; asked += 1) {
      const { code, stdout, complaint } = await run(
        ['ls-remote', '--exit-code', remoteName, ref, mark],
        undefined,
        signal,
      );
      const lines = stdout.toString('utf8').split('\n');
      const find = (name: string) => lines.find((line) => line.endsWith(`\t${name}`))?.split('\t')[0];
      const tips = { tip: find(ref), mark: find(mark) };
      const isTold = code === 0 && (tips.tip ?? tips.mark) !== undefined;
      if (isTold || code === 2) return tips;
      if (asked === asksForTip || code === -1)
        throw reportUnreachable(remote, complaint || 'git said nothing');
      await pause(200 * asked * (0.5 + Math.random()), undefined, {
        ...(signal !== undefined && { signal }),
      });
    }
  };

  const fetchRefs = (refs: readonly string[], depth: number, signal?: AbortSignal): Promise<GitResult> => {
    const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--refmap=', `--depth=${depth}`];
    return run(['fetch', ...flags, remoteName, ...refs.map((one) => `+${one}`)], undefined, signal);
  };

  const readRef = async (name: string): Promise<string> =>
    (await demand(['rev-parse', '--verify', name])).toString('utf8').trim();

  const readKnown = async (): Promise<string | undefined> => {
    const { code, stdout } = await run(['rev-parse', '--verify', '--quiet', `${tipRef}^{commit}`]);
    remembered = code === 0 ? stdout.toString('utf8').trim() : undefined;
    return remembered;
  };

  return {
    ask,
    hold,

    async fetch(signal) {
      const asked = await ask(signal);
      let own = await (known ??= readKnown());
      const isNew = asked.tip !== undefined && !complete.has(asked.tip);
      const isMarkNew = ![undefined, asked.tip, own].includes(asked.mark) && !complete.has(asked.mark ?? '');
      let { tip, mark: marked } = asked;
      if (isNew || isMarkNew) {
        const branchThere = `${ref}:${seenRef}`;
        const markThere = `${mark}:${markedRef}`;
        const refs = [...(isNew ? [branchThere] : []), ...(isMarkNew ? [markThere] : [])];
        const fetched = await fetchRefs(refs, 1, signal);
        if (fetched.code !== 0) {
          if (fetched.code === -1 || diskFault.test(fetched.complaint))
            throw reportUnreachable(remote, fetched.complaint);
          await rm(store, { recursive: true, force: true });
          await make();
          complete.clear();
          known = Promise.resolve((own = remembered = undefined));
          const all = [...(tip ? [branchThere] : []), ...(asked.mark ? [markThere] : [])];
          const { code, complaint } = await fetchRefs(all, 1, signal);
          if (code !== 0) throw reportUnreachable(remote, complaint);
        }
        if (isNew) tip = await readRef(seenRef);
        if (isMarkNew) complete.add((marked = await readRef(markedRef)));
      }
      const before = [marked, own].filter((one) => one !== undefined && one !== asked.tip && one !== tip);
      return { tip, mark: asked.mark, known: [...new Set(before.filter((one) => one !== undefined))] };
    },

    async follows(tip, earlier) {
      const { code, complaint } = await fetchRefs([`${ref}:${seenRef}`], wholeHistory);
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

    async list(tip) {
      const entries = (await demand(['ls-tree', '-r', '-z', '--full-tree', tip]))
        .toString('utf8')
        .split('\0');
      return new Map(
        entries.flatMap((entry) => {
          const [, id, path] = /^\d+ blob (\w+)\t(.*)$/s.exec(entry) ?? [];
          return id === undefined || path === undefined ? [] : [[path, id] as const];
        }),
      );
    },

    async load(ids) {
      if (ids.length === 0) return new Map();
      return readObjects(await demand(['cat-file', '--batch'], `${ids.join('\n')}\n`));
    },

    async commit(tip, files, message) {
      const script = writeImport(tip, files, message);
      const commit = (await demand(['fast-import', '--quiet', '--force', '--done'], script))
        .toString('utf8')
        .trim();
      complete.add(commit);
      return commit;
    },

    async push(seen, commit, how) {
      const lease = (name: string, at = ''): string => `--force-with-lease=${name}:${at}`;
      const isMarked = how === 'marked' && takesMarks;
      const result = await run([
        'push',
        '--quiet',
        ...(seen.tip === undefined ? [lease(ref)] : []),
        ...(isMarked ? ['--atomic', lease(mark, seen.mark)] : []),
        remoteName,
        `${commit}:${ref}`,
        ...(isMarked ? [`${commit}:${mark}`] : []),
      ]);
      if (result.code !== 0) return result;
      takesMarks = isMarked;
      known = Promise.resolve((remembered = commit));
      return result;
    },
  };
}

/** Settings handed over in the environment, where no list of processes shows them. */
function formatSettings(settings: readonly (readonly [string, string])[]): Environment {
  const pairs = settings.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(settings.length) };
}

/**
 * Lets git ask for the token in `GITHUB_TOKEN` when GitHub wants one and no helper of the author's has an answer. Git
 * asks for GitHub's own address only, so that no other server is shown the token.
 */
function lendToken(environment: Environment): readonly (readonly [string, string])[] {
  const server = environment['GITHUB_SERVER_URL'] ?? 'https://github.com';
  if ((environment['GITHUB_TOKEN'] ?? '') === '' || !URL.canParse(server)) return [];
  const { origin, protocol, hostname } = new URL(server);
  if (protocol !== 'https:' && !(protocol === 'http:' && hostname === '127.0.0.1')) return [];
  const answer = `!f() { test "$1" = get && printf 'username=x-access-token\\npassword=%s\\n' "$GITHUB_TOKEN"; }; f`;
  return [[`credential.${origin}.helper`, answer]];
}

function makeStoreFolder(folder: string): void {
  try {
    makeFolder(folder, folder);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new BroadsideError(
      'LEDGER_UNWRITABLE',
      `The folder ${folder}, for the ledger’s store, cannot be made: ${why}.`,
      { remedy: 'Let this user write to the repository’s .git folder, on a disk with room left.', cause },
    );
  }
}

/** One commit as git's fast-import takes it: its files, its parent, and a request for its id. */
function writeImport(tip: string | undefined, files: ReadonlyMap<string, string>, message: string): Buffer {
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const seconds = Math.floor(Date.now() / 1000);
  return Buffer.from(
    [
      `commit ${nextRef}\nmark :1\n`,
      `committer Broadside <broadside@localhost> ${seconds} +0000\n`,
      data(message),
      tip === undefined ? '' : `from ${tip}\n`,
      ...[...files].map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`),
      'get-mark :1\ndone\n',
    ].join(''),
  );
}

/** Reads what `cat-file --batch` prints: `<id> <type> <size>`, a line break, the bytes, a line break. */
function readObjects(output: Buffer): ReadonlyMap<string, Buffer> {
  const objects = new Map<string, Buffer>();
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(0x0a, start);
    const [id = '', , size = ''] = output.toString('utf8', start, end).split(' ');
    const length = Number(size);
    if (size === '' || !Number.isInteger(length)) throw new TypeError(`git has no object ${id}`);
    objects.set(id, output.subarray(end + 1, end + 1 + length));
    start = end + 1 + length + 1;
  }
  return objects;
}

function reportUnreachable(remote: string, complaint: string): BroadsideError {
  return new BroadsideError('LEDGER_UNREADABLE', `The ledger cannot be read from ${remote}: ${complaint}.`, {
    remedy: `Check the network and that git can reach ${remote}; in a workflow, hand over GITHUB_TOKEN.`,
  });
}
