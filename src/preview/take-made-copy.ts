import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { BroadsideError } from '../base/errors.ts';
import type { LedgerLook, MadeCopy, Recorded } from './define.ts';
import { readPosted } from './read-posted.ts';

/** Records where a person has made a copy; tells what became of it in a sentence. Throws what says why it is not recorded. */
export type RecordCopy = (made: Omit<MadeCopy, 'token'>) => Promise<string>;

const shape = z.object({
  post: z.string(),
  target: z.string(),
  url: z.string(),
  fingerprint: z.string().optional(),
  token: z.string(),
});

const wish = z.object({ token: z.string() });

/**
 * Takes the address of a copy that a person made from a page of the preview itself, which alone knows the token; undefined for all
 * else that is posted.
 */
export async function takeMadeCopy(
  incoming: IncomingMessage,
  given: {
    readonly path: string;
    readonly token: string | undefined;
    readonly record: RecordCopy | undefined;
  },
): Promise<Recorded | undefined> {
  const { path, token, record } = given;
  if (path !== '/record' || token === undefined || record === undefined) return undefined;
  const made = await readPosted(incoming, shape, token);
  if (made === undefined) return undefined;
  try {
    return { isRecorded: true, message: await record(made) };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return { isRecorded: false, message: `${error.message} ${error.remedy}` };
  }
}

/** Reads the ledger where it is kept. Throws what says why it cannot be read. */
export type LookAtLedger = () => Promise<void>;

/** Takes the wish to read the ledger where it is kept from a page of the preview itself; undefined for all else that is posted. */
export async function takeLook(
  incoming: IncomingMessage,
  given: { readonly path: string; readonly token: string | undefined; readonly look: LookAtLedger },
): Promise<LedgerLook | undefined> {
  const { path, token, look } = given;
  if (path !== '/ledger' || token === undefined) return undefined;
  if ((await readPosted(incoming, wish, token)) === undefined) return undefined;
  try {
    await look();
    return { isRead: true, message: 'The ledger was read.' };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return { isRead: false, message: `${error.message} ${error.remedy}` };
  }
}
