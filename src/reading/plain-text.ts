import { once } from '../base/once.ts';

/** Text without markup, tidied: one kind of line break, no control characters, no more than one blank line. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[\0-\x09\x0B-\x1F\x7F-\x9F\uFFFE\uFFFF\p{Cs}]/gu, '')
    .replaceAll(/(?<! ) +$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** Text without markup on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll(/\s+/g, ' ');
}

/** Shortens plain text until `print` makes at most `room` UTF-16 units of it, at a sentence's end if one is near. */
export function cutText(text: string, room: number, print = (plain: string) => plain): string {
  if (print(text).length <= room) return text;
  let end = 0;
  let tooFar = Math.min(text.length, Math.max(room, 0)) + 1;
  while (end + 1 < tooFar) {
    const middle = Math.floor((end + tooFar) / 2);
    if (print(text.slice(0, middle)).length + 1 <= room) end = middle;
    else tooFar = middle;
  }
  end = beginOf(graphemes, text, end);
  if (end === 0) return '';
  const head = text.slice(0, end + 1);
  const sentenceEnds = [...head.matchAll(/[.!?…؟۔।॥።]["'”’»)\]]*(?=\s)|[。！？｡][」』”’）｣】》〉〕]*/g)].map(
    (match) => match.index + match[0].length,
  );
  const sentenceEnd = sentenceEnds.findLast((place) => place <= end) ?? 0;
  if (sentenceEnd > end / 3) return text.slice(0, sentenceEnd);
  const cut = text.slice(0, findWordEnd(text, end));
  return `${cut.replace(/[\s,;:，、；：،؛([{“「『（《【]+$/, '') || cut}…`;
}

const words = once(() => new Intl.Segmenter('en', { granularity: 'word' }));
const graphemes = once(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));

/** How far behind a place a text is looked at to tell whether a word or a character reaches over it, in UTF-16 units. */
const furthest = 100;

/** Scripts that are written without a blank between words. */
const unspaced = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** Where the last word that ends at a place of a text or before it does so; the place itself where that is too far back. */
function findWordEnd(text: string, end: number): number {
  const blank = text.slice(0, end + 1).search(/\s\S*$/);
  if (unspaced.test(text.slice(Math.max(blank, 0), end))) {
    const word = beginOf(words, text, end);
    if (word > Math.max(blank, end / 3)) return word;
  }
  return blank > end / 3 ? blank : end;
}

/** Where the segment of a text begins that a place is in; the place itself where one begins there. */
function beginOf(segmenter: () => Intl.Segmenter, text: string, place: number): number {
  return (
    segmenter()
      .segment(text.slice(0, place + furthest))
      .containing(place)?.index ?? place
  );
}

/** The sentences of a plain text. `language` is BCP 47; English rules hold for one that is not known. */
export function splitSentences(text: string, language: string): readonly string[] {
  return cutSentences(text, language)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/**
 * The sentences of a plain text, each with the blanks after it, which some scripts have none of. A bracket or quote that opens begins the
 * next one; by Unicode's rules, which know of no side, it would end the one before. At the very end, it is one that closes, as in German.
 */
export function cutSentences(text: string, language: string): readonly string[] {
  const segments = new Intl.Segmenter(chooseLocale(language), { granularity: 'sentence' }).segment(text);
  const sentences: string[] = [];
  let opening = '';
  for (const { segment, index } of segments) {
    const whole = opening + segment;
    const isLast = index + segment.length === text.length;
    opening = isLast ? '' : (/[\p{Ps}\p{Pi}]+$/u.exec(whole)?.[0] ?? '');
    sentences.push(whole.slice(0, whole.length - opening.length));
  }
  return sentences;
}

function chooseLocale(language: string): string {
  try {
    return Intl.Segmenter.supportedLocalesOf(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Takes out what no XML 1.0 document may hold: control characters, U+FFFE, U+FFFF and lone surrogates. */
export function stripIllegalCharacters(text: string): string {
  return text.replaceAll(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/gu, '').replaceAll(/\r\n?/g, '\n');
}
