/** Notes that are shown under a title. */
export const titledNotes = [
  'abstract',
  'attention',
  'bug',
  'caution',
  'danger',
  'error',
  'example',
  'failure',
  'faq',
  'help',
  'hint',
  'important',
  'info',
  'note',
  'question',
  'seealso',
  'success',
  'summary',
  'tip',
  'tldr',
  'todo',
  'warning',
] as const;

/** Notes that are shown under a title only where they are given one. */
export const untitledNotes = ['admonition', 'alert', 'aside', 'callout', 'message', 'quote'] as const;

const others = [
  'details',
  'figure',
  'image',
  'embed',
  'youtube',
  'vimeo',
  'tweet',
  'code',
  'kbd',
  'link',
  'tab',
  'text',
  'unwrap',
  'drop',
] as const;

/** What a directive or a component of the author's own can stand for. */
export const meanings = [...titledNotes, ...untitledNotes, ...others] as const;

export type Meaning = (typeof meanings)[number];

/** Whether a word is one of the meanings. */
export function isMeaning(word: string): word is Meaning {
  return meanings.some((meaning) => meaning === word);
}

/** What a shortcode or a tag of the author's own can stand for. */
export const shortcodeMeanings = [
  ...meanings,
  'bluesky',
  'gist',
  'github',
  'instagram',
  'math',
  'mermaid',
] as const;

export type ShortcodeMeaning = (typeof shortcodeMeanings)[number];

/** What names stand for on the author's site, beside those that are known. */
export type ShortcodeNames = Readonly<Record<string, ShortcodeMeaning>>;
