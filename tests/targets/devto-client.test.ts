import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Rendition } from '../../src/model/rendition.ts';
import type { Connection } from '../../src/model/target.ts';
import { startDevto } from '../../src/rehearsal/devto/start.ts';
import type { StandIn } from '../../src/rehearsal/stand-in.ts';
import { connectDevto } from '../../src/targets/devto/client/connect.ts';
import type { DevtoOptions } from '../../src/targets/devto/client/connect.ts';
import { describeConnection, makeClock, makeFolder, makeRendition } from './connection-contract.ts';
import { catchError, startLocalServer } from '../local-server.ts';

const { signal } = new AbortController();
const options = { published: true, aiDisclosure: 'no_ai', lookAgainMs: 10 };

function render(body: string, fields: Rendition['fields'] = {}): Rendition {
  return makeRendition({
    body,
    fields: { title: 'On ledgers', tags: ['testing', 'git'], description: 'What is where.', ...fields },
  });
}

describeConnection({
  kind: 'devto',
  observes: true,
  start: (folder, apiKey) => startDevto({ folder, apiKey, now: makeClock() }),
  connect: (url, apiKey, timeoutMs) => connectDevto({ ...options, url, timeoutMs }, { apiKey }),
  render,
});

async function open(
  more: Partial<DevtoOptions> = {},
  organizationIds: readonly number[] = [],
): Promise<{ standIn: StandIn; connection: Connection; folder: string }> {
  const folder = await makeFolder();
  const standIn = await startDevto({ folder, apiKey: 'key', organizationIds, now: makeClock() });
  onTestFinished(() => standIn.close());
  const connection = await connectDevto({ ...options, url: standIn.url, ...more }, { apiKey: 'key' });
  return { standIn, connection, folder };
}

async function showOne(connection: Connection, canonicalUrl: string): Promise<unknown> {
  const [observation] = await connection.observe([{ postId: 'p', canonicalUrl }], signal);
  return observation;
}

test('a create, an update and a listing of the same article have the same echo', async () => {
  const { connection } = await open();
  const full = render('Words with `code`.', {
    series: 'How it works',
    main_image: 'https://example.com/cover.png',
    tags: ['zig', 'git', 'testing'],
  });
  const created = await connection.create(full, signal);
  const observed = await showOne(connection, full.canonicalUrl);
  const updated = await connection.update(created.remoteId, full, signal);
  expect(observed).toMatchObject({ seen: 'present', echo: created.echo, body: 'Words with `code`.' });
  expect(updated.echo).toBe(created.echo);
});

test('every field that a reader sees changes the echo', async () => {
  const { connection } = await open();
  const created = await connection.create(render('Words.'), signal);
  const echoes = new Set([created.echo]);
  const changes = [
    render('Other words.'),
    render('Words.', { title: 'On memory' }),
    render('Words.', { tags: ['git'] }),
    render('Words.', { description: 'Another.' }),
    render('Words.', { main_image: 'https://example.com/cover.png' }),
    { ...render('Words.'), canonicalUrl: 'https://example.com/blog/elsewhere' },
  ];
  for (const changed of changes)
    echoes.add((await connection.update(created.remoteId, changed, signal)).echo);
  expect(echoes.size).toBe(changes.length + 1);
  const back = await connection.update(created.remoteId, render('Words.'), signal);
  expect(back.echo).toBe(created.echo);
});

test('an update clears what the post no longer has and leaves a draft a draft', async () => {
  const { connection, standIn } = await open({ published: false });
  const full = render('Words.', { series: 'Parts', main_image: 'https://example.com/cover.png' });
  const created = await connection.create(full, signal);
  expect(created.state).toBe('draft');
  const updated = await connection.update(created.remoteId, render('Words.', { tags: [] }), signal);
  expect(updated.state).toBe('draft');
  const response = await fetch(`${standIn.url}/api/articles/me/all`, {
    headers: { 'api-key': 'key', accept: 'application/vnd.forem.api-v1+json' },
  });
  expect(await response.json()).toMatchObject([{ tag_list: [], cover_image: null, published: false }]);
});

