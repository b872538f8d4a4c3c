import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Rendition } from '../../src/model/rendition.ts';
import type { Connection, RemoteState } from '../../src/model/target.ts';
import type { StandIn } from '../../src/rehearsal/stand-in.ts';
import { catchError, findDeadUrl, showError, startLocalServer, type Answer } from '../local-server.ts';

const secret = 'invented+secret/for=tests';

/** What the contract needs to know of a kind of target. */
export interface ConnectionHarness {
  readonly kind: string;
  /** Whether the target can be asked what it holds. */
  readonly observes: boolean;
  /** How a copy stands once it is taken; live, by default. */
  readonly state?: RemoteState;
  /** What a server answers that does nothing else as it should, where a create is preceded by reads. */
  readonly answerRead?: (path: string) => unknown;
  /** Starts its stand-in, which accepts `secret`. */
  start(folder: string, secret: string): Promise<StandIn>;
  /** Opens a connection on which a create is a single request. */
  connect(url: string, secret: string, timeoutMs?: number): Promise<Connection>;
  /** Something it would show. */
  render(text: string): Rendition;
}

/** A folder that lasts as long as the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A clock that moves three seconds whenever it is read, so that no rate limit is met by chance. */
export function makeClock(): () => number {
  let now = Date.UTC(2026, 10, 1);
  return () => {
    now += 3000;
    return now;
  };
}

/** A rendition as a target's renderer would make it. */
export function makeRendition(part: Partial<Rendition>): Rendition {
  return {
    postId: 'on-ledgers',
    target: 'copy',
    canonicalUrl: 'https://example.com/blog/on-ledgers',
    body: 'A ledger remembers.',
    fields: {},
    assets: [],
    references: [],
    inputs: { source: 'a' },
    fingerprint: 'b',
    ...part,
  };
}

