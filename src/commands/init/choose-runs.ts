import { BroadsideError } from '../../base/errors.ts';
import { loadBlog } from '../../blog/load.ts';
import { defaultConfigPath } from '../../config/default-path.ts';
import { loadConfig } from '../../config/load.ts';
import { gatherGrounds, planRuns, type PlannedRuns } from '../../plan/plan-runs.ts';

/** The runs that fit the schedules of the config that is there, and its posts; undefined where either cannot be read. */
export async function chooseRuns(root: string, signal: AbortSignal): Promise<PlannedRuns | undefined> {
  try {
    const config = await loadConfig(defaultConfigPath, root);
    const { posts } = await loadBlog(config, signal);
    const { site, postTargets, requireLive } = config;
    return planRuns(gatherGrounds({ postTargets, posts, timezone: site.timezone, requireLive }));
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return undefined;
  }
}
