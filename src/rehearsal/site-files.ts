import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { digestText } from '../base/digest.ts';
import { mediaTypes } from '../base/media-types.ts';
import { replaceAddresses } from '../reading/html/replace-addresses.ts';
import type { Reply } from './exchange.ts';

/** What a stand-in shows of the site, whose own pages a rehearsal does not ask. */
export interface SiteFiles {
  /** The file, absolute, that the site has at an address; undefined where none is known. */
  readonly findFile?: ((address: string) => string | undefined) | undefined;
}

/** Where a stand-in has the files of the site. */
const prefix = '/site-files/';

/** Shows pages with the pictures that the site will have, which a browser could not load from it yet. */
export function openSiteFiles({ findFile }: SiteFiles): {
  /** The file that a path stands for; undefined where it stands for none that a page has named. */
  readonly reply: (path: string) => Reply | undefined;
  /** A reply whose pictures are those of the blog's folder. */
  readonly show: (reply: Reply) => Reply;
} {
  const named = new Map<string, string>();
  const place = (address: string): string | undefined => {
    const file = findFile?.(address);
    if (file === undefined || mediaTypes[extname(file).toLowerCase()] === undefined) return undefined;
    const path = `${prefix}${digestText(file).slice(0, 16)}${extname(file).toLowerCase()}`;
    named.set(path, file);
    return path;
  };
  return {
    reply(path) {
      const file = named.get(path);
      if (file === undefined) return undefined;
      const headers = {
        'content-type': mediaTypes[extname(path)] ?? '',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'x-content-type-options': 'nosniff',
      };
      try {
        return { status: 200, headers, body: readFileSync(file) };
      } catch {
        return { status: 404 };
      }
    },
    show(reply) {
      const isPage = reply.headers?.['content-type']?.startsWith('text/html') === true;
      if (findFile === undefined || !isPage || typeof reply.body !== 'string') return reply;
      const body = replaceAddresses(reply.body, (address) =>
        /^https?:/.test(address) ? place(address) : undefined,
      );
      return { ...reply, body };
    },
  };
}
