import { isFields } from '../../base/is-fields.ts';
import { suggestWord } from '../../base/errors.ts';
import type { FieldReader } from './fields.ts';
import {
  describeValue,
  isEmpty,
  readCover,
  readDate,
  readFlag,
  readLines,
  readTags,
  readText,
  type WrittenCover,
} from './values.ts';

const overrideNames = ['title', 'tags', 'description', 'at', 'text', 'cover'] as const;

/** What an override is also called. */
const otherNames: Readonly<Record<string, (typeof overrideNames)[number]>> = { commentary: 'text' };

/** Those that a target can go without: `false`, or what is written and empty, says so. */
const emptied: ReadonlySet<string> = new Set(['description', 'tags', 'cover']);

/** Overrides as written: the cover's address may be relative, and `false` is none. */
interface WrittenOverrides {
  readonly title?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly cover?: WrittenCover | false;
  readonly text?: string;
  readonly at?: string;
}

/** Which targets may show a post, as written. */
export type WrittenSyndicate = false | Readonly<Record<string, boolean | WrittenOverrides>>;

const remedy =
  'Write `syndicate: false`, or each target by name: true, false or overrides (title, tags, description, at, text, cover).';

type Refuse = (path: readonly string[], message: string, advice?: string) => void;

/** Reads `syndicate`; whatever in it cannot be taken is an error, since the copy would not be what was meant. */
export function readSyndicate(reader: FieldReader, timezone: string): WrittenSyndicate {
  const entry = reader.claim('syndicate', ['syndicate']);
  if (!entry) return {};
  const { name, value, place } = entry;
  const refuse: Refuse = (path, message, advice = remedy) =>
    reader.report('error', 'post-syndicate-invalid', reader.placeOf([name, ...path]), message, advice);
  if (isFields(value)) {
    const wishes = Object.entries(value).filter(([, wish]) => !isEmpty(wish));
    return Object.fromEntries(
      wishes.map(([target, wish]) => [target, readWish(target, wish, timezone, refuse)] as const),
    );
  }
  const flag = readFlag(value);
  if (flag === false) return false;
  if (flag === undefined) {
    refuse([], `\`${name}\` is ${describeValue(value)}, which does not name a target.`);
  } else {
    reader.report(
      'warning',
      'post-syndicate-unnamed',
      place,
      `\`${name}: true\` does not name a target, so it changes nothing.`,
      'Name each target, such as `syndicate: { linkedin: true }`.',
    );
  }
  return {};
}

function readWish(
  target: string,
  wish: unknown,
  timezone: string,
  refuse: Refuse,
): boolean | WrittenOverrides {
  if (isFields(wish)) return readOverrides(target, wish, timezone, refuse);
  const wanted = readFlag(wish);
  if (wanted === undefined) {
    refuse([target], `\`${target}\` is ${describeValue(wish)}, which is not true, false or overrides.`);
  }
  return wanted ?? false;
}

function readOverrides(
  target: string,
  wish: Readonly<Record<string, unknown>>,
  timezone: string,
  refuse: Refuse,
): WrittenOverrides {
  const nameOf = (key: string): string => otherNames[key.toLowerCase()] ?? key.toLowerCase();
  const given = Object.entries(wish).filter(
    ([key, value]) => !isEmpty(value) || (emptied.has(nameOf(key)) && isEmptied(value)),
  );
  const take = <Value>(
    name: (typeof overrideNames)[number],
    expected: string,
    read: (value: unknown) => Value | undefined,
    advice = `Write ${expected}.`,
  ): Value | undefined => {
    const [first, second] = given.filter(([key]) => nameOf(key) === name);
    if (first === undefined) return undefined;
    const [key, value] = first;
    if (second !== undefined && JSON.stringify(second[1]) !== JSON.stringify(value)) {
      const message = `\`${target}.${second[0]}\` differs from \`${target}.${key}\`, which says the same thing.`;
      refuse([target, second[0]], message, 'Keep one of the two.');
    }
    const taken = read(value);
    if (taken === undefined) {
      const message = `\`${target}.${key}\` is ${describeValue(value)}, which is not ${expected.replace(/,? such as .+/, '')}.`;
      refuse([target, key], message, advice);
    }
    return taken;
  };
  const title = take('title', 'text', readText);
  const description = take('description', 'text, or false for none', (value) =>
    isEmptied(value) ? '' : readText(value),
  );
  const tags = take('tags', 'a list of tags or comma-separated text, or false for none', (value) =>
    isEmptied(value) ? [] : readTags(value),
  );
  const cover = take('cover', 'an address, {src, alt} or false for none', (value) =>
    isEmptied(value) ? false : readCover(value),
  );
  const text = take('text', 'text', readLines);
  const at = take(
    'at',
    'a date that exists',
    (value) => readDate(value, timezone)?.at,
    'Write it as in 2026-11-21 08:30.',
  );
  for (const [key] of given.filter(([key]) => !overrideNames.some((name) => name === nameOf(key)))) {
    const meant = suggestWord(key.toLowerCase(), [...overrideNames, ...Object.keys(otherNames)]);
    const message = `\`${target}.${key}\` cannot be overridden.`;
    refuse([target, key], message, meant === undefined ? remedy : `Write \`${meant}\` if that is meant.`);
  }
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(tags && { tags }),
    ...(cover !== undefined && { cover }),
    ...(text !== undefined && { text }),
    ...(at !== undefined && { at }),
  };
}

/** Whether a value says that there shall be none: `false`, or text or a list written out and empty. */
function isEmptied(value: unknown): boolean {
  return value === false || (isEmpty(value) && value !== undefined && value !== null);
}
