import { z } from 'zod';
import { digestJson } from '../../../src/base/digest.ts';
import { SendError } from '../../../src/base/errors.ts';
import { openHttp } from '../../../src/base/http/client.ts';
import { readRetryAfter } from '../../../src/base/http/exchange.ts';
import { judgeStatus } from '../../../src/base/http/judge-failure.ts';
import type { Http, HttpCall, HttpResponse } from '../../../src/base/http/client.ts';
import type { Rendition } from '../../../src/model/rendition.ts';
import type { Connection, Secrets, Taken } from '../../../src/model/target.ts';
import { demandSecret } from '../../../src/targets/demand-secret.ts';

const noticeShape = z.object({
  id: z.int(),
  url: z.string(),
  title: z.string(),
  text: z.string(),
  original: z.string(),
});

type Notice = z.output<typeof noticeShape>;

/** Opens a board. Throws `CREDENTIAL_MISSING` without a key; sends nothing yet. */
export async function connectBoard(
  { url, timeoutMs }: { readonly url: string; readonly timeoutMs?: number | undefined },
  secrets: Secrets,
): Promise<Connection> {
  const key = demandSecret(secrets, 'key', {
    what: 'key for the board',
    remedy: 'Put the key into the environment.',
  });
  const headers = { authorization: `Bearer ${key}` };
  const http = openHttp({ origin: url, headers, secrets: [key], timeoutMs });

  async function ask<Shape extends z.ZodType>(
    call: HttpCall,
    shape: Shape,
    signal: AbortSignal,
  ): Promise<z.output<Shape>> {
    const response = await http.request(call, signal);
    if (response.status < 200 || response.status > 299) throw explainRefusal(response, call, http);
    const told = shape.safeParse(response.json());
    if (told.success) return told.data;
    throw new SendError('RESPONSE_UNUSABLE', 'the board answered with something that is no notice', {
      remedy: 'Check the url of the target.',
      sent: judgeStatus(call.method, 500),
    });
  }

  async function put(path: string, rendition: Rendition, signal: AbortSignal): Promise<Taken> {
    const json = { ...rendition.fields, text: rendition.body };
    return describeTaken(await ask({ method: 'PUT', path, json }, noticeShape, signal));
  }

  const connection: Connection = {
    async observe(copies, signal) {
      const notices = await ask({ method: 'GET', path: '/notices' }, z.array(noticeShape), signal);
      return copies.map(({ remoteId, canonicalUrl }) => {
        const notice = notices.find(
          ({ id, original }) => String(id) === remoteId || original === canonicalUrl,
        );
        if (notice === undefined) return { seen: 'absent' };
        return {
          seen: 'present',
          ...describeTaken(notice),
          canonicalUrl: notice.original,
          body: notice.text,
        };
      });
    },
    async create(rendition, signal) {
      const json = { ...rendition.fields, text: rendition.body };
      return describeTaken(await ask({ method: 'POST', path: '/notices', json }, noticeShape, signal));
    },
    update: (remoteId, rendition, signal) => put(`/notices/${remoteId}`, rendition, signal),
    async retract(remoteId, signal) {
      const taken = await ask({ method: 'DELETE', path: `/notices/${remoteId}` }, noticeShape, signal);
      return { ...describeTaken(taken), state: 'gone' };
    },
    restore: (_remoteId, rendition, signal) => connection.create(rendition, signal),
  };
  return connection;
}

function describeTaken({ id, url, title, text, original }: Notice): Taken {
  return { remoteId: String(id), url, state: 'live', echo: digestJson({ title, text, original }) };
}

function explainRefusal(
  { status, text, headers }: HttpResponse,
  { method }: HttpCall,
  http: Http,
): SendError {
  const sent = judgeStatus(method, status);
  const retryAfter = readRetryAfter(headers);
  const codes = { 401: 'CREDENTIAL_REFUSED', 429: 'RATE_LIMITED' } as const;
  const code =
    codes[status as keyof typeof codes] ?? (sent === 'unknown' ? 'REQUEST_FAILED' : 'REQUEST_REFUSED');
  return new SendError(code, `the board answered ${status}: ${http.quote(text)}`, {
    remedy: 'Look at the board.',
    sent,
    status,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}
