import { Buffer } from 'node:buffer';
import type { lookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import type { ClientRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import got from 'got';
import { SendError, type BroadsideError } from '../errors.ts';
import { describeFailure, judgeSent, type HttpMethod } from './judge-failure.ts';

/** How every request names its sender; dev.to's network answers 403 to requests that name nobody. */
export const userAgent = 'broadside/0.1';

/** The most that one request may take, unless its caller says otherwise. */
export const defaultLimits = {
  /** The whole time one call may take, its retries included, in milliseconds. */
  timeoutMs: 30_000,
  /** The most bytes of one answer that are read, after decompression. */
  maxBytes: 20 * 1024 * 1024,
};

/** How often a read is tried again. */
const readRetries = 2;

/** The longest a read waits when a server asks it to, in seconds. */
const longestPatience = 10;

/** The headers of an answer. */
export type HttpHeaders = Readonly<Record<string, string | undefined>>;

const client = got.extend({
  followRedirect: false,
  throwHttpErrors: false,
  retry: { limit: 0 },
  headers: { 'user-agent': userAgent },
  // A connection kept open may be closed by its server just as a write leaves, which nobody can tell from a failure.
  agent: { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) },
});

/** One request, whoever makes it. */
export interface Exchange {
  readonly url: URL;
  /** The request's name in errors. */
  readonly what: string;
  readonly method: HttpMethod;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | undefined;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Looks host names up, and gives the error for one that leads to an address which may not be contacted. */
  readonly names?: { readonly lookUp: typeof lookup; readonly refusal: BroadsideError };
}

/** What came back, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly bytes: Uint8Array;
}

/** Sends one request; a read is sent again if that may help. Throws a `SendError`, or the refusal of `names`. */
export async function exchange(call: Exchange): Promise<Answer> {
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

/** The seconds a server asks to wait, from `Retry-After` as seconds or as a date. */
export function readRetryAfter(headers: HttpHeaders): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** Whether a status points to another address. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** The error code of a look-up that found an address which may not be contacted. */
export const privateCode = 'EPRIVATE';

function readCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[A-Z][A-Z\d_]+$/.test(error.code) ? error.code : undefined;
}

function flattenHeaders(headers: NodeJS.Dict<string | string[]>): HttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
