import { z } from 'zod';
import { accountOptions, mergeFields, secretVariable, targetUrl } from '../options.ts';
import { defaultUrl } from './limits.ts';

/** What the config may say of a Kit target. */
export const kitOptions = z.strictObject({
  kind: z.literal('kit'),
  url: targetUrl.default(defaultUrl).describe('The address of Kit’s API, or that of a stand-in on loopback.'),
  sequence: z.string().min(1).describe('The name of the source whose letters are the sequence.'),
  title: z
    .string()
    .min(1)
    .optional()
    .describe(
      'What the sequence is called in Kit; the source’s name by default. It is made there if it is missing.',
    ),
  published: z
    .boolean()
    .default(true)
    .describe(
      'Whether a new letter is published; false leaves it as a draft, which a person publishes in Kit.',
    ),
  fields: mergeFields,
  ...accountOptions({ apiKey: secretVariable('KIT_API_KEY').describe('Holds the API key, of version 4.') }),
});
