/** A text as one word of a command line, as shells read it. */
export function quoteWord(text: string): string {
  return /^[\w:/.~%@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
