import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { versions } from 'node:process';
import { codeFolder } from './code-folder.ts';
import { digestList, digestText } from './digest.ts';
import { readVersion } from './version.ts';
import { makeFolder, writeWhole } from './write-file.ts';

/**
 * One file below `.broadside/cache`. Only ever a shortcut: what it holds counts on the machine, for the blog, the program and the
 * key that it was written with, and a file that is damaged or cannot be written is no fault.
 */
export interface CacheFile {
  /** The value last written, as JSON gives it back; undefined where it does not count. */
  read(): unknown;
  write(value: unknown): void;
}

/** How long a file is kept that is not written any more, in milliseconds. */
const staleTime = 30 * 24 * 60 * 60 * 1000;

const format = 1;

/** Opens a file of the cache of the blog in `root`, absolute. `key` digests what the value was made from. */
export function openCacheFile(root: string, name: string, key: string): CacheFile {
  const folder = join(root, '.broadside', 'cache');
  const path = join(folder, `${name}.json`);
  const header = JSON.stringify({ format, key, root, host: hostname(), code: describeCode() });
  return {
    read() {
      try {
        return readValue(readFileSync(path, 'utf8'), header);
      } catch {
        return undefined;
      }
    },
    write(value) {
      try {
        makeFolder(folder, root);
        if (!existsSync(join(folder, '.gitignore'))) writeWhole(folder, '.gitignore', '*\n');
        const text = JSON.stringify(value);
        writeWhole(folder, `${name}.json`, `${header}\n${digestText(text)}\n${text}`);
        for (const file of readdirSync(folder)) dropStale(join(folder, file));
      } catch {
        return;
      }
    },
  };
}

/** A line with the header, one with the digest of the rest, and the value. */
function readValue(text: string, header: string): unknown {
  const headerEnd = text.indexOf('\n');
  const digestEnd = text.indexOf('\n', headerEnd + 1);
  if (headerEnd === -1 || digestEnd === -1 || text.slice(0, headerEnd) !== header) return undefined;
  const rest = text.slice(digestEnd + 1);
  return text.slice(headerEnd + 1, digestEnd) === digestText(rest) ? JSON.parse(rest) : undefined;
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
