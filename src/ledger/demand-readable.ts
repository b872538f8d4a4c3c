import { BroadsideError } from '../base/errors.ts';
import type { CopyState } from '../model/ledger.ts';

/** Throws `LEDGER_UNREADABLE` for a copy whose entries cannot be read. */
export function demandReadable({ unreadable }: CopyState): void {
  if (unreadable === undefined) return;
  const { message, ...details } = unreadable;
  throw new BroadsideError('LEDGER_UNREADABLE', message, details);
}
