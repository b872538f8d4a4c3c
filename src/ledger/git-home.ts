import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildEnvironment } from '../base/child-environment.ts';
import { BroadsideError } from '../base/errors.ts';
import { gitEnvironment, runGit } from './run-git.ts';

/** Anything shorter in a git config is a name, such as `git`. */
const leastPassword = 8;

/** A folder inside the author's work tree. */
interface GitPlace extends ChildEnvironment {
  readonly repository: string;
}

/** In the store: the commit that the ledger's branch was at when this clone last saw it. */
export const tipRef = 'refs/ledger/tip';

/** The author's repository as far as the ledger needs to know it. */
export interface Home {
  /** The work tree's folder, absolute. */
  readonly top: string;
  /** The folder of git's own data, absolute; all linked work trees share it. */
  readonly common: string;
  readonly format: string;
  /** The effective git config, in order. */
  readonly settings: readonly (readonly [name: string, value: string])[];
}

/** Finds the repository a folder lies in. Throws `LEDGER_UNREADABLE`. */
export async function findHome(place: GitPlace, read = readSettings(place)): Promise<Home> {
  const asked = ['--path-format=absolute', '--show-toplevel', '--git-common-dir', '--show-object-format'];
  const [places, settings] = await Promise.all([demandGit(place, 'rev-parse', ...asked), read]);
  const [top = '', common = '', format = ''] = places.split('\n');
  return { top, common, format, settings };
}

/** Reads the git config that counts in a folder. Throws `LEDGER_UNREADABLE`. */
export async function readSettings(place: GitPlace): Promise<Home['settings']> {
  const config = await demandGit(place, 'config', '--list', '--null');
  return config
    .split('\0')
    .slice(0, -1)
    .map((setting) => {
      const end = setting.indexOf('\n');
      return end === -1 ? [setting, 'true'] : [setting.slice(0, end), setting.slice(end + 1)];
    });
}

async function demandGit(
  { repository: folder, environment, secrets }: GitPlace,
  ...args: readonly string[]
): Promise<string> {
  const own = gitEnvironment(environment, 'own');
  const { code, stdout, complaint } = await runGit({ arguments: args, folder, environment: own, secrets });
  if (code === 0) return stdout.toString('utf8');
  throw new BroadsideError('LEDGER_UNREADABLE', `The ledger’s git repository cannot be used: ${complaint}.`, {
    remedy: 'Run it in a work tree that git itself accepts, or set ledger.kind to file in the config.',
  });
}

/** Where a remote is written to, which is also where the ledger is read. */
export function findRemoteUrl({ settings }: Pick<Home, 'settings'>, remote: string): string | undefined {
  const find = (name: string): string | undefined => settings.find(([key]) => key === name)?.[1];
  return find(`remote.${remote}.pushurl`) ?? find(`remote.${remote}.url`);
}

/** The names of all remotes that have an address. */
export function listRemotes(home: Home): readonly string[] {
  const names = home.settings.map(([key]) => /^remote\.(.+)\.url$/.exec(key)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** What a person's git config may hold to log in to servers: names and passwords in addresses, and headers, also in base64. */
export function listPasswords(settings: Home['settings']): readonly string[] {
  const found = settings.flatMap(([name, value]) => {
    const addresses = `${name} ${value}`.matchAll(/https?:\/\/([^\s/?#]*)@/g);
    const parts = [...addresses].flatMap(([, user = '']) => [user, ...user.split(':')]);
    if (!/^http\..*extraheader$/.test(name)) return parts;
    const header = value.replace(/^[^:]*:\s*(?:\w+\s+)?/, '');
    return [...parts, header, ...Buffer.from(header, 'base64').toString('utf8').split(':')];
  });
  return found.filter(({ length }) => length >= leastPassword);
}

/** Where a repository keeps the ledger's branch beside the author's own objects and refs. */
export function locateStore({ common }: Home): { readonly folder: string; readonly store: string } {
  const folder = join(common, 'broadside');
  return { folder, store: join(folder, 'ledger.git') };
}

/**
 * Whether a clone has ever known a branch: as its own, as one of any remote, or as the ledger's. It needs no remote for that.
 * Throws `LEDGER_UNREADABLE`.
 */
export async function knowsBranch(place: ChildEnvironment, branch: string, home: Home): Promise<boolean> {
  const { store } = locateStore(home);
  const environment = gitEnvironment(place.environment, 'own');
  const run = async (...args: readonly string[]): Promise<boolean> => {
    const call = { arguments: args, folder: home.top, environment, secrets: place.secrets };
    const { code, stdout } = await runGit(call);
    return code === 0 && stdout.length > 0;
  };
  return (
    (await run('for-each-ref', '--count=1', `refs/heads/${branch}`, `refs/remotes/*/${branch}`)) ||
    (existsSync(store) && (await run(`--git-dir=${store}`, 'rev-parse', '--verify', '--quiet', tipRef)))
  );
}
