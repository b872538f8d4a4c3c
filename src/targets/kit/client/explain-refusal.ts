import { z } from 'zod';
import type { SendError } from '../../../base/errors.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import { explainRefusal, readSentence } from '../../../base/http/explain-refusal.ts';
import { requestRate } from '../limits.ts';

const refusalShape = z.union([
  z.object({ errors: z.array(z.string()) }).transform(({ errors }) => errors.join('; ')),
  z.object({ error: z.string() }).transform(({ error }) => error),
]);

/** What a refusal of Kit's means and what to do about it. */
export function explainKitRefusal(
  response: HttpResponse,
  call: HttpCall,
  host: string,
  http: Http,
): SendError {
  const said = http.quote(readSentence(response, (told) => refusalShape.safeParse(told).data));
  return explainRefusal(response, call, {
    who: host,
    said,
    credential: { name: 'the API key', fault: said },
    remedies: {
      credential: 'Make a new key of version 4 in Kit, under Settings, Developer.',
      limit: 'Run the command again later.',
      failure: 'Run the command again: it looks for the letter before it sends anything.',
      refusal: adviseOn(response.status),
    },
    // Kit does not say how long: within this time every request that counts is forgotten.
    pause: requestRate.seconds,
  });
}

function adviseOn(status: number): string {
  if (status === 404) return 'Check in Kit that the sequence and the email are still there.';
  if (status === 403) return 'Check that the plan of the account has sequences.';
  return 'Change what it names in the letter, then run the command again.';
}
