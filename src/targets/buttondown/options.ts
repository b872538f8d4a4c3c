import { z } from 'zod';
import { accountOptions, mergeFields, secretVariable, targetUrl } from '../options.ts';
import { defaultUrl, nameLimit } from './limits.ts';

/** What the config may say of a Buttondown target. */
export const buttondownOptions = z.strictObject({
  kind: z.literal('buttondown'),
  url: targetUrl
    .default(defaultUrl)
    .describe('The address of Buttondown’s API, or that of a stand-in on loopback.'),
  sequence: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The name of the source whose letters are one automation; without it, letters by themselves, and posts that ask for it, are emails.',
    ),
  automation: z
    .string()
    .min(1)
    .max(nameLimit)
    .optional()
    .describe(
      'What the automation is called in Buttondown; the source’s name by default. It is made there if it is missing.',
    ),
  scheduled: z
    .boolean()
    .default(false)
    .describe(
      'Whether an email with a date ahead is scheduled for it; else it is a draft, which a person sends in Buttondown.',
    ),
  fields: mergeFields,
  ...accountOptions({ apiKey: secretVariable('BUTTONDOWN_API_KEY').describe('Holds the API key.') }),
});
