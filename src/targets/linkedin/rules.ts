import type { Rules } from '../../model/diagnostic.ts';

/** What is looked for in a post that goes to LinkedIn; its limits and their sources are in `limits.ts`. */
export const linkedinRules = {
  'linkedin-text-length': {
    severity: 'error',
    wrong: 'The text written for LinkedIn is longer than LinkedIn takes, escapes counted.',
    remedy: 'Shorten it by as much as the message says.',
  },
  'linkedin-description-length': {
    severity: 'warning',
    wrong: 'With the description the post is longer than LinkedIn takes, so its end is cut.',
    remedy: 'Shorten the description, or give a `text` under `syndicate` for this target.',
  },
  'linkedin-description-missing': {
    severity: 'warning',
    wrong: 'The post has no description, so LinkedIn shows how it begins or only its title.',
    remedy: 'Add a description of one or two sentences.',
  },
  'linkedin-title-length': {
    severity: 'warning',
    wrong: 'The title is longer than LinkedIn’s card shows.',
    remedy: 'Give a shorter title under `syndicate` for this target.',
  },
  'linkedin-cover-format': {
    severity: 'warning',
    wrong: 'The cover is in a format that LinkedIn does not take, so the card is shown without it.',
    remedy: 'Give a JPG, PNG or GIF, for all targets or under `syndicate` for this one.',
  },
  'linkedin-hashtag-lost': {
    severity: 'warning',
    wrong: 'A tag makes no hashtag on LinkedIn, so it is left out.',
    remedy: 'Give tags in letters and digits under `syndicate` for this target.',
  },
} satisfies Rules;

declare module '../../model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof linkedinRules, Rule> {}
}
