import type { ExportKind } from '../define.ts';

/** WordPress's "All content" (WXR): RSS 2.0 that also holds drafts, pages, pictures and menus. Checked December 2026. */
export const wordpress: ExportKind = {
  platform: 'WordPress',
  claims: ({ head }) => /<(?:[\w.-]+:)?wxr_version[\s>]/.test(head),
  read: async (files) => (await import('./read-wxr.ts')).readWxr(files),
};
