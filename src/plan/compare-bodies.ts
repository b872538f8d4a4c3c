import type { Ledger, Receipt } from '../model/ledger.ts';
import type { Observation } from '../model/target.ts';

/**
 * What differs between the body a target holds and the one it last took; undefined if either is not known. An adopted copy last
 * took the body that it was adopted with, which is stored under its echo.
 */
export async function compareBodies(
  ledger: Ledger,
  receipt: Receipt,
  observation: Observation,
): Promise<string | undefined> {
  if (observation.seen !== 'present' || observation.body === undefined) return undefined;
  const adopted = receipt.verb === 'adopt' ? await ledger.readBody(receipt.echo) : undefined;
  const sent = adopted ?? (await ledger.readBody(receipt.fingerprint));
  if (sent === undefined) return undefined;
  const { describeDrift } = await import('./drift.ts');
  return describeDrift(sent, observation.body);
}
