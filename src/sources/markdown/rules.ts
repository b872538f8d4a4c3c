import type { Rules } from '../../model/diagnostic.ts';

/** What can be wrong with a folder of posts as markdown. */
export const markdownRules = {
  'post-file-twin': {
    severity: 'warning',
    wrong: 'Another file of the same name and id, with another ending, is the post, so this one is not read.',
    remedy: 'Keep one of the two, or give one an `id` of its own.',
  },
} satisfies Rules;

declare module '../../model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof markdownRules, Rule> {}
}
