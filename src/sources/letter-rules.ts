import type { Rules } from '../model/diagnostic.ts';

/** What is looked for in every letter, wherever it is mailed from. */
export const letterRules = {
  'letter-subject-missing': {
    severity: 'either',
    wrong: 'The letter has no subject, so mail programs would show its title, or nothing.',
    remedy: 'Add a `subject` to its front matter.',
  },
  'letter-preview-missing': {
    severity: 'warning',
    wrong: 'The letter has no preview, so mail programs show the first words of its text beside the subject.',
    remedy: 'Add a `preview` of one sentence to its front matter.',
  },
  'letter-sequence-invalid': {
    severity: 'error',
    wrong: '`sequence` is not a whole number from 1, so nobody can tell the letter’s place.',
    remedy: 'Write the letter’s place, counted from 1.',
  },
  'letter-sequence-repeated': {
    severity: 'error',
    wrong: 'Two letters of one sequence have the same place, so neither is mailed.',
    remedy: 'Give each letter a place of its own.',
  },
  'letter-sequence-gap': {
    severity: 'error',
    wrong:
      'A sequence has no letter at a place before this one, so a letter put there later could reach readers out of order.',
    remedy: 'Write the letter that is missing, or number the letters without a gap.',
  },
  'letter-sequence-order': {
    severity: 'warning',
    wrong: 'The numbers in the names of two letters’ files are in another order than their places.',
    remedy: 'See which of the two is right, and make both say the same.',
  },
  'letter-sequence-draft': {
    severity: 'warning',
    wrong: 'A draft stands before letters that are ready, which wait for it.',
    remedy: 'Finish it, or give it a place after the others.',
  },
  'letter-delay-invalid': {
    severity: 'error',
    wrong: '`delay` is no time that can be read, or `from` says neither `previous` nor `start`.',
    remedy:
      'Write it as in "7 days", "36 hours", P7D or 0, and `from: start` where it counts from the first day.',
  },
  'letter-delay-order': {
    severity: 'error',
    wrong:
      'A letter whose delay counts from the start would arrive before the one ahead of it, or nobody can tell on which day that one arrives.',
    remedy: 'Make its delay longer, move it forward in the sequence, or mend the places before it.',
  },
  'letter-delay-missing': {
    severity: 'warning',
    wrong: 'A letter after the first has no delay, so it arrives together with the one before.',
    remedy: 'Add a `delay`, or write `delay: 0` if that is meant.',
  },
  'letter-address-relative': {
    severity: 'error',
    wrong: 'A picture or link has a relative address, which means nothing in a mail.',
    remedy: 'Write the whole address, or a path from the site’s root.',
  },
  'letter-address-insecure': {
    severity: 'warning',
    wrong: 'A picture or link has an address without https, which mail programs warn of or do not load.',
    remedy: 'Write https.',
  },
  'letter-links-shortened': {
    severity: 'warning',
    wrong:
      'Many links go through one service that shortens addresses, which filters take for a sign of spam.',
    remedy: 'Write the addresses that they lead to.',
  },
} satisfies Rules;

declare module '../model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof letterRules, Rule> {}
}
