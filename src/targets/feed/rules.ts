import type { Rules } from '../../model/diagnostic.ts';

/** What is looked for in a post that goes into a feed. */
export const feedRules = {
  'feed-cover-address': {
    severity: 'warning',
    wrong: 'The cover has no web address, so the feed leaves it out.',
    remedy: 'Give the cover as a path on the site or an https address.',
  },
  'feed-image-data': {
    severity: 'warning',
    wrong: 'A picture is a data: address, which many feed readers do not show; they get its description.',
    remedy: 'Put the picture on the site and give its address.',
  },
  'feed-html-lost': {
    severity: 'warning',
    wrong:
      'Feed readers do not show an element of HTML, so what it shows on the page is missing from the feed.',
    remedy: 'Add a picture of it, or a sentence that links to it.',
  },
  'feed-link-scheme': {
    severity: 'warning',
    wrong:
      'A link has a scheme other than those of the web, mail and telephone, which feed readers do not follow, so only its words are shown.',
    remedy: 'Leave it if that will do; else show the address in a code span beside it.',
  },
  'feed-item-size': {
    severity: 'warning',
    wrong: 'The post takes so much of the feed that readers may give up on it.',
    remedy: 'Split the post, move large data out of it, or set `content: summary` for this feed.',
  },
  'feed-size': {
    severity: 'warning',
    wrong: 'The whole feed is larger than 1 MB; readers give up on feeds of a few megabytes, or cut them.',
    remedy: 'Lower `limit` for this feed, or set `content: summary`.',
  },
} satisfies Rules;

declare module '../../model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof feedRules, Rule> {}
}
