import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { keepBasics } from '../../base/child-environment.ts';
import { codeFolder } from '../../base/code-folder.ts';
import { BroadsideError } from '../../base/errors.ts';
import {
  nameRelease,
  readRelease,
  readRepository,
  readRepositoryWord,
  type Origin,
} from '../../init/origin.ts';
import { gitEnvironment, runGit } from '../../ledger/run-git.ts';
import type { Shell } from '../../base/shell.ts';
import { readVersion } from '../../base/version.ts';

/** The program's own folder: a clone of its repository, or a package as npm installed it. */
export const ownFolder = dirname(codeFolder);

/** The longest that npm is asked about a package, in milliseconds. */
const npmTimeout = 30_000;

/** Where workflows can get this same program from, or why that is not known. */
export type Found =
  | {
      readonly origin: Origin;
      /** The program that runs has changes that are in no commit. */
      readonly isChanged: boolean;
      readonly missing?: undefined;
    }
  | { readonly missing: string; readonly origin?: undefined; readonly isChanged?: undefined };

/** Runs git in the program's folder; undefined where it fails. */
type AskGit = (...words: readonly string[]) => Promise<string | undefined>;

/** What an author says of where the program is. */
export interface SaidOrigin {
  /** `OWNER/REPO` or an address, with or without `@` and a commit. */
  readonly repository?: string | undefined;
  /** The name of a package. */
  readonly package?: string | undefined;
}

/**
 * Finds out where workflows can get the program from: what `--package` or `--repository` says, else the repository and commit that
 * the program's folder is a clone of, else the release that npm installed.
 */
export async function findOrigin(
  folder: string,
  { repository: word, package: name }: SaidOrigin,
  shell: Pick<Shell, 'environment' | 'signal'>,
): Promise<Found> {
  if (name !== undefined) return askNpm(name, shell);
  const said = word === undefined ? undefined : readRepositoryWord(word);
  if (said?.commit !== undefined) {
    return { origin: { kind: 'commit', ...said, commit: said.commit }, isChanged: false };
  }
  if (existsSync(join(folder, '.git'))) return findCommit(openGit(folder, shell), said?.repository);
  if (said !== undefined)
    return { missing: 'the program’s folder is not a clone, so its commit is not known' };
  const release = findRelease(folder);
  return release === undefined
    ? { missing: 'the program’s folder is not a clone, and npm has not recorded what it installed there' }
    : { origin: release, isChanged: false };
}

async function findCommit(askGit: AskGit, said: string | undefined): Promise<Found> {
  const repository = said ?? readRepository((await askGit('remote', 'get-url', 'origin')) ?? '');
  if (repository === undefined) {
    return {
      missing: 'the program’s clone has no remote “origin” at an address that GitHub could fetch from',
    };
  }
  const commit = await askGit('rev-parse', '--verify', 'HEAD^{commit}');
  if (commit === undefined) return { missing: 'the program’s clone has no commit' };
  const remotes = said === undefined ? 'refs/remotes/origin/' : 'refs/remotes/';
  const branches = await askGit('for-each-ref', `--contains=${commit}`, '--count=1', remotes);
  if (branches === undefined || branches === '') {
    return { missing: `as far as the program’s clone knows, its commit ${commit} is on no remote` };
  }
  const changes = await askGit('status', '--porcelain', '--untracked-files=no');
  return { origin: { kind: 'commit', repository, commit }, isChanged: changes !== '' };
}

function openGit(folder: string, { environment, signal }: Pick<Shell, 'environment' | 'signal'>): AskGit {
  const child = keepBasics(gitEnvironment(environment, 'own'));
  return async (...words) => {
    try {
      const { code, stdout } = await runGit({ arguments: words, folder, ...child, signal });
      return code === 0 ? stdout.toString('utf8').trim() : undefined;
    } catch (error) {
      if (error instanceof BroadsideError) return undefined;
      throw error;
    }
  };
}

/** The release of that name that npm finds in the registry it asks by itself, of this same version. */
async function askNpm(
  name: string,
  { environment, signal }: Pick<Shell, 'environment' | 'signal'>,
): Promise<Found> {
  const release = `${name}@${readVersion()}`;
  const child = keepBasics(environment);
  const integrity = await new Promise<string>((answer) => {
    const words = ['view', release, 'dist.integrity'];
    const options = { env: child.environment, signal, timeout: npmTimeout } as const;
    execFile('npm', words, options, (error, stdout) => answer(error === null ? stdout.trim() : ''));
  });
  const origin = nameRelease(name, readVersion(), integrity);
  return origin === undefined ? { missing: `npm finds no package ${release}` } : { origin, isChanged: false };
}

/** The release that npm noted down where it installed the program: in the folder above, or above that for a name with a scope. */
function findRelease(folder: string): Origin | undefined {
  const above = dirname(folder);
  const isScoped = basename(above).startsWith('@');
  const modules = isScoped ? dirname(above) : above;
  const installed = isScoped ? `${basename(above)}/${basename(folder)}` : basename(folder);
  try {
    return readRelease(readFileSync(join(modules, '.package-lock.json'), 'utf8'), installed, readVersion());
  } catch {
    return undefined;
  }
}
