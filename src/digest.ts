import { createHash } from 'node:crypto';
import type { Json } from './model/rendition.ts';

/** SHA-256 of bytes or UTF-8 text: the first 32 hexadecimal digits, enough for any ledger. */
export function digestText(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Digest of a value that does not depend on the order of its keys. */
export function digestJson(value: Json): string {
  return digestText(
    JSON.stringify(value, (_key, inner: Json) =>
      inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ),
  );
}
