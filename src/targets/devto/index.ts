import { digestJson } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import type { CopyTarget } from '../../model/target.ts';
import { defineTarget, nameSecrets, readPolicy } from '../define.ts';
import { identifyArticle } from './identify.ts';
import { defaultUrl } from './limits.ts';
import type { DevtoRendering } from './render.ts';
import { devtoRules } from './rules.ts';

const secretRoles = [{ role: 'apiKey', variable: 'DEVTO_API_KEY', required: true }];

const loadRender = once(() => import('./render.ts'));

/** Articles on dev.to, or on another community that runs Forem. */
export const devto = defineTarget({
  kind: 'devto',
  summary: 'An article on dev.to, or another Forem community, that names the original as canonical.',
  rules: devtoRules,
  secrets: secretRoles,
  options: async () => (await import('./options.ts')).devtoOptions,
  starter: async () => (await import('./starter.ts')).devtoStarter,
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
