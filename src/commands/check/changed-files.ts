import { readFileSync } from 'node:fs';
import { withholdSecrets } from '../../base/child-environment.ts';
import { BroadsideError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import type { Config } from '../../config/load.ts';

/** What a pull request changes. */
export interface Change {
  /** Paths in the blog's folder, relative to it; undefined where the checkout cannot tell. */
  readonly files: ReadonlySet<string> | undefined;
}

/** The files that the pull request changes which GitHub runs this for, against its base; undefined where it runs for none. */
export async function findChange(config: Config, shell: Shell): Promise<Change | undefined> {
  const { environment } = shell;
  if (shell.format !== 'github' || environment['GITHUB_EVENT_NAME']?.startsWith('pull_request') !== true)
    return undefined;
  const base = environment['GITHUB_BASE_REF'] ?? '';
  const ranges = [
    // What GitHub checks out for a pull request is its merge into the base.
    { parent: 'HEAD^2', range: ['HEAD^1', 'HEAD'] },
    ...[readBase(environment), base === '' ? undefined : `refs/remotes/origin/${base}`].flatMap((ref) =>
      ref === undefined ? [] : [{ parent: ref, range: [`${ref}...HEAD`] }],
    ),
  ];
  for (const { parent, range } of ranges) {
    const known = await askGit(['rev-parse', '--verify', '--quiet', `${parent}^{commit}`], config, shell);
    if (known === undefined) continue;
    const listed = await askGit(['diff', '--name-only', '--relative', '-z', ...range], config, shell);
    if (listed !== undefined) return { files: new Set(listed.split('\0').filter((path) => path !== '')) };
  }
  return { files: undefined };
}

/** The commit that the pull request is to be merged into, as GitHub tells it. */
function readBase(environment: Shell['environment']): string | undefined {
  try {
    const event: unknown = JSON.parse(readFileSync(environment['GITHUB_EVENT_PATH'] ?? '', 'utf8'));
    const sha = ['pull_request', 'base', 'sha'].reduce<unknown>(
      (inner, key) => (inner !== null && typeof inner === 'object' ? Reflect.get(inner, key) : undefined),
      event,
    );
    return typeof sha === 'string' && /^[0-9a-f]{40,64}$/.test(sha) ? sha : undefined;
  } catch {
    return undefined;
  }
}

/** What git prints; undefined where it will not. */
async function askGit(
  words: readonly string[],
  config: Config,
  { environment, signal }: Shell,
): Promise<string | undefined> {
  const { gitEnvironment, runGit } = await import('../../ledger/run-git.ts');
  try {
    const child = withholdSecrets(environment, config);
    const own = { ...gitEnvironment(child.environment, 'own'), GIT_NO_LAZY_FETCH: '1' };
    const call = { ...child, arguments: words, folder: config.root, environment: own, signal };
    const { code, stdout } = await runGit(call);
    return code === 0 ? stdout.toString('utf8') : undefined;
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}
