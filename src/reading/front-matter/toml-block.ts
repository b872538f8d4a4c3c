import { parse as parseToml, TomlDate, TomlError } from 'smol-toml';
import { isFields } from '../../base/is-fields.ts';
import type { Place } from '../../model/diagnostic.ts';
import type { Block, BlockFault } from './define.ts';
import { describeParseError, straightenSpaces } from './straighten.ts';

/** Reads TOML; dates stay as written. `firstLine` is the line of the file the block starts on. */
export function readTomlBlock(raw: string, firstLine: number): Block | BlockFault {
  const straightened = straightenSpaces(raw, '=');
  try {
    const keys = locateTomlKeys(straightened, firstLine);
    const values = writeTomlDates(parseToml(straightened), '', keys);
    return { values, places: new Map([...keys].map(([path, { place }]) => [path, place])) };
  } catch (error) {
    if (!(error instanceof TomlError)) {
      return { place: { line: firstLine, column: 1 }, message: describeParseError(error) };
    }
    const [summary = ''] = error.message.split('\n');
    return {
      place: { line: error.line + firstLine - 1, column: error.column },
      message: summary.replace(/^Invalid TOML document: /, ''),
    };
  }
}

interface TomlKey {
  readonly place: Place;
  readonly written: string;
}

const tomlKeyPart = String.raw`(?:[\w-]+|"[^"\n]*"|'[^'\n]*')`;
const tomlKeyPath = String.raw`${tomlKeyPart}(?:\s*\.\s*${tomlKeyPart})*`;
const tomlHeader = new RegExp(String.raw`^(\s*)\[\[?\s*(${tomlKeyPath})\s*\]\]?\s*(?:#.*)?$`);
const tomlAssignment = new RegExp(String.raw`^(\s*)(${tomlKeyPath})\s*=\s*(.*)$`);

function locateTomlKeys(raw: string, firstLine: number): ReadonlyMap<string, TomlKey> {
  const keys = new Map<string, TomlKey>();
  let table = '';
  let openQuote: string | undefined;
  for (const [index, line] of raw.split('\n').entries()) {
    if (openQuote !== undefined) {
      if (line.includes(openQuote)) openQuote = undefined;
      continue;
    }
    const header = tomlHeader.exec(line);
    const found = header ?? tomlAssignment.exec(line);
    if (!found) continue;
    const [, indent = '', name = '', written = ''] = found;
    const path = `${header ? '' : table}${tomlPath(name)}`;
    const place = { line: firstLine + index, column: indent.length + 1 };
    for (const known of [path.split('.')[0] ?? path, path]) {
      if (!keys.has(known)) keys.set(known, { place, written: known === path ? written : '' });
    }
    if (header) table = `${path}.`;
    openQuote = ['"""', "'''"].find((quote) => written.split(quote).length % 2 === 0);
  }
  return keys;
}

function tomlPath(name: string): string {
  return [...name.matchAll(new RegExp(tomlKeyPart, 'g'))]
    .map(([part]) => part.replace(/^["']|["']$/g, '').toLowerCase())
    .join('.');
}

function writeTomlDates(
  table: Readonly<Record<string, unknown>>,
  prefix: string,
  keys: ReadonlyMap<string, TomlKey>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).map(([key, value]) => {
      const path = `${prefix}${key.toLowerCase()}`;
      if (value instanceof TomlDate) {
        const written = /^[\dTtZz:.+ -]+/.exec(keys.get(path)?.written ?? '')?.[0].trim();
        return [key, written ?? value.toISOString()];
      }
      return [key, isTable(value) ? writeTomlDates(value, `${path}.`, keys) : value];
    }),
  );
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return isFields(value) && !(value instanceof TomlDate);
}
