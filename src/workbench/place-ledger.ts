import { withholdSecrets } from '../base/child-environment.ts';
import type { Shell } from '../base/shell.ts';
import type { Config } from '../config/load.ts';
import type { LedgerPlace } from '../ledger/open.ts';

/** Where a blog's ledger is opened from: with its own secret, and with none for the programs that it starts. */
export function placeLedger(
  config: Config,
  { environment, signal }: Pick<Shell, 'environment' | 'signal'>,
): LedgerPlace {
  return {
    root: config.root,
    ...withholdSecrets(environment, config),
    signal,
    address: environment[config.ledger.secret],
  };
}
