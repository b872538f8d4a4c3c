import { suggestWord } from '../errors.ts';
import type { FieldReader } from './front-matter-fields.ts';
import {
  describeValue,
  isEmpty,
  isFields,
  readCover,
  readDate,
  readFlag,
  readLines,
  readTags,
  readText,
  type WrittenCover,
} from './front-matter-values.ts';

const overrideNames = ['title', 'tags', 'description', 'at', 'text', 'cover'] as const;

/** Overrides as written: the cover's address may be relative. */
interface WrittenOverrides {
  readonly title?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly cover?: WrittenCover;
  readonly text?: string;
  readonly at?: string;
}

/** Which targets may show a post, as written. */
export type WrittenSyndicate = false | Readonly<Record<string, boolean | WrittenOverrides>>;

const remedy =
  'Write `syndicate: false`, or each target by name: true, false or overrides (title, tags, description, at, text, cover).';

type Fault = (path: readonly string[], message: string, advice?: string) => void;

/** Reads `syndicate`; whatever in it cannot be taken is an error, since the copy would not be what was meant. */
export function readSyndicate(reader: FieldReader, timezone: string): WrittenSyndicate {
  const entry = reader.claim('syndicate', ['syndicate']);
  if (!entry) return {};
  const { name, value, place } = entry;
  const fault: Fault = (path, message, advice = remedy) =>
    reader.report('error', 'post-syndicate-invalid', reader.placeOf([name, ...path]), message, advice);
  if (isFields(value)) {
    const wishes = Object.entries(value).filter(([, wish]) => !isEmpty(wish));
    return Object.fromEntries(
      wishes.map(([target, wish]) => [target, readWish(target, wish, timezone, fault)] as const),
    );
  }
  const flag = readFlag(value);
  if (flag === false) return false;
  if (flag === undefined) {
    fault([], `\`${name}\` is ${describeValue(value)}, which names no target.`);
  } else {
    reader.report(
      'warning',
      'post-syndicate-unnamed',
      place,
      `\`${name}: true\` names no target, so it changes nothing.`,
      'Name each target, such as `syndicate: { linkedin: true }`.',
    );
  }
  return {};
}

function readWish(target: string, wish: unknown, timezone: string, fault: Fault): boolean | WrittenOverrides {
  if (isFields(wish)) return readOverrides(target, wish, timezone, fault);
  const wanted = readFlag(wish);
  if (wanted === undefined) {
    fault([target], `\`${target}\` is ${describeValue(wish)}, which is not true, false or overrides.`);
  }
  return wanted ?? false;
}

function readOverrides(
  target: string,
  wish: Readonly<Record<string, unknown>>,
  timezone: string,
  fault: Fault,
): WrittenOverrides {
  const given = Object.entries(wish).filter(([, value]) => !isEmpty(value));
  const take = <Value>(
    name: (typeof overrideNames)[number],
    expected: string,
    read: (value: unknown) => Value | undefined,
    advice = `Write ${expected}.`,
  ): Value | undefined => {
    const [key, value] = given.find(([key]) => key.toLowerCase() === name) ?? [];
    if (key === undefined) return undefined;
    const taken = read(value);
    if (taken === undefined) {
      const message = `\`${target}.${key}\` is ${describeValue(value)}, which is not ${expected.replace(/,? such as .+/, '')}.`;
      fault([target, key], message, advice);
    }
    return taken;
  };
  const title = take('title', 'text', readText);
  const description = take('description', 'text', readText);
  const tags = take('tags', 'a list of tags or comma-separated text', readTags);
  const cover = take('cover', 'an address or {src, alt}', readCover);
  const text = take('text', 'text', readLines);
  const at = take(
    'at',
    'a date that exists',
    (value) => readDate(value, timezone)?.at,
    'Write it as in 2026-11-21 08:30.',
  );
  for (const [key] of given.filter(([key]) => !overrideNames.some((name) => name === key.toLowerCase()))) {
    const meant = suggestWord(key, overrideNames);
    const message = `\`${target}.${key}\` is nothing that can be overridden.`;
    fault([target, key], message, meant === undefined ? remedy : `Write \`${meant}\` if that is meant.`);
  }
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(tags && { tags }),
    ...(cover && { cover }),
    ...(text !== undefined && { text }),
    ...(at !== undefined && { at }),
  };
}
