import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Rendition } from '../../src/model/rendition.ts';
import type { Connection, Observation } from '../../src/model/target.ts';
import type { Mishap } from '../../src/rehearsal/mishaps.ts';
import { startKit } from '../../src/rehearsal/kit/start.ts';
import type { StandIn } from '../../src/rehearsal/stand-in.ts';
import { connectKit, type KitOptions } from '../../src/targets/kit/client/connect.ts';
import { diagnoseKit } from '../../src/targets/kit/client/diagnose.ts';
import { catchError, startLocalServer } from '../local-server.ts';
import { describeConnection, makeClock, makeFolder, makeRendition } from './connection-contract.ts';

const { signal } = new AbortController();
const options = { sequence: 'Welcome', published: true };

function render(body: string, fields: Rendition['fields'] = {}, id = 'welcome-1'): Rendition {
  return makeRendition({
    postId: id,
    canonicalUrl: '',
    body,
    fields: {
      subject: 'Hello',
      preview_text: 'A word first',
      position: 0,
      delay_value: 0,
      delay_unit: 'days',
      ...fields,
    },
  });
}

/** The letter of a sequence at a place, the first being 0, three days after the one before. */
function letterAt(position: number, fields: Rendition['fields'] = {}): Rendition {
  const days = position === 0 ? 0 : 3;
  return render(
    `Words ${position}.`,
    { subject: `Letter ${position}`, position, delay_value: days, ...fields },
    `welcome-${position}`,
  );
}

const reads = (path: string): unknown =>
  path.startsWith('/v4/sequences?')
    ? { sequences: [{ id: 1, name: 'Welcome' }], pagination: { has_next_page: false, end_cursor: null } }
    : { emails: [], pagination: { has_next_page: false, end_cursor: null } };

describeConnection({
  kind: 'kit',
  observes: true,
  answerRead: reads,
  start: (folder, apiKey) => startKit({ folder, apiKey, now: makeClock() }),
  connect: (url, apiKey, timeoutMs) => connectKit({ ...options, url, timeoutMs }, { apiKey }),
  render,
});

interface Opened {
  readonly standIn: StandIn;
  readonly connection: Connection;
  /** The emails that it holds, and what readers were mailed at once. */
  readonly hold: () => {
    readonly sequences: readonly {
      readonly name: string;
      readonly emails: readonly { readonly subject: string; readonly published: boolean }[];
    }[];
    readonly mailed: readonly { readonly why: string }[];
  };
}

async function open(
  more: Partial<KitOptions> & { readonly readers?: () => number; readonly mishaps?: readonly Mishap[] } = {},
): Promise<Opened> {
  const { readers, mishaps, ...own } = more;
  const folder = await makeFolder();
  const standIn = await startKit({
    folder,
    apiKey: 'key',
    now: makeClock(),
    ...(readers && { readers }),
    ...(mishaps && { mishaps }),
  });
  onTestFinished(() => standIn.close());
  const connection = await connectKit({ ...options, url: standIn.url, ...own }, { apiKey: 'key' });
  const hold = () => JSON.parse(readFileSync(join(folder, 'kit.json'), 'utf8')) as ReturnType<Opened['hold']>;
  return { standIn, connection, hold };
}

async function look(connection: Connection, rendition: Rendition, remoteId?: string): Promise<Observation> {
  const { postId, canonicalUrl } = rendition;
  const sought = { postId, canonicalUrl, rendition, ...(remoteId !== undefined && { remoteId }) };
  const [seen] = await connection.observe([sought], signal);
  return seen ?? { seen: 'unknown', why: 'nothing was said' };
}

test('letters stand in one sequence, in their order, each so long after the one before', async () => {
  const { connection, hold, standIn } = await open();
  for (const position of [0, 1, 2]) await connection.create(letterAt(position), signal);
  expect(hold().sequences).toMatchObject([
    {
      name: 'Welcome',
      emails: [
        { subject: 'Letter 0', delayValue: 0, delayUnit: 'days', published: true },
        { subject: 'Letter 1', delayValue: 3, delayUnit: 'days', published: true },
        { subject: 'Letter 2', delayValue: 3, delayUnit: 'days', published: true },
      ],
    },
  ]);
  const made = standIn.requests.filter(({ method, path }) => method === 'POST' && path === '/v4/sequences');
  expect(made).toHaveLength(1);
});

test('a letter is known again by its id, else by its subject, at its own place first, else by its words', async () => {
  const { connection } = await open();
  const taken = [];
  for (const position of [0, 1, 2])
    taken.push(await connection.create(letterAt(position, { subject: 'The same' }), signal));
  for (const position of [0, 1, 2]) {
    const rendition = letterAt(position, { subject: 'The same' });
    expect(await look(connection, rendition)).toMatchObject({ remoteId: taken[position]?.remoteId });
    const renamed = letterAt(position, { subject: 'Another' });
    expect(await look(connection, renamed)).toMatchObject({ remoteId: taken[position]?.remoteId });
    const anew = { ...renamed, body: 'Other words.' };
    expect(await look(connection, anew)).toMatchObject({ seen: 'absent' });
    expect(await look(connection, renamed, taken[position]?.remoteId)).toMatchObject({
      seen: 'present',
      echo: taken[position]?.echo,
      body: `Words ${position}.`,
    });
  }
});

