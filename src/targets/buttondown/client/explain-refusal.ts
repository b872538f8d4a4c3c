import { z } from 'zod';
import type { SendError } from '../../../base/errors.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import { explainRefusal, readSentence } from '../../../base/http/explain-refusal.ts';

const messageShape = z.object({ code: z.string().optional(), detail: z.string() });

const faultsShape = z.object({
  detail: z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() })),
});

/** What a refusal of Buttondown's means and what to do about it. */
export function explainButtondownRefusal(
  response: HttpResponse,
  call: HttpCall,
  host: string,
  http: Http,
): SendError {
  let code: string | undefined;
  const said = http.quote(
    readSentence(response, (told) => {
      const message = messageShape.safeParse(told).data;
      code = message?.code;
      return message?.detail ?? listFaults(told);
    }),
  );
  return explainRefusal(response, call, {
    who: host,
    said,
    credential: { name: 'the API key', fault: said },
    remedies: {
      credential: 'Take the key from Buttondown’s settings, under API, and store it again.',
      limit: 'Run the command again later.',
      failure: 'Run the command again: it looks for the letter before it sends anything.',
      refusal: adviseOn(response.status, code),
    },
  });
}

function listFaults(told: unknown): string | undefined {
  return faultsShape
    .safeParse(told)
    .data?.detail.map(({ loc, msg }) => `${loc.slice(2).join('.') || 'the request'}: ${msg}`)
    .join('; ');
}

function adviseOn(status: number, code: string | undefined): string {
  if (status === 404) return 'Check in Buttondown that it is still there.';
  if (status === 403) return 'Check that the key may write, and what the plan of the newsletter has.';
  if (code === 'sending_requires_confirmation')
    return 'Report this as a fault of Broadside, which never asks Buttondown to send.';
  return 'Change what it names in the letter, then run the command again.';
}
