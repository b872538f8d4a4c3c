import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseJson } from '../base/parse-json.ts';
import { isFields } from '../base/is-fields.ts';
import { BroadsideError } from '../base/errors.ts';
import { isOwnHost } from '../base/http/loopback.ts';
import { writeWhole } from '../base/write-file.ts';
import type { Judgement, Reply, StandInRequest } from './exchange.ts';
import { countMishaps, misbehave } from './mishaps.ts';
import type { Delivery, Mishap } from './mishaps.ts';
import { openSiteFiles, type SiteFiles } from './site-files.ts';

/** The most bytes a stand-in reads of one request. */
const longestRequest = 40 * 1024 * 1024;

/** The headers that hold secrets whatever the platform. */
const secretHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** One request as a stand-in saw it, without the headers that hold secrets. */
interface RecordedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Milliseconds by the stand-in's clock. */
  readonly at: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it changed or read what the stand-in holds: it was neither refused nor lost. */
  readonly taken: boolean;
  /** Absent until it is answered. */
  readonly status?: number;
}

/** A local server that behaves as the real one. */
export interface StandIn {
  /** Its address, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Every request since it was started, oldest first. */
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

/** A stand-in's rules. A request is authenticated, decided, taken and answered, one after the other. */
export interface Behaviour {
  /** The header, in lower case, that a request has its key in, where that is one of the platform's own. */
  readonly keyHeader?: string;
  /** The header, in lower case, of an answer that alone names what was made. */
  readonly namingHeader?: string;
  /** The refusal of a request that may not come in, before its content is looked at. */
  authenticate(request: StandInRequest): Reply | undefined;
  decide(request: StandInRequest): Judgement;
}

/** A request that is about to be judged, or one that was, before its answer leaves. */
export interface RequestMoment {
  /** Its place among all requests since the start, counted from 1. */
  readonly number: number;
  readonly when: 'before' | 'after';
  readonly request: StandInRequest;
  /** Whether the stand-in has taken it. */
  readonly taken: boolean;
}

/** What a test may do to any stand-in. */
export interface Troubles {
  readonly mishaps?: readonly Mishap[];
  /** The time that its answers tell, in milliseconds since 1970, instead of the real one. */
  readonly tellTime?: () => number;
  /** Waited for, twice a request: before it is judged, and once it was. */
  readonly onRequest?: (moment: RequestMoment) => void | Promise<void>;
}

/** How any stand-in is started. */
interface Start extends Troubles, SiteFiles {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Milliseconds since 1970, instead of the real clock. */
  readonly now?: () => number;
}

/** How the stand-in of a platform is started. */
export interface StandInOptions extends Start {
  /** Where what it holds is kept between starts. */
  readonly folder: string;
}

/** Starts a stand-in on 127.0.0.1; a port that is taken is replaced by a free one. */
export async function startStandIn(
  options: Start & { readonly behave: (url: string) => Behaviour },
): Promise<StandIn> {
  const { now = Date.now } = options;
  const requests: RecordedRequest[] = [];
  const findMishap = countMishaps(options.mishaps ?? []);
  const server = createServer();
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const behaviour = options.behave(url);
  const files = openSiteFiles(options);

  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (!isOwnHost(incoming.headers.host, port)) {
      outgoing.writeHead(421).end();
      return;
    }
    const at = now();
    const number = requests.push(recordRequest(incoming, at, behaviour));
    respond(incoming, outgoing, at, number).catch((error: unknown) => {
      if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' });
      outgoing.end(error instanceof Error ? error.message : 'the stand-in failed');
    });
    outgoing.once('finish', () => note(number, { status: outgoing.statusCode }));
  });

  function note(number: number, part: Partial<RecordedRequest>): void {
    const recorded = requests[number - 1];
    if (recorded !== undefined) requests[number - 1] = { ...recorded, ...part };
  }

  async function respond(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    at: number,
    number: number,
  ): Promise<void> {
    const request = await readRequest(incoming, url, at);
    const mishap = findMishap(request);
    await options.onRequest?.({ number, when: 'before', request, taken: false });
    const refusal = files.reply(request.path) ?? behaviour.authenticate(request);
    const judged = refusal === undefined ? behaviour.decide(request) : { refuse: refusal };
    const decision = 'show' in judged ? { refuse: await judged.show() } : judged;
    let taken = false;
    const take = (): Reply => {
      if ('refuse' in decision) return decision.refuse;
      taken = true;
      note(number, { taken });
      return decision.take();
    };
    const delivery: Delivery =
      mishap === undefined
        ? { kind: 'answer', reply: files.show(take()), afterMs: 0 }
        : misbehave(mishap, take, behaviour.namingHeader);
    await options.onRequest?.({ number, when: 'after', request, taken });
    if (options.tellTime !== undefined)
      outgoing.setHeader('date', new Date(options.tellTime()).toUTCString());
    await deliver(delivery, outgoing);
  }

  return {
    url,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function deliver(delivery: Delivery, outgoing: ServerResponse): Promise<void> {
  switch (delivery.kind) {
    case 'answer':
      if (delivery.afterMs > 0) await sleep(delivery.afterMs);
      outgoing.writeHead(delivery.reply.status, { ...delivery.reply.headers });
      outgoing.end(delivery.reply.body);
      return;
    case 'truncate': {
      const { status, headers, body = 'nothing' } = delivery.reply;
      const bytes = Buffer.from(body);
      outgoing.writeHead(status, { ...headers, 'content-length': bytes.length });
      outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy());
      return;
    }
    case 'reset':
      outgoing.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
  }
}

