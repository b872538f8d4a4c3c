import { Buffer } from 'node:buffer';
import { lookup, type LookupAllOptions } from 'node:dns';
import { Agent as HttpAgent, validateHeaderValue } from 'node:http';
import type { ClientRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import got from 'got';
import { BroadsideError, SendError } from '../errors.ts';
import { isLoopback } from './loopback.ts';
import { isPrivateAddress } from './private-networks.ts';
import { createRedactor } from '../redact.ts';

/** How every request names its sender; dev.to's network answers 403 to requests that name nobody. */
export const userAgent = 'broadside/0.1';

/** The whole time one call may take, its retries included, in milliseconds. */
const defaultTimeoutMs = 30_000;

/** The most bytes of one answer that are read, after decompression. */
const defaultMaxBytes = 20 * 1024 * 1024;

/** How often a read is tried again. */
const readRetries = 2;

/** The longest a read waits when a server asks it to, in seconds. */
const longestPatience = 10;

const redirectLimit = 5;

type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export type HttpHeaders = Readonly<Record<string, string | undefined>>;

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: HttpHeaders;
  readonly text: string;
  /** The text as JSON. Throws `RESPONSE_UNUSABLE` when it is not. */
  json(): unknown;
}

export interface HttpCall {
  readonly method: HttpMethod;
  /** Appended to the origin; begins with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
}

/** One server, with the headers that open it. */
export interface Http {
  /** Sends one request and returns whatever was answered, save redirects. Throws a `SendError`; only reads are retried. */
  request(call: HttpCall, signal: AbortSignal): Promise<HttpResponse>;
  /** The server's own time, now, as its last answer told it: ISO 8601 in UTC. Undefined before any did. */
  tellTime(): string | undefined;
  /** A server's own words, fit to be shown: one line, at most 300 characters, without secrets. */
  quote(text: string): string;
}

export interface HttpOptions {
  /** https, or http on loopback; a path in it is kept. */
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Values that may appear in no error. */
  readonly secrets: readonly string[];
  readonly timeoutMs?: number | undefined;
  readonly maxBytes?: number | undefined;
}

export interface FetchedDocument {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly bytes: Uint8Array;
  /** Where it was found, after redirects. */
  readonly url: string;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `refused`: no address of this machine or of a private network is contacted, whatever name leads there; else only redirects into one are refused. */
  readonly privateAddresses?: 'refused' | 'allowed' | undefined;
  /** Looks host names up, as `node:dns` does, which is the default. */
  readonly lookUp?: typeof lookup | undefined;
}

const client = got.extend({
  followRedirect: false,
  throwHttpErrors: false,
  retry: { limit: 0 },
  headers: { 'user-agent': userAgent },
  // A connection kept open may be closed by its server just as a write leaves, which nobody can tell from a failure.
  agent: { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) },
});

/** Opens a server that is spoken to with a secret. Throws `URL_REFUSED` unless it is https, or http on loopback. */
export function openHttp(options: HttpOptions): Http {
  const base = readUrl(options.origin);
  const plainLoopback = base.protocol === 'http:' && isLoopback(base.hostname);
  if ((base.protocol !== 'https:' && !plainLoopback) || base.username !== '' || base.password !== '') {
    throw new BroadsideError('URL_REFUSED', `${base.host} is neither https nor http on loopback`, {
      remedy: 'Use an https address without a user name.',
    });
  }
  refuseUnsendable(options.headers, base.host);
  const prefix = base.href.replace(/\/+$/, '');
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const clean = createRedactor(options.secrets);
  let told: { readonly time: number; readonly at: number } | undefined;

  return {
    quote: (text) => shorten(clean(text)),
    tellTime: () => told && new Date(told.time + performance.now() - told.at).toISOString(),
    async request(call, signal) {
      const url = new URL(prefix + call.path);
      if (url.origin !== base.origin) {
        throw new BroadsideError('URL_REFUSED', `${call.path} leaves ${base.host}`, {
          remedy: 'Report this as a fault of Broadside.',
        });
      }
      const what = clean(`${call.method} ${url.host}${url.pathname}`);
      const answer = await exchange({
        url,
        what,
        method: call.method,
        headers: {
          ...(call.json !== undefined && { 'content-type': 'application/json' }),
          ...options.headers,
          ...call.headers,
        },
        body: call.json === undefined ? call.bytes : JSON.stringify(call.json),
        maxBytes,
        timeoutMs,
        signal,
      });
      const time = readTime(answer.headers);
      if (time !== undefined) told = { time, at: performance.now() };
      if (isRedirect(answer.status)) {
        throw explainRedirect(call.method, what, answer.status, clean(nameRedirect(answer.headers, url)));
      }
      const text = Buffer.from(answer.bytes).toString('utf8');
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        json() {
          try {
            return JSON.parse(text) as unknown;
          } catch {
            throw new SendError(
              'RESPONSE_UNUSABLE',
              `${what}: answered ${answer.status} without usable JSON`,
              {
                remedy: 'Look at the target before anything is sent again.',
                sent: call.method === 'GET' ? 'no' : 'unknown',
                status: answer.status,
              },
            );
          }
        },
      };
    },
  };
}

