import { cleanLine, cleanText, cutSentences, cutText, splitSentences } from '../../../reading/plain-text.ts';
import { spellSigns } from '../../../transform/spell-signs.ts';

/**
 * How long a LinkedIn commentary may be, in UTF-16 units of the escaped text. The Posts API names no number; its
 * error `FIELD_ARRAY_SIZE_TOO_HIGH` ("exceeded the maximum allowed (3000 characters)") does, recorded in
 * n8n-io/n8n#22899. Other accounts were let go further. LinkedIn does not document how it counts; Buffer, which posts
 * for many, found that most networks count UTF-16 units (developers.buffer.com/guides/character-limits, checked December
 * 2026), and that is also the strictest reading.
 */
export const commentaryLimit = 3000;

/** How many hashtags a commentary shows: more read as spam. */
export const hashtagLimit = 5;

/** How many hashtags a commentary should show: fewer reach few who follow them. */
export const hashtagsWanted = 3;

/** How much of a title is shown in the text, in UTF-16 units. */
const titleLimit = 400;

const blockBreak = '\n\n';

/** The longest series name and hashtag shown, in UTF-16 units, so that neither crowds out the text. */
const seriesNameLimit = 200;
const hashtagLengthLimit = 100;

/** What a commentary is made of, all of it plain text. */
export interface CommentaryParts {
  /** Shown as the first line, where no card shows it. */
  readonly title?: string;
  /** What is said; cut at the end of a sentence, else of a word, when all together is too long. */
  readonly text: string;
  /** Lines after the text, each shown whole or not at all. */
  readonly takeaways?: readonly string[];
  /** Whether `#word` in the text is a hashtag, as in text an author wrote for the place. */
  readonly hashtagsInText?: boolean;
  /** The series and the post's place in it; without a part the post is about the whole. */
  readonly series?: { readonly name: string; readonly part?: number; readonly total?: number };
  /** An address shown in the text, where no card shows it. */
  readonly link?: string;
  /** Tags as blogs write them; those that make no hashtag are left out. */
  readonly tags: readonly string[];
}

/**
 * Escapes the 15 reserved characters of LinkedIn's "little text", the backslash with them, so that all of a text is
 * shown as it is. An unescaped one makes LinkedIn cut the post there without an error. Source:
 * learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format, checked November 2026.
 */
