import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { BroadsideError } from '../base/errors.ts';
import type { MadeCopy, Recorded } from './define.ts';

/** Records where a person has made a copy; tells what became of it in a sentence. Throws what says why it is not recorded. */
export type RecordCopy = (made: Omit<MadeCopy, 'token'>) => Promise<string>;

const shape = z.object({
  post: z.string(),
  target: z.string(),
  url: z.string(),
  fingerprint: z.string().optional(),
  token: z.string(),
});

/** The most characters that are read of what a page posts. */
const longestBody = 20_000;

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
  const isJson = incoming.headers['content-type'] === 'application/json';
  if (path !== '/record' || token === undefined || record === undefined || !isJson) return undefined;
  const made = shape.safeParse(parse(await readBody(incoming)));
  if (!made.success || !isSame(made.data.token, token)) return undefined;
  try {
    return { isRecorded: true, message: await record(made.data) };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return { isRecorded: false, message: `${error.message} ${error.remedy}` };
  }
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of incoming.setEncoding('utf8')) {
    text += String(part);
    if (text.length > longestBody) return '';
  }
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
