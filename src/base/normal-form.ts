const plain = /^[\0-\x7F]*$/;

/** A name in the form by which names are compared: a keyboard writes `é` as one character, some file systems as two. */
export function nameKey(name: string): string {
  return plain.test(name) ? name : name.normalize('NFC');
}

/** A name as it is written, then in each form that it may also be written in. */
export function listSpellings(name: string): readonly string[] {
  return plain.test(name) ? [name] : [...new Set([name, name.normalize('NFC'), name.normalize('NFD')])];
}
