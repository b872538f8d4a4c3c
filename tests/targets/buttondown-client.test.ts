import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Rendition } from '../../src/model/rendition.ts';
import type { Connection, Observation } from '../../src/model/target.ts';
import {
  startButtondown,
  type ButtondownOptions as StandInOptions,
} from '../../src/rehearsal/buttondown/start.ts';
import type { StandIn } from '../../src/rehearsal/stand-in.ts';
import { connectButtondown, type ButtondownOptions } from '../../src/targets/buttondown/client/connect.ts';
import { diagnoseButtondown } from '../../src/targets/buttondown/client/diagnose.ts';
import { catchError, startLocalServer } from '../local-server.ts';
import { describeConnection, makeClock, makeFolder, makeRendition } from './connection-contract.ts';

const { signal } = new AbortController();
const sequence = { source: 'welcome', automation: 'Welcome' };
const marked = (body: string): string => `<!-- buttondown-editor-mode: fancy -->\n${body}`;

function renderEmail(body: string, fields: Rendition['fields'] = {}): Rendition {
  return makeRendition({ body, fields: { subject: 'On ledgers', slug: 'on-ledgers', ...fields } });
}

/** The letter of a sequence that arrives on a day. */
function letterOn(day: number, fields: Rendition['fields'] = {}): Rendition {
  return makeRendition({
    postId: `welcome-${day}`,
    canonicalUrl: '',
    body: `Words of day ${day}.`,
    fields: { subject: `Day ${day}`, delay_value: day, delay_unit: 'days', ...fields },
  });
}

describe('with emails', () => {
  describeConnection({
    kind: 'buttondown',
    observes: true,
    state: 'draft',
    start: (folder, apiKey) => startButtondown({ folder, apiKey, now: makeClock() }),
    connect: (url, apiKey, timeoutMs) => connectButtondown({ url, scheduled: false, timeoutMs }, { apiKey }),
    render: renderEmail,
  });
});

describe('with an automation', () => {
  describeConnection({
    kind: 'buttondown',
    observes: true,
    state: 'draft',
    answerRead: () => ({ results: [], next: null, count: 0 }),
    start: (folder, apiKey) => startButtondown({ folder, apiKey, now: makeClock() }),
    connect: (url, apiKey, timeoutMs) =>
      connectButtondown({ url, sequence, scheduled: false, timeoutMs }, { apiKey }),
    render: (body) => ({ ...letterOn(0), body }),
  });
});

interface Held {
  readonly emails: readonly Readonly<Record<string, unknown>>[];
  readonly automations: readonly {
    readonly id: string;
    readonly name: string;
    readonly actions: readonly { readonly metadata: { readonly subject: string } }[];
  }[];
}

interface Opened {
  readonly standIn: StandIn;
  readonly connection: Connection;
  readonly hold: () => Held;
  /** Sends a request of one's own, as a person does in the browser. */
  readonly ask: (method: string, path: string, body: unknown) => Promise<Response>;
}

async function open(
  more: Partial<ButtondownOptions> = {},
  rules: Partial<StandInOptions> = {},
): Promise<Opened> {
  const folder = await makeFolder();
  const standIn = await startButtondown({ folder, apiKey: 'key', now: makeClock(), ...rules });
  onTestFinished(() => standIn.close());
  const { url } = standIn;
  const connection = await connectButtondown({ url, scheduled: false, ...more }, { apiKey: 'key' });
  return {
    standIn,
    connection,
    hold: () => JSON.parse(readFileSync(join(folder, 'buttondown.json'), 'utf8')) as Held,
    ask: (method, path, body) =>
      fetch(url + path, {
        method,
        headers: { authorization: 'Token key', 'content-type': 'application/json' },
        ...(method !== 'GET' && { body: JSON.stringify(body) }),
      }),
  };
}

async function look(connection: Connection, rendition: Rendition, remoteId?: string): Promise<Observation> {
  const { postId, canonicalUrl } = rendition;
  const sought = { postId, canonicalUrl, rendition, ...(remoteId !== undefined && { remoteId }) };
  const [seen] = await connection.observe([sought], signal);
  return seen ?? { seen: 'unknown', why: 'nothing was said' };
}

