import type { lookup, LookupAddress } from 'node:dns';
import { isIPv6 } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openHttp } from '../../src/base/http/client.ts';
import { readRetryAfter, userAgent } from '../../src/base/http/exchange.ts';
import { fetchDocument } from '../../src/base/http/fetch-document.ts';
import type { Http } from '../../src/base/http/client.ts';
import { catchError, findDeadUrl, showError, startLocalServer } from '../local-server.ts';

const { signal } = new AbortController();

function open(origin: string, more: Partial<Parameters<typeof openHttp>[0]> = {}): Http {
  return openHttp({ origin, headers: { 'api-key': 'hush' }, secrets: ['hush'], ...more });
}

test('a request carries its headers and body and returns any answer', async () => {
  const server = await startLocalServer((_incoming, outgoing) => {
    outgoing.writeHead(418, { 'X-Word': 'kettle', 'content-type': 'application/json' }).end('{"a":1}');
  });
  const http = open(`${server.url}/base/`);
  const response = await http.request(
    { method: 'POST', path: '/x?y=1', json: { b: 2 }, headers: { accept: 'a/b' } },
    signal,
  );
  expect(response).toMatchObject({ status: 418, headers: { 'x-word': 'kettle' } });
  expect(response.text).toBe('{"a":1}');
  expect(response.json()).toEqual({ a: 1 });
  expect(server.received).toMatchObject([{ method: 'POST', path: '/base/x?y=1' }]);
  const headers: unknown = JSON.parse(server.received[0]?.headers ?? '');
  expect(headers).toMatchObject({
    'user-agent': userAgent,
    'api-key': 'hush',
    'content-type': 'application/json',
    'content-length': '7',
    accept: 'a/b',
  });
});

test('every method ends, with a body or without', async () => {
  const server = await startLocalServer((incoming, outgoing) => outgoing.end(incoming.method));
  const http = open(server.url);
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
    expect((await http.request({ method, path: '/' }, signal)).text).toBe(method);
  }
  const bytes = new Uint8Array([1, 2, 3]);
  expect((await http.request({ method: 'PUT', path: '/', bytes }, signal)).text).toBe('PUT');
  expect(server.received.at(-1)?.headers).toContain('"content-length":"3"');
});

test('only https, and http on loopback, is opened', () => {
  for (const origin of [
    'http://example.com',
    'ftp://example.com',
    'https://me:hush@example.com',
    'nothing',
  ]) {
    expect(() => open(origin)).toThrow(expect.objectContaining({ code: 'URL_REFUSED' }));
  }
  for (const origin of [
    'https://example.com',
    'http://localhost:1',
    'http://127.0.0.1:1',
    'http://[::1]:1',
  ]) {
    expect(() => open(origin)).not.toThrow();
  }
});

test('a secret that no header can carry is refused without being shown', async () => {
  const error = await catchError(
    (async () =>
      openHttp({ origin: 'https://example.com', headers: { 'api-key': 'hu\nsh' }, secrets: ['hu\nsh'] }))(),
  );
  expect(error).toMatchObject({ code: 'CREDENTIAL_REFUSED' });
  expect(showError(error)).not.toMatch(/hu(\n|\\n)sh/);
});

test('a path cannot lead to another server', async () => {
  const error = await catchError(
    open('http://127.0.0.1:80').request({ method: 'GET', path: '@127.0.0.2/x' }, signal),
  );
  expect(error).toMatchObject({ code: 'URL_REFUSED' });
});

test('a read is tried again when the server fails for the moment', async () => {
  let asked = 0;
  const server = await startLocalServer((incoming, outgoing) => {
    asked += 1;
    if (asked === 1) incoming.socket.resetAndDestroy();
    else outgoing.writeHead(asked === 2 ? 503 : 200).end('here');
  });
  const response = await open(server.url).request({ method: 'GET', path: '/' }, signal);
  expect(response).toMatchObject({ status: 200, text: 'here' });
  expect(asked).toBe(3);
});

test('a read that fails for good is tried three times and was never a send', async () => {
  const server = await startLocalServer((incoming) => incoming.socket.resetAndDestroy());
  const error = await catchError(open(server.url).request({ method: 'GET', path: '/' }, signal));
  expect(error).toMatchObject({ code: 'REQUEST_FAILED', sent: 'no' });
  expect(server.received).toHaveLength(3);
});

