import { z } from 'zod';
import { digestJson } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import type { HandTarget } from '../../model/target.ts';
import { defineTarget, holderOptions, readPolicy } from '../define.ts';
import { fillImportUrl, importUrlOption } from './import-url.ts';
import { pasteRules } from './rules.ts';
import type { PasteRendering } from './render.ts';

const loadRender = once(() => import('./render.ts'));

const extensions = { html: 'html', markdown: 'md', text: 'txt' } as const;

/** Copies that a person makes, on any place that takes pasted text or imports a page. */
export const paste = defineTarget({
  kind: 'paste',
  summary: 'A copy that you paste or import by hand, such as on Medium, Substack, Hashnode or an intranet.',
  rules: pasteRules,
  options: z.strictObject({
    kind: z.literal('paste'),
    title: z.string().min(1).optional().describe('What you call the place, such as "Hacker News".'),
    format: z
      .enum(['html', 'markdown', 'text'])
      .default('html')
      .describe('What its editor takes: html (formatted text), markdown, or text (plain).'),
    import_url: importUrlOption
      .optional()
      .describe(
        'The page that makes a copy from an address, such as "https://medium.com/p/import". {url} and {title} in it stand for those of the post.',
      ),
    links: z
      .enum(['canonical', 'native'])
      .default('canonical')
      .describe(
        'Where links between posts lead: canonical to the originals, native to their copies on this target, as far as they are recorded.',
      ),
    notice: z.boolean().default(true).describe('Whether a copy ends with a line that leads to the original.'),
    ...holderOptions(false),
  }),
  create(name, options): HandTarget {
    const { title = name, format, import_url, links, notice } = options;
    const rendering: PasteRendering = {
      name,
      format,
      notice,
      digestOptions: (site) => digestJson({ format, links, notice: notice && site.title }),
    };
    const host = import_url === undefined ? undefined : new URL(fillImportUrl(import_url)).host;
    return {
      name,
      kind: 'paste',
      granularity: 'copy',
      by: 'hand',
      title,
      fixed: [],
      policy: readPolicy(options),
      digestOptions: rendering.digestOptions,
      showsBody: true,
      linksToCopies: links === 'native',
      ...(host !== undefined && { host }),
      extension: extensions[format],
      async render(post, content, site) {
        const { renderForPaste } = await loadRender();
        return renderForPaste(post, content, site, rendering);
      },
      async preview({ rendition }, post) {
        const { viewPaste } = await import('./preview.ts');
        return viewPaste(rendition, post, format);
      },
      ...(import_url !== undefined && {
        locateImport: ({ canonicalUrl, title: postTitle }) =>
          fillImportUrl(import_url, { url: canonicalUrl, title: postTitle }),
      }),
    };
  },
});
