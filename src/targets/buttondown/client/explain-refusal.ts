import { z } from 'zod';
import { SendError } from '../../../base/errors.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import { readRetryAfter } from '../../../base/http/exchange.ts';
import { judgeStatus } from '../../../base/http/judge-failure.ts';

/** What a refusal of Buttondown's means and what to do about it. */
export function explainRefusal(response: HttpResponse, call: HttpCall, host: string, http: Http): SendError {
  const { status } = response;
  const said = http.quote(readSentence(response));
  const retryAfter = readRetryAfter(response.headers);
  if (status === 401) {
    return new SendError('CREDENTIAL_REFUSED', `${host} does not accept the API key: ${said}`, {
      remedy: 'Take the key from Buttondown’s settings, under API, and store it again.',
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
      remedy: 'Run the same again: the letter is looked for before anything is sent.',
      sent,
      status,
    });
  }
  return new SendError('REQUEST_REFUSED', `${host} refused with ${status}: ${said}`, {
    remedy: adviseOn(status, readCode(response)),
    sent,
    status,
  });
}

function adviseOn(status: number, code: string | undefined): string {
  if (status === 404) return 'Check in Buttondown that it is still there.';
  if (status === 403) return 'Check that the key may write, and what the plan of the newsletter has.';
  if (code === 'sending_requires_confirmation')
    return 'Report this as a fault of Broadside, which never asks Buttondown to send.';
  return 'Change what it names in the letter, then run the same again.';
}

const messageShape = z.object({ code: z.string().optional(), detail: z.string() });

const faultsShape = z.object({
  detail: z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() })),
});

function readCode({ text }: Pick<HttpResponse, 'text'>): string | undefined {
  return messageShape.safeParse(parse(text)).data?.code;
}

/** Buttondown's sentence in the JSON it answers refusals with, or its list of faults, else its text. */
function readSentence({ text }: HttpResponse): string {
  const told = parse(text);
  const message = messageShape.safeParse(told).data;
  if (message !== undefined) return message.detail;
  const faults = faultsShape.safeParse(told).data;
  if (faults !== undefined) {
    return faults.detail
      .map(({ loc, msg }) => `${loc.slice(2).join('.') || 'the request'}: ${msg}`)
      .join('; ');
  }
  return text.includes('<') ? 'an HTML page' : text || 'nothing more';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