/**
 * Reads a public page or file without any secret, following up to five redirects, and returns it whatever its status.
 * Throws `URL_REFUSED`, `HOST_UNREACHABLE`, `REQUEST_TIMED_OUT`, `REQUEST_FAILED`, `REQUEST_REFUSED` or `RESPONSE_TOO_LARGE`.
 */
export async function fetchDocument(address: string, options: FetchOptions): Promise<FetchedDocument> {
  const start = readUrl(address);
  let url = start;
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const startedAt = performance.now();
  const mayStartInside = options.privateAddresses !== 'refused';
  let isInside = mayStartInside && isPrivateAddress(start.hostname);
  for (let hop = 0; hop <= redirectLimit; hop += 1) {
    refuseProtocol(url);
    const refusal = mayStartInside ? refuseRedirect(start.host) : refusePrivate(url.host);
    const mayContact = (isPrivate: boolean): boolean => {
      if (hop === 0 && mayStartInside) isInside ||= isPrivate;
      return isInside || !isPrivate;
    };
    if (!mayContact(isPrivateAddress(url.hostname))) throw refusal;
    const answer = await exchange({
      url,
      what: `GET ${url.host}${url.pathname}`,
      method: 'GET',
      headers: { ...options.headers },
      body: undefined,
      maxBytes: options.maxBytes ?? defaultMaxBytes,
      timeoutMs: timeoutMs - (performance.now() - startedAt),
      signal: options.signal,
      names: { lookUp: judgeNames(options.lookUp, mayContact), refusal },
    });
    const location = answer.headers['location'];
    if (!isRedirect(answer.status) || location === undefined) return { ...answer, url: url.href };
    if (!URL.canParse(location, url.href)) break;
    url = new URL(location, url);
  }
  throw new SendError('REQUEST_REFUSED', `${start.host}${start.pathname} redirects without end`, {
    remedy: 'Use the address of the page itself.',
    sent: 'no',
  });
}

/** The seconds a server asks to wait, from `Retry-After` as seconds or as a date. */
export function readRetryAfter(headers: HttpHeaders): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** When an answer left its server, in milliseconds since 1970: its `Date`, and the `Age` that caches on the way add. */
function readTime(headers: HttpHeaders): number | undefined {
  const date = Date.parse(headers['date'] ?? '');
  const age = Number(headers['age'] ?? 0);
  return Number.isNaN(date) ? undefined : date + (age > 0 ? age * 1000 : 0);
}

interface Exchange {
  readonly url: URL;
  /** The request's name in errors. */
  readonly what: string;
  readonly method: HttpMethod;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | undefined;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Looks host names up, and the error where one may not be contacted for what it leads to. */
  readonly names?: { readonly lookUp: typeof lookup; readonly refusal: BroadsideError };
}

interface Answer {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly bytes: Uint8Array;
}

async function exchange(call: Exchange): Promise<Answer> {
  const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(call.timeoutMs)));
  const stop = AbortSignal.any([call.signal, deadline]);
  const tries = call.method === 'GET' ? readRetries : 0;
  const endsAt = performance.now() + call.timeoutMs;
  for (let attempt = 0; ; attempt += 1) {
    const last = attempt >= tries;
    const jittered = 300 * 2 ** attempt * (0.5 + Math.random());
    try {
      const answer = await exchangeOnce(call, stop, deadline);
      const pause = last ? undefined : pauseBeforeReread(answer, jittered);
      if (pause === undefined || performance.now() + pause >= endsAt) return answer;
      await rest(pause, call, stop, deadline);
    } catch (error) {
      if (last || stop.aborted || !(error instanceof SendError) || error.code === 'RESPONSE_TOO_LARGE')
        throw error;
      await rest(jittered, call, stop, deadline);
    }
  }
}

