import { digestJson } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import type { HandTarget } from '../../model/target.ts';
import { defineTarget, readPolicy } from '../define.ts';
import { fillImportUrl } from './import-url.ts';
import { pasteRules } from './rules.ts';
import type { PasteRendering } from './render.ts';

const loadRender = once(() => import('./render.ts'));

const extensions = { html: 'html', markdown: 'md', text: 'txt' } as const;

/** Copies that a person makes, on any place that takes pasted text or imports a page. */
export const paste = defineTarget({
  kind: 'paste',
  summary: 'A copy that you paste or import by hand, such as on Medium, Substack, Hashnode or an intranet.',
  rules: pasteRules,
  secrets: [],
  options: async () => (await import('./options.ts')).pasteOptions,
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
