import { Buffer } from 'node:buffer';
import { validateHeaderValue } from 'node:http';
import { BroadsideError, SendError } from '../errors.ts';
import { createRedactor } from '../redact.ts';
import { defaultLimits, exchange, isRedirect, type HttpHeaders } from './exchange.ts';
import type { HttpMethod } from './judge-failure.ts';
import { isLoopback } from './loopback.ts';
import { readAddress, shortenLine } from './read-address.ts';

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

/** Opens a server that is spoken to with a secret. Throws `URL_REFUSED` unless it is https, or http on loopback. */
export function openHttp(options: HttpOptions): Http {
  const base = readAddress(options.origin);
  const plainLoopback = base.protocol === 'http:' && isLoopback(base.hostname);
  if ((base.protocol !== 'https:' && !plainLoopback) || base.username !== '' || base.password !== '') {
    throw new BroadsideError('URL_REFUSED', `${base.host} is neither https nor http on loopback`, {
      remedy: 'Use an https address without a user name.',
    });
  }
  refuseUnsendable(options.headers, base.host);
  const prefix = base.href.replace(/\/+$/, '');
  const maxBytes = options.maxBytes ?? defaultLimits.maxBytes;
  const timeoutMs = options.timeoutMs ?? defaultLimits.timeoutMs;
  const clean = createRedactor(options.secrets);
  let told: { readonly time: number; readonly at: number } | undefined;

  return {
    quote: (text) => shortenLine(clean(text)),
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

/** When an answer left its server, in milliseconds since 1970: its `Date`, and the `Age` that caches on the way add. */
function readTime(headers: HttpHeaders): number | undefined {
  const date = Date.parse(headers['date'] ?? '');
  const age = Number(headers['age'] ?? 0);
  return Number.isNaN(date) ? undefined : date + (age > 0 ? age * 1000 : 0);
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

function nameRedirect(headers: HttpHeaders, from: URL): string {
  const location = headers['location'];
  if (location === undefined || !URL.canParse(location, from.href)) return 'no address';
  return new URL(location, from).host;
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
