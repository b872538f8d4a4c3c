import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { digestText } from '../../digest.ts';

/** A feed as a server last gave it, with the words by which the server tells whether it is still so. */
export interface RememberedFeed {
  /** Where it was found, after redirects. */
  readonly url: string;
  readonly contentType: string | undefined;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly bytes: Uint8Array;
}

const headShape = z.strictObject({
  v: z.literal(1),
  asked: z.string(),
  url: z.url({ protocol: /^https?$/ }),
  contentType: z.string().optional(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  digest: z.string(),
});

const lineBreak = 0x0a;

/** A file of one line of JSON, then the feed's bytes. */
function nameFile(folder: string, address: string): string {
  return join(folder, `${digestText(address)}.feed`);
}

/** What is remembered of an address; nothing where that is missing, damaged or of another address. */
export async function recallFeed(folder: string, address: string): Promise<RememberedFeed | undefined> {
  try {
    const file = await readFile(nameFile(folder, address));
    const end = file.indexOf(lineBreak);
    const { asked, digest, url, contentType, etag, lastModified } = headShape.parse(
      JSON.parse(file.subarray(0, end).toString('utf8')),
    );
    const bytes = file.subarray(end + 1);
    if (asked !== address || digestText(bytes) !== digest) return undefined;
    return { url, contentType, etag, lastModified, bytes };
  } catch {
    return undefined;
  }
}

/** Remembers a feed that its server can be asked about again. That it cannot be kept is no fault: it is read anew then. */
export async function rememberFeed(folder: string, address: string, feed: RememberedFeed): Promise<void> {
  const { bytes, ...told } = feed;
  const file = nameFile(folder, address);
  if (told.etag === undefined && told.lastModified === undefined) {
    await rm(file, { force: true }).catch(() => undefined);
    return;
  }
  const head = JSON.stringify({ v: 1, asked: address, ...told, digest: digestText(bytes) });
  const temporary = `${file}-${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, Buffer.concat([Buffer.from(`${head}\n`), bytes]), { flag: 'wx' });
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
