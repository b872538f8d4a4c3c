import { withholdSecrets } from '../base/child-environment.ts';
import { BroadsideError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import type { Config } from '../config/load.ts';
import { readKnown } from '../ledger/known.ts';
import type { Standing } from '../model/ledger.ts';

/** What is known of the ledger here; none where it cannot be read, which is for others to tell. */
export async function readStanding(config: Config, shell: Shell): Promise<Standing | undefined> {
  const { environment, signal } = shell;
  const place = { root: config.root, ...withholdSecrets(environment, config.targets), signal };
  try {
    return await readKnown(config.ledger, place);
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}
