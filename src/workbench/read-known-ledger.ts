import { BroadsideError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import type { ShelfGiven } from '../blog/page-shelf.ts';
import type { Config } from '../config/load.ts';
import type * as known from '../ledger/known.ts';
import type { KnownPlaces } from '../ledger/known-places.ts';
import type { Standing } from '../model/ledger.ts';
import { placeLedger } from './place-ledger.ts';

type Known = typeof known;
type Asking = Pick<Shell, 'environment' | 'signal'>;

/** What this machine knows of the ledger; undefined if it cannot be read, which others report. */
export function readStanding(config: Config, shell: Asking): Promise<Standing | undefined> {
  return readKnownPart(config, shell, ({ readKnown }) => readKnown);
}

/** The pieces of pages that this machine knows to be stored, without a network; those of a ledger that cannot be read are none. */
export async function readStoredPieces(config: Config, shell: Asking): Promise<ShelfGiven['stored']> {
  if (config.sources.every(({ pages }) => pages === undefined)) return undefined;
  return readKnownPart(config, shell, ({ readKnownPieces }) => readKnownPieces);
}

/** A body that was last sent, by its fingerprint; undefined if this machine does not have it. */
export function readSentBody(
  config: Config,
  shell: Asking,
  fingerprint: string,
): Promise<string | undefined> {
  return readKnownPart(
    config,
    shell,
    ({ readKnownBody }) =>
      (ledger, place) =>
        readKnownBody(ledger, place, fingerprint),
  );
}

/** Where this machine keeps what it knows of the ledger; nowhere, where it cannot be told. */
export async function readKnownPlaces(config: Config, shell: Asking): Promise<KnownPlaces> {
  const { findKnownPlaces } = await import('../ledger/known-places.ts');
  try {
    return await findKnownPlaces(config.ledger, placeLedger(config, shell));
  } catch (error) {
    if (error instanceof BroadsideError) return { places: [], isElsewhere: false };
    throw error;
  }
}

async function readKnownPart<T>(
  config: Config,
  shell: Asking,
  choose: (
    known: Known,
  ) => (ledger: Config['ledger'], place: Parameters<Known['readKnown']>[1]) => Promise<T>,
): Promise<T | undefined> {
  const read = choose(await import('../ledger/known.ts'));
  try {
    return await read(config.ledger, placeLedger(config, shell));
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}
