import type { Rules } from '../model/diagnostic.ts';

/** What is looked for in a letter wherever it is mailed from. */
export const mailRules = {
  'mail-subject-repeated': {
    severity: 'warning',
    wrong:
      'The letter begins with a line `Subject: …`, which is left out because mail programs show the subject above it.',
    remedy: 'Delete the line.',
  },
  'mail-merge-tag-unknown': {
    severity: 'error',
    wrong: 'Nothing fills in a merge tag, so readers would see it as it stands.',
    remedy:
      'Write one that the provider has, such as `{first_name|there}`, or put it in a code span if it is the subject.',
  },
  'mail-merge-tag-fallback': {
    severity: 'warning',
    wrong: 'A merge tag has no fallback, so readers whose value is not known see a gap.',
    remedy: 'Write a fallback, as in `{first_name|there}`, or `{first_name|}` if the gap is meant.',
  },
  'mail-size': {
    severity: 'warning',
    wrong: 'The letter is so long that Gmail cuts it off and puts the rest behind a link.',
    remedy: 'Shorten it, or mail its beginning with a link to the rest.',
  },
  'mail-image-data': {
    severity: 'warning',
    wrong:
      'A picture is a `data:` address, which Gmail and Outlook do not show; readers get its description.',
    remedy: 'Put the picture on the site and give its address.',
  },
  'mail-html-lost': {
    severity: 'warning',
    wrong: 'The letter has HTML that no mail program shows, such as a script or a form.',
    remedy: 'Add a picture of it, or a sentence that links to it.',
  },
} satisfies Rules;

declare module '../model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof mailRules, Rule> {}
}
