import { createServer, get } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { onTestFinished } from 'vitest';

export interface LocalServer {
  readonly url: string;
  /** What came in, headers included. */
  readonly received: readonly { readonly method: string; readonly path: string; readonly headers: string }[];
}

export type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** A server on loopback that lasts as long as the test. */
export async function startLocalServer(answer: Answer): Promise<LocalServer> {
  const received: { method: string; path: string; headers: string }[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = '', url: path = '' } = incoming;
    received.push({ method, path, headers: JSON.stringify(incoming.headers) });
    incoming.resume();
    incoming.once('end', () => answer(incoming, outgoing));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** The status that a server answers to a page of another site, whose name now leads to this machine. */
export function askAs(host: string, url: string | URL): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { host: `${host}:${new URL(url).port}` };
    get(url, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).once('error', reject);
  });
}

/** An address on loopback where nothing listens. */
export async function findDeadUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** What a promise is rejected with. */
export async function catchError(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it was expected to fail');
}

/** Everything that any way of printing an error would show. */
export function showError(error: unknown): string {
  const printed = inspect(error, { depth: 20, showHidden: true, getters: true });
  const stack = error instanceof Error ? error.stack : '';
  return [String(error), JSON.stringify(error), printed, stack].join('\n');
}
