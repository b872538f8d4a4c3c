import { z } from 'zod';
import type { Finding, Secrets } from '../../../model/target.ts';
import { tellFailure } from '../../tell-failure.ts';
import { explainForemRefusal } from './explain-refusal.ts';
import { openForem } from './open-articles.ts';

/** The whole time the question may take, in milliseconds. */
const timeoutMs = 10_000;

const userShape = z.object({ username: z.string(), name: z.string().nullish() });

/** Asks a Forem community whose key it is; without a key, only whether it can be reached. */
export async function diagnoseDevto(
  url: string,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const apiKey = secrets['apiKey']?.trim() ?? '';
  const { host } = new URL(url);
  try {
    const http = openForem(url, apiKey, timeoutMs);
    const call = { method: 'GET', path: '/api/users/me' } as const;
    const response = await http.request(call, signal);
    if (apiKey === '' && response.status === 401) return [{ level: 'ok', what: `${host} answers.` }];
    if (response.status !== 200) throw explainForemRefusal(response, call, url, http);
    const user = userShape.safeParse(response.json());
    if (!user.success) {
      const what = `${host} answered with something that is not an account.`;
      return [{ level: 'error', what, remedy: 'Check the url of the target.' }];
    }
    const { username, name } = user.data;
    const shown = http.quote(!name || name === username ? username : `${username} (${name})`);
    return [{ level: 'ok', what: `The API key belongs to ${shown} on ${host}.` }];
  } catch (error) {
    return [tellFailure(error)];
  }
}
