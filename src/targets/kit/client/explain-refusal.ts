import { z } from 'zod';
import { SendError } from '../../../base/errors.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import { readRetryAfter } from '../../../base/http/exchange.ts';
import { judgeStatus } from '../../../base/http/judge-failure.ts';
import { requestRate } from '../limits.ts';

/** What a refusal of Kit's means and what to do about it. */
export function explainRefusal(response: HttpResponse, call: HttpCall, host: string, http: Http): SendError {
  const { status } = response;
  const said = http.quote(readSentence(response));
  if (status === 401) {
    return new SendError('CREDENTIAL_REFUSED', `${host} does not accept the API key: ${said}`, {
      remedy: 'Make a new key of version 4 in Kit, under Settings, Developer.',
      sent: 'no',
      status,
    });
  }
  if (status === 429) {
    return new SendError('RATE_LIMITED', `${host} asks to wait: ${said}`, {
      remedy: 'Run the same again later.',
      sent: 'no',
      status,
      // Kit does not say how long: within this time every request that counts is forgotten.
      retryAfter: readRetryAfter(response.headers) ?? requestRate.seconds,
    });
  }
  const sent = judgeStatus(call.method, status);
  if (status < 400 || status > 499 || sent === 'unknown') {
    return new SendError('REQUEST_FAILED', `${host} failed with ${status}: ${said}`, {
      remedy: 'Run the same again: the letter is looked for before anything is sent.',
      sent,
      status,
    });
  }
  return new SendError('REQUEST_REFUSED', `${host} refused with ${status}: ${said}`, {
    remedy: adviseOn(status),
    sent,
    status,
  });
}

function adviseOn(status: number): string {
  if (status === 404) return 'Check in Kit that the sequence and the email are still there.';
  if (status === 403) return 'Check that the plan of the account has sequences.';
  return 'Change what it names in the letter, then run the same again.';
}

const refusalShape = z.union([
  z.object({ errors: z.array(z.string()) }).transform(({ errors }) => errors.join('; ')),
  z.object({ error: z.string() }).transform(({ error }) => error),
]);

/** Kit's sentences in the JSON it answers refusals with, else its text. */
function readSentence({ text }: HttpResponse): string {
  try {
    const told = refusalShape.safeParse(JSON.parse(text));
    return told.success ? told.data : text;
  } catch {
    return text.includes('<') ? 'an HTML page' : text || 'nothing more';
  }
}
