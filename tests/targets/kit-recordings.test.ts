import { describe, expect, onTestFinished, test } from 'vitest';
import { startKit } from '../../src/rehearsal/kit/start.ts';
import type { StandIn } from '../../src/rehearsal/stand-in.ts';
import { connectKit } from '../../src/targets/kit/client/connect.ts';
import { diagnoseKit } from '../../src/targets/kit/client/diagnose.ts';
import { catchError } from '../local-server.ts';
import { openFolder } from '../workspace.ts';
import { makeClock, makeRendition } from './connection-contract.ts';
import { describeShape, readRecordings, replay, send, type Recording } from './recordings.ts';

const { signal } = new AbortController();
const recordings = readRecordings('kit');
const secrets = { apiKey: 'invented-kit-key' };

function pick(name: string): Recording {
  const recording = recordings[name];
  if (recording === undefined) throw new Error(`nothing is recorded as ${name}`);
  return recording;
}

const rendition = makeRendition({
  canonicalUrl: '',
  body: '<p>A ledger remembers.</p>',
  fields: {
    subject: 'On ledgers',
    preview_text: 'What is where',
    position: 0,
    delay_value: 0,
    delay_unit: 'days',
  },
});
const refused = { ...rendition, fields: { ...rendition.fields, subject: '' } };
const taken = { remoteId: '106/7/0', state: 'live', url: expect.stringMatching(/\/sequences\/106$/) };

const open = (url: string) => connectKit({ url, sequence: 'Welcome', published: true }, secrets);
const sought = { postId: 'p', canonicalUrl: '', rendition };

/** What the client is asked that sends a recorded request, what else has to be answered, and what it reads in the answer. */
const readings: Readonly<
  Record<string, readonly [(url: string) => Promise<unknown>, readonly string[], unknown]>
> = {
  account: [
    (url) => diagnoseKit({ url, sequence: 'Welcome' }, secrets, signal),
    ['sequences'],
    [
      { what: expect.stringContaining('belongs to Example Author (author@example.com) on ') },
      { what: 'The sequence “Welcome” is active, and 0 readers are in it.' },
    ],
  ],
  sequences: [
    async (url) => (await open(url)).observe([sought], signal),
    ['list'],
    [{ seen: 'present', ...taken }],
  ],
  list: [
    async (url) => (await open(url)).observe([sought], signal),
    ['sequences'],
    [{ seen: 'present', ...taken, body: rendition.body }],
  ],
  'create-sequence': [async (url) => (await open(url)).create(rendition, signal), ['list', 'create'], taken],
  create: [async (url) => (await open(url)).create(rendition, signal), ['sequences', 'list'], taken],
  update: [async (url) => (await open(url)).update('106/7/0', rendition, signal), [], taken],
  'key-refused': [
    async (url) => catchError((await open(url)).observe([sought], signal)),
    [],
    { code: 'CREDENTIAL_REFUSED', status: 401 },
  ],
  'content-refused': [
    async (url) => catchError((await open(url)).create(refused, signal)),
    ['sequences', 'list'],
    { code: 'REQUEST_REFUSED', sent: 'refused', message: expect.stringContaining("subject can't be blank") },
  ],
  'not-found': [
    async (url) => catchError((await open(url)).update('106/9/0', rendition, signal)),
    [],
    { code: 'REQUEST_REFUSED', sent: 'no', status: 404 },
  ],
  'too-fast': [
    (url) => diagnoseKit({ url, sequence: 'Welcome' }, secrets, signal),
    [],
    [{ level: 'error', what: expect.stringContaining('asks to wait: Retry later') }],
  ],
};

const none = { sequences: [], pagination: { has_next_page: false, end_cursor: null } };

async function openStandIn(name: string): Promise<StandIn> {
  const standIn = await startKit({
    folder: openFolder(),
    apiKey: secrets.apiKey,
    now: name === 'too-fast' ? () => Date.UTC(2026, 10, 21) : makeClock(),
  });
  onTestFinished(() => standIn.close());
  return standIn;
}

describe.each(Object.keys(recordings))('Kit, as it documents its answers: %s', (name) => {
  const recording = pick(name);

  test('is read by the client, which sends what was recorded', async () => {
    const [ask, others = [], reading] = readings[name] ?? [];
    // Nothing but an empty account has a sequence made.
    const empty = { ...pick('sequences'), response: { ...pick('sequences').response, body: none } };
    const first = name === 'create-sequence' ? [empty] : [];
    const { url, sent } = await replay([recording, ...first, ...others.map(pick)]);
    expect(await ask?.(url)).toMatchObject(reading as object);
    const { method, path, headers = {}, body = '' } = recording.request;
    expect(sent).toContainEqual({ method, path, body, headers: expect.objectContaining(headers) });
  });

  test('is answered likewise by the stand-in', async () => {
    const standIn = await openStandIn(name);
    const key = { 'x-kit-api-key': name === 'key-refused' ? 'another' : secrets.apiKey };
    let path = recording.request.path;
    if (!['account', 'create-sequence', 'key-refused', 'too-fast'].includes(name)) {
      await send(pick('create-sequence'), standIn, key);
      path = path.replace('/106', '/1').replace('/emails/7', '/emails/2');
      const first = pick('create');
      const made = { ...first, request: { ...first.request, path: '/v4/sequences/1/emails' } };
      if (!name.endsWith('create')) await send(made, standIn, key);
    }
    if (name === 'too-fast') for (let count = 0; count < 120; count += 1) await send(recording, standIn, key);
    const answer = await send({ ...recording, request: { ...recording.request, path } }, standIn, key);
    expect(describeShape(answer)).toEqual(describeShape(recording.response));
  });
});
