import { z } from 'zod';
import { digestJson } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import type { CopyTarget } from '../../model/target.ts';
import { copyOptions, defineTarget, nameSecrets, readPolicy, secretVariable, targetUrl } from '../define.ts';
import { identifyArticle } from './identify.ts';
import { tagLengthLimit, tagPattern } from './limits.ts';
import type { DevtoRendering } from './render.ts';
import { devtoRules } from './rules.ts';

const defaultUrl = 'https://dev.to';

const secretRoles = [{ role: 'apiKey', variable: 'DEVTO_API_KEY', required: true }];

const tagOption = z
  .string()
  .regex(tagPattern, 'is not a tag of letters and digits alone')
  .max(tagLengthLimit, `is longer than the ${tagLengthLimit} characters a tag may have`);

const loadRender = once(() => import('./render.ts'));

/** Articles on dev.to, or on another community that runs Forem. */
export const devto = defineTarget({
  kind: 'devto',
  summary: 'An article on dev.to, or another Forem community, that names the original as canonical.',
  rules: devtoRules,
  options: z.strictObject({
    kind: z.literal('devto'),
    url: targetUrl.default(defaultUrl).describe('The community’s address; a stand-in’s on loopback.'),
    published: z
      .boolean()
      .default(true)
      .describe('Whether a new article is published at once; false leaves it as a draft.'),
    ai_disclosure: z
      .enum(['no_ai', 'some_ai', 'fully_autonomous', 'not_disclosed'])
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
    ...copyOptions(false, { apiKey: secretVariable('DEVTO_API_KEY').describe('Holds the API key.') }),
  }),
  create(name, options): CopyTarget {
    const { url, published, ai_disclosure, organization_id, links, notice, embeds, tags } = options;
    const rendering: DevtoRendering = {
      name,
      notice,
      embeds,
      tags,
      digestOptions: (site) =>
        digestJson({
          ai_disclosure,
          links,
          notice: notice && site.title,
          ...(embeds !== true && { embeds }),
          tags,
        }),
    };
    return {
      name,
      kind: 'devto',
      granularity: 'copy',
      by: 'program',
      fixed: [],
      policy: readPolicy(options),
      digestOptions: rendering.digestOptions,
      showsBody: true,
      linksToCopies: links === 'native',
      capabilities: {
        observe: true,
        update: 'freely',
        pace: { writes: { count: 1, ms: 1200 }, creates: { count: 9, ms: 30_300 } },
      },
      url,
      secrets: nameSecrets(url, defaultUrl, secretRoles, options.secrets),
      extension: 'md',
      async render(post, content, site) {
        const { renderForDevto } = await loadRender();
        return renderForDevto(post, content, site, rendering);
      },
      async preview(made, post, site) {
        const { previewOnDevto } = await import('./preview.ts');
        return previewOnDevto(made, post, site, name);
      },
      async connect(secrets, warn) {
        const { connectDevto } = await import('./client/connect.ts');
        return connectDevto(
          { url, published, aiDisclosure: ai_disclosure, organizationId: organization_id, warn },
          secrets,
        );
      },
      identify: (address) => identifyArticle(address, url),
      async diagnose(secrets, { signal }) {
        const { diagnoseDevto } = await import('./client/diagnose.ts');
        return diagnoseDevto(url, secrets, signal);
      },
    };
  },
});
