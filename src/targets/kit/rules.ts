import type { Rules } from '../../model/diagnostic.ts';

/** What is looked for in a letter that Kit mails; its limits and their sources are in `limits.ts`. */
export const kitRules = {
  'kit-delay': {
    severity: 'error',
    wrong:
      'A letter after the first has no delay, and Kit mails only the first letter of a sequence at once.',
    remedy: 'Give it a delay of at least an hour, such as `delay: 1 hour`.',
  },
} satisfies Rules;

declare module '../../model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof kitRules, Rule> {}
}