function pauseBeforeReread(answer: Answer, jittered: number): number | undefined {
  if ([502, 503, 504].includes(answer.status)) return jittered;
  const asked = answer.status === 429 ? readRetryAfter(answer.headers) : undefined;
  return asked !== undefined && asked <= longestPatience ? asked * 1000 + jittered : undefined;
}

async function rest(ms: number, call: Exchange, stop: AbortSignal, deadline: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: stop });
  } catch {
    throw describeFailure(call, { begun: false, status: undefined, code: undefined, deadline });
  }
}

async function exchangeOnce(call: Exchange, stop: AbortSignal, deadline: AbortSignal): Promise<Answer> {
  if (stop.aborted)
    throw describeFailure(call, { begun: false, status: undefined, code: undefined, deadline });
  let begun = false;
  let head: { readonly status: number; readonly headers: HttpHeaders } | undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const stream = client.stream(call.url, {
      method: call.method,
      headers: call.headers,
      signal: stop,
      ...(call.body !== undefined && { body: call.body }),
      ...(call.names !== undefined && { dnsLookup: call.names.lookUp }),
    });
    stream.once('request', (request: ClientRequest) => {
      request.once('socket', (socket) => {
        const ready = call.url.protocol === 'https:' ? 'secureConnect' : 'connect';
        socket.once(ready, () => {
          begun = true;
        });
      });
    });
    stream.once('response', (response: { statusCode: number; headers: NodeJS.Dict<string | string[]> }) => {
      head = { status: response.statusCode, headers: flattenHeaders(response.headers) };
    });
    if (call.body === undefined && call.method !== 'GET') stream.end();
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > call.maxBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    const code = readCode(error);
    if (code === privateCode && call.names !== undefined) throw call.names.refusal;
    throw describeFailure(call, { begun, status: head?.status, code, deadline });
  }
  if (head === undefined) {
    throw describeFailure(call, { begun, status: undefined, code: undefined, deadline });
  }
  if (size > call.maxBytes) {
    throw new SendError(
      'RESPONSE_TOO_LARGE',
      `${call.what}: answered with more than ${call.maxBytes} bytes`,
      {
        remedy: 'Check that the address is the right one.',
        sent: judgeSent(call.method, true, head.status),
        status: head.status,
      },
    );
  }
  return { ...head, bytes: Buffer.concat(chunks) };
}

/** Says what is known of a request that ended without an answer; takes nothing from the client's error but its code. */
function describeFailure(
  call: Exchange,
  known: {
    readonly begun: boolean;
    readonly status: number | undefined;
    readonly code: string | undefined;
    readonly deadline: AbortSignal;
  },
): SendError {
  const { begun, status, code, deadline } = known;
  const sent = judgeSent(call.method, begun, status);
  const details = {
    sent,
    remedy:
      sent === 'unknown'
        ? 'Look at the target before anything is sent again.'
        : 'Run the same again when the server can be reached.',
    ...(status !== undefined && { status }),
  };
  if (call.signal.aborted) {
    return new SendError('REQUEST_FAILED', `${call.what}: was interrupted`, details);
  }
  if (deadline.aborted) {
    const seconds = Math.round(call.timeoutMs / 100) / 10;
    return new SendError('REQUEST_TIMED_OUT', `${call.what}: no whole answer within ${seconds} s`, details);
  }
  if (!begun) {
    return new SendError('HOST_UNREACHABLE', `${call.what}: ${explainCode(code, call.url.host)}`, details);
  }
  return new SendError(
    'REQUEST_FAILED',
    `${call.what}: the connection broke before the answer was whole${code === undefined ? '' : ` (${code})`}`,
    details,
  );
}

/** The statuses that say no to what was sent; the other refusals are of who asks, where, when and how often, and pass (RFC 9110, section 15.5). */
const statusesOfContent: ReadonlySet<number> = new Set([400, 409, 413, 414, 415, 422, 451]);

