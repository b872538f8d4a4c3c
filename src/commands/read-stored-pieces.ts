import { withholdSecrets } from '../base/child-environment.ts';
import { BroadsideError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import type { ShelfGiven } from '../blog/page-shelf.ts';
import type { Config } from '../config/load.ts';

/** The pieces of pages that this machine knows to be stored, without a network; those of a ledger that cannot be read are none. */
export async function readStoredPieces(
  config: Config,
  { environment, signal }: Pick<Shell, 'environment' | 'signal'>,
): Promise<ShelfGiven['stored']> {
  if (config.sources.every(({ pages }) => pages === undefined)) return undefined;
  const { readKnownPieces } = await import('../ledger/known.ts');
  try {
    const place = { root: config.root, ...withholdSecrets(environment, config.targets), signal };
    return await readKnownPieces(config.ledger, place);
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}
