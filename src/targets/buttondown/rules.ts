import type { Rules } from '../../model/diagnostic.ts';

/** What is looked for in a letter that Buttondown mails; its limits and their sources are in `limits.ts`. */
export const buttondownRules = {
  'buttondown-subject-length': {
    severity: 'error',
    wrong: 'The subject is longer than Buttondown takes.',
    remedy: 'Shorten the subject.',
  },
  'buttondown-day-unknown': {
    severity: 'error',
    wrong:
      'Buttondown counts from the day on which a reader joins, and the letters before this one do not tell how long that is.',
    remedy: 'Mend the faults that are reported for the sequence and its delays.',
  },
} satisfies Rules;

declare module '../../model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof buttondownRules, Rule> {}
}
