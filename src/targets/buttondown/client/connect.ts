import type { Connection, Secrets } from '../../../model/target.ts';
import { holdAutomation } from './hold-automation.ts';
import { holdEmails, type EmailOptions } from './hold-emails.ts';
import { openNewsletter } from './open-newsletter.ts';
import type { Sequence } from './read-automation.ts';

export interface ButtondownOptions extends Pick<EmailOptions, 'scheduled' | 'warn'> {
  /** The API's address, such as `https://api.buttondown.com`. */
  readonly url: string;
  /** The sequence whose letters are held; without one, each letter is an email by itself. */
  readonly sequence?: Sequence | undefined;
  /** The whole time one request may take, in milliseconds. */
  readonly timeoutMs?: number | undefined;
}

/** Opens a newsletter on Buttondown. Throws `CREDENTIAL_MISSING` without a key; sends nothing yet. */
export async function connectButtondown(options: ButtondownOptions, secrets: Secrets): Promise<Connection> {
  const { url, sequence, scheduled, warn } = options;
  const newsletter = openNewsletter(url, secrets, options.timeoutMs);
  return sequence === undefined
    ? holdEmails(newsletter, { scheduled, warn, now: Date.now })
    : holdAutomation(newsletter, sequence, url);
}
