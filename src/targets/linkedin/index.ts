import { z } from 'zod';
import { digestJson } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import type { CopyTarget } from '../../model/target.ts';
import { makeHashtag } from './printer/commentary.ts';
import { copyOptions, defineTarget, nameSecrets, readPolicy, secretVariable, targetUrl } from '../define.ts';
import { identifyPost } from './identify.ts';
import { dailyLimit } from './limits.ts';
import type { LinkedinRendering } from './compose.ts';
import { linkedinRules } from './rules.ts';

const defaultUrl = 'https://api.linkedin.com';

const secretRoles = [
  { role: 'accessToken', variable: 'LINKEDIN_ACCESS_TOKEN', required: true },
  { role: 'clientId', variable: 'LINKEDIN_CLIENT_ID', required: false },
  { role: 'clientSecret', variable: 'LINKEDIN_CLIENT_SECRET', required: false },
];

const variableOption = secretVariable('LINKEDIN_ACCESS_TOKEN');

const loadRender = once(() => import('./render.ts'));

/** Posts on LinkedIn: a member's or an organisation's, each with a card that leads to the original. */
export const linkedin = defineTarget({
  kind: 'linkedin',
  summary: 'A post on LinkedIn with a few sentences and a card that leads to the original.',
  rules: linkedinRules,
  options: z.strictObject({
    kind: z.literal('linkedin'),
    by: z
      .enum(['program', 'hand'])
      .default('program')
      .describe('Who posts: program with a token, or hand: you paste the text yourself and need no token.'),
    url: targetUrl.default(defaultUrl).describe('The API’s address; a stand-in’s on loopback.'),
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
    ...copyOptions(true, {
      accessToken: variableOption.describe('Holds the access token.'),
      clientId: variableOption.describe('Holds the client id, for the token’s age.'),
      clientSecret: variableOption.describe('Holds the client secret, for the token’s age.'),
    }),
  }),
  create(name, options): CopyTarget {
    const { by, url, version, author, visibility, card, hashtags } = options;
    const secrets = nameSecrets(url, defaultUrl, secretRoles, options.secrets);
    const clientVariables = secrets
      .filter(({ required }) => !required)
      .map(({ role, variable }) => variable || `targets.${name}.secrets.${role}`);
    const link = card ? 'card' : options.link ? 'text' : 'none';
    const rendering: LinkedinRendering = {
      name,
      by,
      link,
      hashtags,
      digestOptions: () => digestJson({ link, hashtags: [...hashtags] }),
    };
    const holder = {
      name,
      kind: 'linkedin',
      granularity: 'copy',
      fixed: ['card'],
      policy: readPolicy(options),
      digestOptions: rendering.digestOptions,
      showsBody: false,
      extension: 'txt',
      async render(post, content, site) {
        const { renderForLinkedin } = await loadRender();
        return renderForLinkedin(post, content, site, rendering);
      },
      async preview(made, post, site) {
        const { previewOnLinkedin } = await import('./preview.ts');
        return previewOnLinkedin(made, post, site, by);
      },
      identify: (address) => identifyPost(address, url),
    } satisfies Partial<CopyTarget>;
    if (by === 'hand') return { ...holder, by, title: 'LinkedIn', host: 'www.linkedin.com' };
    return {
      ...holder,
      by,
      capabilities: {
        observe: false,
        update: 'named',
        pace: { writes: { count: 1, ms: 1000 }, daily: dailyLimit },
      },
      url,
      secrets,
      async connect(values, warn) {
        const { connectLinkedin } = await import('./client/connect.ts');
        return connectLinkedin(
          { url, version, visibility, warn, ...(author !== undefined && { author }) },
          values,
        );
      },
      async diagnose(values, given) {
        const { diagnoseLinkedin } = await import('./client/diagnose.ts');
        return diagnoseLinkedin({ url, version, author, clientVariables }, values, given);
      },
      async authorize(values) {
        const { authorizeLinkedin } = await import('./client/authorize.ts');
        return authorizeLinkedin({ name, url, author, clientVariables }, values);
      },
    };
  },
});
