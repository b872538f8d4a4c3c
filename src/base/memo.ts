import { existsSync, readdirSync, readFileSync, rmSync, statSync, type Stats } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { versions } from 'node:process';
import { codeFolder } from './code-folder.ts';
import { digestList, digestText } from './digest.ts';
import { readVersion } from './version.ts';
import { makeFolder, writeWhole } from './write-file.ts';

/**
 * What earlier runs computed, by name, each value under what it was made from: a digest, or the version of a file. Only ever a
 * shortcut: it counts on the machine, for the blog, the program and the key that it was written with, and a file that is damaged
 * or cannot be written is no fault.
 */
export interface Memo<Value> {
  /** What was remembered under a name, if it was made from the same; nothing is ever made from what nobody can tell. */
  find(name: string, from: string | undefined): Value | undefined;
  /** Whether something was remembered under a name, whatever it was made from. */
  knows(name: string): boolean;
  remember(name: string, from: string | undefined, value: Value): void;
  /** Writes what is new, unless that is little of the whole, and forgets what was not asked for. */
  save(): void;
}

/** How long a file is left that is not written any more, in milliseconds. */
const staleTime = 30 * 24 * 60 * 60 * 1000;

/** A file that changed so lately may change again without its times showing it, in milliseconds. */
const unsettledTime = 2000;

/** Of so many of the values, computing them again takes less than writing all. */
const fewValues = 1 / 200;

const format = 2;

/** A value with what it was made from: as a line of the file, and, once it was asked for, as it is. */
interface Remembered<Value> {
  readonly from: string;
  readonly line?: string;
  value?: Value;
}

/** Opens a memo of the blog in `root`, absolute. `key` digests what all its values were made from. */
export function openMemo<Value>(root: string, name: string, key: string): Memo<Value> {
  const folder = join(root, '.broadside', 'cache');
  let before: ReadonlyMap<string, Remembered<Value>> | undefined;
  const now = new Map<string, Remembered<Value>>();
  let changed = 0;

  const readBefore = (): ReadonlyMap<string, Remembered<Value>> => {
    before ??= readLines(join(folder, `${name}.json`), writeHeader(root, key));
    return before;
  };
  return {
    find(one, from) {
      const remembered = now.get(one) ?? readBefore().get(one);
      if (remembered === undefined || remembered.from !== from) return undefined;
      now.set(one, remembered);
      remembered.value ??= JSON.parse(remembered.line ?? '') as Value;
      return remembered.value;
    },
    knows: (one) => now.has(one) || readBefore().has(one),
    remember(one, from, value) {
      if (from === undefined) return;
      now.set(one, { from, value });
      changed += 1;
    },
    save() {
      if (changed <= readBefore().size * fewValues) return;
      changed = 0;
      try {
        makeFolder(folder, root);
        if (!existsSync(join(folder, '.gitignore'))) writeWhole(folder, '.gitignore', '*\n');
        const index = JSON.stringify([...now].map(([one, { from }]) => [one, from]));
        const lines = [...now.values()].map(({ line, value }) => line ?? JSON.stringify(value));
        const rest = Buffer.from([index, ...lines].join('\n'));
        const start = Buffer.from(`${writeHeader(root, key)}\n${digestText(rest)}\n`);
        writeWhole(folder, `${name}.json`, Buffer.concat([start, rest]));
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

/**
 * A line with the header, one with the digest of the rest, one with each value's name and what it was made from, and a line for each
 * value, which is only parsed where it is asked for.
 */
function readLines<Value>(path: string, header: string): ReadonlyMap<string, Remembered<Value>> {
  try {
    const bytes = readFileSync(path);
    const start = Buffer.byteLength(header) + 1;
    const end = bytes.indexOf('\n', start);
    const rest = bytes.subarray(end + 1);
    const isWhole = bytes.toString('utf8', 0, end) === `${header}\n${digestText(rest)}`;
    const [index = '[]', ...lines] = isWhole ? rest.toString('utf8').split('\n') : [];
    const names = JSON.parse(index) as readonly (readonly [name: string, from: string])[];
    return new Map(names.map(([name, from], at) => [name, { from, line: lines[at] ?? '' }]));
  } catch {
    return new Map();
  }
}

function writeHeader(root: string, key: string): string {
  return JSON.stringify({ format, key, root, host: hostname(), code: describeCode() });
}

let code: string | undefined;

/**
 * The program that makes a value, as it was when this process began to ask: its version, Node's, and the names, sizes and times
 * of all its files, since a version is not enough while it is worked on.
 */
function describeCode(): string {
  if (code !== undefined) return code;
  const names = readdirSync(codeFolder, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => {
    const { mtimeMs, size } = statSync(join(codeFolder, name));
    return [name, mtimeMs, size];
  });
  code = digestList([readVersion(), versions.node, ...files]);
  return code;
}

/** A file that no run has written for long is of a config, or a version, of the past. */
function dropStale(path: string): void {
  const isStale = path.endsWith('.json') && Date.now() - statSync(path).mtimeMs > staleTime;
  if (isStale) rmSync(path, { force: true });
}
