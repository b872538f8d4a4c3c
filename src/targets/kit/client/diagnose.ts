import { z } from 'zod';
import type { Finding, Secrets } from '../../../model/target.ts';
import { tellFailure } from '../../tell-failure.ts';
import { explainKitRefusal } from './explain-refusal.ts';
import { openKit, openSequences } from './open-sequences.ts';

/** The whole time one question may take, in milliseconds. */
const timeoutMs = 10_000;

const accountShape = z.object({
  account: z.object({ name: z.string(), primary_email_address: z.string().nullish() }),
});

/** Asks Kit whose key it is and how the sequence stands; without a key, only whether it can be reached. */
export async function diagnoseKit(
  { url, sequence }: { readonly url: string; readonly sequence: string },
  secrets: Secrets,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const apiKey = secrets['apiKey']?.trim() ?? '';
  const { host } = new URL(url);
  try {
    const http = openKit(url, apiKey, timeoutMs);
    const call = { method: 'GET', path: '/v4/account' } as const;
    const response = await http.request(call, signal);
    if (apiKey === '' && response.status === 401) return [{ level: 'ok', what: `${host} answers.` }];
    if (response.status !== 200) throw explainKitRefusal(response, call, host, http);
    const found = accountShape.safeParse(response.json());
    if (!found.success) {
      const what = `${host} answered with something that is not an account.`;
      return [{ level: 'error', what, remedy: 'Check the url of the target.' }];
    }
    const { name, primary_email_address: mail } = found.data.account;
    const owner = http.quote(mail ? `${name} (${mail})` : name);
    const held = await openSequences(url, apiKey, timeoutMs).find(sequence, signal);
    return [
      { level: 'ok', what: `The API key belongs to ${owner} on ${host}.` },
      describeSequence(sequence, held && { isOff: held.active === false, readers: held.subscriber_count }),
    ];
  } catch (error) {
    return [tellFailure(error)];
  }
}

function describeSequence(
  name: string,
  held: { readonly isOff: boolean; readonly readers: number | null | undefined } | undefined,
): Finding {
  if (held === undefined)
    return { level: 'ok', what: `There is no sequence “${name}” yet; the first letter makes it.` };
  if (held.isOff) {
    const remedy = 'Activate it in Kit once its letters are there.';
    return { level: 'warning', what: `The sequence “${name}” is not active, so nobody is mailed.`, remedy };
  }
  const { readers } = held;
  const shown = typeof readers === 'number' ? `, and ${readers} readers are in it` : '';
  return { level: 'ok', what: `The sequence “${name}” is active${shown}.` };
}