describe('an email', () => {
  test('is always a draft, unless it is to be scheduled and there is time to stop it', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 1, 8) });
    onTestFinished(() => void vi.useRealTimers());
    const dates = ['2026-11-03T08:00:00Z', '2026-11-01T08:14:00Z', '2026-10-01T08:00:00Z', null];
    const statuses = async (scheduled: boolean, told: string[]): Promise<readonly unknown[]> => {
      const { connection, hold } = await open({ scheduled, warn: (message) => void told.push(message) });
      for (const [index, date] of dates.entries()) {
        const rendition = renderEmail(`Words ${index}.`, { slug: `letter-${index}`, publish_date: date });
        await connection.create({ ...rendition, postId: `letter-${index}` }, signal);
      }
      return hold().emails.map(({ status }) => status);
    };
    const told: string[] = [];
    expect(await statuses(false, told)).toEqual(['draft', 'draft', 'draft', 'draft']);
    expect(told).toEqual([]);
    expect(await statuses(true, told)).toEqual(['scheduled', 'draft', 'draft', 'draft']);
    expect(told).toHaveLength(2);
  });

  test('is known again by its slug, else by the address of its original', async () => {
    const { connection, ask } = await open({}, { pageSize: 1 });
    await ask('POST', '/v1/emails', { subject: 'Other', body: 'x', status: 'draft', slug: 'other' });
    const byHand = { subject: 'By hand', body: 'y', status: 'draft', slug: 'by-hand' };
    await ask('POST', '/v1/emails', { ...byHand, canonical_url: renderEmail('').canonicalUrl });
    expect(await look(connection, renderEmail('Words.'))).toMatchObject({ seen: 'present', body: 'y' });
    const { remoteId, echo } = await connection.create(renderEmail('Words.'), signal);
    expect(await look(connection, renderEmail('Words.'))).toMatchObject({ remoteId, echo, body: 'Words.' });
  });

  test('that readers have is neither changed nor taken back', async () => {
    let now = Date.UTC(2026, 10, 1);
    vi.useFakeTimers({ toFake: ['Date'], now });
    onTestFinished(() => void vi.useRealTimers());
    const { connection, standIn } = await open({ scheduled: true }, { now: () => now });
    const rendition = renderEmail('Words.', { publish_date: '2026-11-02T08:00:00Z' });
    const { remoteId, state } = await connection.create(rendition, signal);
    expect(state).toBe('draft');
    now = Date.UTC(2026, 10, 3);
    expect(await look(connection, rendition, remoteId)).toMatchObject({ state: 'sent' });
    const writes = standIn.requests.filter(({ method }) => method !== 'GET').length;
    for (const attempt of [
      connection.update(remoteId, renderEmail('Other words.'), signal),
      connection.retract(remoteId, signal),
    ]) {
      expect(await catchError(attempt)).toMatchObject({
        code: 'REQUEST_REFUSED',
        sent: 'refused',
        message: expect.stringContaining('has been sent to its readers'),
      });
    }
    expect(standIn.requests.filter(({ method }) => method !== 'GET')).toHaveLength(writes);
  });

  test('that is changed stays scheduled for the time that a person chose', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 1, 8) });
    onTestFinished(() => void vi.useRealTimers());
    const says: string[] = [];
    for (const scheduled of [false, true]) {
      const { connection, hold, ask } = await open({ scheduled, warn: (message) => void says.push(message) });
      const rendition = renderEmail('Words.', { publish_date: '2026-11-03T08:00:00Z' });
      const { remoteId } = await connection.create(rendition, signal);
      const byHand = { status: 'scheduled', publish_date: '2026-11-05T09:00:00Z' };
      expect((await ask('PATCH', `/v1/emails/${remoteId}`, byHand)).status).toBe(200);
      await connection.update(remoteId, { ...rendition, body: 'Other words.' }, signal);
      expect(hold().emails).toMatchObject([
        { status: 'scheduled', publishDate: '2026-11-05T09:00:00Z', body: marked('Other words.') },
      ]);
      await connection.update(remoteId, renderEmail('Words.', { publish_date: byHand.publish_date }), signal);
    }
    expect(says).toEqual([expect.stringContaining('stays scheduled for 2026-11-05')]);
  });

  test('that is refused because it is there already is taken, not made again', async () => {
    const { connection, hold } = await open();
    const first = await connection.create(renderEmail('Words.'), signal);
    for (const body of ['Words.', 'Other words.'])
      expect(await connection.create(renderEmail(body), signal)).toEqual(first);
    expect(hold().emails).toHaveLength(1);
  });

  test('has an echo that every change of what readers see changes', async () => {
    const { connection } = await open();
    const { remoteId, echo } = await connection.create(renderEmail('Words.'), signal);
    const echoes = new Set([echo]);
    const changes = [
      renderEmail('Other words.'),
      renderEmail('Words.', { subject: 'Another' }),
      renderEmail('Words.', { description: 'Another' }),
      { ...renderEmail('Words.'), canonicalUrl: 'https://example.com/blog/elsewhere' },
    ];
    for (const changed of changes) echoes.add((await connection.update(remoteId, changed, signal)).echo);
    expect(echoes.size).toBe(changes.length + 1);
    expect((await connection.update(remoteId, renderEmail('Words.'), signal)).echo).toBe(echo);
  });
});

