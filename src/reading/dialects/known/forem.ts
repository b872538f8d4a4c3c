import type { Family } from './family.ts';

/** What dev.to and other sites on Forem call what they show (forem/forem app/liquid_tags, checked December 2026). */
export const forem = {
  shortcodes: {
    cta: 'link',
    glitch: 'embed',
    kotlin: 'embed',
    listing: 'embed',
    podcast: 'embed',
    runkit: 'code',
  },
} as const satisfies Family;
