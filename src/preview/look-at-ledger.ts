import type { Shell } from '../base/shell.ts';
import type { Config } from '../config/load.ts';
import { openLedger } from '../ledger/open.ts';
import type { Ledger, Standing } from '../model/ledger.ts';
import { placeLedger } from '../workbench/place-ledger.ts';

/** A ledger as it was read where it is kept. */
export interface LedgerSeen extends Pick<Ledger, 'readBody'> {
  readonly standing: Standing;
}

/**
 * Reads a blog's ledger where it is kept, as a plan does, so that this machine knows what others have added to it. Adds nothing.
 * Throws what opening and reading a ledger throw.
 */
export async function lookAtLedger(config: Config, shell: Shell): Promise<LedgerSeen> {
  const ledger = await openLedger(config.ledger, placeLedger(config, shell));
  return { standing: await ledger.readStates(), readBody: (fingerprint) => ledger.readBody(fingerprint) };
}