test('a read waits as long as it is asked to, if that is not long', async () => {
  const times: number[] = [];
  const server = await startLocalServer((_incoming, outgoing) => {
    times.push(performance.now());
    outgoing.writeHead(times.length === 1 ? 429 : 200, { 'retry-after': '1' }).end();
  });
  expect(await open(server.url).request({ method: 'GET', path: '/' }, signal)).toMatchObject({ status: 200 });
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);

  for (const headers of [{ 'retry-after': '3600' }, {}]) {
    const patient = await startLocalServer((_incoming, outgoing) => outgoing.writeHead(429, headers).end());
    expect(await open(patient.url).request({ method: 'GET', path: '/' }, signal)).toMatchObject({
      status: 429,
    });
    expect(patient.received).toHaveLength(1);
  }
});

test.each(['POST', 'PUT', 'DELETE'] as const)(
  'a %s is sent once and its outcome left unknown',
  async (method) => {
    const server = await startLocalServer((incoming) => incoming.socket.resetAndDestroy());
    const error = await catchError(open(server.url).request({ method, path: '/' }, signal));
    expect(error).toMatchObject({ code: 'REQUEST_FAILED', sent: 'unknown' });
    expect(server.received).toHaveLength(1);
  },
);

test('a server that speaks no TLS was sent nothing', async () => {
  const server = await startLocalServer((_incoming, outgoing) => outgoing.end());
  const error = await catchError(
    open(server.url.replace('http:', 'https:')).request({ method: 'POST', path: '/', json: {} }, signal),
  );
  expect(error).toMatchObject({ code: 'HOST_UNREACHABLE', sent: 'no' });
  expect(server.received).toEqual([]);
});

test('no more is read than allowed, compressed or not', async () => {
  const big = Buffer.alloc(300_000, 'a');
  const plain = await startLocalServer((_incoming, outgoing) => outgoing.end(big));
  const packed = await startLocalServer((_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(big));
  });
  for (const { url } of [plain, packed]) {
    const small = open(url, { maxBytes: 100_000 });
    const error = await catchError(small.request({ method: 'POST', path: '/' }, signal));
    expect(error).toMatchObject({ code: 'RESPONSE_TOO_LARGE', sent: 'unknown' });
    const whole = await open(url).request({ method: 'POST', path: '/' }, signal);
    expect(whole.text).toHaveLength(300_000);
  }
});

test('the time limit covers a body that trickles', async () => {
  const server = await startLocalServer((_incoming, outgoing) => {
    outgoing.writeHead(200);
    const timer = setInterval(() => outgoing.write('a'), 20);
    outgoing.once('close', () => clearInterval(timer));
  });
  const error = await catchError(
    open(server.url, { timeoutMs: 200 }).request({ method: 'GET', path: '/secret?key=hush' }, signal),
  );
  expect(error).toMatchObject({ code: 'REQUEST_TIMED_OUT', sent: 'no' });
  expect(showError(error)).toContain('no whole answer within 0.2 s');
  expect(showError(error)).not.toContain('hush');
});

test('where a redirect leads is told without a secret', async () => {
  const server = await startLocalServer((_incoming, outgoing) => {
    outgoing.writeHead(302, { location: 'https://a.Hush-Hush.example/hush' }).end();
  });
  const http = open(server.url, { secrets: ['Hush-Hush'] });
  for (const method of ['GET', 'POST'] as const) {
    const error = await catchError(http.request({ method, path: '/' }, signal));
    expect(showError(error)).toContain('points to a.***.example');
    expect(showError(error).toLowerCase()).not.toContain('hush-hush');
  }
});

test('a server’s words are quoted on one line and not at length', () => {
  const http = open('https://example.com');
  expect(http.quote('a\n::error::b\u001B[31m hush\u202E')).toBe('a ::error::b ***');
  expect(http.quote('x'.repeat(1000))).toHaveLength(300);
});

test('the wish to wait is read as seconds and as a date', () => {
  expect(readRetryAfter({ 'retry-after': '30' })).toBe(30);
  expect(readRetryAfter({ 'retry-after': 'Mon, 01 Jan 2024 00:00:00 GMT' })).toBe(0);
  expect(readRetryAfter({ 'retry-after': new Date(Date.now() + 90_000).toUTCString() })).toBeGreaterThan(80);
  expect(readRetryAfter({ 'retry-after': 'soon' })).toBeUndefined();
  expect(readRetryAfter({})).toBeUndefined();
});

test('a document is fetched through redirects, whatever its status', async () => {
  const server = await startLocalServer((incoming, outgoing) => {
    const hop = Number(incoming.url?.slice(1));
    if (hop < 5) outgoing.writeHead(302, { location: `/${hop + 1}` }).end();
    else outgoing.writeHead(404, { etag: '"e"' }).end('gone');
  });
  const found = await fetchDocument(`${server.url}/0`, { signal, headers: { 'if-none-match': '"e"' } });
  expect(found).toMatchObject({ status: 404, url: `${server.url}/5`, headers: { etag: '"e"' } });
  expect(Buffer.from(found.bytes).toString()).toBe('gone');
  expect(server.received).toHaveLength(6);
  const endless = await catchError(fetchDocument(`${server.url}/-1`, { signal }));
  expect(endless).toMatchObject({ code: 'REQUEST_REFUSED' });
});

