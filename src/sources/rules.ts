import type { Rules } from '../model/diagnostic.ts';

/** What is looked for in every post, wherever it goes. */
export const postRules = {
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
  'post-symlink': {
    severity: 'either',
    wrong:
      'A symbolic link leads to no visible post, picture or folder of the same source, so it is not followed. This is an error if it is named like a post.',
    remedy: 'Put what it leads to in its place.',
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
  'post-too-costly': {
    severity: 'error',
    wrong: 'Reading the body takes more time or memory than a post may.',
    remedy: 'Look for marks that are repeated thousands of times, or split the post.',
  },
  'post-front-matter-missing': {
    severity: 'either',
    wrong: 'The file has no front matter on its first line, so the post lacks a title or a date.',
    remedy: 'Start the file with front matter, or its name with "_" if it is not a post.',
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
    wrong: 'A field has a value of the wrong kind. Where this is only a warning, the field is left out.',
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
    wrong: 'Two posts have the same id, so their copies could not be told apart.',
    remedy: 'Give the newer post an `id` of its own.',
  },
  'post-canonical-invalid': {
    severity: 'error',
    wrong: 'The canonical URL is not an address.',
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
    wrong: 'Two posts have the same canonical URL, so readers would be led to the wrong one.',
    remedy: 'Give each post its own address.',
  },
  'post-address-wrong': {
    severity: 'warning',
    wrong:
      'The site has the post at another address than its canonical URL, so readers of a copy would be led nowhere.',
    remedy: 'Correct `canonical` of the source, or give the post its address under `addresses`.',
  },
  'post-cover-invalid': {
    severity: 'warning',
    wrong: 'The cover is not an address that readers can load, so it is left out.',
    remedy: 'Give an http or https address, or a path on the site.',
  },
  'post-series-invalid': {
    severity: 'error',
    wrong: 'The series or the part cannot be read.',
    remedy: 'Write the name, or as in {name: Walks, part: 2}.',
  },
  'post-series-missing': {
    severity: 'warning',
    wrong: 'The post has a part number but no series.',
    remedy: 'Name the series in `series`.',
  },
  'post-series-mixed': {
    severity: 'error',
    wrong: 'Some parts of a series are numbered and others are not, so the parts have no order.',
    remedy: 'Number every part, or none, to order them by date.',
  },
  'post-series-part-duplicate': {
    severity: 'warning',
    wrong: 'Two parts of a series have the same number. They are shown by date.',
    remedy: 'Give each part its own number; groups share one row of numbers.',
  },
  'post-series-gap': {
    severity: 'warning',
    wrong:
      'A number is left out between two parts of a series, or before its first. A draft fills its place.',
    remedy: 'Number the parts without a gap, or write what is missing, as a draft at first.',
  },
  'post-series-order': {
    severity: 'warning',
    wrong:
      'A part is due before an earlier one; its copies wait until the copies of the earlier part are out.',
    remedy: 'Order the dates as the parts are ordered.',
  },
  'post-series-hub-part': {
    severity: 'warning',
    wrong: 'A hub has a part number or a group, and neither is used.',
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
    wrong: 'Something under `syndicate` cannot be read, so the copy would not be what you meant.',
    remedy: 'Write false, or each target by name with true, false or overrides.',
  },
  'post-syndicate-unnamed': {
    severity: 'warning',
    wrong: '`syndicate: true` does not name a target, so it changes nothing.',
    remedy: 'Name each target.',
  },
  'post-syndicate-unknown': {
    severity: 'warning',
    wrong: '`syndicate` names a target that the config does not have.',
    remedy: 'Write the name as the config has it.',
  },
  'post-only-unknown': {
    severity: 'warning',
    wrong:
      'An only or except block names a place that is neither a target in the config nor a kind of target.',
    remedy: 'Write the name as the config has it.',
  },
  'post-variant-orphan': {
    severity: 'warning',
    wrong: 'A file holds the body of a post for one target, and there is no such post, so it is ignored.',
    remedy: 'Put the post beside it, or rename the file if it is a post of its own.',
  },
  'post-variant-duplicate': {
    severity: 'warning',
    wrong: 'A second file holds the body of a post for the same target, so nobody sees it.',
    remedy: 'Keep one of the two.',
  },
  'post-variant-front-matter': {
    severity: 'warning',
    wrong: 'A body for one target has front matter, which is ignored.',
    remedy: 'Move what is for that target alone to `syndicate` in the post’s own front matter.',
  },
  'post-directive-unknown': {
    severity: 'error',
    wrong: 'Only the author’s own site knows this directive, so readers elsewhere would miss it.',
    remedy:
      'Say what it stands for in `syntax.directives` of the source, write it in markdown, or put it between ":::only{original}" and ":::".',
  },
  'post-directive-unclosed': {
    severity: 'error',
    wrong: 'A directive is opened and never closed, so all that follows would be in it.',
    remedy: 'Close it with as many colons on a line of their own.',
  },
  'post-directive-unopened': {
    severity: 'error',
    wrong: 'A line of colons closes nothing, and readers would see it.',
    remedy: 'Remove it, or open the outer container with more colons than those in it.',
  },
  'post-directive-incomplete': {
    severity: 'error',
    wrong: 'A directive lacks what it needs to be shown, such as an address.',
    remedy: 'Add what the message asks for.',
  },
  'post-component-unknown': {
    severity: 'error',
    wrong: 'Only the author’s own site knows this component, so readers elsewhere would miss it.',
    remedy:
      'Say what it stands for in `syntax.components` of the source, write it in markdown, or put it between ":::only{original}" and ":::".',
  },
  'post-component-unwrapped': {
    severity: 'warning',
    wrong: 'An unknown component or shortcode only wraps text, so readers elsewhere see only the text.',
    remedy: 'Leave it if that will do; else say what it stands for in `syntax` of the source.',
  },
  'post-component-incomplete': {
    severity: 'error',
    wrong: 'A component lacks what it needs to be shown: a plain address or id.',
    remedy: 'Add what the message asks for.',
  },
  'post-expression': {
    severity: 'error',
    wrong: 'An expression of MDX would have to be run to be shown.',
    remedy: 'Write its value, or put it between ":::only{original}" and ":::".',
  },
  'post-page-awaited': {
    severity: 'warning',
    wrong:
      'Something that only the site can show will be taken from the page of the post, which is not there yet, or not as the post is now.',
    remedy: 'Nothing has to be done; copies of the post wait until its page shows it.',
  },
  'post-page-unclear': {
    severity: 'error',
    wrong: 'Something that only the site can show was not found on the page of the post, or is empty there.',
    remedy:
      'Look at the page there, say what it stands for in `syntax` of the source, or write it in markdown.',
  },
  'post-page-loss': {
    severity: 'warning',
    wrong: 'Something was taken from the page of the post, and readers of a copy will miss a part of it.',
    remedy: 'Look at the copy in `broadside render`; write it in markdown if the loss is too much.',
  },
  'post-item-short': {
    severity: 'warning',
    wrong:
      'An item of a feed cannot be shown whole, so it shows the description of the post and a link to its page.',
    remedy:
      'Write the feed once more when the page shows what is missing, or mend what is wrong in the post.',
  },
  'post-address-unknown': {
    severity: 'either',
    wrong:
      'The address of a link or a picture has a tag or an output in it that only the site can work out. This is a warning for a link, whose words are shown, and an error for a picture.',
    remedy: 'Write the address out, or set `pages` of the source.',
  },
  'post-shortcode-unknown': {
    severity: 'error',
    wrong: 'Only the author’s own site knows this shortcode, so readers elsewhere would miss it.',
    remedy: 'Say what it stands for in `syntax.shortcodes` of the source, or write it in markdown.',
  },
  'post-shortcode-unclosed': {
    severity: 'error',
    wrong: 'A shortcode is opened and never closed.',
    remedy: 'Close it.',
  },
  'post-shortcode-unopened': {
    severity: 'error',
    wrong: 'A tag closes a shortcode that was never opened.',
    remedy: 'Remove it, or open it before.',
  },
  'post-shortcode-incomplete': {
    severity: 'error',
    wrong: 'A shortcode lacks what it needs to be shown, such as an address.',
    remedy: 'Add what the message asks for.',
  },
  'post-syntax-left': {
    severity: 'warning',
    wrong:
      'Something in the text looks like what only the author’s site replaces, so readers elsewhere see what plain markdown makes of it.',
    remedy: 'Write it in markdown, or put it in a code span if it is the subject.',
  },
  'post-link-script': {
    severity: 'warning',
    wrong:
      'A link runs a script, or holds a page in its address, so readers elsewhere see its words without a link.',
    remedy: 'Link to a page that does the same, or leave it if the words will do.',
  },
  'post-math-off': {
    severity: 'warning',
    wrong: 'What stands between dollars looks like a formula, and readers would see it as it is written.',
    remedy:
      'Write `math: true` in the front matter or in `syntax` of the source, or put backslashes before the dollars.',
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
  'post-link-missing': {
    severity: 'either',
    wrong:
      'A link names the file, slug or id of a post that is not there, so readers would get to an error page.',
    remedy: 'Name the file of a post that is there, or link to the address of the page.',
    optional: true,
  },
  'post-link-draft': {
    severity: 'either',
    wrong: 'A link leads to a draft, so readers would get to an error page.',
    remedy: 'Publish that post first, or take the link out.',
    optional: true,
  },
  'post-link-scheduled': {
    severity: 'warning',
    wrong: 'A link leads to a post that comes out later, so until then readers get to an error page.',
    remedy: 'Bring that post out first, or add the link once it is out.',
  },
  'post-link-unknown': {
    severity: 'warning',
    wrong: 'A link leads to where posts are on the site, but no post has that address.',
    remedy: 'Correct the link, or silence this where there is a page that is not a post.',
  },
  'post-link-fragment': {
    severity: 'warning',
    wrong: 'A link names a heading that the post does not have, so readers get to the top of the page.',
    remedy: 'Write the name of a heading that is there, or link to the whole post.',
  },
  'post-file-renamed': {
    severity: 'either',
    wrong:
      'The built site serves a picture under another name that nothing here tells, or does not have it. This is a warning for a cover, which is left out, and where the post’s page was looked at.',
    remedy:
      'Set `pages` of the source, build the site anew, or put the picture into a folder that is served as it is, such as `public` or `static`.',
  },
  'post-file-missing': {
    severity: 'either',
    wrong:
      'A picture or file that a post names is missing. This is an error for a picture beside the post, and a warning for any other file, for covers and for paths from the site’s root.',
    remedy: 'Add the file, correct the path, or name the folder it is in as `static` of the source.',
    optional: true,
  },
} satisfies Rules;

declare module '../model/diagnostic.ts' {
  interface Catalogue extends Record<keyof typeof postRules, Rule> {}
}
