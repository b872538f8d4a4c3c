import type { ExportKind } from '../define.ts';

/** Substack's export: a table of all posts, `posts.csv`, and the text of each as HTML in a file beside it. Checked December 2026. */
export const substack: ExportKind = {
  platform: 'Substack',
  claims: ({ head }) => /^"?post_id"?,"?post_date"?,/.test(head),
  read: async (files) => (await import('./read-substack.ts')).readSubstack(files),
};
