import { isFields } from '../../base/is-fields.ts';
import { suggestWord } from '../../base/errors.ts';
import type { Place, RuleId, Severity } from '../../model/diagnostic.ts';
import type { LetterField } from '../../model/letter.ts';
import type { PostField } from '../../model/post.ts';
import type { Block } from './define.ts';
import { describeValue, isEmpty } from './values.ts';

/** Names that other tools use, a letter away from a field and meaning something else. */
const unrelatedNames: ReadonlySet<string> = new Set(
  '_id color data images katex math ogimage pages parent resource state uid uri'.split(' '),
);

/** A field of a post or of a letter. */
export type GivenField = PostField | LetterField;

/** A field that is given, under the name its author used. */
interface FieldEntry {
  readonly name: string;
  readonly value: unknown;
  readonly place: Place;
}

/** A field with the names it is accepted under, the first of which wins. */
interface Row<Value> {
  readonly field: GivenField;
  readonly names: readonly string[];
  /** How bad a value that cannot be taken is, and the rule it breaks. */
  readonly severity: Severity;
  readonly rule: RuleId;
  /** What the value should be, to end "is not …". */
  readonly expected: string;
  /** What to write, without a final stop; by default what is expected. */
  readonly remedy?: string;
  /** These names count only where the field is not given otherwise. */
  readonly fallback?: boolean;
  /** Whether an entry is this field at all, for names that can also mean something else. */
  readonly applies?: (entry: FieldEntry) => boolean;
  /** The value, or nothing when it cannot be taken. */
  readonly read: (value: unknown, entry: FieldEntry) => Value | undefined;
  /** What two values are compared by; by default all of them. */
  readonly compare?: (value: Value) => string;
}

export type Report = (
  severity: Severity,
  rule: RuleId,
  place: Place,
  message: string,
  remedy: string,
) => void;

/** Takes fields out of a front matter and keeps count of what was taken. */
export interface FieldReader {
  readonly report: Report;
  /** Where each field that was found stands. */
  readonly places: Readonly<Partial<Record<GivenField, Place>>>;
  /** The entries under any of these names that say something, in the order of the names. */
  find(names: readonly string[]): readonly FieldEntry[];
  /** The entry that gives a field, for fields whose value is read in some other way than `take` does. */
  claim(field: GivenField, names: readonly string[]): FieldEntry | undefined;
  /** Whether a field says something, under its own name or the blog's; nothing near it counts as a slip of the pen. */
  gives(field: GivenField): boolean;
  /** The row's value; a value that cannot be taken, and two that differ, are reported. */
  take<Value>(row: Row<Value>): Value | undefined;
  /** Where a nested key stands, by its path, or else its nearest parent. */
  placeOf(path: readonly string[]): Place;
  /** What nobody has asked for by name so far. */
  listUnasked(): readonly FieldEntry[];
  /** Reports names that were asked for by nobody and look like one that was. */
  reportNearMisses(): void;
}

const keepOne = 'Keep one of the two, or make both say the same.';

/** What most fields are given as, made once. */
const none: readonly FieldEntry[] = [];

/** Opens a block for reading; `mapping` names the blog's own key, or dotted path, of a field. */
export function openFields(
  block: Block,
  mapping: Readonly<Partial<Record<GivenField, string | undefined>>>,
  report: Report,
): FieldReader {
  const places: Partial<Record<GivenField, Place>> = {};
  const asked: (readonly string[])[] = [];
  const found = new Set<string>();
  const values = indexFields(block.values);

  const placeOf = (path: readonly string[]): Place => findPlace(block, path);

  const find = (names: readonly string[]): readonly FieldEntry[] => {
    asked.push(names);
    const given = names.filter((name) => values.has(name.toLowerCase()));
    if (given.length === 0) return none;
    for (const name of given) found.add(name.toLowerCase());
    return given.flatMap((name) => findKeys(values, name, [], placeOf));
  };

  const findMapped = (field: GivenField): readonly FieldEntry[] => {
    const path = mapping[field];
    if (path === undefined) return none;
    asked.push([path.split('.', 1)[0] ?? path]);
    return findPath(values, path, placeOf);
  };

  const take = <Value>(row: Row<Value>): Value | undefined => {
    const named = find(row.names);
    if (row.fallback && places[row.field]) return undefined;
    const mapped = findMapped(row.field);
    if (mapped.length === 0 && named.length === 0) return undefined;
    const [first, ...rest] = [...mapped, ...named].filter((entry) => row.applies?.(entry) ?? true);
    if (!first) return undefined;
    places[row.field] = first.place;
    const value = row.read(first.value, first);
    if (value === undefined) {
      report(row.severity, row.rule, first.place, ...refuseValue(row, first));
      return undefined;
    }
    reportConflicts(row, value, first, mapped.includes(first) ? [] : rest, report);
    return value;
  };

  const reportNearMisses = (): void => {
    const others = Object.keys(block.values).filter((key) => !found.has(key.toLowerCase()));
    for (const [key, meant] of others.length === 0 ? [] : findNearMisses(others, asked.flat())) {
      const remedy = `Write \`${meant}\` if that is meant.`;
      report(
        'warning',
        'post-field-near-miss',
        placeOf([key]),
        `\`${key}\` is not a field that is read.`,
        remedy,
      );
    }
  };

  return {
    report,
    places,
    find,
    claim: (field, names) => {
      const [first] = [...findMapped(field), ...find(names)];
      if (first) places[field] = first.place;
      return first;
    },
    gives: (field) => {
      const path = mapping[field];
      return values.has(field) || (path !== undefined && findPath(values, path, placeOf).length > 0);
    },
    take,
    placeOf,
    listUnasked: () =>
      Object.entries(block.values).flatMap(([name, value]) =>
        found.has(name.toLowerCase()) || isEmpty(value) ? [] : [{ name, value, place: placeOf([name]) }],
      ),
    reportNearMisses,
  };
}

