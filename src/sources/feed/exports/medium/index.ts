import type { ExportKind } from '../define.ts';

/** Medium's export: a page of HTML for each post, draft and response, marked up as an h-entry. Checked December 2026. */
export const medium: ExportKind = {
  platform: 'Medium',
  claims: ({ path, head }) =>
    /\.html?$/i.test(path) &&
    /<article\b[^>]*\bclass="[^"]*\bh-entry\b/.test(head) &&
    /\bdata-field="(?:subtitle|description|body)"/.test(head),
  read: async (files) => (await import('./read-medium.ts')).readMedium(files),
};
