import { once } from '../../base/once.ts';
import { instantOf } from '../../base/zone-offset.ts';

/** The English names of months, in their order. */
export const monthNames =
  'January February March April May June July August September October November December'.split(' ');

/** Hours ahead of UTC; names that mean several zones, such as IST and BST, are not read. */
const zoneNames: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  wet: 0,
  west: 1,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  jst: 9,
  akst: -9,
  akdt: -8,
  hst: -10,
  msk: 3,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
};

const time = String.raw`(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:[.,]\d+)?)?(?:\s*(?<half>[ap])\.?m\b\.?)?`;
const offset = String.raw`(?<offset>(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?|[a-z]{1,4}\b)`;
const year = String.raw`(?<year>-?\d{4})`;
const weekday = String.raw`(?:[\p{L}-]{2,13}\.?(?:,\s*|\s+))?`;
const day = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|\.)?`;
const month = String.raw`(?:de\s+)?(?<month>\p{L}{3,12})\.?(?:\s+de\b)?`;
const at = String.raw`(?:\s+at)?\s+`;

/** The name that Go and JavaScript write beside an offset, which says no more than that, and Go's reading of its own clock. */
const echo = String.raw`(?:\s+(?:[a-z]{2,5}|[+-][\d:]{2,5}))?(?:\s+\([^()]*\))?(?:\s+m=[+-][\d.]+)?`;

const forms = [
  `${year}(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})(?:(?:t|\\.?\\s+)${time}(?:\\s*${offset}${echo})?)?`,
  `${weekday}${day}(?:\\s+|-)${month},?(?:\\s+|-)(?<year>-?\\d{4}|\\d{2})(?:,?${at}${time}(?:\\s*${offset}${echo})?)?`,
  `${weekday}${month}\\s+${day},?\\s+${year}(?:,?${at}${time}(?:\\s*${offset}${echo})?)?`,
  `${weekday}${month}\\s+${day}\\s+${time}(?:\\s+${offset})?\\s+${year}`,
  String.raw`${year}(?<month>\d{2})(?<day>\d{2})(?:[t ]?(?<hour>\d{2}):?(?<minute>\d{2})(?::?(?<second>\d{2}))?${offset}?)?`,
  `${year}\\s?[年년]\\s?(?<month>\\d{1,2})\\s?[月월]\\s?(?<day>\\d{1,2})\\s?[日일](?:\\s*${time})?`,
  // Where dots part day, month and year, they stand in this order.
  `(?<day>\\d{1,2})\\.\\s?(?<month>\\d{1,2})\\.\\s?${year}(?:,?\\s+${time})?`,
].map((form) => new RegExp(`^${form}$`, 'iu'));

/** What Java and JavaScript's Temporal write after an offset: the zone that it is of. */
const zoneName = /((?:z|[+-]\d\d:?\d\d))\[[\w/+-]{1,40}\]$/i;

/**
 * Reads a date as blogs, feeds and programs write it: ISO 8601 and its looser kin, RFC 822, English month names, days as they are
 * written in Chinese, Japanese and Korean, and what JavaScript, Go, Java and C print. A weekday is not believed. Without a zone it
 * is in `timezone` (IANA name), without a time 00:00 there; a time that a clock change skips moves forward by the gap. The answer is ISO 8601 in UTC with seconds, or nothing
 * when the text is not a date that exists, or is a program's zero.
 */
export function parseDate(text: string, timezone: string): string | undefined {
  const parts = readParts(text);
  if (parts === undefined || isZero(parts)) return undefined;
  const local = readLocal(parts);
  if (local === undefined) return undefined;
  const offset = parts['offset'] === undefined ? undefined : readOffset(parts['offset']);
  if (parts['offset'] !== undefined && offset === undefined) return undefined;
  const instant = offset === undefined ? instantOf(local, timezone) : local - offset;
  const written = new Date(instant).toISOString().replace('.000Z', 'Z');
  return /^\d{4}-/.test(written) ? written : undefined;
}

/** Whether a date is what a program writes for none: the zero of Go and .NET, of MySQL, of PHP, or of clocks that count from 1970. */
export function isZeroDate(text: string): boolean {
  const parts = readParts(text);
  return parts === undefined ? /^0+$/.test(text.trim()) : isZero(parts);
}

/** The day that a date names, as `YYYY-MM-DD`, whatever day it is elsewhere then. */
export function readDay(text: string): string | undefined {
  const local = readLocal(readParts(text) ?? {});
  return local === undefined ? undefined : new Date(local).toISOString().slice(0, 10);
}

type Parts = Readonly<Record<string, string | undefined>>;

/** The date that was read last: a post asks several things of the same one. */
let last: { readonly text: string; readonly parts: Parts | undefined } | undefined;

function readParts(text: string): Parts | undefined {
  if (last?.text === text) return last.parts;
  const trimmed = text.trim().replaceAll('−', '-').replace(zoneName, '$1');
  let parts: Parts | undefined;
  for (const form of forms) parts ??= form.exec(trimmed)?.groups;
  last = { text, parts };
  return parts;
}

/** The least year that is no zero: a zero that is shown in a zone west of Greenwich is in the year before. */
const firstYear = 2;

function isZero(parts: Parts): boolean {
  const { year = '', month = '', day, hour = '0', minute = '0', second = '0' } = parts;
  if (year.length > 2 && Number(year) < firstYear) return true;
  const isMidnight = [hour, minute, second].every((part) => Number(part) === 0);
  return Number(year) === 1970 && readMonth(month) === 1 && Number(day) === 1 && isMidnight;
}

/** The date and time as milliseconds since 1970 on clocks that show UTC; nothing for one that no clock shows. */
function readLocal(parts: Parts): number | undefined {
  const [year, month, day] = [
    readYear(parts['year'] ?? ''),
    readMonth(parts['month'] ?? ''),
    Number(parts['day']),
  ];
  const [hour, minute, second] = [
    readHour(parts['hour'] ?? '0', parts['half']),
    Number(parts['minute'] ?? 0),
    Number(parts['second'] ?? 0),
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  // A minute has a second more where clocks are set right.
  if (!(hour <= 23) || minute > 59 || second > 60) return undefined;
  return date.setUTCHours(hour, minute, second);
}

/** An hour of a clock with hands is from 1 to 12; nothing else makes one that exists. */
function readHour(text: string, half: string | undefined): number {
  const hour = Number(text);
  if (half === undefined) return hour;
  return hour < 1 || hour > 12 ? Number.NaN : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function readYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function readMonth(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const name = text.toLowerCase();
  const english = monthNames.findIndex((month) => month.toLowerCase().startsWith(name)) + 1;
  return english > 0 ? english : readForeign(name);
}

/** The month that a name or its beginning means in other languages; none where that could be several. */
function readForeign(name: string): number {
  const names = foreignMonths();
  const exact = names.get(name);
  if (exact !== undefined) return exact;
  const [month = 0, ...others] = new Set(
    Array.from(names).flatMap(([known, number]) => (known.startsWith(name) ? [number] : [])),
  );
  return others.length === 0 ? month : 0;
}

/** Languages in which programs write months. Not Croatian, in which some names mean another month than in Czech and Polish. */
const languages = 'de fr es it pt nl pl ru uk cs sv nb da fi hu tr'.split(' ');

/** The names of months in other languages, long and short, as they stand in dates and alone. */
const foreignMonths = once((): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  const ambiguous = new Set<string>();
  for (const language of languages) {
    for (const form of ['long', 'short'] as const) {
      for (const more of [{}, { day: 'numeric' }] as const) {
        const format = new Intl.DateTimeFormat(language, { month: form, ...more, timeZone: 'UTC' });
        for (let month = 1; month <= 12; month += 1) {
          const parts = format.formatToParts(Date.UTC(2026, month - 1, 1));
          const name = (parts.find(({ type }) => type === 'month')?.value ?? '')
            .toLowerCase()
            .replace(/\.$/, '');
          if (found.has(name) && found.get(name) !== month) ambiguous.add(name);
          found.set(name, month);
        }
      }
    }
  }
  for (const name of ambiguous) found.delete(name);
  return found;
});

/** In milliseconds ahead of UTC. */
function readOffset(text: string): number | undefined {
  const digits = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(text);
  const minute = 60 * 1000;
  if (!digits) {
    const hours = zoneNames[text.toLowerCase()];
    return hours === undefined ? undefined : hours * 60 * minute;
  }
  const [, sign = '', hours = '', minutes = '00'] = digits;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * minute;
}
