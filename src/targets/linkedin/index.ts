import { digestJson } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import type { CopyTarget } from '../../model/target.ts';
import { defineTarget, nameSecrets, readPolicy } from '../define.ts';
import { identifyPost } from './identify.ts';
import { dailyLimit, defaultUrl } from './limits.ts';
import type { LinkedinRendering } from './compose.ts';
import { linkedinRules } from './rules.ts';

const secretRoles = [
  { role: 'accessToken', variable: 'LINKEDIN_ACCESS_TOKEN', required: true },
  { role: 'clientId', variable: 'LINKEDIN_CLIENT_ID', required: false },
  { role: 'clientSecret', variable: 'LINKEDIN_CLIENT_SECRET', required: false },
];

const loadRender = once(() => import('./render.ts'));

/** Posts on LinkedIn: a member's or an organisation's, each with a card that leads to the original. */
export const linkedin = defineTarget({
  kind: 'linkedin',
  summary: 'A post on LinkedIn with a few sentences and a card that leads to the original.',
  rules: linkedinRules,
  secrets: secretRoles,
  options: async () => (await import('./options.ts')).linkedinOptions,
  starter: async () => (await import('./starter.ts')).linkedinStarter,
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
