import { z } from 'zod';
import { accountOptions, optInOption, secretVariable, targetUrl } from '../options.ts';
import { defaultUrl, disclosures, tagLengthLimit, tagPattern } from './limits.ts';

const tagOption = z
  .string()
  .regex(tagPattern, 'is not a tag of letters and digits alone')
  .max(tagLengthLimit, `is longer than the ${tagLengthLimit} characters a tag may have`);

/** What the config may say of a dev.to target. */
export const devtoOptions = z.strictObject({
  kind: z.literal('devto'),
  url: targetUrl.default(defaultUrl).describe('The community’s address, or that of a stand-in on loopback.'),
  published: z
    .boolean()
    .default(true)
    .describe('Whether a new article is published at once; false leaves it as a draft.'),
  ai_disclosure: z
    .enum(disclosures)
    .describe(
      'What you tell readers of AI in the writing: no_ai (written by people), some_ai (by people with AI’s help), fully_autonomous (by AI) or not_disclosed. dev.to asks; only you can answer.',
    ),
  organization_id: z
    .int()
    .positive()
    .optional()
    .describe('The organization that articles are published under; the key’s owner must be a member.'),
  links: z
    .enum(['canonical', 'native'])
    .default('canonical')
    .describe(
      'Where links between posts lead: canonical to the originals, native to their copies on this target, as far as they are live.',
    ),
  notice: z
    .boolean()
    .default(true)
    .describe('Whether an article ends with a line that leads to the original.'),
  embeds: z
    .union([z.boolean(), z.literal('all')], 'is neither true, false nor all')
    .default(true)
    .describe(
      'Whether pages that the post embeds, such as films and gists, are shown in frames where dev.to knows them; all takes addresses alone on their lines too, false makes links of them.',
    ),
  tags: z
    .record(z.string(), z.union([tagOption, z.literal(false)], 'is neither a tag nor false'))
    .default({})
    .describe(
      'Your tags that have another name there, in any letter case, such as { "machine-learning": machinelearning }; false leaves one out.',
    ),
  opt_in: optInOption.default(false),
  ...accountOptions({ apiKey: secretVariable('DEVTO_API_KEY').describe('Holds the API key.') }),
});
