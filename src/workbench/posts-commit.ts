import { withholdSecrets } from '../base/child-environment.ts';
import type { Config } from '../config/load.ts';
import { BroadsideError } from '../base/errors.ts';
import { openStore } from '../ledger/git-store.ts';
import { gitEnvironment, runGit, type GitResult } from '../ledger/run-git.ts';
import type { Shell } from '../base/shell.ts';

/** A commit that a workflow runs on, and the one its branch is at by now. */
export interface NewerCommit {
  readonly branch: string;
  readonly own: string;
  readonly tip: string;
}

const branchRef = /^refs\/heads\/(.+)$/;

/**
 * Whether the branch of a workflow has moved since its commit was checked out, as in a run that was started again or waited long.
 * Undefined outside of GitHub Actions, and if nobody can tell.
 */
export async function findNewerCommit(config: Config, shell: Shell): Promise<NewerCommit | undefined> {
  const { environment } = shell;
  const branch = branchRef.exec(environment['GITHUB_REF'] ?? '')?.[1];
  if (environment['GITHUB_ACTIONS'] !== 'true' || branch === undefined) return undefined;
  const own = await readCommit(config, shell);
  const tip = await askTip({ branch, remote: 'origin' }, config, shell);
  if (own === undefined || tip === undefined || tip === own) return undefined;
  return { branch, own: own.slice(0, 7), tip: tip.slice(0, 7) };
}

/** The commit that is checked out where the config is; undefined where there is none. */
export async function readCommit(config: Config, shell: Shell): Promise<string | undefined> {
  const { code, stdout } = await askGit(['rev-parse', '--verify', '--quiet', 'HEAD'], config, shell);
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

/**
 * Those of some commits that the history of what is checked out lacks. A shallow clone lacks most of its history: it counts as
 * complete if it is at the tip of its branch on the remote. If nobody can tell, none are lacking.
 */
export async function findLackingCommits(
  commits: ReadonlySet<string>,
  config: Config,
  shell: Shell,
): Promise<ReadonlySet<string>> {
  const none: ReadonlySet<string> = new Set();
  const own = commits.size === 0 ? undefined : await readCommit(config, shell);
  if (own === undefined) return none;
  const lacking = new Set<string>();
  for (const commit of commits) {
    const { code } = await askGit(['merge-base', '--is-ancestor', commit, own], config, shell);
    if (code !== 0) lacking.add(commit);
  }
  if (lacking.size === 0) return none;
  const { stdout } = await askGit(['rev-parse', '--is-shallow-repository'], config, shell);
  if (stdout.toString('utf8').trim() !== 'true') return lacking;
  const upstream = await findUpstream(config, shell);
  const tip = upstream && (await askTip(upstream, config, shell));
  return tip === undefined || tip === own ? none : lacking;
}

/** A branch on a remote. */
interface Upstream {
  readonly branch: string;
  readonly remote: string;
}

/** What the branch that is checked out follows. */
async function findUpstream(config: Config, shell: Shell): Promise<Upstream | undefined> {
  const head = await askGit(['symbolic-ref', '--quiet', 'HEAD'], config, shell);
  if (head.code !== 0) return undefined;
  const format = '--format=%(upstream:remotename) %(upstream:remoteref)';
  const found = await askGit(['for-each-ref', format, head.stdout.toString('utf8').trim()], config, shell);
  const [remote = '', followed = ''] = found.stdout.toString('utf8').trim().split(' ');
  const branch = branchRef.exec(followed)?.[1];
  return branch === undefined ? undefined : { remote, branch };
}

async function askTip(
  { branch, remote }: Upstream,
  config: Config,
  { environment, signal }: Shell,
): Promise<string | undefined> {
  try {
    const child = withholdSecrets(environment, config);
    const store = await openStore({ repository: config.root, branch, remote, ...child });
    return (await store.ask(signal)).tip;
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}

async function askGit(
  words: readonly string[],
  config: Config,
  { environment, signal }: Shell,
): Promise<Pick<GitResult, 'code' | 'stdout'>> {
  try {
    const child = withholdSecrets(environment, config);
    const own = gitEnvironment(child.environment, 'own');
    return await runGit({ ...child, arguments: words, folder: config.root, environment: own, signal });
  } catch (error) {
    if (error instanceof BroadsideError) return { code: -1, stdout: Buffer.alloc(0) };
    throw error;
  }
}
