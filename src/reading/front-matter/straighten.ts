/** Turns no-break spaces beside a key into spaces, one for one, so that places stay true. */
export function straightenSpaces(raw: string, mark: ':' | '='): string {
  const beside = new RegExp(`^[ \\u00a0]+|(?<=^[^"'#${mark}\\n]+${mark})[ \\u00a0]+`, 'gm');
  return raw.replace(beside, (run) => ' '.repeat(run.length));
}

/** What a parser says of a block that it cannot read. */
export function describeParseError(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply';
  return error instanceof Error ? error.message : String(error);
}
