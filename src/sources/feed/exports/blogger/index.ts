import type { ExportKind } from '../define.ts';

/** Blogger's backup, and its part of Google Takeout: Atom that also holds drafts, pages, comments and templates. Checked December 2026. */
export const blogger: ExportKind = {
  platform: 'Blogger',
  claims: ({ head }) =>
    /schemas\.google\.com\/blogger\/(?:2018["']|2008\/kind#(?:template|settings))/.test(head),
  read: async (files) => (await import('./read-blogger.ts')).readBlogger(files),
};
