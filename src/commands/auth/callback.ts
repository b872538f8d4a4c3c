import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { BroadsideError } from '../../base/errors.ts';
import { isOwnHost } from '../../base/http/loopback.ts';
import type { SignInAnswer } from '../../model/target.ts';

/**
 * Addresses of this machine that `localhost` may mean to a browser. Only the first has to be there: a machine may have no
 * IPv6, but where it has one, nobody else may listen on this port of it.
 */
const loopbacks = ['127.0.0.1', '::1'] as const;

const path = '/callback';

export interface CallbackWait {
  readonly port: number;
  /** What the answer has to repeat. */
  readonly state: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called once an answer can come. */
  readonly begin: () => void;
  /** What to do when none came. */
  readonly remedy: string;
}

/**
 * The address that a browser is to be sent back to. LinkedIn does not document which addresses of one's own machine it
 * takes; its users register this name (checked November 2026).
 */
export function redirectAddress(port: number): string {
  return `http://localhost:${port}${path}`;
}

/** Milliseconds as people say them. */
export function tellTime(ms: number): string {
  const isMinutes = ms >= 120_000 && ms % 60_000 === 0;
  return isMinutes ? `${ms / 60_000} minutes` : `${ms / 1000} seconds`;
}

/**
 * Waits on this machine's own addresses for the one answer that repeats the state, tells the browser how it went, and
 * listens no more. Throws `PORT_UNAVAILABLE`, `SIGN_IN_TIMED_OUT`, what `finish` throws, and the signal's reason.
 */
export async function receiveCallback<Result>(
  wait: CallbackWait,
  finish: (answer: SignInAnswer) => Promise<Result>,
): Promise<Result> {
  const { port, state, timeoutMs, signal } = wait;
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  let isTaken = false;

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (!isOwnHost(incoming.headers.host, port)) return show(outgoing, 421, 'There is nothing here.');
    const query = readQuery(incoming);
    if (query === undefined) return show(outgoing, 404, 'There is nothing here.');
    if (incoming.method !== 'GET') return show(outgoing, 405, 'This address is only opened.');
    if (!isSame(query.getAll('state'), state)) {
      const words = 'This is not the answer to the sign-in that was begun. Begin again from the terminal.';
      return show(outgoing, 400, words);
    }
    if (isTaken) return show(outgoing, 410, 'This sign-in has had its answer. You can close this window.');
    isTaken = true;
    clearTimeout(timer);
    try {
      const result = await finish(readAnswer(query));
      await show(outgoing, 200, 'You are signed in. You can close this window.');
      resolve(result);
    } catch (error) {
      const words = 'The sign-in did not work: the terminal says why. You can close this window.';
      await show(outgoing, 200, words);
      reject(error);
    }
  }

  const servers = await listenOnLoopback(port, (incoming, outgoing) => {
    respond(incoming, outgoing).catch(reject);
  });
  const timer = setTimeout(() => {
    const what = `Nobody signed in within ${tellTime(timeoutMs)}.`;
    reject(new BroadsideError('SIGN_IN_TIMED_OUT', what, { remedy: wait.remedy }));
  }, timeoutMs);
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  else wait.begin();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    await Promise.all(servers.map(close));
  }
}

function readQuery({ url = '/' }: IncomingMessage): URLSearchParams | undefined {
  const base = 'http://localhost';
  if (!URL.canParse(url, base)) return undefined;
  const { pathname, searchParams } = new URL(url, base);
  return pathname === path ? searchParams : undefined;
}

function readAnswer(query: URLSearchParams): SignInAnswer {
  const [code, error, description] = ['code', 'error', 'error_description'].map((name) => query.get(name));
  return { ...(code && { code }), ...(error && { error }), ...(description && { description }) };
}

/** Whether exactly the state was given; the time it takes does not reveal how much of it was right. */
function isSame(given: readonly string[], state: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given[0] ?? ''), digest(state)) && given.length === 1;
}

/** Writes a page that holds nothing of the request. */
async function show(outgoing: ServerResponse, status: number, words: string): Promise<void> {
  outgoing.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  outgoing.end(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Broadside</title>
<style>:root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif; } body { max-width: 36rem; margin: 4rem auto; padding: 0 1rem; }</style>
</head>
<body>
<h1>Broadside</h1>
<p>${words}</p>
</body>
</html>
`);
  await finished(outgoing).catch(() => undefined);
}

type Handler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

async function listenOnLoopback(port: number, handler: Handler): Promise<readonly Server[]> {
  const servers: Server[] = [];
  for (const host of loopbacks) {
    const server = createServer(handler);
    const code = await listen(server, host, port);
    if (code === undefined) servers.push(server);
    else if (host === '127.0.0.1' || !['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(code)) {
      await Promise.all(servers.map(close));
      const why = code === 'EADDRINUSE' ? 'another program listens on it' : code;
      throw new BroadsideError('PORT_UNAVAILABLE', `Cannot listen on port ${port}: ${why}.`, {
        remedy: 'End that program, or choose a port with --port N and register its redirect address too.',
      });
    }
  }
  return servers;
}

/** The code of the fault that kept the server from listening, if any did. */
function listen(server: Server, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown reason'));
    server.listen({ host, port, exclusive: true }, () => resolve(undefined));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
