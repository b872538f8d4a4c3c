import type { Rules } from '../model/diagnostic.ts';

/** What is looked for in every post, wherever it goes. */
export const postRules: Rules = {
  'post-empty': {
    severity: 'error',
    wrong: 'The file is empty.',
    remedy: 'Write the post, or delete the file.',
  },
  'post-unreadable': {
    severity: 'error',
    wrong: 'The file cannot be read, or has gone since it was listed.',
    remedy: 'Make it a file that this user may read, or put it back.',
  },
  'post-encoding': {
    severity: 'error',
    wrong: 'The file is not UTF-8, so letters would come out wrong.',
    remedy: 'Save it as UTF-8.',
  },
  'post-too-large': {
    severity: 'error',
    wrong: 'The file is larger than the 2 MB that a post may have.',
    remedy: 'Make it a series, or move large data out of it.',
  },
  'post-too-deep': {
    severity: 'error',
    wrong: 'Lists or quotes are nested too deeply to be rendered.',
    remedy: 'Make them shallower.',
  },
  'post-front-matter-missing': {
    severity: 'either',
    wrong: 'The file has no front matter on its first line, so the post lacks a title or a date.',
    remedy: 'Start the file with front matter, or its name with "_" if it is no post.',
  },
  'post-front-matter-unclosed': {
    severity: 'error',
    wrong: 'The front matter is opened and never closed.',
    remedy: 'Add the closing line after its last field.',
  },
  'post-front-matter-invalid': {
    severity: 'error',
    wrong: 'The front matter is not valid YAML or TOML.',
    remedy: 'Correct the line; a value with ": " in it needs quotes.',
  },
  'post-front-matter-executable': {
    severity: 'error',
    wrong: 'The front matter is a program, which is never run.',
    remedy: 'Write YAML between lines of "---", or TOML between lines of "+++".',
  },
  'post-front-matter-unsupported': {
    severity: 'error',
    wrong: 'The opening fence of the front matter names a language.',
    remedy: 'Write YAML between lines of "---", or TOML between lines of "+++".',
  },
  'post-field-invalid': {
    severity: 'either',
    wrong: 'A field holds something that it cannot be; as a warning, the field is left out.',
    remedy: 'Write what the message asks for.',
  },
  'post-field-conflict': {
    severity: 'warning',
    wrong: 'Two fields that mean the same say different things; the message names the one that is taken.',
    remedy: 'Keep one of the two, or make both say the same.',
  },
  'post-field-near-miss': {
    severity: 'warning',
    wrong: 'A field is not read, and its name is a letter away from one that is.',
    remedy: 'Write the name that is meant.',
  },
  'post-title-missing': {
    severity: 'either',
    wrong: 'The post has no title, and no single top heading to take one from.',
    remedy: 'Add a `title`.',
  },
  'post-date-missing': {
    severity: 'either',
    wrong: 'The post has no date, so it is never published.',
    remedy: 'Add a `date`, or start the file’s name with one.',
  },
  'post-date-invalid': {
    severity: 'either',
    wrong: 'A date does not exist or cannot be read.',
    remedy: 'Write it as in 2026-11-21 or 2026-11-21T08:30:00Z.',
  },
  'post-slug-invalid': {
    severity: 'error',
    wrong: 'The slug cannot be part of an address.',
    remedy: 'Use letters, digits and hyphens.',
  },
  'post-id-invalid': {
    severity: 'error',
    wrong: 'The id cannot be a key of the ledger.',
    remedy: 'Use letters, digits and hyphens.',
  },
  'post-id-duplicate': {
    severity: 'error',
    wrong: 'Two posts have one id, so their copies could not be told apart.',
    remedy: 'Give the newer post an `id` of its own.',
  },
  'post-canonical-invalid': {
    severity: 'error',
    wrong: 'The canonical URL is no address.',
    remedy: 'Write the whole address, as in https://example.com/my-post.',
  },
  'post-canonical-ignored': {
    severity: 'warning',
    wrong:
      'A `permalink`, `path` or `url` is not a page’s path on this site, so it is not taken as the canonical URL.',
    remedy: 'Give the address as `canonical_url`, unless the source’s template already makes it.',
  },
  'post-canonical-duplicate': {
    severity: 'error',
    wrong: 'Two posts have one canonical URL, so readers would be led to the wrong one.',
    remedy: 'Give each post its own address.',
  },
  'post-cover-invalid': {
    severity: 'warning',
    wrong: 'The cover is no address that readers can load; it is left out.',
    remedy: 'Give an http or https address, or a path on the site.',
  },
  'post-series-invalid': {
    severity: 'error',
    wrong: 'The series or the part cannot be read.',
    remedy: 'Write the name, or as in {name: Walks, part: 2}.',
  },
  'post-series-missing': {
    severity: 'warning',
    wrong: 'The post has a part number and no series.',
    remedy: 'Name the series in `series`.',
  },
  'post-series-mixed': {
    severity: 'error',
    wrong: 'Some parts of a series are numbered and others are not, so the parts have no order.',
    remedy: 'Number every part, or none, to order them by date.',
  },
  'post-series-part-duplicate': {
    severity: 'warning',
    wrong: 'Two parts of a series have one number; they are shown by date.',
    remedy: 'Give each part its own number; groups share one row of numbers.',
  },
  'post-series-gap': {
    severity: 'warning',
    wrong: 'A number is left out between two parts of a series, or before its first. Drafts count as there.',
    remedy: 'Number the parts without a gap, or write what is missing, as a draft at first.',
  },
  'post-series-order': {
    severity: 'warning',
    wrong: 'A part is due before an earlier one; its copies wait until those of that one are out.',
    remedy: 'Order the dates as the parts are ordered.',
  },
  'post-series-hub-part': {
    severity: 'warning',
    wrong: 'A hub has a part number or a group, which are of no account.',
    remedy: 'Leave out `part` and `group`, or `hub: true`.',
  },
  'post-series-hub-empty': {
    severity: 'warning',
    wrong: 'No post is a part of the series that a hub names, so its map shows nothing.',
    remedy: 'Write the name of the series in the hub as its parts write it.',
  },
  'post-series-hub-duplicate': {
    severity: 'warning',
    wrong: 'A series has two hubs; both show its map, and the parts lead to the one with the earlier date.',
    remedy: 'Leave `hub: true` in one post.',
  },
  'post-syndicate-invalid': {
    severity: 'error',
    wrong: 'Something under `syndicate` cannot be taken, so the copy would not be what was meant.',
    remedy: 'Write false, or each target by name with true, false or overrides.',
  },
  'post-syndicate-unnamed': {
    severity: 'warning',
    wrong: '`syndicate: true` names no target, so it changes nothing.',
    remedy: 'Name each target.',
  },
  'post-syndicate-unknown': {
    severity: 'warning',
    wrong: '`syndicate` names a target that the config does not have.',
    remedy: 'Write the name as the config has it.',
  },
  'post-merge-tag': {
    severity: 'warning',
    wrong: 'A mail program’s merge tag, such as a first name, would be shown as it stands.',
    remedy: 'Write what is meant, or put it in a code span if it is the subject.',
  },
  'post-body-empty': {
    severity: 'warning',
    wrong: 'The post has no text under its front matter.',
    remedy: 'Write it, or mark it `draft: true`.',
  },
  'post-silence-invalid': {
    severity: 'warning',
    wrong: '`silence` is not a map of rules to reasons, so nothing is silenced by it.',
    remedy: 'Write each rule with your reason, as in silence: { post-merge-tag: the post is about them }.',
  },
  'post-silence-unknown': {
    severity: 'warning',
    wrong: '`silence` names a rule that does not exist, or one that cannot be silenced.',
    remedy: 'Write the rule’s id as it is reported, or mend what it reports.',
  },
};
