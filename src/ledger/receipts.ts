import type { Receipt } from '../model/ledger.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Taken } from '../model/target.ts';

/** What a copy was made from, as its receipt says. */
export type Provenance = Pick<Rendition, 'canonicalUrl' | 'inputs' | 'fingerprint' | 'references'>;

/** The proof that a target took a copy, or holds it: how it is there, and what it was made from. */
export function composeReceipt(
  { at, attempt }: Pick<Receipt, 'at' | 'attempt'>,
  verb: Receipt['verb'],
  { state, remoteId, url, echo }: Taken,
  { canonicalUrl, inputs, fingerprint, references }: Provenance,
): Receipt {
  return {
    v: 1,
    at,
    attempt,
    kind: 'receipt',
    verb,
    state,
    remoteId,
    url,
    canonicalUrl,
    inputs,
    fingerprint,
    references,
    echo,
  };
}