describe('a sequence', () => {
  test('is one automation, which is made inactive, with the time of each letter since its start', async () => {
    const { connection, hold } = await open({ sequence });
    const letters = [0, 2, 9].map((day) => letterOn(day));
    for (const letter of letters) await connection.create(letter, signal);
    expect(hold().automations).toEqual([
      expect.objectContaining({
        name: 'Welcome',
        status: 'inactive',
        trigger: 'subscriber.confirmed',
        actions: [
          {
            type: 'send_email',
            metadata: { subject: 'Day 0', body: marked('Words of day 0.'), letter: 'welcome/welcome-0' },
            timing: { time: 'immediate', delay: null },
          },
          {
            type: 'send_email',
            metadata: { subject: 'Day 2', body: marked('Words of day 2.'), letter: 'welcome/welcome-2' },
            timing: { time: 'delay', delay: { value: '2', unit: 'days' } },
          },
          {
            type: 'send_email',
            metadata: { subject: 'Day 9', body: marked('Words of day 9.'), letter: 'welcome/welcome-9' },
            timing: { time: 'delay', delay: { value: '9', unit: 'days' } },
          },
        ],
      }),
    ]);
  });

  test('is found under its own name, under another, and made only once', async () => {
    const { connection, hold, ask } = await open({ sequence }, { pageSize: 1 });
    await ask('POST', '/v1/automations', { name: 'Other', trigger: 'subscriber.confirmed', actions: [] });
    const { remoteId } = await connection.create(letterOn(0), signal);
    const id = remoteId.split('/')[0];
    await ask('PATCH', `/v1/automations/${id}`, { name: 'Renamed by hand' });
    await connection.create(letterOn(2), signal);
    await connection.create(letterOn(0), signal);
    expect(hold().automations.map(({ name, actions }) => [name, actions.length])).toEqual([
      ['Other', 0],
      ['Renamed by hand', 2],
    ]);
  });

  test('leaves what a person put beside the letters', async () => {
    const { connection, hold, ask } = await open({ sequence });
    const { remoteId } = await connection.create(letterOn(0), signal);
    const byHand = {
      type: 'send_email',
      metadata: { subject: 'By hand', body: 'x' },
      timing: { time: 'delay', delay: { value: '1', unit: 'weeks' } },
    };
    const id = remoteId.split('/')[0];
    const { actions } = hold().automations[0] ?? { actions: [] };
    await ask('PATCH', `/v1/automations/${id}`, { actions: [...actions, byHand] });
    await connection.create(letterOn(9), signal);
    await connection.create(letterOn(2), signal);
    const subjects = () => hold().automations[0]?.actions.map(({ metadata }) => metadata.subject);
    expect(subjects()).toEqual(['Day 0', 'Day 2', 'By hand', 'Day 9']);
    await connection.retract(remoteId, signal);
    expect(subjects()).toEqual(['Day 2', 'By hand', 'Day 9']);
  });

  test('takes a letter for its own that a person gave the same subject', async () => {
    const { connection, ask, hold } = await open({ sequence });
    const action = { type: 'send_email', metadata: { subject: 'Day 2', body: 'By hand.' } };
    await ask('POST', '/v1/automations', {
      name: 'Welcome',
      trigger: 'subscriber.confirmed',
      actions: [action],
    });
    const seen = await look(connection, letterOn(2));
    expect(seen).toMatchObject({ seen: 'present', body: 'By hand.' });
    await connection.create(letterOn(2), signal);
    expect(hold().automations[0]?.actions).toHaveLength(1);
    expect(await look(connection, letterOn(0))).toEqual({ seen: 'absent' });
  });

  test('tells what could mail readers at once, as soon as its automation is active', async () => {
    const { connection, ask } = await open({ sequence });
    const { remoteId } = await connection.create(letterOn(2), signal);
    expect(await look(connection, letterOn(9))).toEqual({ seen: 'absent' });
    expect(await look(connection, letterOn(2, { delay_value: 1 }), remoteId)).not.toHaveProperty('risk');
    await ask('PATCH', `/v1/automations/${remoteId.split('/')[0]}`, { status: 'active' });
    expect(await look(connection, letterOn(9))).toEqual({
      seen: 'absent',
      risk: expect.stringContaining('is active, and Buttondown may mail a new letter at once'),
    });
    for (const days of [1, 3])
      expect(await look(connection, letterOn(2, { delay_value: days }), remoteId)).toMatchObject({
        seen: 'present',
        risk: expect.stringContaining('past its new day'),
      });
    for (const same of [
      { ...letterOn(2), body: 'Other words.' },
      letterOn(2, { delay_value: 48, delay_unit: 'hours' }),
    ])
      expect(await look(connection, same, remoteId)).not.toHaveProperty('risk');
  });

  test('leaves an automation alone that has its name and begins by something else', async () => {
    const { connection, ask, hold } = await open({ sequence });
    const action = { type: 'send_email', metadata: { subject: 'Day 2', body: 'By hand.' } };
    const other = { name: 'Welcome', trigger: 'subscriber.tags.changed', actions: [action] };
    expect((await ask('POST', '/v1/automations', other)).status).toBe(201);
    expect(await look(connection, letterOn(2))).toEqual({ seen: 'absent' });
    await connection.create(letterOn(2), signal);
    expect(hold().automations).toMatchObject([other, { trigger: 'subscriber.confirmed' }]);
  });

  test('has an echo for each letter, that its subject, its words and its time change', async () => {
    const { connection } = await open({ sequence });
    await connection.create(letterOn(0), signal);
    const { remoteId, echo } = await connection.create(letterOn(2), signal);
    const echoes = new Set([echo]);
    const changes = [
      { ...letterOn(2), body: 'Other words.' },
      letterOn(2, { subject: 'Another' }),
      letterOn(2, { delay_value: 3 }),
    ];
    for (const changed of changes) echoes.add((await connection.update(remoteId, changed, signal)).echo);
    expect(echoes.size).toBe(changes.length + 1);
    await connection.update(remoteId, letterOn(2, { delay_value: 48, delay_unit: 'hours' }), signal);
    expect(await look(connection, letterOn(2), remoteId)).toMatchObject({ echo });
  });

  test('has no more letters than Buttondown takes', async () => {
    const { connection } = await open({ sequence });
    for (let day = 0; day < 25; day += 1) await connection.create(letterOn(day), signal);
    expect(await catchError(connection.create(letterOn(30), signal))).toMatchObject({
      code: 'REQUEST_REFUSED',
      sent: 'refused',
    });
  });
});

