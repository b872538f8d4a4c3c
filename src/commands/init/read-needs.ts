import { BroadsideError } from '../../base/errors.ts';
import { loadBlog } from '../../blog/load.ts';
import { defaultConfigPath } from '../../config/default-path.ts';
import { loadConfig, type Config } from '../../config/load.ts';
import { isConnected } from '../../model/target.ts';
import { gatherGrounds, planRuns, type PlannedRuns } from '../../init/plan-runs.ts';

/** What the workflows of a blog need, by its config. */
export interface Needs {
  /** When publishing runs; undefined where the posts cannot be read. */
  readonly runs?: PlannedRuns | undefined;
  /** The names of the secrets that publishing reads, and of those without which it cannot work. */
  readonly secrets: readonly string[];
  readonly required: readonly string[];
}

/** What follows from the config that is there, whoever wrote it; undefined where it cannot be read. */
export async function readNeeds(root: string, signal: AbortSignal): Promise<Needs | undefined> {
  const config = await attempt(() => loadConfig(defaultConfigPath, root));
  if (config === undefined) return undefined;
  const { site, postTargets, requireLive } = config;
  const blog = await attempt(() => loadBlog(config, signal));
  const runs =
    blog && planRuns(gatherGrounds({ postTargets, posts: blog.posts, timezone: site.timezone, requireLive }));
  return { runs, ...listSecrets(config) };
}

function listSecrets({ targets, ledger }: Config): Pick<Needs, 'secrets' | 'required'> {
  const named = targets.filter(isConnected).flatMap(({ secrets }) => secrets);
  const own = ledger.kind === 'postgres' ? [{ variable: ledger.secret, required: true }] : [];
  const known = [...named, ...own].filter(({ variable }) => variable !== '');
  const unique = (secrets: typeof known): readonly string[] => [
    ...new Set(secrets.map(({ variable }) => variable)),
  ];
  return { secrets: unique(known), required: unique(known.filter(({ required }) => required)) };
}

async function attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}
