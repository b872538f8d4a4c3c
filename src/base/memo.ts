import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync, type Stats } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { versions } from 'node:process';
import { codeFolder, isBuilt } from './code-folder.ts';
import { digestList } from './digest.ts';
import { openParts, type FileParts } from './file-parts.ts';
import { once } from './once.ts';
import { readVersion } from './version.ts';
import { makeFolder, writeWhole } from './write-file.ts';

/**
 * What earlier runs computed, by name, each value with what it was made from: a digest, or the version of a file. Only ever a
 * shortcut: it counts only on the machine and for the blog, program and key that it was written with, and a file that is damaged or
 * cannot be written is no fault.
 */
export interface Memo<Value> {
  /** What was remembered under a name, if it was made from the same; undefined `from` never matches. */
  find(name: string, from: string | undefined): Value | undefined;
  /** What `find` would find, not parsed yet. */
  recall(name: string, from: string | undefined): Recalled<Value> | undefined;
  /** Whether something was remembered under a name, whatever it was made from. */
  knows(name: string): boolean;
  /** Keeps a value, with a note that is known without parsing it. */
  remember(name: string, from: string | undefined, value: Value, note?: string): void;
  /** Writes what is new, unless that is only a small part, and forgets what was not asked for. */
  save(): void;
}

/** A value that is parsed when it is read. */
interface Recalled<Value> {
  /** What was noted when it was remembered. */
  readonly note: string;
  readonly read: () => Value;
}

/** How long a file that is no longer written is left, in milliseconds. */
const staleTime = 30 * 24 * 60 * 60 * 1000;

/** A file that changed so lately may change again without its times showing it, in milliseconds. */
const unsettledTime = 2000;

/** The share of new values below which computing them again takes less time than writing all values. */
const fewValues = 1 / 200;

const format = 4;

const newline = 0x0a;

/** So many values stand together under one index. */
const blockSize = 250;

/** Tells whether bytes that nobody would forge were damaged, in a sixth of the time of SHA-256. */
const sumAlgorithm = 'sha1';

/** The last line of a file, in bytes: a sum of all before it. */
const sumLength = 41;

/** What a block of a memo's file says of its values, as lists in the same order, because lists of texts take the least time to parse. */
interface Index {
  readonly names: readonly string[];
  readonly froms: readonly string[];
  readonly notes: readonly string[];
  /** How long each value's line is, in bytes. */
  readonly lengths: readonly number[];
}

/** What a memo's file holds: of each value, by its number, what it was made from and where its line is. Values are read when asked for. */
interface Kept {
  readonly numbers: ReadonlyMap<string, number>;
  readonly froms: readonly string[];
  readonly notes: readonly string[];
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
  /** Undefined where there is none that counts. */
  readonly file?: FileParts;
}

const nothing: Kept = { numbers: new Map(), froms: [], notes: [], starts: [], lengths: [] };

/** So much is summed up at a time, in bytes. */
const sumStep = 64 * 1024;

/** A value that is new. */
interface Added<Value> {
  readonly from: string;
  readonly note: string;
  readonly value: Value;
}

/** Opens a memo of the blog in `root`, absolute. `key` digests what all its values were made from. */
export function openMemo<Value>(root: string, name: string, key: string): Memo<Value> {
  const folder = join(root, '.broadside', 'cache');
  const added = new Map<string, Added<Value>>();
  const asked: boolean[] = [];
  const values: Value[] = [];
  let changed = 0;
  const kept = once(() => readKept(join(folder, `${name}.json`), writeHeader(root, key)));

  /** The number of what is remembered under a name and was made from the same. */
  const look = (one: string, from: string | undefined): number | undefined => {
    const number = kept().numbers.get(one);
    if (number === undefined || kept().froms[number] !== from) return undefined;
    asked[number] = true;
    return number;
  };
  const read = (number: number): Value => {
    values[number] ??= JSON.parse(readLine(kept(), number)) as Value;
    return values[number];
  };
  return {
    find(one, from) {
      const fresh = added.get(one);
      if (fresh !== undefined) return fresh.from === from ? fresh.value : undefined;
      const number = look(one, from);
      return number === undefined ? undefined : read(number);
    },
    recall(one, from) {
      const fresh = added.get(one);
      if (fresh !== undefined)
        return fresh.from === from ? { note: fresh.note, read: () => fresh.value } : undefined;
      const number = look(one, from);
      return number === undefined
        ? undefined
        : { note: kept().notes[number] ?? '', read: () => read(number) };
    },
    knows: (one) => added.has(one) || kept().numbers.has(one),
    remember(one, from, value, note = '') {
      if (from === undefined) return;
      added.set(one, { from, note, value });
      changed += 1;
    },
    save() {
      if (changed <= kept().numbers.size * fewValues) return;
      changed = 0;
      try {
        makeFolder(folder, root);
        if (!existsSync(join(folder, '.gitignore'))) writeWhole(folder, '.gitignore', '*\n');
        // Windows puts no file in the place of one that is open.
        kept().file?.detach();
        const entries = [...listKept(kept(), asked, added), ...listAdded(added)];
        writeWhole(folder, `${name}.json`, writeEntries(entries, writeHeader(root, key)));
        for (const file of readdirSync(folder)) dropStale(join(folder, file));
      } catch {
        return;
      }
    },
  };
}

/**
 * What tells one version of a file from another without reading it: its number on the disk, its size and its times. Undefined where that
 * is not certain.
 */
