import { describe, expect, test } from 'vitest';
import { connectDevto } from '../../src/targets/devto/client/connect.ts';
import { diagnoseDevto } from '../../src/targets/devto/client/diagnose.ts';
import { openFolder } from '../workspace.ts';
import { catchError } from '../local-server.ts';
import { openDevto } from '../small-blog.ts';
import { makeClock, makeRendition } from './connection-contract.ts';
import { describeShape, readRecordings, replay, send, type Recording } from './recordings.ts';

const { signal } = new AbortController();
const recordings = readRecordings('devto');
const secrets = { apiKey: 'invented-devto-key' };

function pick(name: string): Recording {
  const recording = recordings[name];
  if (recording === undefined) throw new Error(`nothing is recorded as ${name}`);
  return recording;
}

const rendition = makeRendition({
  body: 'A ledger remembers what is where.\n',
  fields: {
    title: 'On ledgers',
    series: 'How it works',
    description: 'What is where.',
    tags: ['testing', 'git'],
  },
  assets: [{ role: 'cover', url: 'https://example.com/cover.png' }],
});
const refused = {
  ...rendition,
  canonicalUrl: 'https://example.com/blog/on-tags',
  fields: { ...rendition.fields, title: '', tags: ['a', 'b', 'c', 'd', 'e'] },
};
const taken = { remoteId: '3012345', url: 'https://dev.to/example/on-ledgers-1s0c', state: 'live' };

const open = (url: string) =>
  connectDevto({ url, published: true, aiDisclosure: 'no_ai', lookAgainMs: 1 }, secrets);

/** What the client is asked that sends a recorded request, and what it reads in the answer. */
const readings: Readonly<Record<string, readonly [(url: string) => Promise<unknown>, unknown]>> = {
  account: [
    (url) => diagnoseDevto(url, secrets, signal),
    [{ level: 'ok', what: expect.stringContaining('The API key belongs to example on ') }],
  ],
  create: [async (url) => (await open(url)).create(rendition, signal), taken],
  update: [async (url) => (await open(url)).update('3012345', rendition, signal), taken],
  list: [
    async (url) =>
      (await open(url)).observe(
        [{ postId: 'p', canonicalUrl: 'https://example.com/blog/on-ledgers' }],
        signal,
      ),
    [{ seen: 'present', ...taken, body: rendition.body }],
  ],
  'key-refused': [
    async (url) => catchError((await open(url)).observe([{ postId: 'p', canonicalUrl: 'x' }], signal)),
    { code: 'CREDENTIAL_REFUSED', status: 401 },
  ],
  'content-refused': [
    async (url) => catchError((await open(url)).create(refused, signal)),
    {
      code: 'REQUEST_REFUSED',
      sent: 'refused',
      message: expect.stringContaining("Title can't be blank and Tag list exceed the maximum of 4 tags"),
    },
  ],
  'not-found': [
    async (url) => catchError((await open(url)).update('3012345', rendition, signal)),
    { code: 'REQUEST_REFUSED', sent: 'no', status: 404 },
  ],
  'too-fast': [
    async (url) => catchError((await open(url)).create(rendition, signal)),
    { code: 'RATE_LIMITED', sent: 'no', retryAfter: 1 },
  ],
};

/** What is sent to the stand-in before, so that it has reason to answer as was recorded. */
const before: Readonly<Record<string, readonly string[]>> = {
  update: ['create'],
  list: ['create'],
  'too-fast': ['create'],
};

describe.each(Object.keys(recordings))('dev.to, as it documents its answers: %s', (name) => {
  const recording = pick(name);

  test('is read by the client, which sends what was recorded', async () => {
    const [ask, reading] = readings[name] ?? [];
    const { url, sent } = await replay([recording, pick('list')]);
    expect(await ask?.(url)).toMatchObject(reading as object);
    const { method, path, headers = {}, body = '' } = recording.request;
    expect(sent).toContainEqual({ method, path, body, headers: expect.objectContaining(headers) });
  });

  test('is answered likewise by the stand-in', async () => {
    const standIn = await openDevto([], {
      folder: openFolder(),
      now: name === 'too-fast' ? () => Date.UTC(2026, 10, 21) : makeClock(),
    });
    const key = { 'api-key': name === 'key-refused' ? 'another' : secrets.apiKey };
    let path: string | undefined;
    for (const earlier of before[name] ?? []) {
      const { body } = await send(pick(earlier), standIn, key);
      path = recording.request.path.replace('3012345', String((body as { readonly id: number }).id));
    }
    const request = { ...recording.request, ...(path !== undefined && { path }) };
    const answer = await send({ ...recording, request }, standIn, key);
    expect(describeShape(answer)).toEqual(describeShape(recording.response));
  });
});

test('the echo of an article is the same in each form that an answer gives it', async () => {
  const { url } = await replay([pick('create'), pick('update'), pick('list')]);
  const connection = await open(url);
  const { echo } = await connection.create(rendition, signal);
  expect(await connection.update('3012345', rendition, signal)).toMatchObject({ echo });
  const sought = { postId: 'p', canonicalUrl: rendition.canonicalUrl };
  expect(await connection.observe([sought], signal)).toMatchObject([{ echo }]);
});