/** What every connection keeps to, over real sockets. */
export function describeConnection(harness: ConnectionHarness): void {
  const { signal } = new AbortController();
  const rendition = harness.render('First words.');
  const state = harness.state ?? 'live';

  /** A server that goes wrong at the first request that is no read. */
  const startFaulty: typeof startLocalServer = (respond: Answer) =>
    startLocalServer((incoming, outgoing) => {
      const read = incoming.method === 'GET' ? harness.answerRead?.(incoming.url ?? '') : undefined;
      if (read === undefined) respond(incoming, outgoing);
      else outgoing.end(JSON.stringify(read));
    });

  async function open(): Promise<{ standIn: StandIn; connection: Connection }> {
    const standIn = await harness.start(await makeFolder(), secret);
    onTestFinished(() => standIn.close());
    return { standIn, connection: await harness.connect(standIn.url, secret) };
  }

  describe(`a ${harness.kind} connection`, () => {
    test('takes a copy, changes it and takes it down', async () => {
      const { standIn, connection } = await open();
      const created = await connection.create(rendition, signal);
      expect(created.remoteId).not.toBe('');
      expect(created.state).toBe(state);
      expect(new URL(created.url).origin).toBe(standIn.url);
      const page = await fetch(created.url);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('First words.');

      const updated = await connection.update(created.remoteId, harness.render('Second words.'), signal);
      expect(updated.remoteId).toBe(created.remoteId);
      expect(updated.url).toBe(created.url);
      expect(updated.echo).not.toBe(created.echo);
      expect(await (await fetch(created.url)).text()).toContain('Second words.');

      const retracted = await connection.retract(created.remoteId, signal);
      expect(retracted).toMatchObject({ remoteId: created.remoteId, state: 'gone' });
      expect(JSON.stringify(standIn.requests)).not.toContain(secret);
    });

    test('brings back what it took down, with what the post says by now', async () => {
      const { connection } = await open();
      const created = await connection.create(rendition, signal);
      await connection.retract(created.remoteId, signal);
      const words = harness.render('Second words.');
      const restored = await connection.restore(created.remoteId, words, signal);
      expect(restored.state).toBe(state);
      expect(await (await fetch(restored.url)).text()).toContain('Second words.');
    });

    test('tells what it knows of a copy before and after it is taken', async () => {
      const { connection } = await open();
      const { postId, canonicalUrl } = rendition;
      const sought = { postId, canonicalUrl, rendition };
      const before = await connection.observe([sought], signal);
      const created = await connection.create(rendition, signal);
      const after = await connection.observe([sought, { ...sought, remoteId: created.remoteId }], signal);
      const found = harness.observes ? { seen: 'present', ...created } : { seen: 'unknown' };
      expect(before).toMatchObject([{ seen: harness.observes ? 'absent' : 'unknown' }]);
      expect(after).toMatchObject([found, found]);
    });

    test('sends one request per create, whatever comes of it', async () => {
      for (const status of [500, 502, 503, 504, 429, 401, 422]) {
        const server = await startFaulty((_incoming, outgoing) => outgoing.writeHead(status).end('no'));
        await catchError((await harness.connect(server.url, secret)).create(rendition, signal));
        expect(server.received.filter(({ method }) => method === 'POST')).toHaveLength(1);
      }
    });

    test('is refused with a wrong secret, which no error shows', async () => {
      const { standIn } = await open();
      const wrong = 'wrong+secret/of=tests';
      const error = await catchError((await harness.connect(standIn.url, wrong)).create(rendition, signal));
      expect(error).toMatchObject({ code: 'CREDENTIAL_REFUSED', sent: 'no', status: 401 });
      expect(showError(error)).not.toContain(wrong);
    });

    test('knows that nothing was sent to a server that is down', async () => {
      const connection = await harness.connect(await findDeadUrl(), secret);
      const error = await catchError(connection.create(rendition, signal));
      expect(error).toMatchObject({ code: 'HOST_UNREACHABLE', sent: 'no' });
      expect(showError(error)).not.toContain(secret);
    });

    test('does not know the outcome at a server that hangs, and says so in time', async () => {
      const server = await startFaulty(() => undefined);
      const error = await catchError(
        (await harness.connect(server.url, secret, 700)).create(rendition, signal),
      );
      expect(error).toMatchObject({ code: 'REQUEST_TIMED_OUT', sent: 'unknown' });
      expect(showError(error)).toContain('no whole answer within 0.7 s');
      expect(showError(error)).not.toContain(secret);
    });

    test('does not know the outcome when the connection breaks or the server fails', async () => {
      const reset = await startFaulty((incoming) => incoming.socket.resetAndDestroy());
      const failing = await startFaulty((_incoming, outgoing) => outgoing.writeHead(500).end('oops'));
      const cut = await startFaulty((_incoming, outgoing) => {
        outgoing.writeHead(201, { 'content-length': '1000' });
        outgoing.write('{"id":');
        setTimeout(() => outgoing.destroy(), 20);
      });
      const odd = await startFaulty((_incoming, outgoing) => outgoing.writeHead(201).end('<p>Hello</p>'));
      for (const server of [reset, failing, cut]) {
        const error = await catchError((await harness.connect(server.url, secret)).create(rendition, signal));
        expect(error).toMatchObject({ code: 'REQUEST_FAILED', sent: 'unknown' });
      }
      const error = await catchError((await harness.connect(odd.url, secret)).create(rendition, signal));
      expect(error).toMatchObject({ code: 'RESPONSE_UNUSABLE', sent: 'unknown' });
    });

    test('does not know the outcome of what is interrupted under way', async () => {
      const stop = new AbortController();
      const server = await startFaulty(() => stop.abort());
      const connection = await harness.connect(server.url, secret);
      expect(await catchError(connection.create(rendition, stop.signal))).toMatchObject({ sent: 'unknown' });
      expect(await catchError(connection.create(rendition, stop.signal))).toMatchObject({ sent: 'no' });
      expect(server.received.filter(({ method }) => method !== 'GET')).toHaveLength(1);
    });

    test('follows no redirect with a secret in hand, and does not know whether what it answers was done', async () => {
      const other = await startLocalServer((_incoming, outgoing) => outgoing.end('{}'));
      for (const status of [301, 302, 303, 307, 308]) {
        const server = await startFaulty((_incoming, outgoing) => {
          outgoing.writeHead(status, { location: `${other.url}/elsewhere?token=${secret}` }).end();
        });
        const error = await catchError((await harness.connect(server.url, secret)).create(rendition, signal));
        expect(error).toMatchObject({ code: 'REQUEST_FAILED', sent: 'unknown', status });
        expect(String(error)).toContain(new URL(other.url).host);
        expect(showError(error)).not.toContain('elsewhere');
        expect(showError(error)).not.toContain(secret);
      }
      expect(other.received).toEqual([]);
    });

    test('shows no secret that a server repeats', async () => {
      const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
      const server = await startFaulty((_incoming, outgoing) => {
        const said = `you sent ${forms.join(' and ')}`;
        outgoing.writeHead(422, { 'content-type': 'application/json' });
        outgoing.end(JSON.stringify({ error: said, message: said, status: 422 }));
      });
      const error = await catchError((await harness.connect(server.url, secret)).create(rendition, signal));
      expect(error).toMatchObject({ code: 'REQUEST_REFUSED', status: 422 });
      expect(String(error)).toContain('you sent *** and *** and ***');
      for (const form of forms) expect(showError(error)).not.toContain(form);
    });

    test('is not opened without a secret or over plain http to another machine', async () => {
      expect(await catchError(harness.connect('https://example.com', ''))).toMatchObject({
        code: 'CREDENTIAL_MISSING',
      });
      expect(await catchError(harness.connect('http://example.com', secret))).toMatchObject({
        code: 'URL_REFUSED',
      });
    });

    test('says how long it is asked to wait, and that nothing was taken', async () => {
      const server = await startFaulty((_incoming, outgoing) => {
        outgoing.writeHead(429, { 'retry-after': '17' }).end('Retry later');
      });
      const error = await catchError((await harness.connect(server.url, secret)).create(rendition, signal));
      expect(error).toMatchObject({ code: 'RATE_LIMITED', sent: 'no', retryAfter: 17 });
    });

    test('remembers what it holds when its stand-in is started again', async () => {
      const folder = await makeFolder();
      const first = await harness.start(folder, secret);
      const created = await (await harness.connect(first.url, secret)).create(rendition, signal);
      await first.close();
      const second = await harness.start(folder, secret);
      onTestFinished(() => second.close());
      const page = await fetch(second.url + new URL(created.url).pathname);
      expect(await page.text()).toContain('First words.');
      const connection = await harness.connect(second.url, secret);
      expect(await connection.retract(created.remoteId, signal)).toMatchObject({ state: 'gone' });
    });
  });
}
