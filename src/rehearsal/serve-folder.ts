import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { isOwnHost } from '../base/http/loopback.ts';
import { mediaTypes } from '../base/media-types.ts';
import { isVisible, staysInside } from '../base/stay-inside.ts';

/** What a host serves the files of a feed as, by their endings. */
const types: Readonly<Record<string, string>> = {
  ...mediaTypes,
  '.xml': 'application/xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.xsl': 'application/xslt+xml; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
};

/** A folder that is served on this machine alone. */
export interface ServedFolder {
  /** Without a final slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves the visible files of a folder, absolute, on 127.0.0.1, as a host of static files would. */
export async function serveFolder(folder: string): Promise<ServedFolder> {
  const server = createServer((incoming, outgoing) => {
    const { port } = server.address() as AddressInfo;
    const isAsked = isOwnHost(incoming.headers.host, port) && incoming.method === 'GET';
    const file = isAsked ? findFile(folder, incoming.url ?? '/') : undefined;
    if (file === undefined) {
      outgoing
        .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
        .end('There is nothing here.\n');
      return;
    }
    outgoing.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    outgoing.end(readFileSync(file));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function findFile(folder: string, address: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(address, 'http://localhost').pathname).replace(/^\/+/, '');
    const file = join(folder, path);
    const isThere = path !== '' && isVisible(path) && staysInside(file, folder) && statSync(file).isFile();
    return isThere ? file : undefined;
  } catch {
    return undefined;
  }
}