test('copies are found among drafts, by an address written otherwise and by id', async () => {
  const { connection } = await open({ published: false });
  const created = await connection.create(render('Words.'), signal);
  expect(created.state).toBe('draft');
  for (const url of ['https://example.com/blog/on-ledgers/', 'https://EXAMPLE.com/blog/on-ledgers#top']) {
    expect(await showOne(connection, url)).toMatchObject({ seen: 'present', ...created });
  }
  expect(await showOne(connection, 'https://example.com/blog/on-ledgers?p=2')).toEqual({ seen: 'absent' });
  const byId = { postId: 'p', canonicalUrl: 'https://example.com/moved', remoteId: created.remoteId };
  expect(await connection.observe([byId], signal)).toMatchObject([{ seen: 'present' }]);
});

test('a published article is found before a draft of the same original', async () => {
  const { connection, standIn } = await open({ published: false });
  await connection.create(render('A draft.'), signal);
  const publisher = await connectDevto({ ...options, url: standIn.url }, { apiKey: 'key' });
  const live = await publisher.create(render('The article.', { title: 'On ledgers again' }), signal);
  expect(await showOne(connection, live.url)).toEqual({ seen: 'absent' });
  expect(await showOne(connection, render('').canonicalUrl)).toMatchObject({ remoteId: live.remoteId });
});

test('a copy is absent only when it was looked for twice', async () => {
  const article = {
    id: 7,
    url: 'https://dev.to/example/on-ledgers-7',
    title: 'On ledgers',
    tag_list: [],
    canonical_url: 'https://example.com/blog/on-ledgers',
    published: true,
    published_timestamp: '2026-11-20T08:00:00Z',
  };
  let listings = 0;
  const late = await startLocalServer((_incoming, outgoing) => {
    listings += 1;
    outgoing.end(JSON.stringify(listings === 1 ? [] : [article]));
  });
  const connection = await connectDevto({ ...options, url: late.url }, { apiKey: 'key' });
  expect(await showOne(connection, article.canonical_url)).toMatchObject({ seen: 'present', remoteId: '7' });
  expect(listings).toBe(2);

  let answers = 0;
  const failing = await startLocalServer((_incoming, outgoing) => {
    answers += 1;
    outgoing.writeHead(answers === 1 ? 200 : 500).end('[]');
  });
  const other = await connectDevto({ ...options, url: failing.url }, { apiKey: 'key' });
  expect(await showOne(other, article.canonical_url)).toMatchObject({ seen: 'unknown' });
});

test('a long listing is read page by page', async () => {
  const article = (id: number): object => ({
    id,
    url: `https://dev.to/example/a-${id}`,
    title: `Article ${id}`,
    tag_list: [],
    canonical_url: `https://example.com/${id}`,
    published: true,
    published_timestamp: '2026-11-20T08:00:00Z',
  });
  const server = await startLocalServer((incoming, outgoing) => {
    const page = Number(new URL(incoming.url ?? '', 'http://127.0.0.1').searchParams.get('page'));
    const count = page === 1 ? 250 : 3;
    outgoing.end(JSON.stringify(Array.from({ length: count }, (_, index) => article(page * 10_000 + index))));
  });
  const connection = await connectDevto({ ...options, url: server.url }, { apiKey: 'key' });
  expect(await showOne(connection, 'https://example.com/20002')).toMatchObject({ remoteId: '20002' });
  expect(server.received.map((request) => request.path)).toEqual([
    '/api/articles/me/all?page=1&per_page=250',
    '/api/articles/me/all?page=2&per_page=250',
  ]);
});

test('a refusal repeats Forem’s sentence', async () => {
  const { connection } = await open();
  const odd = await catchError(connection.create(render('Words.', { tags: ['machine-learning'] }), signal));
  expect(odd).toMatchObject({ code: 'REQUEST_REFUSED', sent: 'refused', status: 422 });
  expect(String(odd)).toContain('Tag "machine-learning" contains non-alphanumeric');
});

