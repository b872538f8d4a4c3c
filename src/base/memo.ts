import { existsSync, readdirSync, readFileSync, rmSync, statSync, type Stats } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { versions } from 'node:process';
import { codeFolder, isBuilt } from './code-folder.ts';
import { digestList, sumUp } from './digest.ts';
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

const format = 3;

const newline = 0x0a;

/** A value with what it was made from: as its line in the file, and, once it was asked for, as it is. */
interface Remembered<Value> {
  readonly from: string;
  readonly note: string;
  /** Where the line begins and ends, in bytes. */
  readonly start: number;
  readonly end: number;
  value?: Value;
  /** Whether it was asked for, or is new. */
  isAsked: boolean;
}

/** What a memo's file holds. */
interface Kept<Value> {
  readonly values: Map<string, Remembered<Value>>;
  readonly bytes: Buffer;
}

/** What a memo's file says about its values: lists in the same order, because lists of texts take the least time to parse. */
interface Index {
  readonly names: readonly string[];
  readonly froms: readonly string[];
  readonly notes: readonly string[];
}

/** Opens a memo of the blog in `root`, absolute. `key` digests what all its values were made from. */
export function openMemo<Value>(root: string, name: string, key: string): Memo<Value> {
  const folder = join(root, '.broadside', 'cache');
  let before: Kept<Value> | undefined;
  let changed = 0;

  const readBefore = (): Kept<Value> => {
    before ??= readValues(join(folder, `${name}.json`), writeHeader(root, key));
    return before;
  };
  const look = (one: string, from: string | undefined): Remembered<Value> | undefined => {
    const remembered = readBefore().values.get(one);
    if (remembered === undefined || remembered.from !== from) return undefined;
    remembered.isAsked = true;
    return remembered;
  };
  const read = (remembered: Remembered<Value>): Value => {
    const { start, end } = remembered;
    remembered.value ??= JSON.parse(readBefore().bytes.toString('utf8', start, end)) as Value;
    return remembered.value;
  };
  return {
    find(one, from) {
      const remembered = look(one, from);
      return remembered && read(remembered);
    },
    recall(one, from) {
      const remembered = look(one, from);
      return remembered && { note: remembered.note, read: () => read(remembered) };
    },
    knows: (one) => readBefore().values.has(one),
    remember(one, from, value, note = '') {
      if (from === undefined) return;
      readBefore().values.set(one, { from, note, value, start: 0, end: 0, isAsked: true });
      changed += 1;
    },
    save() {
      const { values, bytes } = readBefore();
      if (changed <= values.size * fewValues) return;
      changed = 0;
      try {
        makeFolder(folder, root);
        if (!existsSync(join(folder, '.gitignore'))) writeWhole(folder, '.gitignore', '*\n');
        writeWhole(folder, `${name}.json`, writeValues(values, bytes, writeHeader(root, key)));
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

/** A line with the header, one with the sum of the rest, one with the index, and one for each value. */
function writeValues<Value>(
  values: ReadonlyMap<string, Remembered<Value>>,
  bytes: Buffer,
  header: string,
): Buffer {
  const asked = [...values].filter(([, { isAsked }]) => isAsked);
  const all = asked.map(([, remembered]) => remembered);
  const index: Index = {
    names: asked.map(([name]) => name),
    froms: all.map(({ from }) => from),
    notes: all.map(({ note }) => note),
  };
  const lines = all.map(({ start, end, value }) =>
    end === 0 ? JSON.stringify(value) : bytes.toString('utf8', start, end),
  );
  const rest = Buffer.from([JSON.stringify(index), ...lines, ''].join('\n'));
  return Buffer.concat([Buffer.from(`${header}\n${sumUp(rest)}\n`), rest]);
}

/** Reads what `writeValues` wrote; undefined if it is damaged or was written under another header. */
function readValues<Value>(path: string, header: string): Kept<Value> {
  const values = new Map<string, Remembered<Value>>();
  try {
    const bytes = readFileSync(path);
    const first = bytes.indexOf(newline, Buffer.byteLength(header) + 1) + 1;
    if (bytes.toString('utf8', 0, first) !== `${header}\n${sumUp(bytes.subarray(first))}\n`)
      return { values, bytes: Buffer.alloc(0) };
    let start = bytes.indexOf(newline, first) + 1;
    const { names, froms, notes } = JSON.parse(bytes.toString('utf8', first, start)) as Index;
    for (const [at, name] of names.entries()) {
      const end = bytes.indexOf(newline, start);
      values.set(name, { from: froms[at] ?? '', note: notes[at] ?? '', start, end, isAsked: false });
      start = end + 1;
    }
    return { values, bytes };
  } catch {
    return { values: new Map(), bytes: Buffer.alloc(0) };
  }
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