test('the stand-in refuses what Buttondown does not document, and never sends', async () => {
  const { ask } = await open();
  const refused = async (path: string, body: unknown): Promise<unknown> => {
    const answer = await ask('POST', path, body);
    return [answer.status, ((await answer.json()) as { readonly code?: string }).code];
  };
  expect(await refused('/v1/emails', { subject: 'x', body: 'y' })).toEqual([
    400,
    'sending_requires_confirmation',
  ]);
  expect(await refused('/v1/emails', { subject: 'x', status: 'sent' })).toEqual([400, 'status_invalid']);
  expect(await refused('/v1/emails', { subject: 'x', status: 'scheduled' })).toEqual([
    400,
    'publish_date_missing',
  ]);
  expect(await refused('/v1/emails', { subject: 'x', status: 'draft', colour: 'red' })).toEqual([
    422,
    undefined,
  ]);
  expect(await refused('/v1/emails', { subject: 'x', status: 'draft', slug: 'ä' })).toEqual([422, undefined]);
  expect(await refused('/v1/emails', { subject: 'x', status: 'draft', metadata: { a: 1 } })).toEqual([
    403,
    undefined,
  ]);
  expect(await refused('/v1/emails', { subject: 'x', status: 'draft', body: '---\na: b\n---\n' })).toEqual([
    400,
    'body_contains_frontmatter',
  ]);
  const automation = { name: 'Welcome', trigger: 'subscriber.confirmed' };
  const delayed = (delay: unknown) => ({
    ...automation,
    actions: [
      { type: 'send_email', metadata: { subject: 's', body: 'b' }, timing: { time: 'delay', delay } },
    ],
  });
  expect(await refused('/v1/automations', delayed({ value: '0', unit: 'days' }))).toEqual([
    400,
    'delay_invalid',
  ]);
  expect(await refused('/v1/automations', delayed(null))).toEqual([400, 'delay_invalid']);
  expect(await refused('/v1/automations', delayed({ value: '1', unit: 'months' }))).toEqual([422, undefined]);
  expect(
    await refused('/v1/automations', { ...automation, actions: [{ type: 'send_email', metadata: {} }] }),
  ).toEqual([400, 'action_invalid__missing_body_or_subject']);
});

