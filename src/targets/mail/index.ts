import { digestJson } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import type { LetterTarget } from '../../model/target.ts';
import { defineLetterTarget, readPolicy } from '../define.ts';
import type { MailRendering } from './render.ts';

const loadRender = once(() => import('./render.ts'));

/** Letters as files that mail programs open and providers import: no account. */
export const mail = defineLetterTarget({
  kind: 'mail',
  summary: 'Letters as .eml files, with a list of each sequence; needs no account.',
  rules: {},
  secrets: [],
  options: async () => (await import('./options.ts')).mailOptions,
  letterStarter: async () => (await import('./starter.ts')).mailStarter,
  create(name, given, around): LetterTarget {
    const root = around?.root ?? '.';
    const { path, sequence, from, unsubscribe, merge_tags } = given;
    const rendering: MailRendering = {
      name,
      from,
      unsubscribe,
      mergeTags: merge_tags,
      digestOptions: ({ url, title }) =>
        digestJson({
          from: from ?? null,
          unsubscribe: unsubscribe ?? null,
          merge_tags,
          site: [url, title],
          sequence: sequence ?? null,
        }),
    };
    const place = { target: name, sequence, root, path };
    return {
      name,
      kind: 'mail',
      granularity: 'letter',
      by: 'program',
      fixed: [],
      policy: readPolicy(given),
      ...(sequence !== undefined && { sequence }),
      digestOptions: rendering.digestOptions,
      capabilities: { observe: true, update: 'freely', pace: { writes: { count: 1000, ms: 1000 } } },
      url: '',
      secrets: [],
      extension: 'html',
      async render(letter, content, site) {
        const { renderForMail } = await loadRender();
        return renderForMail(letter, content, site, rendering);
      },
      async preview({ rendition }, letter) {
        const { previewMail } = await import('./preview.ts');
        return previewMail(rendition, letter);
      },
      async connect() {
        const { connectFolder } = await import('./client/connect.ts');
        return connectFolder(place);
      },
      async diagnose() {
        const { diagnoseFolder } = await import('./client/diagnose.ts');
        return diagnoseFolder(place, { unsubscribe });
      },
    };
  },
});
