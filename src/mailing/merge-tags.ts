/**
 * How a provider writes a merge tag, such as `{first_name|there}`; undefined for one that it does not know. A fallback that is empty
 * says that nothing is to stand where a reader has no value.
 */
export type WriteMergeTag = (name: string, fallback?: string) => string | undefined;

/** A merge tag as letters write it. */
interface MergeTag {
  readonly kind: 'tag';
  readonly name: string;
  readonly fallback?: string;
  /** As the author wrote it. */
  readonly written: string;
  /** Where it begins in the text, in UTF-16 units. */
  readonly at: number;
}

/** What only one provider fills in, such as `{{ subscriber.name }}`. */
interface ForeignTag {
  readonly kind: 'foreign';
  readonly written: string;
  readonly at: number;
}

interface Words {
  readonly kind: 'words';
  readonly written: string;
}

type Piece = MergeTag | ForeignTag | Words;

const mark =
  /(?<foreign>\{\{[^{}]*\}\}|\{%[^{}%]*%\}|\*\|[A-Z][A-Z0-9_:]*\|\*)|(?<!\{)\{(?<name>[a-z]\w*)(?:\|(?<fallback>[^{}|]*))?\}(?!\})/gi;

/** Splits a text at its merge tags. */
export function splitAtTags(text: string): readonly Piece[] {
  if (!/[{*]/.test(text)) return [{ kind: 'words', written: text }];
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(mark)) {
    const [written] = match;
    const { name, fallback } = match.groups ?? {};
    if (match.index > end) pieces.push({ kind: 'words', written: text.slice(end, match.index) });
    end = match.index + written.length;
    const place = { written, at: match.index };
    if (name === undefined) pieces.push({ kind: 'foreign', ...place });
    else pieces.push({ kind: 'tag', name, ...(fallback !== undefined && { fallback }), ...place });
  }
  if (end < text.length) pieces.push({ kind: 'words', written: text.slice(end) });
  return pieces;
}

/** A text that the provider is given, and whether it is to take it as a mark of its own. */
interface Filled {
  readonly text: string;
  readonly isMark: boolean;
}

/** Writes the merge tags of a text as the provider wants them; one that it does not know becomes its fallback, or stays. */
export function fillPieces(text: string, write: WriteMergeTag): readonly Filled[] {
  return splitAtTags(text).map((piece): Filled => {
    if (piece.kind !== 'tag') return { text: piece.written, isMark: false };
    const mark = write(piece.name, piece.fallback);
    return mark === undefined
      ? { text: piece.fallback ?? piece.written, isMark: false }
      : { text: mark, isMark: true };
  });
}

/** A plain text with its merge tags as the provider writes them. */
export function fillText(text: string, write: WriteMergeTag): string {
  return fillPieces(text, write)
    .map((piece) => piece.text)
    .join('');
}

/** The merge tags that letters may have wherever they are mailed from. */
export const commonTags: ReadonlySet<string> = new Set(['first_name', 'last_name', 'email']);

/** A merge tag as letters write it. */
export function writeTag(name: string, fallback?: string): string {
  return fallback === undefined ? `{${name}}` : `{${name}|${fallback}}`;
}

/** Shows a merge tag by its fallback, else by its name in brackets, where no reader is known. */
export const sampleTag: WriteMergeTag = (name, fallback) => fallback ?? `[${name}]`;

const verbatim = /(<(code|pre|kbd|samp)\b[^]*?<\/\2>)/;

/** HTML with the merge tags in its words shown by their fallbacks; in code they stand. */
export function fillSamples(html: string): string {
  return html
    .split(verbatim)
    .flatMap((part, index) => {
      // A part that is code is followed by the name of its element.
      if (index % 3 === 2) return [];
      return [index % 3 === 1 ? part : fillText(part, sampleTag)];
    })
    .join('');
}
