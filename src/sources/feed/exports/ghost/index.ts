import type { ExportKind } from '../define.ts';

/** Ghost's export: its database as JSON, by table (docs.ghost.org/migration/custom, checked December 2026). */
export const ghost: ExportKind = {
  platform: 'Ghost',
  claims: ({ head }) =>
    /^\s*\{\s*"(?:db"\s*:\s*\[|(?:meta|data)"\s*:\s*\{)/.test(head) &&
    /"(?:exported_on|posts|posts_tags|posts_authors)"\s*:/.test(head),
  read: async (files) => (await import('./read-ghost.ts')).readGhost(files),
};
