import { hash } from 'node:crypto';
import type { Json, Rendition } from '../model/rendition.ts';

/** SHA-256 of bytes or UTF-8 text: the first 32 hexadecimal digits, enough for any ledger. */
export function digestText(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

/** What `digestJson` makes of a list with no maps in it, in half the time. */
export function digestList(list: readonly Json[]): string {
  return digestText(JSON.stringify(list));
}

/** Digest of a value that does not depend on the order of its keys. */
export function digestJson(value: Json): string {
  return digestText(JSON.stringify(sortKeys(value)));
}

/** The fingerprint of what a rendition shows. */
export function fingerprintRendition({
  body,
  fields,
  assets,
}: Pick<Rendition, 'body' | 'fields' | 'assets'>): string {
  return digestJson({
    body,
    fields,
    assets: assets.map(({ role, url, alt }) => ({ role, url, alt: alt ?? null })),
  });
}

function sortKeys(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]): [string, Json] => [key, sortKeys(inner)]));
}