/** What a status that is no success tells of a request. Only a refusal is known not to be taken, and 408 is none: it can come late. */
export function judgeStatus(method: HttpMethod, status: number): SendError['sent'] {
  if (method === 'GET') return 'no';
  if (status < 400 || status > 499 || status === 408) return 'unknown';
  return statusesOfContent.has(status) ? 'refused' : 'no';
}

/** What is known where no answer was read whole; why a refusal was given, and so whether for good, stood in what was not read. */
function judgeSent(method: HttpMethod, begun: boolean, status: number | undefined): SendError['sent'] {
  if (method === 'GET' || !begun) return 'no';
  return status === undefined || judgeStatus(method, status) === 'unknown' ? 'unknown' : 'no';
}

function explainCode(code: string | undefined, host: string): string {
  if (code === 'ECONNREFUSED') return `${host} refuses connections`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${host} cannot be looked up`;
  return `${host} cannot be reached${code === undefined ? '' : ` (${code})`}`;
}

function readCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[A-Z][A-Z\d_]+$/.test(error.code) ? error.code : undefined;
}

function flattenHeaders(headers: NodeJS.Dict<string | string[]>): HttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

/** A redirect that is not followed. What a write asked for may be done by then: 303 says so (RFC 9110, section 15.4.4). */
function explainRedirect(method: HttpMethod, what: string, status: number, to: string): SendError {
  const [code, sent, first] =
    method === 'GET'
      ? (['REQUEST_REFUSED', 'no', ''] as const)
      : (['REQUEST_FAILED', 'unknown', 'Look at the target before anything is sent again. '] as const);
  return new SendError(code, `${what}: answered ${status} and points to ${to}`, {
    remedy: `${first}Put the address it points to into the config if it is the right one.`,
    sent,
    status,
  });
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

function nameRedirect(headers: HttpHeaders, from: URL): string {
  const location = headers['location'];
  if (location === undefined || !URL.canParse(location, from.href)) return 'no address';
  return new URL(location, from).host;
}

function readUrl(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new BroadsideError('URL_REFUSED', `“${shorten(text)}” is not an address`, {
    remedy: 'Give an absolute address such as https://example.com/.',
  });
}

function refuseProtocol(url: URL): void {
  if (url.protocol === 'https:' || url.protocol === 'http:') return;
  throw new BroadsideError('URL_REFUSED', `${url.protocol} is not an address of the web`, {
    remedy: 'Use an http or https address.',
  });
}

function refuseRedirect(host: string): BroadsideError {
  return new BroadsideError('URL_REFUSED', `${host} redirects into a private network`, {
    remedy: 'Use the address of the page itself.',
  });
}

function refusePrivate(host: string): BroadsideError {
  return new BroadsideError(
    'URL_REFUSED',
    `${host} is an address of this machine or of a private network, which is not contacted unasked`,
    {
      remedy: 'Give --allow-private, or allow_private: true on a source, if you trust what answers there.',
    },
  );
}

const privateCode = 'EPRIVATE';

/** A look-up that fails where a name leads to what may not be contacted, so that no connection is made. */
function judgeNames(
  lookUp: typeof lookup = lookup,
  mayContact: (isPrivate: boolean) => boolean,
): typeof lookup {
  return ((
    hostname: string,
    options: LookupAllOptions,
    tell: (error: NodeJS.ErrnoException | null, found?: unknown, family?: number) => void,
  ) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = error === null ? addresses : [];
      if (error !== null || first === undefined) return tell(error);
      if (!mayContact(addresses.some(({ address }) => isPrivateAddress(address)))) {
        return tell(Object.assign(new Error(`${hostname} is private`), { code: privateCode }));
      }
      return options.all ? tell(null, addresses) : tell(null, first.address, first.family);
    });
  }) as typeof lookup;
}

function refuseUnsendable(headers: Readonly<Record<string, string>>, host: string): void {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderValue(name, value);
    } catch {
      throw new BroadsideError(
        'CREDENTIAL_REFUSED',
        `the ${name} for ${host} has characters that cannot be sent`,
        {
          remedy: 'Store the secret again, without line breaks or quotes.',
        },
      );
    }
  }
}

function shorten(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length <= 300 ? line : `${line.slice(0, 299)}…`;
}
