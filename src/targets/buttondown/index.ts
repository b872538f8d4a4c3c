import { digestJson } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import type { LetterTarget } from '../../model/target.ts';
import { defineLetterTarget, nameSecrets, readPolicy } from '../define.ts';
import { defaultUrl } from './limits.ts';
import type { ButtondownRendering } from './render.ts';
import { buttondownRules } from './rules.ts';

const secretRoles = [{ role: 'apiKey', variable: 'BUTTONDOWN_API_KEY', required: true }];

const loadRender = once(() => import('./render.ts'));

/** Letters on Buttondown: each an email that a person sends, or those of a sequence as one automation. */
export const buttondown = defineLetterTarget({
  kind: 'buttondown',
  summary: 'A letter on Buttondown: a draft or scheduled email, or a step of a sequence’s automation.',
  rules: buttondownRules,
  secrets: secretRoles,
  options: async () => (await import('./options.ts')).buttondownOptions,
  create(name, options): LetterTarget {
    const { url, scheduled, fields } = options;
    const sequence =
      options.sequence === undefined
        ? undefined
        : { source: options.sequence, automation: options.automation ?? options.sequence };
    const rendering: ButtondownRendering = {
      name,
      fields,
      digestOptions: (site) => digestJson({ fields: fields.toSorted(), site: site.title }),
    };
    return {
      name,
      kind: 'buttondown',
      granularity: 'letter',
      by: 'program',
      fixed: [],
      policy: readPolicy(options),
      digestOptions: rendering.digestOptions,
      capabilities: { observe: true, update: 'freely', pace: { writes: { count: 60, ms: 30_000 } } },
      url,
      secrets: nameSecrets(url, defaultUrl, secretRoles, options.secrets),
      extension: 'html',
      ...(sequence && { sequence: sequence.source }),
      async render(letter, content, site) {
        const { renderForButtondown } = await loadRender();
        return renderForButtondown(letter, content, site, rendering);
      },
      async preview({ rendition }, letter) {
        const { previewOnButtondown } = await import('./preview.ts');
        return previewOnButtondown(rendition, letter);
      },
      async connect(secrets, warn) {
        const { connectButtondown } = await import('./client/connect.ts');
        return connectButtondown({ url, sequence, scheduled, warn }, secrets);
      },
      async diagnose(secrets, { signal }) {
        const { diagnoseButtondown } = await import('./client/diagnose.ts');
        return diagnoseButtondown({ url, sequence }, secrets, signal);
      },
    };
  },
});
