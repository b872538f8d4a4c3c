import { z } from 'zod';
import { SendError } from '../../../base/errors.ts';
import { openHttp } from '../../../base/http/client.ts';
import type { HttpCall, HttpResponse } from '../../../base/http/client.ts';
import type { Secrets } from '../../../model/target.ts';
import { demandSecret } from '../../demand-secret.ts';
import { explainButtondownRefusal } from './explain-refusal.ts';

/** A listing that never ends is cut off here. */
const mostPages = 200;

/** The way to one newsletter. Each call throws a `SendError` that says what is known. */
export interface Newsletter {
  readonly host: string;
  /** Sends one request, and returns an answer of success. `path` begins with the version. */
  ask(call: HttpCall, signal: AbortSignal): Promise<HttpResponse>;
  /** What an answer says, by its shape; `what` names it in errors. */
  read<Shape extends z.ZodType>(
    response: HttpResponse,
    call: HttpCall,
    shape: Shape,
    what: string,
  ): z.output<Shape>;
  /** All items of a listing, page by page. */
  list<Item extends z.ZodType>(
    path: string,
    item: Item,
    what: string,
    signal: AbortSignal,
  ): Promise<readonly z.output<Item>[]>;
  /** Buttondown's own time, as its last answer told it. */
  tellTime(): string | undefined;
  /** A server's own words, fit to be shown. */
  quote(text: string): string;
}

/** Opens the newsletter that a key is of. Throws `CREDENTIAL_MISSING` without one; sends nothing yet. */
export function openNewsletter(url: string, secrets: Secrets, timeoutMs?: number): Newsletter {
  const { host } = new URL(url);
  const apiKey = demandSecret(secrets, 'apiKey', {
    what: `API key for ${host}`,
    remedy: 'Take the key from Buttondown’s settings, under API, and put it into the environment.',
  });
  const http = openHttp({
    origin: url,
    headers: { authorization: `Token ${apiKey}`, accept: 'application/json' },
    secrets: [apiKey],
    timeoutMs,
  });

  async function ask(call: HttpCall, signal: AbortSignal): Promise<HttpResponse> {
    const response = await http.request(call, signal);
    if (response.status < 200 || response.status > 299)
      throw explainButtondownRefusal(response, call, host, http);
    return response;
  }

  function read<Shape extends z.ZodType>(
    response: HttpResponse,
    { method }: HttpCall,
    shape: Shape,
    what: string,
  ): z.output<Shape> {
    const found = shape.safeParse(response.json());
    if (found.success) return found.data;
    const isRead = method === 'GET';
    throw new SendError('RESPONSE_UNUSABLE', `${host} answered ${response.status} without ${what}`, {
      remedy: isRead
        ? 'Check the url of the target.'
        : 'Run the command again: it looks for the letter before it sends anything.',
      sent: isRead ? 'no' : 'unknown',
      status: response.status,
    });
  }

  return {
    host,
    ask,
    read,
    async list(path, item, what, signal) {
      const shape = z.object({ results: z.array(item), next: z.string().nullish() });
      const items: z.output<typeof item>[] = [];
      for (let page = 1; page <= mostPages; page += 1) {
        const call: HttpCall = {
          method: 'GET',
          path: `${path}${path.includes('?') ? '&' : '?'}page=${page}`,
        };
        const { results, next } = read(await ask(call, signal), call, shape, what);
        items.push(...results);
        if (!next) return items;
      }
      throw new SendError('RESPONSE_UNUSABLE', `${host} lists without end`, {
        remedy: 'Check the url of the target.',
        sent: 'no',
      });
    },
    tellTime: () => http.tellTime(),
    quote: (text) => http.quote(text),
  };
}