export function describeVersion({ ino, size, mtimeMs, ctimeMs }: Stats): string | undefined {
  const isSettled = Date.now() - Math.max(mtimeMs, ctimeMs) > unsettledTime;
  return isSettled ? `${ino} ${size} ${mtimeMs} ${ctimeMs}` : undefined;
}

/** The version of the file at an absolute path; undefined where there is none, or that is not certain. */
export function findVersion(path: string): string | undefined {
  try {
    return describeVersion(statSync(path));
  } catch {
    return undefined;
  }
}

/** A value as it is written: its line is made when its block is. */
interface Entry {
  readonly name: string;
  readonly from: string;
  readonly note: string;
  readonly writeLine: () => string;
}

/** What was asked for of what is kept, and is not replaced. */
function listKept(kept: Kept, asked: readonly boolean[], added: ReadonlyMap<string, unknown>): Entry[] {
  return [...kept.numbers]
    .filter(([name, number]) => asked[number] === true && !added.has(name))
    .map(([name, number]) => ({
      name,
      from: kept.froms[number] ?? '',
      note: kept.notes[number] ?? '',
      writeLine: () => readLine(kept, number),
    }));
}

function listAdded(added: ReadonlyMap<string, Added<unknown>>): Entry[] {
  return [...added].map(([name, { from, note, value }]) => ({
    name,
    from,
    note,
    writeLine: () => JSON.stringify(value),
  }));
}

function readLine({ file, starts, lengths }: Kept, number: number): string {
  const start = starts[number] ?? 0;
  return file?.text(start, start + (lengths[number] ?? 0)) ?? '';
}

/** A line with the header; of each block one with its index, and one for each value; and one with the sum of all these. */
function* writeEntries(entries: readonly Entry[], header: string): Generator<string> {
  const sum = createHash(sumAlgorithm);
  const add = (text: string): string => {
    sum.update(text);
    return text;
  };
  yield add(`${header}\n`);
  for (let first = 0; first < entries.length; first += blockSize) {
    const block = entries.slice(first, first + blockSize);
    const lines = block.map(({ writeLine }) => writeLine());
    const index: Index = {
      names: block.map(({ name }) => name),
      froms: block.map(({ from }) => from),
      notes: block.map(({ note }) => note),
      lengths: lines.map((line) => Buffer.byteLength(line)),
    };
    yield add([JSON.stringify(index), ...lines, ''].join('\n'));
  }
  yield `${sum.digest('hex')}\n`;
}

/** Reads what `writeEntries` wrote; nothing where it is damaged, or was written under another header. */
function readKept(path: string, header: string): Kept {
  try {
    const file = openParts(path);
    const first = Buffer.byteLength(header) + 1;
    const last = file.size - sumLength;
    const isWhole = file.text(0, first) === `${header}\n` && file.text(last, file.size) === sumUp(file, last);
    if (isWhole) return { ...readIndexes(file, first, last), file };
    file.detach();
    return nothing;
  } catch {
    return nothing;
  }
}

/** What the last line is of a file that is whole up to there. */
function sumUp(file: FileParts, last: number): string {
  const sum = createHash(sumAlgorithm);
  for (let at = 0; at < last; at += sumStep) sum.update(file.bytes(at, Math.min(at + sumStep, last)));
  return `${sum.digest('hex')}\n`;
}

/** Where the line ends that begins at `start`. Throws `RangeError` where it does not. */
function findNewline(file: FileParts, start: number): number {
  for (let length = sumStep; ; length *= 2) {
    const at = file.bytes(start, start + length).indexOf(newline);
    if (at !== -1) return start + at;
    if (start + length > file.size) throw new RangeError('a line without an end');
  }
}

function readIndexes(file: FileParts, first: number, last: number): Kept {
  const numbers = new Map<string, number>();
  const [froms, notes, starts, sizes]: [string[], string[], number[], number[]] = [[], [], [], []];
  let at = first;
  while (at < last) {
    const end = findNewline(file, at);
    const index = JSON.parse(file.text(at, end)) as Index;
    at = end + 1;
    for (const name of index.names) numbers.set(name, numbers.size);
    froms.push(...index.froms);
    notes.push(...index.notes);
    sizes.push(...index.lengths);
    for (const length of index.lengths) {
      starts.push(at);
      at += length + 1;
    }
  }
  return { numbers, froms, notes, starts, lengths: sizes };
}

function writeHeader(root: string, key: string): string {
  return JSON.stringify({ format, key, root, host: hostname(), code: describeCode() });
}

let code: string | undefined;

/**
 * The program that makes a value, as it was when this process began to ask: its version, Node's version, and for a clone the names,
 * sizes and times of all its files, because a version is not enough while somebody works on it. A built program is put in place as
 * a whole.
 */
function describeCode(): string {
  if (code !== undefined) return code;
  const names = isBuilt ? ['.'] : readdirSync(codeFolder, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => {
    const { ino, mtimeMs, ctimeMs, size } = statSync(join(codeFolder, name));
    return [name, ino, mtimeMs, ctimeMs, size];
  });
  code = digestList([readVersion(), versions.node, ...files]);
  return code;
}

/** A file that no run has written for long belongs to an old config or an old version. */
function dropStale(path: string): void {
  const isStale = path.endsWith('.json') && Date.now() - statSync(path).mtimeMs > staleTime;
  if (isStale) rmSync(path, { force: true });
}
