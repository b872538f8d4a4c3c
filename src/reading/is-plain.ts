/**
 * Of so many marks, any text is parsed in about half a second at worst, and in some ten milliseconds as people write. There are
 * about thirty in a thousand characters of prose. In MDX each blank line can make a parser begin anew.
 */
export const mostMarks = { markdown: 4000, mdx: 1500 } as const;

/** How many brackets may be open at once, closed or not: parsers look back at each of them. */
const mostOpenBrackets = 50;

/** A line that begins in so many quotes and lists that parsers, which try each anew, take long. */
const manyContainers = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){50}/m;

/**
 * Whether a text is certain to be parsed quickly, which depends on nothing but the text: it has so many marks at most, and nothing in
 * it is nested as no person writes. What parsers take grows with the square of the marks at worst; words are read once.
 */
export function isPlain(text: string, most: number = mostMarks.markdown): boolean {
  return countMarks(text) <= most && !opensManyBrackets(text) && !manyContainers.test(text);
}

/** How many characters of a text markdown may give a meaning: punctuation, ends of lines, and blanks beside blanks. */
export function countMarks(text: string): number {
  return text.match(/[^\p{L}\p{N} \t\u{80}-\u{10ffff}]|(?<=[ \t])[ \t]/gu)?.length ?? 0;
}

function opensManyBrackets(text: string): boolean {
  let open = 0;
  for (const bracket of text.match(/[[\]]/g) ?? []) {
    open = Math.max(0, open + (bracket === '[' ? 1 : -1));
    if (open > mostOpenBrackets) return true;
  }
  return false;
}
