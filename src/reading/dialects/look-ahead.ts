/** The text that is being parsed, of which a tokenizer only knows what it has read. */
export interface Ahead {
  text: string;
  /** What is known to be nowhere behind what was read last. */
  readonly missing: Set<string>;
}

/** Makes what syntaxes that are used for many texts, one after the other, ask of the one that is being parsed. */
export function makeAhead(): Ahead {
  return { text: '', missing: new Set() };
}

/** Says which text is parsed next. */
export function lookInto(ahead: Ahead, text: string): void {
  ahead.text = text;
  ahead.missing.clear();
}

/**
 * Whether something that closes what is open follows an offset of the text. What nothing closes must not be opened: until the text
 * ends, no quote and no list would be found in it.
 */
export function isAhead({ text, missing }: Ahead, closing: RegExp | string, offset: number): boolean {
  const key = String(closing);
  if (missing.has(key)) return false;
  if (typeof closing !== 'string') closing.lastIndex = offset;
  const found = typeof closing === 'string' ? text.includes(closing, offset) : closing.test(text);
  if (!found) missing.add(key);
  return found;
}