/** Where a nested key stands, or else its nearest parent. */
function findPlace(block: Block, path: readonly string[]): Place {
  const place = block.places.get(path.join('.').toLowerCase());
  return place ?? (path.length > 0 ? findPlace(block, path.slice(0, -1)) : { line: 1, column: 1 });
}

/** Reports each further entry that says something else than the one whose value is taken. */
function reportConflicts<Value>(
  row: Row<Value>,
  value: Value,
  taken: FieldEntry,
  others: readonly FieldEntry[],
  report: Report,
): void {
  for (const other of others.filter(differFrom(row, value))) {
    const message = `\`${other.name}\` differs from \`${taken.name}\`, which is taken.`;
    report('warning', 'post-field-conflict', other.place, message, keepOne);
  }
}

/** What is wrong with a value that cannot be taken, and what to do. */
function refuseValue<Value>(row: Row<Value>, { name, value }: FieldEntry): [message: string, remedy: string] {
  const expected = row.expected.replace(/,? such as .+/, '');
  const ending = row.severity === 'warning' ? '; until then it is left out' : '';
  return [
    `\`${name}\` is ${describeValue(value)}, which is not ${expected}.`,
    `${row.remedy ?? `Write ${row.expected}`}${ending}.`,
  ];
}

/** Whether another entry gives a field a value, and not the one that is taken. */
function differFrom<Value>(row: Row<Value>, taken: Value): (other: FieldEntry) => boolean {
  const compare = row.compare ?? ((value: Value) => JSON.stringify(value));
  return (other) => {
    const value = row.read(other.value, other);
    return value !== undefined && compare(value) !== compare(taken);
  };
}

/** The keys that look like a name that is asked for, and that name. */
function findNearMisses(
  keys: readonly string[],
  names: readonly string[],
): readonly (readonly [key: string, meant: string])[] {
  const known = new Map(names.map((name) => [name.toLowerCase(), name]));
  return keys.flatMap((key) => {
    const word = key.toLowerCase();
    const meant =
      known.has(word) || unrelatedNames.has(word) ? undefined : suggestWord(word, [...known.keys()]);
    return meant === undefined ? [] : [[key, known.get(meant) ?? meant] as const];
  });
}

/** The fields that say something, by their names in lower case. */
type FieldIndex = ReadonlyMap<string, readonly (readonly [key: string, value: unknown])[]>;

function indexFields(fields: Readonly<Record<string, unknown>>): FieldIndex {
  const index = new Map<string, (readonly [string, unknown])[]>();
  for (const entry of Object.entries(fields)) {
    if (isEmpty(entry[1])) continue;
    const name = entry[0].toLowerCase();
    const others = index.get(name);
    if (others === undefined) index.set(name, [entry]);
    else others.push(entry);
  }
  return index;
}

function findKeys(
  fields: FieldIndex,
  name: string,
  parents: readonly string[],
  placeOf: (path: readonly string[]) => Place,
): readonly FieldEntry[] {
  const found = fields.get(name.toLowerCase()) ?? [];
  return found.map(([key, value]) => ({
    name: [...parents, key].join('.'),
    value,
    place: placeOf([...parents, key]),
  }));
}

/** What is at a path whose parts stand between dots: under that name as it is written, else inside maps. */
function findPath(
  fields: FieldIndex,
  path: string,
  placeOf: (path: readonly string[]) => Place,
): readonly FieldEntry[] {
  const literal = findKeys(fields, path, [], placeOf);
  if (literal.length > 0) return literal;
  const [top = path, ...rest] = path.split('.');
  return rest.reduce(
    (entries, key, depth) =>
      entries.flatMap(({ value }) =>
        isFields(value)
          ? findKeys(indexFields(value), key, path.split('.').slice(0, depth + 1), placeOf)
          : [],
      ),
    findKeys(fields, top, [], placeOf),
  );
}
