import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { BroadsideError } from '../base/errors.ts';
import { isOwnHost } from '../base/http/loopback.ts';
import { mediaTypes } from '../base/media-types.ts';
import { readInstant } from '../base/read-instant.ts';
import type { AppFiles } from './app-files.ts';
import type { LedgerLook, Recorded, ServerEvent } from './define.ts';
import { takeLook, takeMadeCopy, type RecordCopy } from './take-made-copy.ts';
import type { Preview } from './open-preview.ts';
import { pagePolicy, writeAppPage } from './write-page.ts';

/** A server that shows a preview on this machine alone. */
export interface PreviewServer {
  /** Its address, such as `http://127.0.0.1:41234/`. */
  readonly url: string;
  /** Tells every page that shows it. */
  readonly tell: (event: ServerEvent) => void;
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** How often pages hear that the server is still there, in milliseconds. */
const heartbeat = 15_000;

/**
 * Serves a preview on 127.0.0.1, on a free port for 0. It answers only to names that this machine alone has, and for data only to
 * its own pages. Where `record` is given, it takes the address of a copy that a person made, and the wish to read the ledger. Throws `PORT_UNAVAILABLE`.
 */
export async function servePreview(
  preview: Preview,
  app: AppFiles,
  port: number,
  record?: RecordCopy,
): Promise<PreviewServer> {
  const listeners = new Set<ServerResponse>();
  const token = record === undefined ? undefined : randomBytes(16).toString('hex');
  const tell = (event: ServerEvent): void => {
    for (const one of listeners) one.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  const look = async (): Promise<void> => {
    await preview.lookAtLedger();
    const event = await preview.refresh();
    if (event !== undefined) tell(event);
  };
  const server = createServer((incoming, outgoing) => {
    outgoing.on('error', () => undefined);
    const refusal = judgeRequest(incoming, (server.address() as AddressInfo).port);
    if (refusal !== undefined) return send(outgoing, refusal);
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
    if (pathname === '/events' && incoming.method === 'GET') return listen(outgoing, listeners);
    const answered =
      incoming.method === 'POST'
        ? takePosted(incoming, { path: pathname, token, record, look }).then(answerPosted)
        : answer(pathname, searchParams, { preview, app, token });
    answered.then(
      (found) => send(outgoing, found ?? plain(404, 'There is nothing here.')),
      (error: unknown) => send(outgoing, plain(500, error instanceof Error ? error.message : 'It failed.')),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainPort(port, error)));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve);
  });
  const beat = setInterval(() => {
    for (const one of listeners) one.write(': still here\n\n');
  }, heartbeat);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    tell,
    close: () =>
      new Promise((resolve) => {
        clearInterval(beat);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function explainPort(port: number, error: NodeJS.ErrnoException): BroadsideError {
  const why = error.code === 'EADDRINUSE' ? 'another program listens on it' : String(error.code);
  return new BroadsideError('PORT_UNAVAILABLE', `Cannot listen on port ${port}: ${why}.`, {
    remedy: 'End that program, choose another port, or leave --port out for a free one.',
  });
}

/** Pages of other sites may neither ask by a name of their own, nor have a browser ask for data. */
function judgeRequest({ headers, method, url = '/' }: IncomingMessage, port: number): Answer | undefined {
  if (!isOwnHost(headers.host, port)) return plain(421, 'There is nothing here.');
  if (method !== 'GET' && method !== 'POST') return plain(405, 'This address can only be read.');
  if (!URL.canParse(url, 'http://localhost')) return plain(400, 'This is no address.');
  const from = headers['sec-fetch-site'];
  const isOwn = from === undefined || from === 'same-origin' || from === 'none';
  // Pictures are asked for by frames whose origin is nobody's.
  const isOpen = url === '/' || url.startsWith('/site/');
  return isOwn || isOpen ? undefined : plain(403, 'Only the preview itself may ask for this.');
}

interface Served {
  readonly preview: Preview;
  readonly app: AppFiles;
  readonly token: string | undefined;
}

function takePosted(
  incoming: IncomingMessage,
  given: Parameters<typeof takeMadeCopy>[1] & Parameters<typeof takeLook>[1],
): Promise<Recorded | LedgerLook | undefined> {
  return given.path === '/ledger' ? takeLook(incoming, given) : takeMadeCopy(incoming, given);
}

function answerPosted(done: Recorded | LedgerLook | undefined): Answer {
  return done === undefined ? plain(405, 'This address can only be read.') : json(done);
}

async function answer(
  path: string,
  query: URLSearchParams,
  { preview, app, token }: Served,
): Promise<Answer | undefined> {
  const at = readInstant(query.get('at') ?? '');
  if (path === '/') return page(writeAppPage('server', preview.snapshot().bench.config.site.title));
  if (path === '/data/overview.json') return json({ ...(await preview.overview(at)), token });
  if (path === '/data/remote.json') {
    const seen = await preview.remote(query.get('post') ?? '', query.get('target') ?? '');
    return seen && json(seen);
  }
  const [, data] = /^\/data\/(posts\/[a-z\d_-]+)\.json$/.exec(path) ?? [];
  if (data !== undefined) {
    const view = await preview.post(data, at);
    return view && json(view);
  }
  if (path.startsWith('/site/')) return readPicture(path, preview);
  const file = app.read(path.slice(1));
  return file && { status: 200, type: file.type, body: file.bytes };
}

function readPicture(path: string, preview: Preview): Answer | undefined {
  const file = preview.picture(path.slice(1));
  if (file === undefined) return undefined;
  try {
    return { status: 200, type: mediaTypes[extname(path)] ?? '', body: readFileSync(file) };
  } catch {
    return undefined;
  }
}

/** Keeps an answer open that tells what has changed, until its page is gone. */
function listen(outgoing: ServerResponse, listeners: Set<ServerResponse>): void {
  outgoing.writeHead(200, { ...commonHeaders, 'content-type': 'text/event-stream' });
  outgoing.write('retry: 1000\n\n');
  listeners.add(outgoing);
  outgoing.once('close', () => listeners.delete(outgoing));
}

const commonHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** A picture may be an SVG that is opened by itself: nothing in it runs. */
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

function send(outgoing: ServerResponse, { status, type, body }: Answer): void {
  const policy = type.startsWith('text/html') ? pagePolicy('server') : picturePolicy;
  outgoing.writeHead(status, {
    ...commonHeaders,
    'content-type': type,
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
  });
  outgoing.end(body);
}

function plain(status: number, body: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` };
}

function page(body: string): Answer {
  return { status: 200, type: 'text/html; charset=utf-8', body };
}

function json(value: unknown): Answer {
  return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}
