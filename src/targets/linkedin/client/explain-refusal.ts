import { z } from 'zod';
import { SendError } from '../../../base/errors.ts';
import type { Http, HttpCall, HttpResponse } from '../../../base/http/client.ts';
import { explainRefusal } from '../../../base/http/explain-refusal.ts';

/** A refusal in any of the forms LinkedIn has for one: no field is in all of them. */
const refusalShape = z.object({
  message: z.string().catch(''),
  code: z.string().catch(''),
  serviceErrorCode: z.number().catch(0),
  errorDetails: z
    .object({
      inputErrors: z.array(z.object({ code: z.string().catch(''), description: z.string().catch('') })),
    })
    .catch({ inputErrors: [] }),
});

type Refusal = z.output<typeof refusalShape>;

function readRefusal(response: HttpResponse): Refusal {
  try {
    return refusalShape.parse(JSON.parse(response.text));
  } catch {
    return { message: '', code: '', serviceErrorCode: 0, errorDetails: { inputErrors: [] } };
  }
}

/** The post that the one sent is a duplicate of, if that is why it was refused. */
export function readDuplicate(response: HttpResponse): string | undefined {
  if (response.status !== 422 && response.status !== 409) return undefined;
  const { message, errorDetails } = readRefusal(response);
  const duplicate = errorDetails.inputErrors.some((error) => error.code === 'DUPLICATE_POST');
  if (!duplicate && !message.includes('Content is a duplicate of')) return undefined;
  return /urn:li:(?:share|ugcPost|activity):[\w-]+/.exec(message)?.[0];
}

/** What a refusal of LinkedIn's means and what to do about it. */
export function explainLinkedinRefusal(
  response: HttpResponse,
  call: HttpCall,
  options: { readonly version: string },
  http: Http,
): SendError {
  const { status } = response;
  const refusal = readRefusal(response);
  const words = refusal.message || refusal.errorDetails.inputErrors[0]?.description || refusal.code;
  const said = http.quote(words === '' ? 'no reason given' : words);
  if (status === 403) {
    return new SendError('CREDENTIAL_REFUSED', `LinkedIn does not let this token do that: ${said}`, {
      remedy:
        'Make a token with the scopes openid, profile and w_member_social, for the author of the target.',
      sent: 'no',
      status,
    });
  }
  if (status === 426 || refusal.code === 'VERSION_MISSING') {
    return new SendError(
      'REQUEST_REFUSED',
      `LinkedIn no longer answers API version ${options.version}: ${said}`,
      {
        remedy:
          'Raise `version` of the LinkedIn target in the config to a month of the last ten, written YYYYMM.',
        sent: 'no',
        status,
      },
    );
  }
  return explainRefusal(response, call, {
    who: 'LinkedIn',
    said,
    credential: { name: 'the token', fault: nameTokenFault(refusal) },
    remedies: {
      credential: 'Run `broadside auth linkedin` and store the new token; each lasts 60 days.',
      limit: 'Run the command again after midnight UTC, when LinkedIn’s daily counters begin anew.',
      failure: 'Look at your LinkedIn activity, then run `broadside resolve`.',
      refusal:
        status === 404
          ? 'Check that the post still exists.'
          : 'Change what it names, then run the command again.',
    },
    pause: readDayLimit(words),
  });
}

/** Seconds until the daily counters begin anew, at midnight UTC, where one of them is used up (LinkedIn rate limit documentation, checked November 2026). */
function readDayLimit(said: string): number | undefined {
  if (!/\bDAY limit\b/.test(said)) return undefined;
  const day = 86_400_000;
  return Math.ceil((day - (Date.now() % day)) / 1000);
}

/** LinkedIn's three ways of refusing a token, by its service error codes (seen live, checked November 2026). */
function nameTokenFault({ serviceErrorCode, code }: Refusal): string {
  if (serviceErrorCode === 65601 || code === 'REVOKED_ACCESS_TOKEN') return 'it was revoked';
  if (serviceErrorCode === 65602 || code === 'EXPIRED_ACCESS_TOKEN') return 'it has expired';
  if (serviceErrorCode === 65600 || code === 'INVALID_ACCESS_TOKEN') return 'it is not valid';
  return 'it gives no reason';
}
