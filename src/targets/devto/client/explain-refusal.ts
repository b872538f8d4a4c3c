import { z } from 'zod';
import { SendError } from '../../../base/errors.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import { explainRefusal, readSentence } from '../../../base/http/explain-refusal.ts';

/** How long Forem takes no second article of a title, in seconds (forem/forem app/models/article.rb, checked November 2026). */
const sameTitlePause = 300;

const refusalShape = z.object({ error: z.string() });

/** What a refusal of Forem's means and what to do about it. */
export function explainForemRefusal(
  response: HttpResponse,
  call: HttpCall,
  url: string,
  http: Http,
): SendError {
  const { status } = response;
  const { host } = new URL(url);
  const said = http.quote(readSentence(response, (told) => refusalShape.safeParse(told).data?.error));
  if (status === 422 && /used in the last five minutes/i.test(said)) {
    return new SendError('REQUEST_REFUSED', `${host} refused with ${status}: ${said}`, {
      remedy: 'A run after that time sends it.',
      sent: 'no',
      retryAfter: sameTitlePause,
      status,
    });
  }
  return explainRefusal(response, call, {
    who: host,
    said,
    credential: { name: 'the API key', fault: said },
    remedies: {
      credential: `Make a new key at ${url}/settings/extensions, and check that the account is not suspended.`,
      limit: 'Run the command again later.',
      failure: 'Run the command again: it looks for the copy before it sends anything.',
      refusal: adviseOn(status, said),
    },
  });
}

function adviseOn(status: number, said: string): string {
  if (/already been (taken|used)/i.test(said)) {
    return 'Look at your dashboard on dev.to: such an article is there already. If it belongs to this account, it is adopted.';
  }
  if (status === 404) return 'Check that the article still exists, and belongs to the account of the key.';
  if (status === 403) return 'Check that the url of the target is that of a Forem community.';
  return 'Change what it names in the post, then run the command again.';
}