test.each<[number, string]>([
  [303, 'unknown'],
  [304, 'unknown'],
  [400, 'refused'],
  [401, 'no'],
  [403, 'no'],
  [404, 'no'],
  [408, 'unknown'],
  [409, 'refused'],
  [413, 'refused'],
  [423, 'no'],
  [425, 'no'],
  [426, 'no'],
  [429, 'no'],
  [500, 'unknown'],
  [503, 'unknown'],
])('a create that is answered %i was, as far as anyone knows, sent: %s', async (status, sent) => {
  const server = await startLocalServer((_incoming, outgoing) => outgoing.writeHead(status).end());
  const connection = await connectDevto({ ...options, url: server.url }, { apiKey: 'key' });
  expect(await catchError(connection.create(render('Words.'), signal))).toMatchObject({ status, sent });
});

test('a title that is taken for five minutes is refused for as long', async () => {
  const { connection } = await open();
  await connection.create(render('Words.'), signal);
  const other = { ...render('Other words.'), canonicalUrl: 'https://example.com/blog/on-ledgers-again' };
  expect(await catchError(connection.create(other, signal))).toMatchObject({
    code: 'REQUEST_REFUSED',
    status: 422,
    sent: 'no',
    retryAfter: 300,
  });
});

test('an article that is refused because it is there already is taken, not made again', async () => {
  const { connection, folder } = await open();
  const first = await connection.create(render('Words.'), signal);
  for (const title of ['On ledgers', 'Another title']) {
    const again = await connection.create(render('Words.', { title }), signal);
    expect(again).toEqual(first);
  }
  const held: { readonly articles: readonly unknown[] } = JSON.parse(
    readFileSync(join(folder, 'devto.json'), 'utf8'),
  );
  expect(held.articles).toHaveLength(1);
});

test('a clash with another account’s article says whose fault it is', async () => {
  const server = await startLocalServer((incoming, outgoing) => {
    const taken = {
      error: 'Canonical url has already been taken. Email support for further details.',
      status: 422,
    };
    outgoing.writeHead(incoming.method === 'POST' ? 422 : 200, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify(incoming.method === 'POST' ? taken : []));
  });
  const connection = await connectDevto({ ...options, url: server.url }, { apiKey: 'key' });
  const clash = await catchError(connection.create(render('Words.'), signal));
  expect(clash).toMatchObject({ code: 'REQUEST_REFUSED', sent: 'refused' });
  expect(String(clash)).toContain('an article of another account');
});

test('an article that shows a Liquid error is put right, one in the wrong account is told', async () => {
  const told: string[] = [];
  const warn = (message: string): void => void told.push(message);
  const { connection } = await open({ organizationId: 5, warn });
  const taken = await connection.create(render('An {% odd %} tag.'), signal);
  expect(taken.state).toBe('live');
  expect(told).toEqual([
    expect.stringContaining('sent again with that disarmed'),
    expect.stringContaining('personal account'),
  ]);
  const seen = await showOne(connection, 'https://example.com/blog/on-ledgers');
  expect(seen).toMatchObject({ body: 'An {\u200B% odd %} tag.', echo: taken.echo });
  const member = await open({ organizationId: 5, warn }, [5]);
  await member.connection.create(render('Words.'), signal);
  expect(told).toHaveLength(2);
});

test('an article that has gone is gone, but not one of another account', async () => {
  const { connection } = await open();
  expect(await connection.retract('99', signal)).toMatchObject({ remoteId: '99', state: 'gone' });
  expect(await catchError(connection.update('99', render('Words.'), signal))).toMatchObject({
    code: 'REQUEST_REFUSED',
    status: 404,
  });
  const foreign = await startLocalServer((incoming, outgoing) => {
    outgoing.writeHead(incoming.method === 'GET' ? 200 : 404).end('{"error":"not found","status":404}');
  });
  const stranger = await connectDevto({ ...options, url: foreign.url }, { apiKey: 'key' });
  expect(await catchError(stranger.retract('99', signal))).toMatchObject({
    code: 'REQUEST_REFUSED',
    status: 404,
  });
});
