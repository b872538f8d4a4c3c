import { opendirSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { usualLedgerVariable, type ChildEnvironment } from '../base/child-environment.ts';
import { BroadsideError } from '../base/errors.ts';
import type { Memo } from '../base/memo.ts';
import { once } from '../base/once.ts';
import type { CopyState, Ledger } from '../model/ledger.ts';
import { isCopyPath } from './copy-path.ts';
import { findHome, findRemoteUrl, knowsBranch, listRemotes, readSettings, type Home } from './git-home.ts';
import { openStore } from './git-store.ts';
import { openLedgerMemo } from './open-memo.ts';
import type { StoreOptions } from './store-git.ts';
import type { LedgerChoice, LedgerKind } from './choice.ts';
import { liesInRepository } from './lies-in-repository.ts';

/** Where the ledger is opened from. */
export interface LedgerPlace extends ChildEnvironment {
  /** The blog's folder, absolute. */
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
  /** The address of the ledger's database, as the environment has it. */
  readonly address?: string | undefined;
}

/**
 * Opens the one ledger of a blog. Throws `LEDGER_ELSEWHERE` if another kind already has entries, `LEDGER_UNREADABLE` where git will
 * not work in the repository, and `CONFIG_INVALID` for an unknown remote.
 */
export async function openLedger(choice: LedgerChoice, place: LedgerPlace): Promise<Ledger> {
  const folder = resolve(place.root, choice.path);
  const git: StoreOptions = {
    repository: place.root,
    branch: choice.branch,
    remote: choice.remote ?? 'origin',
    environment: place.environment,
    secrets: place.secrets,
  };
  const readOnce = once(() => readSettings(git));
  const findOnce = once(() => findHome(git, readOnce()));
  const kind = choice.kind ?? (await chooseKind(git.repository, findOnce));
  const isEmpty = !hasFileEntries(folder);
  if (kind !== 'file' && !isEmpty) throw reportElsewhere(`in ${choice.path}`, 'file', choice.path);
  if (kind !== 'git' && choice.kind !== undefined) {
    const isOnly = kind === 'file' && isEmpty;
    if (await hasGitEntries(git, { readOnce, findOnce }, isOnly, place.signal))
      throw reportElsewhere(`on the branch ${choice.branch} of ${git.remote}`, 'git');
  }
  if (kind === 'file' && isEmpty && (await hasKnownBranch(git, findOnce)))
    throw reportKnownBranch(choice, git.remote);
  const home = kind === 'git' && choice.kind === undefined ? await findOnce() : undefined;
  return openLedgerOf(kind, choice, place, home);
}

/** Opens a blog's ledger of one kind, whatever the other kinds hold. Throws `LEDGER_UNREADABLE` and `CONFIG_INVALID`. */
export async function openLedgerOf(
  kind: LedgerKind,
  choice: LedgerChoice,
  place: LedgerPlace,
  home?: Home,
): Promise<Ledger> {
  const memo = openLedgerMemo(place.root, kind, choice);
  if (kind === 'postgres') return openDatabaseLedger(choice, place, memo);
  if (kind === 'git') {
    const { openGitLedger } = await import('./git.ts');
    const { root: repository, environment, secrets, signal } = place;
    const { branch, remote } = choice;
    return openGitLedger({ repository, branch, remote, environment, secrets, home, signal, memo });
  }
  const { openFileLedger } = await import('./file.ts');
  return openFileLedger({ folder: resolve(place.root, choice.path), shownAs: choice.path, memo });
}

/** Opens the ledger that a database has. Throws `LEDGER_UNREADABLE` where nothing says which. */
async function openDatabaseLedger(
  { schema = '', secret: variable = usualLedgerVariable, ca }: LedgerChoice,
  { root, address, signal }: LedgerPlace,
  memo: Memo<CopyState>,
): Promise<Ledger> {
  if (address === undefined || address === '')
    throw new BroadsideError(
      'LEDGER_UNREADABLE',
      `${variable}, the address of the ledger’s database, is not set.`,
      {
        remedy: `Set ${variable} in the environment; in a workflow, from a secret.`,
      },
    );
  const [{ openPostgresLedger }, { readDatabaseAddress }] = await Promise.all([
    import('./postgres.ts'),
    import('./postgres-address.ts'),
  ]);
  return openPostgresLedger({
    address: readDatabaseAddress(address, variable),
    variable,
    schema,
    ca: ca === undefined ? undefined : readCertificate(root, ca),
    signal,
    memo,
  });
}

function readCertificate(root: string, path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new BroadsideError('LEDGER_UNREADABLE', `The certificate ${path} cannot be read: ${why}.`, {
      remedy: 'Set ledger.ca in the config to a file in the blog’s folder.',
      file: path,
      cause,
    });
  }
}

