/** What may become of a copy's file: how it is changed, and what is said of it. */
export interface Damage {
  readonly change: (text: string) => string;
  readonly says: RegExp;
  /** The line that is named, where it is one. */
  readonly line?: number;
}

const firstLine = (text: string): string => text.slice(0, text.indexOf('\n') + 1);

/** What leaves a file without being a copy's entries, by a name that can be a post's id. */
export const damages: Readonly<Record<string, Damage>> = {
  empty: { change: () => '', says: /is empty/ },
  'all-nul': { change: (text) => '\0'.repeat(text.length), says: /has no whole line|is not a JSON object/ },
  'nul-and-an-end': {
    change: (text) => `${'\0'.repeat(text.length)}\n`,
    says: /is not a JSON object/,
    line: 1,
  },
  'one-line-break': { change: () => '\n', says: /is not a JSON object/, line: 1 },
  blanks: { change: () => '  \n\t\n', says: /is not a JSON object/, line: 1 },
  'cut-in-the-first-line': {
    change: (text) => text.slice(0, 30),
    says: /has no whole line|is not a JSON object/,
  },
  'first-line-alone': { change: firstLine, says: /has no whole entry/ },
  'cut-in-the-first-entry': {
    change: (text) => text.slice(0, firstLine(text).length + 20),
    says: /has no whole entry|is not a JSON object/,
  },
  'nul-for-entries': {
    change: (text) => `${firstLine(text)}${'\0'.repeat(40)}\n`,
    says: /is not a JSON object/,
    line: 2,
  },
  'first-line-gone': {
    change: (text) => text.slice(firstLine(text).length),
    says: /does not say whose copy the file is/,
    line: 1,
  },
  'ends-with-carriage-returns': {
    change: (text) => text.replaceAll('\n', '\r'),
    says: /has no whole line|is not a JSON object/,
  },
  'byte-order-mark': { change: (text) => `\uFEFF${text}`, says: /is not a JSON object/, line: 1 },
  'other-json': { change: () => '{}\n[]\n', says: /does not say whose copy the file is/, line: 1 },
  'a-web-page': {
    change: () => '<!doctype html>\n<p>Not found</p>\n',
    says: /is not a JSON object/,
    line: 1,
  },
  'merge-markers': {
    change: (text) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`,
    says: /is not a JSON object/,
    line: 1,
  },
  'first-line-twice': {
    change: (text) => `${firstLine(text)}${text}`,
    says: /is of no known kind/,
    line: 2,
  },
  'one-long-line': {
    change: (text) => text.replaceAll('\n', ' ') + '\n',
    says: /is not a JSON object/,
    line: 1,
  },
  'an-empty-line': {
    change: (text) => `${firstLine(text)}\n${text.slice(firstLine(text).length)}`,
    says: /is not a JSON object/,
    line: 2,
  },
  'no-verb': { change: (text) => text.replace('"verb":"create",', ''), says: /has no valid "verb"/, line: 2 },
  'no-known-kind': {
    change: (text) => text.replace('"intent"', '"toString"'),
    says: /is of no known kind/,
    line: 2,
  },
  'of-another-copy': {
    change: (text) => text.replace('"postId":"', '"postId":"x-'),
    says: /which belongs in another file/,
    line: 1,
  },
  'newer-entry': {
    change: (text) => text.replace('\n{"v":1', '\n{"v":2'),
    says: /newer Broadside/,
    line: 2,
  },
  'newer-file': {
    change: (text) => text.replace('{"v":1', '{"v":2'),
    says: /newer Broadside/,
    line: 1,
  },
};

/** What leaves a ledger without its layout. */
export const layoutDamages: Readonly<Record<string, (text: string) => string>> = {
  empty: () => '',
  'nothing but NUL': (text) => '\0'.repeat(text.length),
  cut: (text) => text.slice(0, -3),
  'other JSON': () => '[]\n',
  'without its version': (text) => text.replace('version', 'revision'),
};
