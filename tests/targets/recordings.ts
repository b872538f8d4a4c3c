import { readdirSync, readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { startStandIn, type StandIn } from '../../src/rehearsal/stand-in.ts';
import { root } from '../workspace.ts';

/**
 * One request and its answer as a platform documents them, written by hand from the source it names. The headers are those
 * that matter, but for the ones that hold secrets.
 */
export interface Recording {
  readonly source: string;
  readonly request: {
    readonly method: string;
    /** With its query. */
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** JSON, or a text as it is. */
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** The recordings of one platform, by name. */
export function readRecordings(platform: string): Readonly<Record<string, Recording>> {
  const folder = new URL(`tests/fixtures/recordings/${platform}/`, root);
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      file.replace('.json', ''),
      JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Recording,
    ]),
  );
}

function print(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** A server that answers what was recorded, and keeps what it was sent in a recording's form. */
export async function replay(
  recordings: readonly Recording[],
): Promise<{ readonly url: string; readonly sent: readonly Recording['request'][] }> {
  const sent: Recording['request'][] = [];
  const server = await startStandIn({
    behave: () => ({
      authenticate: () => undefined,
      decide({ method, path: pathname, query, headers, bytes }) {
        const path = query.size > 0 ? `${pathname}?${query.toString()}` : pathname;
        const text = new TextDecoder().decode(bytes);
        const isJson = headers['content-type'] === 'application/json' && text !== '';
        sent.push({ method, path, headers, body: isJson ? JSON.parse(text) : text });
        const answer = recordings.find(({ request }) => request.method === method && request.path === path);
        const { status, headers: told, body } = answer?.response ?? { status: 404, headers: {}, body: '' };
        return { take: () => ({ status, headers: told, body: print(body) }) };
      },
    }),
  });
  onTestFinished(() => server.close());
  return { url: server.url, sent };
}

/** Sends a recorded request, as it was, to a stand-in, and gives the answer in a recording's form. */
export async function send(
  { request }: Recording,
  standIn: StandIn,
  secret: Readonly<Record<string, string>>,
): Promise<Recording['response']> {
  const answer = await fetch(standIn.url + request.path, {
    method: request.method,
    headers: { 'user-agent': 'broadside-tests', ...request.headers, ...secret },
    ...(request.body !== undefined && { body: print(request.body) }),
  });
  const text = await answer.text();
  const headers = Object.fromEntries(answer.headers);
  const isJson = headers['content-type']?.startsWith('application/json') === true;
  return { status: answer.status, headers, body: isJson ? JSON.parse(text) : text };
}

const usualHeaders = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);

/** What two answers of the same kind have in common: the status, headers by name, and the body's keys and types. */
export function describeShape({ status, headers, body }: Recording['response']): unknown {
  return {
    status,
    headers: Object.keys(headers)
      .filter((name) => !usualHeaders.has(name))
      .toSorted(),
    type: headers['content-type']?.split(';')[0],
    body: describeValue(body),
  };
}

function describeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(describeValue);
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, describeValue(one)]));
}