/** What a stand-in holds, kept as one JSON file in `folder` and written whole after every change. */
export interface Store<State> {
  readonly state: State;
  save(): void;
}

/** Opens a stand-in's store, or begins one. Throws `OUTPUT_UNWRITABLE` when the folder cannot serve. */
export function openStore<State>(folder: string, name: string, empty: State): Store<State> {
  const file = join(folder, name);
  const refuse = (cause: unknown): BroadsideError =>
    new BroadsideError('OUTPUT_UNWRITABLE', `${file} cannot serve as a stand-in's memory`, {
      remedy: 'Remove it, or rehearse in another folder.',
      file,
      cause,
    });
  const save = (state: State): void => {
    try {
      writeWhole(folder, name, `${JSON.stringify(state, null, 2)}\n`);
    } catch (error) {
      throw refuse(error);
    }
  };
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as State;
    return { state, save: () => save(state) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw refuse(error);
    save(empty);
    return { state: empty, save: () => save(empty) };
  }
}

/** A reply with a JSON body. */
export function replyJson(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** A request's body as a JSON object, or nothing when it is not one. */
export function readJsonBody(request: StandInRequest): Record<string, unknown> | undefined {
  const value = parseJson(new TextDecoder().decode(request.bytes));
  return isFields(value) ? value : undefined;
}

async function listen(server: Server, port: number): Promise<void> {
  const attempt = (wanted: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await attempt(port);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    await attempt(0);
  }
}

function recordRequest(incoming: IncomingMessage, at: number, { keyHeader }: Behaviour): RecordedRequest {
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    at,
    taken: false,
    headers: Object.fromEntries(
      Object.entries(flattenHeaders(incoming)).filter(
        ([name]) => !secretHeaders.has(name) && name !== keyHeader,
      ),
    ),
  };
}

async function readRequest(incoming: IncomingMessage, url: string, at: number): Promise<StandInRequest> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > longestRequest) throw new Error('the request is too large');
    chunks.push(chunk);
  }
  const { pathname, searchParams } = new URL(`${url}${incoming.url ?? '/'}`);
  return {
    method: incoming.method ?? 'GET',
    path: pathname,
    query: searchParams,
    headers: flattenHeaders(incoming),
    bytes: Buffer.concat(chunks),
    at,
  };
}

function flattenHeaders(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
