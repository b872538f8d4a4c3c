import type { ChildEnvironment, Environment } from '../base/child-environment.ts';
import { BroadsideError } from '../base/errors.ts';
import {
  findHome,
  findRemoteUrl,
  listPasswords,
  listRemotes,
  locateStore,
  tipRef,
  type Home,
} from './git-home.ts';
import { gitEnvironment, runGit, type GitResult } from './run-git.ts';

/** What the store calls the remote. */
export const remoteName = 'ledger';

/** Settings for how a remote is reached: the only ones that the store takes over from a person's git config. */
const transportSetting =
  /^(?:credential|http|url|protocol|ssh|safe)\.|^core\.(?:sshcommand|askpass|gitproxy)$/;

/** Narrower than git's own rule, so that a name holds nothing that has a meaning in a refspec. */
const branchName = /^[\p{L}\p{N}_]+(?:[./-][\p{L}\p{N}_]+)*$/u;

/** What git says where a disk is full or may only be read: deleting the store would not help. */
export const diskFault =
  /No space left on device|Read-only file system|Permission denied|Disk quota exceeded|Input\/output error/i;

export interface StoreOptions extends ChildEnvironment {
  /** A folder inside the author's work tree. */
  readonly repository: string;
  readonly branch: string;
  readonly remote: string;
  readonly patience?: number | undefined;
  /** The repository, where it was looked at before. */
  readonly home?: Home | undefined;
}

/** Git in the ledger's store. */
export interface StoreGit {
  /** The folder of the store, and the one that it is in, absolute. */
  readonly store: string;
  readonly folder: string;
  /** How the store names its objects. */
  readonly format: string;
  /** On the remote: the ledger's branch, and the mark beside it. */
  readonly ref: string;
  readonly mark: string;
  readonly run: (
    args: readonly string[],
    input?: string | Uint8Array,
    signal?: AbortSignal,
  ) => Promise<GitResult>;
  /** The output of a command that has to succeed. Throws `LEDGER_UNREADABLE` and `LEDGER_UNWRITABLE`. */
  readonly demand: (args: readonly string[], input?: string | Uint8Array) => Promise<Buffer>;
}

/** Finds the store, and how its remote is reached. Throws `LEDGER_UNREADABLE` and `CONFIG_INVALID`. */
export async function openStoreGit(options: StoreOptions): Promise<StoreGit> {
  const { branch, remote } = options;
  if (!branchName.test(branch)) {
    throw new BroadsideError('CONFIG_INVALID', `"${branch}" cannot be the name of the ledger’s branch.`, {
      remedy:
        'Set ledger.branch to a name of letters, digits, hyphens and slashes, such as syndication-ledger.',
    });
  }
  const home = options.home ?? (await findHome(options));
  const url = demandRemote(home, remote);
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

  const run: StoreGit['run'] = (args, input, signal) =>
    runGit({ arguments: args, folder: home.top, environment, secrets, input, signal });

  const demand: StoreGit['demand'] = async (args, input) => {
    const { code, stdout, complaint } = await run(args, input);
    if (code === 0) return stdout;
    const isDisk = diskFault.test(complaint);
    throw new BroadsideError(
      isDisk ? 'LEDGER_UNWRITABLE' : 'LEDGER_UNREADABLE',
      `git ${args[0]} failed in the ledger’s store: ${complaint}.`,
      {
        remedy: isDisk
          ? `Let this user write to ${store}, and check that its disk has room.`
          : `Delete the folder ${store}, which is only a cache, and run the command again.`,
      },
    );
  };

  return {
    store,
    folder,
    format: home.format,
    ref: `refs/heads/${branch}`,
    mark: `refs/broadside/${branch}`,
    run,
    demand,
  };
}

function demandRemote(home: Home, remote: string): string {
  const url = findRemoteUrl(home, remote);
  if (url !== undefined) return url;
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