/** Looks at the repository that the blog lies in, once. Throws `LEDGER_UNREADABLE`. */
type FindHome = () => Promise<Home>;

async function chooseKind(folder: string, findOnce: FindHome): Promise<'file' | 'git'> {
  if (!liesInRepository(folder)) return 'file';
  return listRemotes(await findOnce()).length > 0 ? 'git' : 'file';
}

function hasFileEntries(folder: string): boolean {
  try {
    const targets = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return targets.some(({ name }) => hasCopies(folder, name));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new BroadsideError('LEDGER_UNREADABLE', `The folder ${folder} cannot be read.`, {
      remedy: 'Let this user read it, or set ledger.path to another folder.',
      file: folder,
      cause,
    });
  }
}

/** Whether a target's folder has a copy's file in it: most often the first that is found. */
function hasCopies(ledger: string, target: string): boolean {
  const folder = opendirSync(join(ledger, target));
  try {
    for (let file = folder.readSync(); file !== null; file = folder.readSync())
      if (isCopyPath(`${target}/${file.name}`)) return true;
    return false;
  } finally {
    folder.closeSync();
  }
}

/**
 * Whether the remote has a ledger or, if there is no other ledger, has had one. A remote that cannot be asked now is no reason to
 * refuse.
 */
async function hasGitEntries(
  git: StoreOptions,
  { readOnce, findOnce }: { readonly readOnce: () => Promise<Home['settings']>; readonly findOnce: FindHome },
  isOnly: boolean,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!liesInRepository(git.repository)) return false;
  return takeErrorForNo(async () => {
    if (findRemoteUrl({ settings: await readOnce() }, git.remote) === undefined) return false;
    const store = await openStore({ ...git, home: await findOnce() });
    const { tip, mark } = await store.ask(signal);
    return tip !== undefined || (isOnly && mark !== undefined);
  });
}

/** Whether this clone has known a ledger on the branch, whatever has become of its remote. */
async function hasKnownBranch(git: StoreOptions, findOnce: FindHome): Promise<boolean> {
  if (!liesInRepository(git.repository)) return false;
  return takeErrorForNo(async () => knowsBranch(git, git.branch, await findOnce()));
}

async function takeErrorForNo(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof BroadsideError) return false;
    throw error;
  }
}

function reportElsewhere(where: string, kind: LedgerKind, file?: string): BroadsideError {
  return new BroadsideError('LEDGER_ELSEWHERE', `The ledger ${where} already has entries.`, {
    remedy: `Set ledger.kind to ${kind} to go on with it, or move it to where the config says: broadside move-ledger --from ${kind}`,
    ...(file !== undefined && { file }),
  });
}

function reportKnownBranch({ path, branch }: LedgerChoice, remote: string): BroadsideError {
  return new BroadsideError(
    'LEDGER_ELSEWHERE',
    `This repository has had its ledger on the branch ${branch}, and there is none in ${path}.`,
    {
      remedy: `Bring its remote back (git remote add ${remote} URL) or name it in ledger.remote; to go on with files, copy the branch’s to ${path} first.`,
    },
  );
}