test('an email on record for one letter is found for no other, though subject or words are the same', async () => {
  const { connection } = await open();
  const first = await connection.create(letterAt(0, { subject: 'A reminder' }), signal);
  const find = async (...letters: readonly Rendition[]) =>
    (
      await connection.observe(
        letters.map((rendition) => ({
          postId: rendition.postId,
          canonicalUrl: '',
          rendition,
          owners: new Map([[first.remoteId, 'welcome-0']]),
        })),
        signal,
      )
    ).map(({ seen }) => seen);
  const sameSubject = letterAt(2, { subject: 'A reminder' });
  const sameWords = { ...letterAt(3), body: letterAt(0).body };
  expect(await find(sameSubject, sameWords, letterAt(0))).toEqual(['absent', 'absent', 'present']);
  await connection.create(letterAt(1, { subject: 'A reminder' }), signal);
  expect(await find(sameSubject, letterAt(3, { subject: 'A reminder' }))).toEqual(['present', 'absent']);
});

test('the echo tells every change of what readers get and when, and none of its place', async () => {
  const { connection } = await open();
  await connection.create(letterAt(0), signal);
  const { remoteId, echo } = await connection.create(letterAt(1), signal);
  const echoes = new Set([echo]);
  const changes = [
    { ...letterAt(1), body: 'Other words.' },
    letterAt(1, { subject: 'Another subject' }),
    letterAt(1, { preview_text: 'Another preview' }),
    letterAt(1, { delay_value: 4 }),
    letterAt(1, { delay_unit: 'hours' }),
  ];
  for (const changed of changes) echoes.add((await connection.update(remoteId, changed, signal)).echo);
  expect(echoes.size).toBe(changes.length + 1);
  expect((await connection.update(remoteId, letterAt(1), signal)).echo).toBe(echo);
  await connection.create(letterAt(1, { subject: 'Between' }), signal);
  expect(await look(connection, letterAt(1), remoteId)).toMatchObject({ echo });
});

test('what could mail readers at once or out of order is told before it is sent', async () => {
  let readers = 0;
  const { connection, hold } = await open({ readers: () => readers });
  expect(await look(connection, letterAt(0))).toEqual({ seen: 'absent' });
  await connection.create(letterAt(1), signal);
  expect(await look(connection, letterAt(0))).toEqual({ seen: 'absent' });

  readers = 3;
  expect(await look(connection, letterAt(0))).toMatchObject({
    seen: 'absent',
    risk: expect.stringContaining('the first of the sequence'),
  });
  const { remoteId } = await connection.create(letterAt(2), signal);
  expect(await look(connection, letterAt(3))).toEqual({ seen: 'absent' });
  expect(await look(connection, { ...letterAt(1, { subject: 'New' }), body: 'New words.' })).toMatchObject({
    risk: expect.stringContaining('comes before 1 others'),
  });
  expect(await look(connection, { ...letterAt(2), body: 'Other words.' }, remoteId)).not.toHaveProperty(
    'risk',
  );
  expect(
    await look(connection, letterAt(0, { subject: 'Letter 2', delay_value: 3 }), remoteId),
  ).toMatchObject({
    risk: expect.stringContaining('moved from place 2 to place 1'),
  });
  expect(hold().mailed).toEqual([]);
  await connection.create(letterAt(0), signal);
  expect(hold().mailed).toMatchObject([{ why: 'the first was published' }]);
});

test('a letter that comes sooner is told, where it is published and readers wait for it', async () => {
  let readers = 0;
  const { connection, standIn } = await open({ readers: () => readers });
  await connection.create(letterAt(0), signal);
  const { remoteId } = await connection.create(letterAt(1), signal);
  const lookAfter = (delay_value: number, delay_unit = 'days') =>
    look(connection, letterAt(1, { delay_value, delay_unit }), remoteId);
  expect(await lookAfter(1)).not.toHaveProperty('risk');

  readers = 3;
  const risk = expect.stringContaining('arrives sooner');
  expect(await lookAfter(2)).toMatchObject({ risk });
  expect(await lookAfter(71, 'hours')).toMatchObject({ risk });
  expect(await lookAfter(72, 'hours')).not.toHaveProperty('risk');
  expect(await lookAfter(4)).not.toHaveProperty('risk');

  const [sequence, email] = remoteId.split('/');
  const answer = await fetch(`${standIn.url}/v4/sequences/${sequence}/emails/${email}`, {
    method: 'PUT',
    headers: { 'x-kit-api-key': 'key', 'content-type': 'application/json' },
    body: JSON.stringify({ published: false }),
  });
  expect(answer.status).toBe(200);
  expect(await lookAfter(1)).not.toHaveProperty('risk');
});