test('a document is fetched from nowhere but the web, and not through it from inside', async () => {
  const server = await startLocalServer((_incoming, outgoing) => {
    outgoing.writeHead(302, { location: 'file:///etc/passwd' }).end();
  });
  for (const url of ['file:///etc/passwd', 'data:text/plain,a', 'nothing', server.url]) {
    expect(await catchError(fetchDocument(url, { signal }))).toMatchObject({ code: 'URL_REFUSED' });
  }
});

/** A look-up that knows one name only. */
function resolveTo(addresses: readonly string[]): typeof lookup {
  const found = addresses.map((address): LookupAddress => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return ((
    name: string,
    { all }: { readonly all?: boolean },
    tell: (error: Error | null, ...found: unknown[]) => void,
  ) => {
    if (name !== 'feeds.example') tell(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }));
    else if (all === true) tell(null, found);
    else tell(null, found[0]?.address, found[0]?.family);
  }) as typeof lookup;
}

test('a public name that leads into a private network is not contacted, unless that is allowed', async () => {
  const server = await startLocalServer((_incoming, outgoing) => outgoing.end('secret'));
  const url = `http://feeds.example:${new URL(server.url).port}/`;
  const fetchFrom = (addresses: readonly string[], privateAddresses?: 'refused' | 'allowed') =>
    fetchDocument(url, { signal, privateAddresses, lookUp: resolveTo(addresses) });
  for (const addresses of [
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['169.254.169.254'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['fd00::1'],
    ['2002:7f00:1::'],
    ['93.184.215.14', '127.0.0.1'],
  ]) {
    const error = await catchError(fetchFrom(addresses, 'refused'));
    expect({ addresses, error }).toMatchObject({ addresses, error: { code: 'URL_REFUSED' } });
  }
  expect(server.received).toEqual([]);
  const { bytes } = await fetchFrom(['127.0.0.1'], 'allowed');
  expect(Buffer.from(bytes).toString()).toBe('secret');
});

test('a redirect leads from the public network into no private one, whatever its name', async () => {
  const server = await startLocalServer((incoming, outgoing) => {
    const to = incoming.url?.slice(1) ?? '';
    if (to === '') outgoing.end('secret');
    else outgoing.writeHead(302, { location: `http://${to}:${new URL(server.url).port}/` }).end();
  });
  /** What is public when it is judged, and this machine when it is connected to. */
  const disguise = (): LookupAddress => {
    const seen = ['93.184.215.14'];
    return {
      family: 4,
      get address() {
        return seen.pop() ?? '127.0.0.1';
      },
    };
  };
  const fetchFrom = (to: string, isPublic: boolean) => {
    const lookUp = (name: string, _options: object, tell: (...found: unknown[]) => void): void =>
      tell(null, [isPublic && name === 'first.example' ? disguise() : { address: '127.0.0.1', family: 4 }]);
    const url = `http://first.example:${new URL(server.url).port}/${to}`;
    return fetchDocument(url, { signal, lookUp: lookUp as typeof lookup });
  };
  for (const to of ['second.example', '127.0.0.1', 'localhost.']) {
    expect(await catchError(fetchFrom(to, true))).toMatchObject({
      code: 'URL_REFUSED',
      message: expect.stringMatching(/^first\.example:\d+ redirects into a private network$/) as string,
    });
    expect((await fetchFrom(to, false)).status).toBe(200);
  }
  expect(server.received.filter(({ path }) => path === '/')).toHaveLength(3);
});

test('a name that nobody knows is told as such where private addresses are refused', async () => {
  const unknown = fetchDocument('http://nobody.example/', {
    signal,
    privateAddresses: 'refused',
    lookUp: resolveTo([]),
  });
  expect(await catchError(unknown)).toMatchObject({ code: 'HOST_UNREACHABLE' });
});

test('a document that cannot be had says why', async () => {
  const dead = await catchError(fetchDocument(await findDeadUrl(), { signal }));
  expect(dead).toMatchObject({ code: 'HOST_UNREACHABLE' });
  const silent = await startLocalServer(() => undefined);
  const late = await catchError(fetchDocument(silent.url, { signal, timeoutMs: 100 }));
  expect(late).toMatchObject({ code: 'REQUEST_TIMED_OUT' });
  const large = await startLocalServer((_incoming, outgoing) => outgoing.end('x'.repeat(1000)));
  const error = await catchError(fetchDocument(large.url, { signal, maxBytes: 10 }));
  expect(error).toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
});
