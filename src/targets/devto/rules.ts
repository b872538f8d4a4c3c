import type { Rules } from '../../model/diagnostic.ts';

/** What is looked for in a post that goes to dev.to; its limits and their sources are in `limits.ts`. */
export const devtoRules = {
  'devto-title-length': {
    severity: 'error',
    wrong: 'The title is longer than dev.to takes.',
    remedy: 'Give a shorter title under `syndicate` for this target.',
  },
  'devto-title-characters': {
    severity: 'warning',
    wrong: 'dev.to shows a space in the title where a certain character stands.',
    remedy: 'Give a title without it under `syndicate` for this target.',
  },
  'devto-tags-missing': {
    severity: 'warning',
    wrong: 'The post has no tags, so nobody who follows a tag on dev.to will see it.',
    remedy: 'Add one to four tags.',
  },
  'devto-tag-count': {
    severity: 'warning',
    wrong: 'A post has more tags than dev.to takes, so only the first four are shown.',
    remedy:
      'Leave it if that will do; else choose four under `syndicate`, or leave tags out by the target’s `tags` in the config.',
  },
  'devto-tag-characters': {
    severity: 'warning',
    wrong:
      'A tag has characters other than letters and digits, which dev.to does not take, so it goes by another name there.',
    remedy: 'If the tag has another name there, give that name in the target’s `tags` in the config.',
  },
  'devto-tag-length': {
    severity: 'warning',
    wrong: 'A tag is longer than dev.to takes, or has neither letters nor digits, so it is left out.',
    remedy: 'Say which tag it is on dev.to, by the target’s `tags` in the config.',
  },
  'devto-canonical-url': {
    severity: 'error',
    wrong: 'The original’s address is not on the public web, so dev.to refuses it.',
    remedy: 'Set `site.url`, or `canonical_url` in the post, to the address that readers use.',
  },
  'devto-cover-url': {
    severity: 'error',
    wrong: 'The cover has no web address, so dev.to refuses it.',
    remedy: 'Put the picture on the site and give its address.',
  },
  'devto-code-plain': {
    severity: 'warning',
    wrong:
      'dev.to has no fence that can hold this code where it stands, so it is shown without highlighting.',
    remedy: 'Leave it if that will do; else take it out of the inner list or footnote.',
  },
  'devto-diagram-size': {
    severity: 'warning',
    wrong: 'A Mermaid diagram is larger than dev.to draws, so readers there see its source.',
    remedy: 'Make two diagrams of it, or show a picture of it.',
  },
  'devto-image-data': {
    severity: 'error',
    wrong: 'A picture is a data: address, which dev.to refuses or shows as broken.',
    remedy: 'Put the picture on the site and give its address.',
  },
  'devto-html-lost': {
    severity: 'warning',
    wrong: 'dev.to does not show an element of HTML, so readers there miss what is in it.',
    remedy: 'Say the same in text, an image or a link, beside it or instead.',
  },
  'devto-direction': {
    severity: 'warning',
    wrong: 'An element has `dir="rtl"`, which dev.to takes away, so its words are shown from left to right.',
    remedy: 'Leave it if that will do: words keep their order, and signs and numbers at their ends may move.',
  },
  'devto-link-scheme': {
    severity: 'warning',
    wrong:
      'A link has a scheme such as `git:` or `vscode:`, which dev.to takes away, so only its words are shown.',
    remedy: 'Leave it if that will do; else show the address in a code span beside it.',
  },
  'devto-body-size': {
    severity: 'error',
    wrong: 'The article is larger than dev.to takes.',
    remedy: 'Split the post.',
  },
} satisfies Rules;

declare module '../../model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof devtoRules, Rule> {}
}
