import { readAddress } from '../model/address.ts';
import { emptyState } from '../model/ledger.ts';
import { composeReceipt } from './receipts.ts';
import type { CopyEntries, CopyState, Intent, Receipt } from '../model/ledger.ts';

/** Works out a copy's state from its entries, in order. An address that may not be shown is left empty. */
export function foldCopy({ copy, entries, unreadable }: CopyEntries): CopyState {
  if (unreadable !== undefined) return { ...emptyState(copy), unreadable };
  let receipt: Receipt | undefined;
  let pending: Intent | undefined;
  let unknown: CopyState['unknown'];
  let refusal: CopyState['refusal'];
  let deferred: CopyState['deferred'];
  let commit: string | undefined;
  let createdAt: string | undefined;
  for (const entry of entries) {
    switch (entry.kind) {
      case 'intent':
        pending = entry;
        break;
      case 'receipt':
        if (entry.verb === 'create') createdAt ??= entry.at;
        receipt = entry;
        commit = entry.commit ?? (pending ?? unknown?.intent)?.commit ?? commit;
        pending = unknown = refusal = deferred = undefined;
        break;
      case 'failure':
        if (entry.sent === 'unknown' && pending !== undefined) unknown = { intent: pending, failure: entry };
        if (entry.sent === 'refused' && pending !== undefined) {
          refusal = { inputs: pending.inputs, failure: entry };
          unknown = undefined;
        }
        deferred = entry.until === undefined ? undefined : { until: entry.until, message: entry.message };
        pending = undefined;
        break;
      case 'decision': {
        const intent = pending ?? unknown?.intent;
        if (entry.what === 'take-remote' && receipt !== undefined && entry.echo !== undefined) {
          receipt = { ...receipt, verb: 'adopt', echo: entry.echo, inputs: entry.inputs ?? receipt.inputs };
        }
        if (entry.what === 'posted' && intent !== undefined) {
          createdAt ??= intent.at;
          commit = intent.commit ?? commit;
          const { url = '', remoteId = url, state = 'unverified', echo = intent.fingerprint } = entry;
          const { canonicalUrl = '', references = [] } = receipt ?? {};
          const made = { ...intent, canonicalUrl: entry.canonicalUrl ?? canonicalUrl, references };
          receipt = composeReceipt(entry, intent.verb, { state, remoteId, url, echo }, made);
        }
        if (entry.what !== 'take-remote') pending = unknown = refusal = deferred = undefined;
        break;
      }
    }
  }
  const last = entries.at(-1);
  return {
    copy,
    length: entries.length,
    ...(last && { lastAt: last.at }),
    intendedAt: entries.filter((entry) => entry.kind === 'intent').map((entry) => entry.at),
    ...(receipt && { receipt: { ...receipt, url: readAddress(receipt.url) } }),
    ...(pending && { pending }),
    ...(unknown && { unknown }),
    ...(refusal && { refusal }),
    ...(deferred && { deferred }),
    ...(commit !== undefined && { commit }),
    ...(createdAt !== undefined && { createdAt }),
  };
}
