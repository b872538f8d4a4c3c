import { isUtf8 } from 'node:buffer';
import { parseJson } from '../base/parse-json.ts';
import { isFields } from '../base/is-fields.ts';
import { compareText } from '../base/compare-text.ts';
import { BroadsideError } from '../base/errors.ts';
import type { CopyEntries, CopyKey, LedgerEntry } from '../model/ledger.ts';
import { findOwner, pathOfCopy } from './copy-path.ts';

/** The version of the ledger's layout and of its entries that this program reads and writes. */
const version = 1;

/** A copy's file: its entries, the lines they are on, and how many of its bytes count. */
export interface CopyFile extends CopyEntries {
  readonly lines: readonly string[];
  /** Bytes up to and including the last line break; what follows was never finished. */
  readonly durableLength: number;
}

/** Where the bytes came from, to say so in an error: the path inside the ledger, and as people are shown it. */
export interface FilePlace {
  readonly path: string;
  readonly shown: string;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isOptionalText: Check = (value) => value === undefined || isText(value);
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isTextByName: Check = (value) => isFields(value) && Object.values(value).every(isText);
const isInstant: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isOptionalTextByName: Check = (value) => value === undefined || isTextByName(value);
const isOneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);

const isOptionalCommit: Check = (value) =>
  value === undefined || (typeof value === 'string' && /^[\da-f]{40,64}$/.test(value));

const isState = isOneOf('live', 'draft', 'gone', 'unverified', 'sent');

const sentVerbs = ['create', 'update', 'retract'];

const stampChecks: Readonly<Record<string, Check>> = {
  at: isInstant,
  attempt: (value) =>
    isFields(value) && isText(value['id']) && isText(value['machine']) && Number.isInteger(value['process']),
};

const fieldChecks: Readonly<Record<LedgerEntry['kind'], Readonly<Record<string, Check>>>> = {
  intent: {
    verb: isOneOf(...sentVerbs),
    inputs: isTextByName,
    fingerprint: isText,
    commit: isOptionalCommit,
  },
  receipt: {
    verb: isOneOf(...sentVerbs, 'adopt'),
    state: isState,
    remoteId: isText,
    url: isText,
    canonicalUrl: isText,
    inputs: isTextByName,
    fingerprint: isText,
    references: isTexts,
    echo: isText,
    by: isOptionalText,
    commit: isOptionalCommit,
  },
  failure: {
    sent: isOneOf('no', 'refused', 'unknown'),
    code: isText,
    message: isText,
    until: (value) => value === undefined || isInstant(value),
  },
  decision: {
    what: isOneOf('take-remote', 'not-posted', 'posted'),
    by: isText,
    url: isOptionalText,
    remoteId: isOptionalText,
    canonicalUrl: isOptionalText,
    state: (value) => value === undefined || isState(value),
    echo: isOptionalText,
    inputs: isOptionalTextByName,
  },
};

const entryChecks: ReadonlyMap<unknown, readonly (readonly [name: string, check: Check])[]> = new Map(
  Object.entries(fieldChecks).map(([kind, checks]) => [kind, Object.entries({ ...stampChecks, ...checks })]),
);

/** The first line of a copy's file, which says whose it is: a file's name alone does not always tell. */
export function formatHeader(copy: CopyKey): string {
  return `${JSON.stringify({ v: version, kind: 'copy', target: copy.target, postId: copy.postId })}\n`;
}

/** One entry's line. Throws `INTERNAL` for an entry that could not be read back. */
export function formatEntry(entry: LedgerEntry): string {
  const text = JSON.stringify(entry);
  const fault = findFault(JSON.parse(text));
  if (fault !== undefined) {
    throw new BroadsideError('INTERNAL', `A ledger entry was about to be written that ${fault.what}.`, {
      remedy: 'Nothing was written; please report this.',
    });
  }
  return `${text}\n`;
}

/**
 * Reads the bytes of a copy's file. An unfinished last line after a whole entry, left by a crash, does not count; anything
 * else that is not an entry throws `LEDGER_UNREADABLE` with its line. So does a file without one whole entry, since the
 * first one is put in place together with its file: such a file was damaged later.
 */
export function parseCopyFile(bytes: Uint8Array, place: FilePlace): CopyFile {
  const durableLength = bytes.lastIndexOf(0x0a) + 1;
  if (durableLength === 0) throw damaged(place, bytes.length === 0 ? 'is empty' : 'has no whole line');
  const durable = Buffer.from(bytes.buffer, bytes.byteOffset, durableLength);
  const all = durable.toString('utf8').split('\n').slice(0, -1);
  if (!isUtf8(durable)) throw unreadable(place, findBadLine(durable), 'is not UTF-8 text');
  const [header = '', ...lines] = all;
  const copy = parseHeader(header, place);
  if (lines.length === 0) throw damaged(place, 'has no whole entry');
  return {
    copy,
    entries: lines.map((line, index) => parseEntry(line, place, index + 2)),
    lines,
    durableLength,
  };
}

/** How many lines of a copy's file are entries, whatever the others are. */
export function countEntries(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  return lines.filter((line) => findFault(parseJson(line)) === undefined).length;
}

/**
 * One copy's entries. A damaged file makes the copy unreadable that its name or its first line names, and no other. Throws
 * `LEDGER_UNREADABLE` if neither names one.
 */
