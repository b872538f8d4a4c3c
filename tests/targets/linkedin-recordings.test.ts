import { describe, expect, test } from 'vitest';
import { connectLinkedin } from '../../src/targets/linkedin/client/connect.ts';
import { diagnoseLinkedin } from '../../src/targets/linkedin/client/diagnose.ts';
import { catchError } from '../local-server.ts';
import { openLinkedin } from '../small-blog.ts';
import { makeRendition } from './connection-contract.ts';
import { describeShape, readRecordings, replay, send, type Recording } from './recordings.ts';

const { signal } = new AbortController();
const recordings = readRecordings('linkedin');
const secrets = { accessToken: 'token', clientId: 'app', clientSecret: 'app-secret' };
const now = '2026-11-21T08:30:00Z';

function pick(name: string): Recording {
  const recording = recordings[name];
  if (recording === undefined) throw new Error(`nothing is recorded as ${name}`);
  return recording;
}

const rendition = makeRendition({
  body: 'A ledger remembers what is where.',
  fields: {
    article: {
      source: 'https://example.com/blog/on-ledgers',
      title: 'On ledgers',
      description: 'What is where.',
    },
  },
});
const urn = 'urn:li:share:7400000000000000001';

const open = (url: string, version = '202609') =>
  connectLinkedin({ url, version, visibility: 'PUBLIC' }, secrets);
const diagnose = async (url: string) => ({
  findings: await diagnoseLinkedin({ url, version: '202609', clientVariables: [] }, secrets, { now, signal }),
});

/** What the client is asked that sends a recorded request, and what it reads in the answer. */
const readings: Readonly<Record<string, readonly [(url: string) => Promise<unknown>, unknown]>> = {
  member: [
    diagnose,
    {
      findings: expect.arrayContaining([
        { level: 'ok', what: 'The token belongs to Example Author (urn:li:person:a1B2c3D4e5).' },
      ]),
    },
  ],
  'token-age': [
    diagnose,
    {
      findings: expect.arrayContaining([
        { level: 'ok', what: expect.stringMatching(/^The token .*2027-01-0/) },
      ]),
    },
  ],
  create: [
    async (url) => (await open(url)).create(rendition, signal),
    { remoteId: urn, state: 'live', url: expect.stringContaining(`/feed/update/${urn}/`) },
  ],
  duplicate: [
    async (url) => (await open(url)).create(rendition, signal),
    { remoteId: urn, state: 'unverified' },
  ],
  update: [async (url) => (await open(url)).update(urn, rendition, signal), { remoteId: urn, state: 'live' }],
  delete: [async (url) => (await open(url)).retract(urn, signal), { remoteId: urn, state: 'gone' }],
  'token-refused': [
    async (url) => catchError((await open(url)).create(rendition, signal)),
    { code: 'CREDENTIAL_REFUSED', sent: 'no', message: expect.stringContaining('it is not valid') },
  ],
  'version-ended': [
    async (url) => catchError((await open(url, '202504')).create(rendition, signal)),
    { code: 'REQUEST_REFUSED', sent: 'no', message: expect.stringContaining('API version 202504') },
  ],
};

/** What is sent to the stand-in before, so that it has reason to answer as was recorded. */
const before: Readonly<Record<string, readonly string[]>> = {
  duplicate: ['create'],
  update: ['create'],
  delete: ['create'],
};

describe.each(Object.keys(recordings))('LinkedIn, as it documents its answers: %s', (name) => {
  const recording = pick(name);

  test('is read by the client, which sends what was recorded', async () => {
    const [ask, reading] = readings[name] ?? [];
    const { url, sent } = await replay([recording, pick('member'), pick('token-age')]);
    expect(await ask?.(url)).toMatchObject(reading as object);
    const { method, path, headers = {}, body = '' } = recording.request;
    expect(sent).toContainEqual({ method, path, body, headers: expect.objectContaining(headers) });
  });

  test('is answered likewise by the stand-in', async () => {
    const standIn = await openLinkedin({
      accessToken: secrets.accessToken,
      clientId: secrets.clientId,
      clientSecret: secrets.clientSecret,
      member: 'a1B2c3D4e5',
      now: () => Date.parse(now),
    });
    const bearer = { authorization: `Bearer ${name === 'token-refused' ? 'another' : secrets.accessToken}` };
    for (const earlier of before[name] ?? []) await send(pick(earlier), standIn, bearer);
    const answer = await send(recording, standIn, bearer);
    expect(describeShape(answer)).toEqual(describeShape(recording.response));
  });
});
