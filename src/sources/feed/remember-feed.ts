import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { digestText } from '../../base/digest.ts';
import { makeFolder, writeWhole } from '../../base/write-file.ts';

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

/** Where a blog, its folder absolute, remembers feeds; the folder may be deleted at any time. */
function nameFolder(root: string): string {
  return join(root, '.broadside', 'cache', 'feeds');
}

/** A file of one line of JSON, then the feed's bytes. */
function nameFile(address: string): string {
  return `${digestText(address)}.feed`;
}

/** What the blog in `root` remembers of an address; nothing where that is missing, damaged or of another address. */
export async function recallFeed(root: string, address: string): Promise<RememberedFeed | undefined> {
  try {
    const file = await readFile(join(nameFolder(root), nameFile(address)));
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
export async function rememberFeed(root: string, address: string, feed: RememberedFeed): Promise<void> {
  const { bytes, ...told } = feed;
  const [folder, file] = [nameFolder(root), nameFile(address)];
  if (told.etag === undefined && told.lastModified === undefined) {
    await rm(join(folder, file), { force: true }).catch(() => undefined);
    return;
  }
  const head = JSON.stringify({ v: 1, asked: address, ...told, digest: digestText(bytes) });
  try {
    makeFolder(folder, root);
    writeWhole(folder, file, Buffer.concat([Buffer.from(`${head}\n`), bytes]));
  } catch {
    return;
  }
}
