import { digestJson } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import type { LetterTarget } from '../../model/target.ts';
import { defineLetterTarget, nameSecrets, readPolicy } from '../define.ts';
import { defaultUrl } from './limits.ts';
import type { KitRendering } from './render.ts';
import { kitRules } from './rules.ts';

const secretRoles = [{ role: 'apiKey', variable: 'KIT_API_KEY', required: true }];

const loadRender = once(() => import('./render.ts'));

/** A sequence of letters that Kit mails. */
export const kit = defineLetterTarget({
  kind: 'kit',
  summary: 'A sequence of letters in Kit, each at its place and with its delay.',
  rules: kitRules,
  secrets: secretRoles,
  options: async () => (await import('./options.ts')).kitOptions,
  create(name, options): LetterTarget {
    const { url, sequence, published, fields } = options;
    const title = options.title ?? sequence;
    const rendering: KitRendering = {
      name,
      fields,
      digestOptions: (site) => digestJson({ fields: fields.toSorted(), site: site.title }),
    };
    return {
      name,
      kind: 'kit',
      granularity: 'letter',
      by: 'program',
      fixed: [],
      policy: readPolicy(options),
      digestOptions: rendering.digestOptions,
      capabilities: {
        observe: true,
        update: 'freely',
        // Two requests at most are a write, and what is asked before counts too: 120 in a minute in all.
        pace: { writes: { count: 10, ms: 15_000 } },
      },
      url,
      secrets: nameSecrets(url, defaultUrl, secretRoles, options.secrets),
      extension: 'html',
      sequence,
      async render(letter, content, site) {
        const { renderForKit } = await loadRender();
        return renderForKit(letter, content, site, rendering);
      },
      async preview({ rendition }, letter) {
        const { previewOnKit } = await import('./preview.ts');
        return previewOnKit(rendition, letter);
      },
      async connect(secrets) {
        const { connectKit } = await import('./client/connect.ts');
        return connectKit({ url, sequence: title, published }, secrets);
      },
      async diagnose(secrets, { signal }) {
        const { diagnoseKit } = await import('./client/diagnose.ts');
        return diagnoseKit({ url, sequence: title }, secrets, signal);
      },
    };
  },
});
