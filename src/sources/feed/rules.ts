import type { Rules } from '../../model/diagnostic.ts';

/** What is looked for in the items of a feed that is a source or is imported. */
export const feedSourceRules = {
  'feed-original': {
    severity: 'warning',
    wrong:
      'The item is a copy that does not name its original, so its own address counts as that of the original.',
    remedy: 'Let its text end with "Originally published at" and a link to the original, if there is one.',
  },
  'feed-item': {
    severity: 'error',
    wrong: 'An item is not well-formed XML, so it cannot be read.',
    remedy: 'Correct the feed, or copy the post from its page.',
  },
  'feed-encoding': {
    severity: 'warning',
    wrong: 'The feed’s bytes are not in the encoding that it, or its server, declares.',
    remedy: 'Declare the encoding that the feed is written in, preferably UTF-8.',
  },
  'feed-title': {
    severity: 'either',
    wrong: 'The item has no title.',
    remedy: 'Give it one in the feed, or in the imported file.',
  },
  'feed-date': {
    severity: 'either',
    wrong: 'The item has no date, or one that does not exist.',
    remedy: 'Correct the date in the feed, or in the imported file.',
  },
  'feed-link': {
    severity: 'error',
    wrong: 'The item has no address.',
    remedy: 'Give it a link in the feed.',
  },
  'feed-duplicate': {
    severity: 'either',
    wrong:
      'Two items of the feed would become the same post, or one item appears twice with different content.',
    remedy: 'Give each item its own address and title.',
  },
  'feed-content': {
    severity: 'warning',
    wrong: 'Something in the item’s HTML cannot be carried over to markdown.',
    remedy: 'Look at the place on the item’s page, and write it anew.',
  },
  'feed-body': {
    severity: 'either',
    wrong: 'The item has no text, only the start of one, or one nested too deeply to be read.',
    remedy: 'Copy the text from the item’s page.',
  },
} satisfies Rules;

/** What `audit` looks for in a feed of copies. */
export const auditRules = {
  'audit-no-original': {
    severity: 'error',
    wrong: 'A copy does not name its original, so search engines take it for the original.',
    remedy: 'Set its canonical URL to the address of the original.',
  },
  'audit-series-only': {
    severity: 'error',
    wrong:
      'A copy links to its series but does not name its original, so search engines take it for the original.',
    remedy: 'Set its canonical URL to the address of the original.',
  },
  'audit-wrong-original': {
    severity: 'error',
    wrong: 'A copy names an original that is not at the address of the post it repeats.',
    remedy: 'Set its canonical URL to the address of the post.',
  },
  'audit-unknown': {
    severity: 'warning',
    wrong: 'A copy names an original that is the address of no post.',
    remedy: 'Correct its canonical URL, or give the post that `canonical_url`.',
  },
  'audit-tags': {
    severity: 'warning',
    wrong: 'A copy has no tags, so nobody who follows a tag will see it.',
    remedy: 'Add tags to it.',
  },
  'audit-series': {
    severity: 'warning',
    wrong: 'A copy of a part of a series links to no other part of it.',
    remedy: 'Add the series to it, or links to the other parts.',
  },
  'audit-title': {
    severity: 'warning',
    wrong: 'A copy has another title than its post.',
    remedy: 'Give both the same title, or the copy its own under `syndicate` in the post.',
  },
  'audit-date': {
    severity: 'warning',
    wrong: 'A copy is dated a day or more before or after its post.',
    remedy: 'Correct the date, or leave it if the copy was meant to go out later.',
  },
  'audit-twice': {
    severity: 'warning',
    wrong: 'A post has two copies.',
    remedy: 'Take one of the two down.',
  },
  'audit-missing': {
    severity: 'warning',
    wrong: 'A post that is out has no copy in the feed.',
    remedy: 'Publish it by name, or leave it with `syndicate: false`.',
  },
} satisfies Rules;

/** What is looked for when a feed or an export is imported, beside what is looked for in its items. */
export const importRules = {
  'import-file': {
    severity: 'error',
    wrong: 'The post’s file could not be written.',
    remedy: 'Make the folder writable, and import again.',
  },
  'import-exists': {
    severity: 'warning',
    wrong: 'The post’s file exists and differs from the feed in what is named; it was kept.',
    remedy: 'Copy what you want by hand, or use --force to overwrite the file.',
  },
  'import-name': {
    severity: 'warning',
    wrong: 'An older item has the same name, so this one got a number.',
    remedy: 'Rename the file if the number should not be in its address.',
  },
  'import-image': {
    severity: 'warning',
    wrong: 'A picture could not be saved beside the post, so the post still shows it from where it was.',
    remedy: 'Import again when the picture can be reached, or save it by hand.',
  },
  'import-withheld': {
    severity: 'warning',
    wrong: 'The export holds the post, but not everybody may read it, so it comes as a draft.',
    remedy: 'Take out `draft: true` if everybody may read it.',
  },
  'import-left-out': {
    severity: 'warning',
    wrong: 'The export holds things that are no posts, such as pages and comments, which were left out.',
    remedy: 'Copy by hand what you want of them.',
  },
  'import-site': {
    severity: 'warning',
    wrong: 'The export does not say where the blog is, so the posts have no `canonical_url`.',
    remedy: 'Import again with `--site` and the address of the blog.',
  },
  'import-tags': {
    severity: 'warning',
    wrong: 'The item has no tags.',
    remedy: 'Add tags if the targets should show any.',
  },
} satisfies Rules;

declare module '../../model/diagnostic.ts' {
  interface Catalogue
    extends
      Record<keyof typeof feedSourceRules, Rule>,
      Record<keyof typeof auditRules, Rule>,
      Record<keyof typeof importRules, Rule> {}
}
