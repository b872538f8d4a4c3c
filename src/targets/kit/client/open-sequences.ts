import { z } from 'zod';
import { SendError } from '../../../base/errors.ts';
import { openHttp } from '../../../base/http/client.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import type { Json } from '../../../model/rendition.ts';
import { explainKitRefusal } from './explain-refusal.ts';
import { emailShape, sequenceShape, type Email, type Sequence } from './read-email.ts';

/** How many items a listing is asked for, which is the most Kit gives (developers.kit.com, list sequence emails, checked November 2026). */
const pageSize = 1000;

/** A listing that never ends is cut off here. */
const mostPages = 50;

const checkUrl = 'Check the url of the target.';

const paginationShape = z.object({
  pagination: z.object({ has_next_page: z.boolean(), end_cursor: z.string().nullish() }),
});

/** Opens Kit's API with a key. */
export function openKit(url: string, apiKey: string, timeoutMs?: number): Http {
  return openHttp({
    origin: url,
    headers: { 'x-kit-api-key': apiKey, accept: 'application/json' },
    secrets: [apiKey],
    timeoutMs,
  });
}

/** The fields of an email as they are sent. */
export type EmailFields = Readonly<Record<string, Json>>;

/** The sequences of one account, as Kit's API gives and takes them. Each call throws a `SendError` that says what is known. */
export interface Sequences {
  /** The sequence of a name; the oldest, where there are several. */
  find(name: string, signal: AbortSignal): Promise<Sequence | undefined>;
  make(name: string, signal: AbortSignal): Promise<Sequence>;
  /** The emails of a sequence in their order, with their content. */
  list(sequence: number, signal: AbortSignal): Promise<readonly Email[]>;
  create(sequence: number, email: EmailFields, signal: AbortSignal): Promise<Email>;
  change(sequence: number, id: number, email: EmailFields, signal: AbortSignal): Promise<Email>;
  /** Kit's own time, as its last answer told it. */
  tellTime(): string | undefined;
}

/** Opens the sequences of the account whose key it is; sends nothing yet. */
export function openSequences(url: string, apiKey: string, timeoutMs?: number): Sequences {
  const { host } = new URL(url);
  const http = openKit(url, apiKey, timeoutMs);

  async function ask(call: HttpCall, signal: AbortSignal): Promise<HttpResponse> {
    const response = await http.request(call, signal);
    if (response.status >= 200 && response.status <= 299) return response;
    throw explainKitRefusal(response, call, host, http);
  }

  function read<Shape extends z.ZodType>(
    response: HttpResponse,
    shape: Shape,
    what: string,
    sent: SendError['sent'],
  ): z.output<Shape> {
    const found = shape.safeParse(response.json());
    if (found.success) return found.data;
    throw new SendError('RESPONSE_UNUSABLE', `${host} answered ${response.status} without ${what}`, {
      remedy:
        sent === 'no' ? checkUrl : 'Run the command again: it looks for the letter before it sends anything.',
      sent,
      status: response.status,
    });
  }

  async function listAll<Item extends z.ZodType>(
    path: string,
    name: string,
    item: Item,
    signal: AbortSignal,
  ): Promise<readonly z.output<Item>[]> {
    const items: z.output<Item>[] = [];
    const shape = z.object({ [name]: z.array(item) });
    const whole = `${path}${path.includes('?') ? '&' : '?'}per_page=${pageSize}`;
    let after = '';
    for (let page = 1; page <= mostPages; page += 1) {
      const answer = await ask({ method: 'GET', path: whole + after }, signal);
      items.push(...(read(answer, shape, `a list of ${name}`, 'no')[name] ?? []));
      const { pagination } = read(answer, paginationShape, `a list of ${name}`, 'no');
      if (!pagination.has_next_page || !pagination.end_cursor) return items;
      after = `&after=${encodeURIComponent(pagination.end_cursor)}`;
    }
    const said = `${host} lists ${name} without end`;
    throw new SendError('RESPONSE_UNUSABLE', said, { remedy: checkUrl, sent: 'no' });
  }

  const emailAnswer = z.object({ email: emailShape }).transform(({ email }) => email);
  const sequenceAnswer = z.object({ sequence: sequenceShape }).transform(({ sequence }) => sequence);

  return {
    async find(name, signal) {
      const found = await listAll('/v4/sequences', 'sequences', sequenceShape, signal);
      return found.filter((one) => one.name === name).toSorted((a, b) => a.id - b.id)[0];
    },

    async make(name, signal) {
      const call: HttpCall = { method: 'POST', path: '/v4/sequences', json: { name } };
      return read(await ask(call, signal), sequenceAnswer, 'a sequence', 'unknown');
    },

    async list(sequence, signal) {
      const path = `/v4/sequences/${sequence}/emails?include_content=true`;
      const emails = await listAll(path, 'emails', emailShape, signal);
      return emails.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0));
    },

    async create(sequence, email, signal) {
      const call: HttpCall = { method: 'POST', path: `/v4/sequences/${sequence}/emails`, json: email };
      return read(await ask(call, signal), emailAnswer, 'an email', 'unknown');
    },

    async change(sequence, id, email, signal) {
      const call: HttpCall = { method: 'PUT', path: `/v4/sequences/${sequence}/emails/${id}`, json: email };
      return read(await ask(call, signal), emailAnswer, 'an email', 'unknown');
    },

    tellTime: () => http.tellTime(),
  };
}
