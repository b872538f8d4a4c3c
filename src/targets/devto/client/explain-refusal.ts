import { z } from 'zod';
import { SendError } from '../../../base/errors.ts';
import { readRetryAfter } from '../../../base/http/exchange.ts';
import { judgeStatus } from '../../../base/http/judge-failure.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';

/** How long Forem takes no second article of a title, in seconds (forem/forem app/models/article.rb, checked November 2026). */
const sameTitlePause = 300;

/** What a refusal means and what to do about it. */
export function explainRefusal(response: HttpResponse, call: HttpCall, url: string, http: Http): SendError {
  const { status } = response;
  const { host } = new URL(url);
  const said = http.quote(readSentence(response));
  const retryAfter = readRetryAfter(response.headers);
  if (status === 401) {
    return new SendError('CREDENTIAL_REFUSED', `${host} does not accept the API key: ${said}`, {
      remedy: `Make a new key at ${url}/settings/extensions, and check that the account is not suspended.`,
      sent: 'no',
      status,
    });
  }
  if (status === 429) {
    return new SendError('RATE_LIMITED', `${host} asks to wait: ${said}`, {
      remedy: 'Run the same again later.',
      sent: 'no',
      status,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }
  const sent = judgeStatus(call.method, status);
  if (status < 400 || status > 499 || sent === 'unknown') {
    return new SendError('REQUEST_FAILED', `${host} failed with ${status}: ${said}`, {
      remedy: 'Run the same again: the copy is looked for before anything is sent.',
      sent,
      status,
    });
  }
  if (/used in the last five minutes/i.test(said)) {
    return new SendError('REQUEST_REFUSED', `${host} refused with ${status}: ${said}`, {
      remedy: 'A run after that time sends it.',
      sent: 'no',
      retryAfter: sameTitlePause,
      status,
    });
  }
  return new SendError('REQUEST_REFUSED', `${host} refused with ${status}: ${said}`, {
    remedy: adviseOn(status, said),
    sent,
    status,
  });
}

function adviseOn(status: number, said: string): string {
  if (/already been (taken|used)/i.test(said)) {
    return 'Look at the dashboard: such an article is there already, and is adopted if it is of this account.';
  }
  if (status === 404) return 'Check that the article still exists and is of the account the key is of.';
  if (status === 403) return 'Check that the url of the target is that of a Forem community.';
  return 'Change what it names in the post, then run the same again.';
}

/** The server's sentence in the JSON it answers refusals with, else its text. */
function readSentence(response: HttpResponse): string {
  try {
    const told = z.object({ error: z.string() }).safeParse(JSON.parse(response.text));
    if (told.success) return told.data.error;
  } catch {
    return response.text.includes('<') ? 'an HTML page' : response.text || 'nothing more';
  }
  return response.text;
}
