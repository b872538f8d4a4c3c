import { expect, onTestFinished, test } from 'vitest';
import type { SendError } from '../../src/base/errors.ts';
import type { Rendition } from '../../src/model/rendition.ts';
import type { Connection } from '../../src/model/target.ts';
import { startLinkedin } from '../../src/rehearsal/linkedin/start.ts';
import type { StandIn } from '../../src/rehearsal/stand-in.ts';
import { connectLinkedin } from '../../src/targets/linkedin/client/connect.ts';
import type { LinkedinOptions } from '../../src/targets/linkedin/client/connect.ts';
import { describeConnection, makeClock, makeFolder, makeRendition } from './connection-contract.ts';
import { catchError, startLocalServer } from '../local-server.ts';

const { signal } = new AbortController();
const options = { version: '202609', visibility: 'PUBLIC' };
const member = 'urn:li:person:rehearsal';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function render(body: string, cover?: string): Rendition {
  return makeRendition({
    body,
    fields: {
      article: {
        source: 'https://example.com/blog/on-ledgers',
        title: 'On ledgers',
        description: 'What is where.',
      },
    },
    assets: cover === undefined ? [] : [{ role: 'cover', url: cover }],
  });
}

describeConnection({
  kind: 'linkedin',
  observes: false,
  start: (folder, accessToken) => startLinkedin({ folder, accessToken, now: makeClock() }),
  connect: (url, accessToken, timeoutMs) =>
    connectLinkedin({ ...options, author: member, url, timeoutMs }, { accessToken }),
  render,
});

async function open(
  more: Partial<LinkedinOptions> = {},
): Promise<{ standIn: StandIn; connection: Connection }> {
  const standIn = await startLinkedin({ folder: await makeFolder(), accessToken: 'token', now: makeClock() });
  onTestFinished(() => standIn.close());
  const connection = await connectLinkedin(
    { ...options, url: standIn.url, ...more },
    { accessToken: 'token' },
  );
  return { standIn, connection };
}

async function refuseWith(
  status: number,
  body: unknown,
  more: Partial<LinkedinOptions> = {},
): Promise<unknown> {
  const server = await startLocalServer((_incoming, outgoing) =>
    outgoing.writeHead(status).end(JSON.stringify(body)),
  );
  const connection = await connectLinkedin(
    { ...options, author: member, url: server.url, ...more },
    { accessToken: 'token' },
  );
  return catchError(connection.create(render('Words.'), signal));
}

test('the author is asked for once, without a version', async () => {
  const { standIn, connection } = await open();
  await connection.create(render('One.'), signal);
  await connection.create(render('Two.'), signal);
  const asked = standIn.requests.filter((request) => request.path === '/v2/userinfo');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers).not.toHaveProperty('linkedin-version');
  expect(standIn.requests.map((request) => request.status)).toEqual([200, 201, 201]);
});

test('a create that never got further than asking for the author sent nothing', async () => {
  const server = await startLocalServer((_incoming, outgoing) => outgoing.writeHead(500).end());
  const connection = await connectLinkedin({ ...options, url: server.url }, { accessToken: 'token' });
  expect(await catchError(connection.create(render('Words.'), signal))).toMatchObject({ sent: 'no' });
  expect(server.received.every((request) => request.path === '/v2/userinfo')).toBe(true);
});

test('a cover becomes the picture of the card', async () => {
  const covers = await startLocalServer((_incoming, outgoing) => outgoing.end(png));
  const warnings: string[] = [];
  const { standIn, connection } = await open({ warn: (message) => void warnings.push(message) });
  const taken = await connection.create(render('Words.', `${covers.url}/cover`), signal);
  const page = await (await fetch(taken.url)).text();
  const picture = /src="(\/images\/[^"]+)"/.exec(page)?.[1] ?? '';
  const shown = await fetch(standIn.url + picture);
  expect(shown.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);
  expect(warnings).toEqual([]);
  expect(covers.received[0]?.headers).not.toContain('token');
});

test('a post goes out without a cover that cannot be had', async () => {
  const warnings: string[] = [];
  const { standIn, connection } = await open({ warn: (message) => void warnings.push(message) });
  const missing = await startLocalServer((_incoming, outgoing) => outgoing.writeHead(404).end(png));
  const webp = await startLocalServer((_incoming, outgoing) => outgoing.end('RIFF....WEBPVP8 '));
  const huge = await startLocalServer((_incoming, outgoing) => {
    const wide = Buffer.from(png);
    wide.writeUInt32BE(30_000, 16);
    wide.writeUInt32BE(30_000, 20);
    outgoing.end(wide);
  });
  for (const [index, server] of [missing, webp, huge].entries()) {
    const taken = await connection.create(render(`Words ${index}.`, server.url), signal);
    expect(await (await fetch(taken.url)).text()).not.toContain('<img');
  }
  expect(warnings).toEqual([
    expect.stringContaining('its server answers with 404'),
    expect.stringContaining('neither JPEG, PNG nor GIF'),
    expect.stringContaining('too many pixels'),
  ]);
  expect(standIn.requests.filter((request) => request.path.startsWith('/rest/images'))).toEqual([]);
});

