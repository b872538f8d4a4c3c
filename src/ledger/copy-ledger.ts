import { isDeepStrictEqual } from 'node:util';
import { BroadsideError } from '../base/errors.ts';
import { stateKey, type CopyEntries, type Entries, type Ledger, type LedgerEntry } from '../model/ledger.ts';

/** How many bodies are read and written at once. */
const bodiesAtOnce = 50;

/** What one ledger has of another. */
export interface CopiedLedger {
  readonly copies: number;
  readonly entries: number;
  readonly bodies: number;
  readonly pieces: number;
}

/**
 * Copies everything in one ledger into another, which may have some of it already, as after an interruption. Throws
 * `LEDGER_UNREADABLE` if a copy's entries in the first cannot be read, `LEDGER_ELSEWHERE` if the second has anything else, and
 * `LEDGER_LOCKED` if either of them changes meanwhile.
 */
export async function copyLedger(from: Ledger, to: Ledger): Promise<CopiedLedger> {
  const [given, held] = [await from.read(), await to.read()];
  for (const { unreadable } of given.copies)
    if (unreadable !== undefined)
      throw new BroadsideError('LEDGER_UNREADABLE', unreadable.message, unreadable);
  const before = indexCopies(held);
  const strange = held.copies.find((copy) => !beginsWith(indexCopies(given).get(stateKey(copy.copy)), copy));
  if (strange !== undefined)
    throw reportStrange(to, `entries of ${strange.copy.postId} on ${strange.copy.target}`);
  for (const [target, at] of Object.entries(held.opened))
    if (given.opened[target] !== at) throw reportStrange(to, `${at} as the time when ${target} was opened,`);
  for (const [target, at] of Object.entries(given.opened)) await to.open(target, at);
  const bodies = await copyBodies(from, to, given);
  const pieces = await from.readPieces();
  await Promise.all([...pieces].map(([postId, post]) => to.storePieces(postId, post.pieces)));
  await Promise.all(
    given.copies.map(async ({ copy, entries }) => {
      const length = before.get(stateKey(copy))?.entries.length ?? 0;
      for (const [index, entry] of entries.entries()) {
        if (index < length) continue;
        if ((await to.append(copy, index, entry)) === 'moved') throw reportRace(to);
      }
    }),
  );
  if (!isDeepStrictEqual(await to.read(), given)) throw reportRace(to);
  if (!isDeepStrictEqual([await from.read(), await from.readPieces()], [given, pieces]))
    throw reportRace(from);
  const entries = given.copies.reduce((sum, copy) => sum + copy.entries.length, 0);
  return { copies: given.copies.length, entries, bodies, pieces: pieces.size };
}

function indexCopies({ copies }: Entries): ReadonlyMap<string, CopyEntries> {
  return new Map(copies.map((copy) => [stateKey(copy.copy), copy]));
}

function beginsWith(whole: CopyEntries | undefined, { entries, unreadable }: CopyEntries): boolean {
  if (whole === undefined || unreadable !== undefined) return false;
  return isDeepStrictEqual(whole.entries.slice(0, entries.length), entries);
}

async function copyBodies(from: Ledger, to: Ledger, { copies }: Entries): Promise<number> {
  const names = [...new Set(copies.flatMap(({ entries }) => entries.flatMap(nameBodies)))];
  let count = 0;
  for (let start = 0; start < names.length; start += bodiesAtOnce) {
    await Promise.all(
      names.slice(start, start + bodiesAtOnce).map(async (name) => {
        const body = await from.readBody(name);
        if (body === undefined) return;
        await to.storeBody(name, body);
        count += 1;
      }),
    );
  }
  return count;
}

/** The names of the bodies that an entry refers to: what was sent, or what was found. */
function nameBodies(entry: LedgerEntry): readonly string[] {
  if (entry.kind === 'intent') return [entry.fingerprint];
  if (entry.kind === 'receipt')
    return entry.verb === 'adopt' ? [entry.fingerprint, entry.echo] : [entry.fingerprint];
  return entry.kind === 'decision' && entry.echo !== undefined ? [entry.echo] : [];
}

function reportStrange({ description }: Ledger, what: string): BroadsideError {
  return new BroadsideError(
    'LEDGER_ELSEWHERE',
    `The ledger (${description}) has ${what} that the other does not have.`,
    {
      remedy:
        'Put one of the two away. Both record things that happened, and nobody can tell which came first.',
    },
  );
}

function reportRace({ description }: Ledger): BroadsideError {
  return new BroadsideError('LEDGER_LOCKED', `The ledger (${description}) changed while it was moved.`, {
    remedy: 'Wait until no other run is under way, then run the command again.',
  });
}