export function escapeLittleText(text: string): string {
  return text.replaceAll(/[\\|{}@[\]()<>#*_~]/g, String.raw`\$&`);
}

/** Prints a commentary as LinkedIn takes it, never longer than `commentaryLimit`; the text gives way to the rest. */
export function printCommentary(parts: CommentaryParts): string {
  const link = parts.link === undefined ? [] : fit(printLink(parts.link), []);
  const title = parts.title === undefined ? [] : fit(printTitle(parts.title), link);
  const series = parts.series === undefined ? [] : fit(printSeries(parts.series), [...title, ...link]);
  const fixed = [...title, ...series, ...link];
  const tags = fitHashtags(parts.tags, fixed);
  const print = choosePrint(parts);
  const text = print(cutText(readText(parts), roomBeside([...fixed, ...tags]), print));
  const said = text === '' ? [] : [text];
  const takeaways = fitTakeaways(parts.takeaways ?? [], [...fixed, ...tags, ...said]);
  return [...title, ...said, ...takeaways, ...series, ...link, ...tags].join(blockBreak);
}

function fitTakeaways(lines: readonly string[], others: readonly string[]): readonly string[] {
  const printed = lines.map((line) => `• ${escapeLittleText(cleanLine(line))}`);
  while (printed.length > 0 && printed.join('\n').length > roomBeside(others)) printed.pop();
  return printed.length === 0 ? [] : [printed.join('\n')];
}

/** Where LinkedIn folds a post on a phone, in characters. Third parties' figures of 2025 and 2026; LinkedIn gives none. */
export const foldLimit = 140;

/**
 * Sets apart the sentences of a text that stand before the fold, so that they are read as the hook they are. A text whose
 * first sentence is longer stays as it is. `language` is BCP 47.
 */
export function openWithHook(text: string, language: string): string {
  const plain = cleanText(text);
  if (plain.length <= foldLimit || plain.includes('\n')) return plain;
  let end = 0;
  for (const sentence of cutSentences(plain, language)) {
    if (plain.slice(0, end + sentence.length).trimEnd().length > foldLimit) break;
    end += sentence.length;
  }
  return end === 0 ? plain : `${plain.slice(0, end).trimEnd()}${blockBreak}${plain.slice(end).trimStart()}`;
}

/** The first of several texts whose first sentence stands before the fold, else the first. `language` is BCP 47. */
export function chooseHook(texts: readonly string[], language: string): string | undefined {
  const [first] = texts;
  return (
    texts.find((text) => (splitSentences(cleanLine(text), language)[0] ?? '').length <= foldLimit) ?? first
  );
}

/** How long a commentary would be as it is sent if nothing in it gave way, in UTF-16 units. */
export function measureCommentary(parts: CommentaryParts): number {
  const text = choosePrint(parts)(readText(parts));
  const beside = printCommentary({ ...parts, text: '' });
  return [text, beside].filter((block) => block !== '').join(blockBreak).length;
}

/** The text to be said; reports differ on whether an escape in an address breaks it, so it is kept without. */
function readText({ text }: CommentaryParts): string {
  return cleanText(text).replaceAll(/https?:\/\/\S+/g, (address) =>
    address.replaceAll(/[_~]/g, encodeCharacter),
  );
}

function choosePrint({ hashtagsInText }: CommentaryParts): (text: string) => string {
  return hashtagsInText === true ? printWithHashtags : escapeLittleText;
}

/**
 * The hashtags that tags make, at most `hashtagLimit`, each once: letters and digits only, since anything else ends a
 * hashtag. Words of a tag are run together (`web-dev` is `WebDev`, `node.js` is `nodejs`).
 */
export function makeHashtags(tags: readonly string[]): readonly string[] {
  const made = new Map<string, string>();
  for (const tag of tags) {
    const hashtag = makeHashtag(tag);
    if (hashtag !== undefined && !made.has(hashtag.toLowerCase())) made.set(hashtag.toLowerCase(), hashtag);
  }
  return [...made.values()].slice(0, hashtagLimit);
}

/** The hashtag a tag makes, its signs as words (`c++` is `cpp`), or nothing: `2026` is none. */
export function makeHashtag(tag: string): string | undefined {
  const words = spellSigns(tag)
    .split(/[\s_/\p{Pd}]+/u)
    .map((word) => word.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, ''))
    .filter((word) => word !== '');
  const hashtag = words.length === 1 ? words[0] : words.map(capitalise).join('');
  if (hashtag === undefined || hashtag.length > hashtagLengthLimit) return undefined;
  return /\p{L}/u.test(hashtag) ? hashtag : undefined;
}

function roomBeside(blocks: readonly string[]): number {
  return commentaryLimit - blocks.reduce((sum, block) => sum + block.length + blockBreak.length, 0);
}

function fit(block: string, others: readonly string[]): readonly string[] {
  return block !== '' && block.length <= roomBeside(others) ? [block] : [];
}

function fitHashtags(tags: readonly string[], others: readonly string[]): readonly string[] {
  const printed = makeHashtags(tags).map(printHashtag);
  while (printed.length > 0 && printed.join(' ').length > roomBeside(others)) printed.pop();
  return printed.length === 0 ? [] : [printed.join(' ')];
}

function printHashtag(hashtag: string): string {
  return String.raw`{hashtag|\#|${hashtag}}`;
}

function printTitle(title: string): string {
  return escapeLittleText(cutText(cleanLine(title), titleLimit));
}

function printSeries({ name, part, total }: NonNullable<CommentaryParts['series']>): string {
  const whole = total === undefined ? [] : [`${total} parts`];
  const place = total === undefined ? `part ${part}` : `part ${part} of ${total}`;
  const words = [cutText(cleanLine(name), seriesNameLimit), ...(part === undefined ? whole : [place])];
  return escapeLittleText(words.join(', '));
}

function printLink(link: string): string {
  const { origin, pathname, search, hash } = new URL(link);
  const place = `${pathname}${search}`.replaceAll(/[|{}@[\]()<>*_~]/g, encodeCharacter);
  return escapeLittleText(`${origin}${place}${hash}`);
}

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Escapes a text as LinkedIn takes it; `#word` in it is a hashtag. */
export function printWithHashtags(text: string): string {
  return text.replaceAll(
    /(?<![\p{L}\p{M}\p{N}_/&])#([\p{M}\p{N}]*\p{L}[\p{L}\p{M}\p{N}]*)|[\\|{}@[\]()<>#*_~]/gu,
    (reserved: string, hashtag: string | undefined) =>
      hashtag === undefined ? `\\${reserved}` : printHashtag(hashtag),
  );
}

function capitalise(word: string): string {
  const [first = '', ...rest] = word;
  return first.toUpperCase() + rest.join('');
}
