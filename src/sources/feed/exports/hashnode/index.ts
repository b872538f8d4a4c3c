import type { ExportKind } from '../define.ts';

/** Hashnode's backup, a markdown file for each post with front matter of its own, and its export as JSON. Checked December 2026. */
export const hashnode: ExportKind = {
  platform: 'Hashnode',
  claims: ({ path, head }) =>
    /\.md$/i.test(path)
      ? /^---\r?\n(?:(?!---\s*$).*\r?\n)*?(?:cuid|datePublished|saveAsDraft):/m.test(head.slice(0, 8000))
      : /^\s*\{\s*"posts"\s*:\s*\[/.test(head) && /"(?:contentMarkdown|cuid)"\s*:/.test(head),
  read: async (files) => (await import('./read-hashnode.ts')).readHashnode(files),
};
