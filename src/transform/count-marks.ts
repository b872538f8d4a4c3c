/**
 * Of so many marks, any text is parsed in about a second at worst, and in some ten milliseconds as people write. A long post has
 * fewer: about thirty in a thousand characters of prose.
 */
export const plainMarks = 5000;

/**
 * How many characters of a text markdown may give a meaning: punctuation, ends of lines, and blanks beside blanks. What parsers take
 * grows with their number, at worst with its square; words are read once.
 */
export function countMarks(text: string): number {
  let marks = 0;
  let before = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isBlank = code === 32 || code === 9;
    if (isBlank ? before === 32 || before === 9 : code < 128 && !isWordCode(code)) marks += 1;
    before = code;
  }
  return marks;
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
