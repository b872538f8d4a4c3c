import { isFields } from '../../base/is-fields.ts';
import { shorten } from '../../base/shorten.ts';
import type { Author, SeriesPlace } from '../../model/post.ts';
import { isZeroDate, parseDate, readDay } from './parse-date.ts';

/** A date as an instant, and as the day its author wrote. */
export interface WrittenDate {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

/** A picture as written: its address may be relative. */
export interface WrittenCover {
  readonly src: string;
  readonly alt?: string;
}

/** Whether a value says nothing: absent, null, blank text, or a list of such. */
export function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isBlank) : isBlank(value);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** The first of these keys that says something, whatever its case. */
function pick(fields: Readonly<Record<string, unknown>>, ...names: readonly string[]): unknown {
  const given = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  return names
    .map((name) => given.find(([key]) => key.toLowerCase() === name)?.[1])
    .find((value) => value !== undefined);
}

/** A value for people, short enough for one line. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isFields(value)) return 'a map';
  if (typeof value !== 'string') return String(value);
  const line = value.replaceAll(/\s+/g, ' ').trim();
  return `"${shorten(line, 60)}"`;
}

/** Text on one line; numbers count as text. */
export function readText(value: unknown): string | undefined {
  return readLines(value)?.replaceAll(/[ \t\n]+/g, ' ');
}

/** Text with its line breaks. */
export function readLines(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.toWellFormed().trim() : undefined;
}

export function readDate(value: unknown, timezone: string): WrittenDate | undefined {
  const text = readText(value);
  const at = text === undefined ? undefined : parseDate(text, timezone);
  if (text === undefined || at === undefined) return undefined;
  return { at, day: readDay(text) ?? at.slice(0, 10) };
}

/** Whether a value is a date that a program wrote for want of one. */
export function isNoDate(value: unknown): boolean {
  return isZeroDate(readText(value) ?? '');
}

/** Yes or no in the ways YAML 1.1 and 1.2 write it. */
export function readFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = readText(value)?.toLowerCase();
  if (word === undefined) return undefined;
  if (['true', 'yes', 'on', '1'].includes(word)) return true;
  return ['false', 'no', 'off', '0'].includes(word) ? false : undefined;
}

/** Tags in their order, each once; in one text, commas part them, or, where it has none and `byBlanks` says so, blanks. */
export function readTags(value: unknown, byBlanks = false): readonly string[] | undefined {
  const separator = byBlanks && typeof value === 'string' && !value.includes(',') ? /\s+/ : ',';
  const items: readonly unknown[] = typeof value === 'string' ? value.split(separator) : toList(value);
  const tags = items
    .filter((item) => !isEmpty(item))
    .map((item) => (typeof item === 'boolean' ? String(item) : readText(item)));
  return tags.every((tag) => tag !== undefined) ? [...new Set(tags)] : undefined;
}

export function readCover(value: unknown): WrittenCover | undefined {
  if (!isFields(value)) {
    const src = readText(value);
    return src === undefined ? undefined : { src };
  }
  const src = readText(pick(value, 'src', 'url', 'image', 'path'));
  const alt = readText(pick(value, 'alt'));
  return src === undefined ? undefined : { src, ...(alt !== undefined && { alt }) };
}

export function readAuthors(value: unknown): readonly Author[] | undefined {
  const authors = toList(value)
    .filter((item) => !isEmpty(item))
    .map(readAuthor);
  return authors.every((author) => author !== undefined) ? authors : undefined;
}

function readAuthor(value: unknown): Author | undefined {
  const name = readText(isFields(value) ? pick(value, 'name') : value);
  if (name === undefined) return undefined;
  const url = isFields(value) ? readText(pick(value, 'url')) : undefined;
  return { name, ...(url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) && { url }) };
}

/** A BCP 47 tag in its canonical form; `en_US` counts as `en-US`. */
export function readLanguage(value: unknown): string | undefined {
  const text = readText(value)?.replaceAll('_', '-');
  if (text === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}

/** A series' name, alone, in a list of one, or with the part and its group, or with the word that the post is its hub. */
export function readSeries(value: unknown): SeriesPlace | undefined {
  const [only, ...others] = toList(value).filter((item) => !isEmpty(item));
  if (others.length > 0) return undefined;
  if (!isFields(only)) {
    const name = readText(only);
    return name === undefined ? undefined : { name };
  }
  const [name, group] = [readText(pick(only, 'name')), readText(pick(only, 'group'))];
  const part = readPart(pick(only, 'part'));
  if (name === undefined) return undefined;
  if (part === undefined && pick(only, 'part') !== undefined) return undefined;
  if (group === undefined && pick(only, 'group') !== undefined) return undefined;
  const hub = readFlag(pick(only, 'hub'));
  if (hub === undefined && pick(only, 'hub') !== undefined) return undefined;
  return {
    name,
    ...(part !== undefined && { part }),
    ...(group !== undefined && { group }),
    ...(hub === true && { hub }),
  };
}

/** A part's number, from 0. */
export function readPart(value: unknown): number | undefined {
  const text = readText(value) ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