test('a letter is moved only where its author moved it', async () => {
  const { connection, hold } = await open();
  const places: string[] = [];
  for (const position of [0, 1, 2]) {
    const taken = await connection.create(letterAt(position), signal);
    places.push(taken.remoteId);
  }
  const subjects = () => hold().sequences[0]?.emails.map(({ subject }) => subject);
  await connection.update(places[1] ?? '', { ...letterAt(1), body: 'Other words.' }, signal);
  expect(subjects()).toEqual(['Letter 0', 'Letter 1', 'Letter 2']);
  const moved = await connection.update(places[2] ?? '', letterAt(1, { subject: 'Letter 2' }), signal);
  expect(subjects()).toEqual(['Letter 0', 'Letter 2', 'Letter 1']);
  expect(moved.remoteId).not.toBe(places[2]);
});

test('a letter that a person keeps as a draft stays one, and one that is taken back is no longer published', async () => {
  const { connection, hold } = await open({ published: false });
  const { remoteId, state } = await connection.create(letterAt(0), signal);
  expect(state).toBe('draft');
  expect((await connection.update(remoteId, letterAt(0, { subject: 'New' }), signal)).state).toBe('draft');
  const other = await open();
  const taken = await other.connection.create(letterAt(0), signal);
  expect(await other.connection.retract(taken.remoteId, signal)).toMatchObject({ state: 'gone' });
  expect(other.hold().sequences[0]?.emails).toMatchObject([{ published: false }]);
  expect(await other.connection.retract('9/9/0', signal)).toMatchObject({ state: 'gone' });
  expect(hold().mailed).toEqual([]);
});

test('the plain refusal of too many requests says to wait for as long as Kit counts', async () => {
  const folder = await makeFolder();
  const standIn = await startKit({ folder, apiKey: 'key', now: () => Date.UTC(2026, 10, 21) });
  onTestFinished(() => standIn.close());
  for (let count = 0; count < 120; count += 1)
    await fetch(`${standIn.url}/v4/account`, { headers: { 'x-kit-api-key': 'key' } });
  const connection = await connectKit({ ...options, url: standIn.url }, { apiKey: 'key' });
  expect(await catchError(connection.create(letterAt(0), signal))).toMatchObject({
    code: 'RATE_LIMITED',
    sent: 'no',
    retryAfter: 60,
  });
});

test('the stand-in refuses what Kit does not document', async () => {
  const { connection, standIn } = await open();
  const late = await catchError(connection.create(letterAt(0, { delay_unit: 'hours' }), signal));
  expect(late).toMatchObject({ code: 'REQUEST_REFUSED', sent: 'refused', status: 422 });
  await connection.create(letterAt(0), signal);
  const together = await catchError(connection.create(letterAt(1, { delay_value: 0 }), signal));
  expect(String(together)).toContain('only the first email can be sent immediately');
  for (const body of [
    { subject: 'x', delay_value: 1, delay_unit: 'days', colour: 'red' },
    { subject: 'x', delay_value: 1, delay_unit: 'hours', send_days: ['monday'] },
    { subject: '', delay_value: 1, delay_unit: 'days' },
    { subject: 'x', delay_value: 1, delay_unit: 'days', position: 7 },
  ]) {
    const answer = await fetch(`${standIn.url}/v4/sequences/1/emails`, {
      method: 'POST',
      headers: { 'x-kit-api-key': 'key', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(422);
  }
});

test('a long listing is read page by page', async () => {
  const sequence = (id: number): object => ({ id, name: id === 7 ? 'Welcome' : `Sequence ${id}` });
  const server = await startLocalServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '', 'http://127.0.0.1');
    const isSecond = url.searchParams.get('after') === 'b';
    outgoing.end(
      JSON.stringify(
        url.pathname.endsWith('/emails')
          ? { emails: [], pagination: { has_next_page: false, end_cursor: null } }
          : {
              sequences: [sequence(isSecond ? 7 : 1)],
              pagination: { has_next_page: !isSecond, end_cursor: 'b' },
            },
      ),
    );
  });
  const connection = await connectKit({ ...options, url: server.url }, { apiKey: 'key' });
  await look(connection, letterAt(0));
  expect(server.received.map(({ path }) => path)).toEqual([
    '/v4/sequences?per_page=1000',
    '/v4/sequences?per_page=1000&after=b',
    '/v4/sequences/7/emails?include_content=true&per_page=1000',
  ]);
});

test('the doctor tells whose key it is and how the sequence stands', async () => {
  const { connection, standIn } = await open({ readers: () => 2 });
  const given = { url: standIn.url, sequence: 'Welcome' };
  const before = await diagnoseKit(given, { apiKey: 'key' }, signal);
  expect(before.map(({ what }) => what)).toEqual([
    expect.stringContaining('The API key belongs to Rehearsal (rehearsal@example.com) on '),
    'There is no sequence “Welcome” yet; the first letter makes it.',
  ]);
  await connection.create(letterAt(0), signal);
  const [, after] = await diagnoseKit(given, { apiKey: 'key' }, signal);
  expect(after).toEqual({ level: 'ok', what: 'The sequence “Welcome” is active, and 2 readers are in it.' });
  expect(await diagnoseKit(given, { apiKey: '' }, signal)).toMatchObject([{ level: 'ok' }]);
  expect(await diagnoseKit(given, { apiKey: 'wrong' }, signal)).toMatchObject([{ level: 'error' }]);
});
