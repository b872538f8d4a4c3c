import type { Place } from '../../model/diagnostic.ts';
import type { Block } from './block.ts';

/** How many keys deep places are known: `a.b.c.d.e`. */
export const nestingLimit = 5;

/** Invisible characters other than line feeds, and blanks other than spaces. */
const unusual = /[^\n\P{C}]|[^ \P{Z}]/u;
const ignored = /^ *(?:#|$)/;
const entry = /^( {0,99})([a-z_][\w-]{0,99}):(?: +(\S.*)?)?$/i;
const item = /^( {0,99})-( {1,99})(\S.*)$/;
const specialKey = /^(?:true|false|null|__proto__)$/i;

const textStart = String.raw`[^\s\-?:,[\]{}#&*!|>'"%@\x60]`;
const text = new RegExp(`^${textStart}`);
const quoted = /^(?:"([^"\\]*)"|'((?:[^']|'')*)')(?: *| +#.*)$/;
const listed = String.raw`(?:${textStart}(?:[^,[\]{}:#]|(?<! )#)*|"[^"\\]*" *|'[^']*' *)`;
const list = new RegExp(String.raw`^\[ *(?:${listed}(?:, *${listed})*)?\]$`);
const listedValue = new RegExp(listed, 'g');

const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['~', null],
]);

interface Line {
  readonly text: string;
  /** In the file. */
  readonly number: number;
}

/**
 * Reads the form that nearly all front matter has, many times as fast as a YAML parser does: keys of plain letters, a value
 * on the rest of the line, lists and maps by indentation. Nothing unless the parser is sure to say the same.
 */
export function readPlainBlock(raw: string, firstLine: number): Block | undefined {
  if (unusual.test(raw)) return undefined;
  const lines = raw
    .split('\n')
    .map((written, index): Line => ({ text: written, number: firstLine + index }))
    .filter((line) => !ignored.test(line.text));
  const places = new Map<string, Place>();
  let at = 0;

  /** The entries at `indent` from the current line on; `path` is undefined inside lists, whose keys have no places. */
  const readMap = (
    indent: number,
    path: readonly string[] | undefined,
  ): Readonly<Record<string, unknown>> | undefined => {
    const values: Record<string, unknown> = {};
    for (let line = lines[at]; line; line = lines[at]) {
      const [, margin = '', key = '', written] = entry.exec(line.text) ?? [];
      if (key === '' || margin.length !== indent) break;
      if (specialKey.test(key) || Object.hasOwn(values, key)) return undefined;
      const inner = path && [...path, key.toLowerCase()];
      if (inner && inner.length <= nestingLimit && !places.has(inner.join('.'))) {
        places.set(inner.join('.'), { line: line.number, column: indent + 1 });
      }
      at += 1;
      const value =
        written === undefined || written.startsWith('#') ? readBelow(indent, inner) : readValue(written);
      if (value === undefined) return undefined;
      values[key] = value;
    }
    return values;
  };

  /** What stands below a key that has nothing beside it. */
  const readBelow = (indent: number, path: readonly string[] | undefined): unknown => {
    const below = lines[at]?.text ?? '';
    const depth = below.search(/\S/);
    if (depth >= indent && below.charAt(depth) === '-') return readList(depth);
    return depth > indent ? readMap(depth, path) : null;
  };

  const readList = (indent: number): readonly unknown[] | undefined => {
    const values: unknown[] = [];
    for (let line = lines[at]; line; line = lines[at]) {
      const [, margin = '', gap = '', written = ''] = item.exec(line.text) ?? [];
      if (written === '' || margin.length !== indent) break;
      const column = indent + 1 + gap.length;
      const isMap = entry.test(written);
      if (isMap) lines[at] = { ...line, text: `${' '.repeat(column)}${written}` };
      else at += 1;
      const value = isMap ? readMap(column, undefined) : readValue(written);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values.length > 0 ? values : undefined;
  };

  const values = readMap(0, []);
  return values && at === lines.length ? { values, places } : undefined;
}

/** A value on one line; undefined where only a parser can tell. Numbers and dates stay as written. */
function readValue(written: string): unknown {
  const [, double, single] = quoted.exec(written) ?? [];
  const inQuotes = double ?? single?.replaceAll("''", "'");
  if (inQuotes !== undefined) return inQuotes;
  if (written.startsWith('[')) {
    const whole = written.trimEnd();
    return list.test(whole)
      ? (whole.slice(1, -1).match(listedValue) ?? []).map((each) => readValue(each))
      : undefined;
  }
  if (!text.test(written)) return undefined;
  const bare = written.replace(/ #.*$/, '').trimEnd();
  if (/:(?: |$)/.test(bare)) return undefined;
  const word = words.get(bare);
  return word === undefined ? bare : word;
}