test('the token goes to no upload place but LinkedIn’s, and is left out where it is not liked', async () => {
  const covers = await startLocalServer((_incoming, outgoing) => outgoing.end(png));
  const stranger = await startLocalServer((_incoming, outgoing) => outgoing.writeHead(201).end());
  let uploadTo = `${stranger.url}/upload`;
  const api = await startLocalServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/rest/images') === true) {
      outgoing.end(JSON.stringify({ value: { uploadUrl: uploadTo, image: 'urn:li:image:1' } }));
    } else if (incoming.method === 'PUT') {
      const refused = incoming.headers.authorization !== undefined;
      outgoing.writeHead(refused ? 400 : 201, { 'content-type': 'text/html' }).end('<h1>Bad</h1>');
    } else {
      outgoing.writeHead(201, { 'x-restli-id': 'urn:li:share:1' }).end();
    }
  });
  const connection = await connectLinkedin(
    { ...options, author: member, url: api.url },
    { accessToken: 'token' },
  );
  await connection.create(render('Words.', covers.url), signal);
  expect(stranger.received).toEqual([]);

  uploadTo = `${api.url}/upload?sig=1`;
  await connection.create(render('Words.', covers.url), signal);
  const puts = api.received.filter((request) => request.method === 'PUT');
  expect(puts.map((request) => request.headers.includes('Bearer'))).toEqual([true, false]);
});

test('the same post twice leads to the one that is there, unverified', async () => {
  const { connection } = await open();
  const first = await connection.create(render('Words.'), signal);
  const second = await connection.create(render('Words.'), signal);
  expect(second).toEqual({ ...first, state: 'unverified' });
});

test('an answer without the name of the post leaves the outcome unknown', async () => {
  expect(await refuseWith(201, {})).toMatchObject({ code: 'RESPONSE_UNUSABLE', sent: 'unknown' });
});

test('a post that comes back is no copy while LinkedIn takes it for the one that was deleted', async () => {
  const urn = 'urn:li:share:7295588489876647936';
  const server = await startLocalServer((incoming, outgoing) => {
    if (incoming.method === 'GET') {
      outgoing.end('{"sub":"member"}');
      return;
    }
    outgoing.writeHead(422, { 'content-type': 'application/json' });
    outgoing.end(
      JSON.stringify({
        message: `Content is a duplicate of ${urn}`,
        errorDetails: { inputErrors: [{ description: 'Duplicate post', code: 'DUPLICATE_POST' }] },
        status: 422,
      }),
    );
  });
  const connection = await connectLinkedin({ ...options, url: server.url }, { accessToken: 'token' });
  const error = await catchError(connection.restore('urn:li:share:1', render('Words.'), signal));
  expect(error).toMatchObject({ code: 'REQUEST_REFUSED', sent: 'refused' });
  expect(String(error)).toContain(urn);
});

test('taking down what is already gone succeeds', async () => {
  const { connection } = await open();
  const created = await connection.create(render('Words.'), signal);
  await connection.retract(created.remoteId, signal);
  expect((await fetch(created.url)).status).toBe(404);
  expect(await connection.retract(created.remoteId, signal)).toMatchObject({
    state: 'gone',
    url: created.url,
  });
});

test('the three ways of refusing a token are told apart', async () => {
  const said = await Promise.all(
    [65_600, 65_601, 65_602].map((serviceErrorCode) => refuseWith(401, { status: 401, serviceErrorCode })),
  );
  expect(said.map(String)).toEqual([
    expect.stringContaining('not valid'),
    expect.stringContaining('revoked'),
    expect.stringContaining('expired'),
  ]);
  for (const error of said) expect(error).toMatchObject({ code: 'CREDENTIAL_REFUSED', sent: 'no' });
});

test.each<[number, string]>([
  [300, 'unknown'],
  [303, 'unknown'],
  [304, 'unknown'],
  [307, 'unknown'],
  [400, 'refused'],
  [401, 'no'],
  [403, 'no'],
  [404, 'no'],
  [408, 'unknown'],
  [422, 'refused'],
  [426, 'no'],
  [429, 'no'],
  [500, 'unknown'],
  [504, 'unknown'],
])('a create that is answered %i was, as far as anyone knows, sent: %s', async (status, sent) => {
  const server = await startLocalServer((_incoming, outgoing) =>
    outgoing.writeHead(status, { location: '/elsewhere' }).end(),
  );
  const connection = await connectLinkedin(
    { ...options, author: member, url: server.url },
    { accessToken: 'token' },
  );
  expect(await catchError(connection.create(render('Words.'), signal))).toMatchObject({ status, sent });
});

test('a version that is no longer answered names the setting to raise', async () => {
  const { connection } = await open({ version: '202510' });
  const error = await catchError(connection.create(render('Words.'), signal));
  expect(error).toMatchObject({ code: 'REQUEST_REFUSED', status: 426, sent: 'no' });
  expect(error).toHaveProperty('remedy', expect.stringContaining('`version`'));
  expect(String(error)).toContain('202510');
});

test('refusals are understood in each of the forms they come in', async () => {
  expect(
    await refuseWith(429, { serviceErrorCode: 101, message: 'throttle limit', status: 429 }),
  ).toMatchObject({
    code: 'RATE_LIMITED',
    sent: 'no',
    remedy: expect.stringContaining('midnight UTC') as string,
  });
  const message = 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.';
  const { retryAfter } = (await refuseWith(429, { message, status: 429 })) as SendError;
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(86_400);
  expect(await refuseWith(403, { message: '', status: 403 })).toMatchObject({ code: 'CREDENTIAL_REFUSED' });
  const bare = await refuseWith(422, {
    message: 'ERROR :: /x :: unrecognized field found but not allowed',
    status: 422,
  });
  expect(String(bare)).toContain('unrecognized field');
  const details = {
    errorDetails: { inputErrors: [{ code: 'A', description: 'Too long a text' }] },
    status: 400,
  };
  expect(String(await refuseWith(400, details))).toContain('Too long a text');
  expect(await refuseWith(400, 'not an object')).toMatchObject({ code: 'REQUEST_REFUSED', sent: 'refused' });
});
