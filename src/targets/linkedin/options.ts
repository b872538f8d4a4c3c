import { z } from 'zod';
import { accountOptions, optInOption, secretVariable, targetUrl } from '../options.ts';
import { defaultUrl } from './limits.ts';
import { makeHashtag } from './printer/commentary.ts';

const variableOption = secretVariable('LINKEDIN_ACCESS_TOKEN');

/** What the config may say of a LinkedIn target. */
export const linkedinOptions = z.strictObject({
  kind: z.literal('linkedin'),
  by: z
    .enum(['program', 'hand'])
    .default('program')
    .describe('Who posts: program with a token, or hand: you paste the text yourself and need no token.'),
  url: targetUrl.default(defaultUrl).describe('The API’s address, or that of a stand-in on loopback.'),
  version: z
    .string()
    .regex(/^20\d\d(0[1-9]|1[0-2])$/, 'is not a version such as "202609"')
    .default('202609')
    .describe('The API version, YYYYMM in quotes; each stops working about a year after its month.'),
  author: z
    .string()
    .regex(
      /^urn:li:(person|organization):[A-Za-z0-9_-]+$/,
      'is not a name such as "urn:li:person:abc" or "urn:li:organization:123"',
    )
    .optional()
    .describe('Who posts; by default the member whose token it is.'),
  card: z
    .boolean()
    .default(true)
    .describe('Whether the link is a card with title and cover; false puts the address in the text.'),
  link: z
    .boolean()
    .default(true)
    .describe('Without a card: whether the address stands in the text; false leaves it out.'),
  hashtags: z
    .array(z.string().refine((tag) => makeHashtag(tag) !== undefined, 'makes no hashtag'))
    .default([])
    .describe('Hashtags of your own, added where a post’s tags make fewer than three.'),
  visibility: z.enum(['PUBLIC', 'CONNECTIONS', 'LOGGED_IN']).default('PUBLIC').describe('Who sees it.'),
  opt_in: optInOption.default(true),
  ...accountOptions({
    accessToken: variableOption.describe('Holds the access token.'),
    clientId: variableOption.describe('Holds the client id, for the token’s age.'),
    clientSecret: variableOption.describe('Holds the client secret, for the token’s age.'),
  }),
});
