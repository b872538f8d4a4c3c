import { withholdSecrets } from '../child-environment.ts';
import type { Config } from '../config.ts';
import { BroadsideError } from '../errors.ts';
import { openStore } from '../ledger/git-store.ts';
import { runGit } from '../ledger/run-git.ts';
import type { Shell } from '../shell.ts';

/** A commit that a workflow runs on, and the one its branch is at by now. */
export interface NewerCommit {
  readonly branch: string;
  readonly own: string;
  readonly tip: string;
}

const branchRef = /^refs\/heads\/(.+)$/;

/**
 * Whether the branch a workflow runs on has moved since its commit was checked out, as it has in a run again and in one
 * that waited long. Undefined outside of GitHub Actions and where nobody can tell.
 */
export async function findNewerCommit(config: Config, shell: Shell): Promise<NewerCommit | undefined> {
  const { environment, signal } = shell;
  const { root, targets } = config;
  const branch = branchRef.exec(environment['GITHUB_REF'] ?? '')?.[1];
  if (environment['GITHUB_ACTIONS'] !== 'true' || branch === undefined) return undefined;
  try {
    const child = withholdSecrets(environment, targets);
    const head = await runGit({ arguments: ['rev-parse', 'HEAD'], folder: root, ...child, signal });
    if (head.code !== 0) return undefined;
    const own = head.stdout.toString('utf8').trim();
    const store = await openStore({ repository: root, branch, remote: 'origin', ...child });
    const { tip } = await store.ask(signal);
    if (tip === undefined || tip === own) return undefined;
    return { branch, own: own.slice(0, 7), tip: tip.slice(0, 7) };
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}