export function readCopyFile(place: FilePlace, read: () => Uint8Array): readonly CopyEntries[] {
  let header = '';
  try {
    const bytes = read();
    header = Buffer.from(bytes).toString('utf8').split('\n', 1)[0] ?? '';
    const { copy, entries } = parseCopyFile(bytes, place);
    return [{ copy, entries }];
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    const named = readOwner(header);
    const isElsewhere = named !== undefined && pathOfCopy(named) !== place.path;
    const own = isElsewhere || named === undefined ? findOwner(place.path) : named;
    const owners = [own, isElsewhere ? named : undefined].filter((copy) => copy !== undefined);
    if (owners.length === 0) throw error;
    const { message, remedy, file, line } = error;
    const fault = {
      message,
      remedy,
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
    };
    return owners.map((copy) => ({ copy, entries: [], unreadable: fault }));
  }
}

/** When each target was opened, from the text of `ledger.json`. Throws `LEDGER_UNREADABLE`. */
export function parseLayout(text: string, place: FilePlace): Readonly<Record<string, string>> {
  const value = parseJson(text);
  if (!isFields(value)) throw unreadable(place, 1, 'is not a JSON object');
  if (isNewer(value['version'])) throw newer(place, 1);
  const opened = value['opened'];
  if (value['version'] !== version || !isFields(opened) || !Object.values(opened).every(isInstant)) {
    throw unreadable(place, 1, 'has no valid "version" and "opened"');
  }
  return opened as Readonly<Record<string, string>>;
}

/** The text of `ledger.json`, the same whatever order the targets were opened in. */
export function formatLayout(opened: Readonly<Record<string, string>>): string {
  const sorted = Object.fromEntries(Object.entries(opened).toSorted(([a], [b]) => compareText(a, b)));
  return `${JSON.stringify({ version, opened: sorted }, null, 2)}\n`;
}

/** In the order of their targets and posts, so that a ledger reads the same wherever it is kept. */
export function sortCopies<Of extends { readonly copy: CopyKey }>(copies: readonly Of[]): readonly Of[] {
  return copies
    .map((one) => ({ key: `${one.copy.target}","${one.copy.postId}"`, one }))
    .toSorted((a, b) => compareText(a.key, b.key))
    .map(({ one }) => one);
}

function readOwner(header: string): CopyKey | undefined {
  const value = parseJson(header);
  if (!isFields(value)) return undefined;
  const { target, postId } = value;
  return typeof target === 'string' && typeof postId === 'string' ? { target, postId } : undefined;
}

function parseHeader(line: string, place: FilePlace): CopyKey {
  const value = parseJson(line);
  if (!isFields(value)) throw unreadable(place, 1, 'is not a JSON object');
  if (isNewer(value['v'])) throw newer(place, 1);
  const { target, postId } = value as { target?: unknown; postId?: unknown };
  if (value['v'] !== version || value['kind'] !== 'copy' || typeof target !== 'string') {
    throw unreadable(place, 1, 'does not say whose copy the file is');
  }
  if (typeof postId !== 'string') throw unreadable(place, 1, 'does not say whose copy the file is');
  if (pathOfCopy({ target, postId }) !== place.path) {
    throw unreadable(
      place,
      1,
      `says that this is the copy of "${postId}" on "${target}", which belongs in another file`,
    );
  }
  return { target, postId };
}

function parseEntry(line: string, place: FilePlace, number: number): LedgerEntry {
  const value = parseJson(line);
  const fault = findFault(value);
  if (fault?.newer === true) throw newer(place, number);
  if (fault !== undefined) throw unreadable(place, number, fault.what);
  return value as LedgerEntry;
}

function findFault(value: unknown): { readonly what: string; readonly newer?: true } | undefined {
  if (!isFields(value)) return { what: 'is not a JSON object' };
  if (isNewer(value['v'])) return { what: 'has a newer version', newer: true };
  if (value['v'] !== version) return { what: 'has no version' };
  const checks = entryChecks.get(value['kind']);
  if (checks === undefined) return { what: 'is of no known kind' };
  const wrong = checks.find(([name, check]) => !check(value[name]));
  return wrong === undefined ? undefined : { what: `has no valid "${wrong[0]}"` };
}

function isNewer(value: unknown): boolean {
  return typeof value === 'number' && value > version;
}

function findBadLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start) + 1;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end;
  }
  return line;
}

/** A line of a file that is not what it has to be. */
export function unreadable(place: FilePlace, line: number, what: string): BroadsideError {
  return new BroadsideError('LEDGER_UNREADABLE', `Line ${line} of ${place.shown} ${what}.`, {
    remedy: 'Put the line right, or restore the file from a backup or from its history.',
    file: place.shown,
    line,
  });
}

/** A file that is not as any Broadside left it. */
export function damaged({ shown }: FilePlace, what: string): BroadsideError {
  return new BroadsideError('LEDGER_UNREADABLE', `${shown} ${what}.`, {
    remedy: 'Restore the file from a backup or from its history.',
    file: shown,
  });
}

/** A file that this program cannot know. */
export function newer(place: FilePlace, line: number): BroadsideError {
  return new BroadsideError('LEDGER_UNREADABLE', `${place.shown} was written by a newer Broadside.`, {
    remedy: 'Upgrade to the newest version of broadside.',
    file: place.shown,
    line,
  });
}
