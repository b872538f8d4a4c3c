import type { Ledger, Receipt } from '../model/ledger.ts';
import type { Rendition } from '../model/rendition.ts';
import { changedInputs, describeChanges } from '../plan/changes.ts';
import { compareTexts } from './compare-texts.ts';
import type { Change } from './define.ts';

/** What a copy would get now against what it last took; undefined where it took nothing, or the same. */
export async function compareCopy(
  receipt: Receipt | undefined,
  rendition: Rendition,
  ledger: Pick<Ledger, 'readBody'>,
): Promise<Change | undefined> {
  if (receipt === undefined || receipt.state === 'gone' || receipt.fingerprint === rendition.fingerprint)
    return undefined;
  const what = describeChanges(changedInputs(receipt.inputs, rendition.inputs)) || 'a new rendering';
  const sent = await readSent(receipt, ledger);
  return { what, ...(sent !== undefined && { hunks: compareTexts(sent, rendition.body) }) };
}

/** The body that a copy last took; of one that was adopted, the one that was found. */
async function readSent(receipt: Receipt, ledger: Pick<Ledger, 'readBody'>): Promise<string | undefined> {
  const adopted = receipt.verb === 'adopt' ? await ledger.readBody(receipt.echo) : undefined;
  return adopted ?? (await ledger.readBody(receipt.fingerprint));
}
