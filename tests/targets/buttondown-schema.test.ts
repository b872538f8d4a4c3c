import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Rendition } from '../../src/model/rendition.ts';
import type { Reply, StandInRequest } from '../../src/rehearsal/exchange.ts';
import { startStandIn } from '../../src/rehearsal/stand-in.ts';
import { startButtondown } from '../../src/rehearsal/buttondown/start.ts';
import { connectButtondown } from '../../src/targets/buttondown/client/connect.ts';
import { diagnoseButtondown } from '../../src/targets/buttondown/client/diagnose.ts';
import { root } from '../workspace.ts';
import { catchError } from '../local-server.ts';
import { makeClock, makeFolder, makeRendition } from './connection-contract.ts';

/** The fields of Buttondown's OpenAPI document that are used, as a recording of facts. */
interface Extract {
  readonly schemas: Readonly<Record<string, z.core.JSONSchema.JSONSchema>>;
  readonly codes: Readonly<Record<string, readonly string[]>>;
  /** By method and path: the schema of the request, and that of the answer by its status; a list is a page of them. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, string | readonly string[] | null>>>>;
}

const extract = JSON.parse(
  readFileSync(new URL('tests/fixtures/schemas/buttondown.json', root), 'utf8'),
) as Extract;

/** One request with its answer. */
interface Exchanged {
  readonly operation: string;
  readonly sent: unknown;
  readonly status: number;
  readonly answered: unknown;
}

/** A server that passes everything on to a stand-in and keeps what went through. */
async function listenIn(to: string): Promise<{ readonly url: string; readonly heard: readonly Exchanged[] }> {
  const heard: Exchanged[] = [];
  const passOn = async ({ method, path, query, headers, bytes }: StandInRequest): Promise<Reply> => {
    const text = new TextDecoder().decode(bytes);
    const answer = await fetch(`${to}${path}?${query.toString()}`, {
      method,
      headers: { authorization: headers['authorization'] ?? '', 'content-type': 'application/json' },
      ...(text !== '' && { body: text }),
    });
    const body = await answer.text();
    heard.push({
      operation: `${method} ${path.replace(/\/(?:em|auto)_\w+$/, '/{id}')}`,
      sent: text === '' ? undefined : JSON.parse(text),
      status: answer.status,
      answered: body === '' ? undefined : JSON.parse(body),
    });
    return { status: answer.status, body };
  };
  const server = await startStandIn({
    behave: () => ({
      authenticate: () => undefined,
      decide: (request) => ({ show: () => passOn(request) }),
    }),
  });
  onTestFinished(() => server.close());
  return { url: server.url, heard };
}

function findFaults(name: string, value: unknown): readonly string[] {
  const schema = extract.schemas[name];
  if (schema === undefined) return [`nothing is recorded of ${name}`];
  const read = z.fromJSONSchema(schema).safeParse(value);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

/** What is wrong with one exchange, by what is recorded. */
function judge({ operation, sent, status, answered }: Exchanged): readonly string[] {
  const recorded = extract.answers[operation];
  if (recorded === undefined) return [`${operation} is not recorded`];
  const { takes } = recorded;
  const asked = typeof takes === 'string' ? findFaults(takes, sent) : sent === undefined ? [] : ['a body'];
  const told = status >= 400 ? judgeRefusal(status, answered) : judgeAnswer(recorded[status], answered);
  return [...asked, ...told].map((fault) => `${operation} ${status}: ${fault}`);
}

function judgeRefusal(status: number, answered: unknown): readonly string[] {
  return findFaults(status === 422 ? 'ValidationErrorMessage' : 'ErrorMessage', answered);
}

function judgeAnswer(
  name: string | readonly string[] | null | undefined,
  answered: unknown,
): readonly string[] {
  if (name === undefined) return ['the status is not recorded'];
  if (name === null) return answered === undefined ? [] : ['it has a body'];
  if (typeof name === 'string') return findFaults(name, answered);
  const page = z.object({ results: z.array(z.unknown()), count: z.int(), next: z.string().nullable() });
  return page.parse(answered).results.flatMap((one) => findFaults(name[0] ?? '', one));
}

const { signal } = new AbortController();
const sequence = { source: 'welcome', automation: 'Welcome' };

function letterOn(day: number, fields: Rendition['fields'] = {}): Rendition {
  return makeRendition({
    postId: `welcome-${day}`,
    fields: { subject: `Day ${day}`, delay_value: day, delay_unit: 'days', ...fields },
  });
}

test('every request, and every answer of the stand-in, is as Buttondown’s own document has it', async () => {
  const folder = await makeFolder();
  const standIn = await startButtondown({ folder, apiKey: 'key', now: makeClock(), pageSize: 1 });
  onTestFinished(() => standIn.close());
  const { url, heard } = await listenIn(standIn.url);
  const secrets = { apiKey: 'key' };
  const emails = await connectButtondown({ url, scheduled: true }, secrets);
  const letters = await connectButtondown({ url, scheduled: false, sequence }, secrets);
  const email = makeRendition({
    fields: {
      subject: 'On ledgers',
      slug: 'on-ledgers',
      description: 'x',
      publish_date: '2099-01-01T08:00:00Z',
    },
  });
  for (const [connection, rendition] of [
    [emails, email],
    [emails, { ...email, postId: 'other', fields: { subject: 'Other', slug: 'other' } }],
    [letters, letterOn(0)],
    [letters, letterOn(2)],
  ] as const) {
    const { remoteId } = await connection.create(rendition, signal);
    const { postId, canonicalUrl } = rendition;
    const sought = { postId, canonicalUrl, rendition };
    expect(await connection.observe([sought, { ...sought, remoteId }], signal)).toMatchObject([
      { seen: 'present', remoteId },
      { seen: 'present', remoteId },
    ]);
    await connection.update(remoteId, { ...rendition, body: 'Other words.' }, signal);
    await connection.retract(remoteId, signal);
    await connection.create(rendition, signal);
  }
  await catchError(emails.create({ ...email, fields: { ...email.fields, slug: 'not a slug' } }, signal));
  await diagnoseButtondown({ url, sequence }, secrets, signal);
  const wrong = await connectButtondown({ url, scheduled: false }, { apiKey: 'wrong' });
  await catchError(wrong.observe([{ postId: 'p', canonicalUrl: '' }], signal));

  expect(new Set(heard.map(({ operation }) => operation))).toEqual(new Set(Object.keys(extract.answers)));
  const isOdd = ({ sent }: Exchanged): boolean => JSON.stringify(sent ?? '').includes('not a slug');
  expect(heard.filter((one) => !isOdd(one)).flatMap(judge)).toEqual([]);
  expect(heard.filter(isOdd).flatMap(judge)).toEqual([expect.stringContaining('POST /v1/emails 422: slug')]);
});

test('no request has Buttondown send anything', async () => {
  const folder = await makeFolder();
  const standIn = await startButtondown({ folder, apiKey: 'key', now: makeClock() });
  onTestFinished(() => standIn.close());
  const { url, heard } = await listenIn(standIn.url);
  for (const scheduled of [true, false]) {
    const connection = await connectButtondown({ url, scheduled }, { apiKey: 'key' });
    for (const date of [null, '2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z']) {
      const slug = `at-${scheduled}-${String(date).slice(0, 4)}`;
      const fields = { subject: slug, slug, publish_date: date };
      const { remoteId } = await connection.create(
        makeRendition({ postId: slug, body: slug, fields }),
        signal,
      );
      await connection.update(remoteId, makeRendition({ postId: slug, body: 'New words.', fields }), signal);
    }
  }
  const posted = heard.filter(({ operation }) => operation === 'POST /v1/emails');
  expect(posted).toHaveLength(6);
  for (const { sent } of heard.filter(({ operation }) => /^(?:POST|PATCH) /.test(operation))) {
    const { status } = sent as { readonly status?: string };
    expect(['draft', 'scheduled', undefined]).toContain(status);
  }
  for (const { sent } of posted) expect(sent).toHaveProperty('status');
  expect(heard.filter(({ operation }) => /publish|send/.test(operation))).toEqual([]);
});
