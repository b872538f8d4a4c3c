import { z } from 'zod';
import type { HttpCall } from '../../../base/http/client.ts';
import type { Finding, Secrets } from '../../../model/target.ts';
import { tellFailure } from '../../tell-failure.ts';
import { openNewsletter } from './open-newsletter.ts';
import { automationShape, findAutomation, type Sequence } from './read-automation.ts';

/** The whole time one question may take, in milliseconds. */
const timeoutMs = 10_000;

const accountShape = z.object({ username: z.string(), email_address: z.string().nullish() });

/** Asks Buttondown whose key it is, and whether the automation of the sequence is active. */
export async function diagnoseButtondown(
  { url, sequence }: { readonly url: string; readonly sequence?: Sequence | undefined },
  secrets: Secrets,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  try {
    const newsletter = openNewsletter(url, secrets, timeoutMs);
    const call: HttpCall = { method: 'GET', path: '/v1/accounts/me' };
    const account = newsletter.read(await newsletter.ask(call, signal), call, accountShape, 'an account');
    const owner = newsletter.quote(account.username);
    const whose: Finding = { level: 'ok', what: `The API key belongs to ${owner} on ${newsletter.host}.` };
    if (sequence === undefined) return [whose];
    const automations = await newsletter.list(
      '/v1/automations',
      automationShape,
      'a list of automations',
      signal,
    );
    const automation = findAutomation(automations, sequence);
    return [whose, describeAutomation(sequence.automation, automation?.status)];
  } catch (error) {
    return [tellFailure(error)];
  }
}

function describeAutomation(name: string, status: string | undefined): Finding {
  if (status === undefined)
    return { level: 'ok', what: `There is no automation “${name}” yet; the first letter makes it.` };
  if (status === 'active') return { level: 'ok', what: `The automation “${name}” is active.` };
  return {
    level: 'warning',
    what: `The automation “${name}” is not active, so nobody is mailed.`,
    remedy: 'Look at its letters in Buttondown, and activate it there.',
  };
}