test('a refusal says how long to wait, and names the field', async () => {
  const limited = await open({}, { mishaps: [{ at: { nth: 1 }, does: { kind: 'limit', retryAfter: 60 } }] });
  expect(await catchError(limited.connection.create(renderEmail('Words.'), signal))).toMatchObject({
    code: 'RATE_LIMITED',
    sent: 'no',
    retryAfter: 60,
  });
  const { connection } = await open();
  const error = await catchError(connection.create(renderEmail('Words.', { slug: 'a b' }), signal));
  expect(String(error)).toContain('slug: ');
});

test('the doctor tells whose key it is and whether the automation is active', async () => {
  const { connection, standIn, ask } = await open({ sequence });
  const given = { url: standIn.url, sequence };
  const diagnose = async (apiKey = 'key') => diagnoseButtondown(given, { apiKey }, signal);
  expect(await diagnose()).toMatchObject([
    { level: 'ok', what: expect.stringContaining('The API key belongs to rehearsal on ') },
    { level: 'ok', what: 'There is no automation “Welcome” yet; the first letter makes it.' },
  ]);
  const { remoteId } = await connection.create(letterOn(0), signal);
  expect(await diagnose()).toMatchObject([{}, { level: 'warning' }]);
  await ask('PATCH', `/v1/automations/${remoteId.split('/')[0]}`, { status: 'active' });
  expect(await diagnose()).toMatchObject([{}, { level: 'ok', what: 'The automation “Welcome” is active.' }]);
  expect(await look(connection, letterOn(0), remoteId)).toMatchObject({ state: 'live' });
  expect(await diagnose('wrong')).toMatchObject([{ level: 'error' }]);
  expect(await diagnose('')).toMatchObject([{ level: 'error' }]);
});

test('an answer without the letter that was sent leaves its outcome unknown', async () => {
  const server = await startLocalServer((incoming, outgoing) => {
    const empty = {
      id: 'auto_1',
      name: 'Welcome',
      status: 'inactive',
      trigger: 'subscriber.confirmed',
      actions: [],
    };
    outgoing.end(JSON.stringify(incoming.method === 'GET' ? { results: [], count: 0 } : empty));
  });
  const connection = await connectButtondown(
    { url: server.url, sequence, scheduled: false },
    { apiKey: 'key' },
  );
  expect(await catchError(connection.create(letterOn(0), signal))).toMatchObject({
    code: 'RESPONSE_UNUSABLE',
    sent: 'unknown',
  });
});
