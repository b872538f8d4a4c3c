import { SendError } from '../errors.ts';
import type { HttpCall, HttpResponse } from './client.ts';
import { readRetryAfter } from './exchange.ts';
import { judgeStatus } from './judge-failure.ts';

/** The words for a platform's refusal. */
export interface RefusalWords {
  /** The platform, as messages name it. */
  readonly who: string;
  /** The platform's own words, fit to be shown. */
  readonly said: string;
  /** What opens the account, and what to say if it does not. */
  readonly credential: { readonly name: string; readonly fault: string };
  /** What to do, by what went wrong. */
  readonly remedies: Readonly<Record<'credential' | 'limit' | 'failure' | 'refusal', string>>;
  /** The seconds to wait after too many requests, where the answer names none. */
  readonly pause?: number | undefined;
}

/** What an unsuccessful answer means, as every platform means it. */
export function explainRefusal(response: HttpResponse, call: HttpCall, words: RefusalWords): SendError {
  const { status, headers } = response;
  const { who, said, credential, remedies } = words;
  if (status === 401) {
    return new SendError(
      'CREDENTIAL_REFUSED',
      `${who} does not accept ${credential.name}: ${credential.fault}`,
      { remedy: remedies.credential, sent: 'no', status },
    );
  }
  if (status === 429) {
    const retryAfter = readRetryAfter(headers) ?? words.pause;
    return new SendError('RATE_LIMITED', `${who} asks to wait: ${said}`, {
      remedy: remedies.limit,
      sent: 'no',
      status,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }
  const sent = judgeStatus(call.method, status);
  const hasFailed = status < 400 || status > 499 || sent === 'unknown';
  return hasFailed
    ? new SendError('REQUEST_FAILED', `${who} failed with ${status}: ${said}`, {
        remedy: remedies.failure,
        sent,
        status,
      })
    : new SendError('REQUEST_REFUSED', `${who} refused with ${status}: ${said}`, {
        remedy: remedies.refusal,
        sent,
        status,
      });
}

/** What a server says in the JSON that it answers refusals with, else its text. */
export function readSentence(
  { text }: Pick<HttpResponse, 'text'>,
  read: (told: unknown) => string | undefined,
): string {
  try {
    return read(JSON.parse(text)) ?? text;
  } catch {
    return text.includes('<') ? 'an HTML page' : text || 'nothing more';
  }
}
