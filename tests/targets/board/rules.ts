import type { Rules } from '../../../src/model/diagnostic.ts';

/** What is looked for in a post that goes to the board. */
export const boardRules = {
  'board-title-length': {
    severity: 'error',
    wrong: 'The title is longer than a notice takes.',
    remedy: 'Give a shorter title under `syndicate` for this target.',
  },
} satisfies Rules;

declare module '../../../src/model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof boardRules, Rule> {}
}
