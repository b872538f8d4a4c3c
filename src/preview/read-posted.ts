import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { parseJson } from '../base/parse-json.ts';

/** The most characters that are read of what a page posts. */
const longestBody = 20_000;

/** What a page of the preview itself has posted, as JSON of a shape; undefined for all else, since that page alone knows the token. */
export async function readPosted<Posted extends { readonly token: string }>(
  incoming: IncomingMessage,
  shape: z.ZodType<Posted>,
  token: string,
): Promise<Posted | undefined> {
  if (incoming.headers['content-type'] !== 'application/json') return undefined;
  const posted = shape.safeParse(parseJson(await readBody(incoming)));
  return posted.success && isSame(posted.data.token, token) ? posted.data : undefined;
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of incoming.setEncoding('utf8')) {
    text += String(part);
    if (text.length > longestBody) return '';
  }
  return text;
}
