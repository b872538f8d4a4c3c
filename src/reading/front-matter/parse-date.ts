import { instantOf } from './zone-offset.ts';

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Hours ahead of UTC. */
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
};

const time = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?`;
const offset = String.raw`(?<offset>z|utc|gmt|[+-]\d{2}(?::?\d{2})?)`;
const namedOffset = String.raw`(?<offset>[a-z]{1,3}|[+-]\d{2}:?\d{2})`;

const forms = [
  `(?<year>\\d{4})(?<mark>[-/])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})(?:(?:t|\\s+)${time}(?:\\s*${offset})?)?`,
  `(?:[a-z]{3,9},?\\s+)?(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s+(?<month>[a-z]{3,9})\\.?,?\\s+(?<year>\\d{4}|\\d{2})(?:\\s+${time}(?:\\s*${namedOffset})?)?`,
  `(?:[a-z]{3,9},?\\s+)?(?<month>[a-z]{3,9})\\.?\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`, 'i'));

/**
 * Reads a date as blogs and feeds write it: ISO 8601 and its looser kin, RFC 822, and English month names.
 * Without a zone it is in `timezone` (IANA name), without a time 00:00 there; a time that a clock change
 * skips moves forward by the gap. The answer is ISO 8601 in UTC with seconds, or nothing when the text is
 * not a date that exists.
 */
export function parseDate(text: string, timezone: string): string | undefined {
  const trimmed = text.trim();
  let parts: Readonly<Record<string, string>> | undefined;
  for (const form of forms) parts ??= form.exec(trimmed)?.groups;
  if (!parts) return undefined;
  const local = readLocal(parts);
  if (local === undefined) return undefined;
  const offset = parts['offset'] === undefined ? undefined : readOffset(parts['offset']);
  if (parts['offset'] !== undefined && offset === undefined) return undefined;
  const instant = offset === undefined ? instantOf(local, timezone) : local - offset;
  const written = new Date(instant).toISOString().replace('.000Z', 'Z');
  return /^\d{4}-/.test(written) ? written : undefined;
}

/** The date and time as milliseconds since 1970 on clocks that show UTC; nothing for one that no clock shows. */
function readLocal(parts: Readonly<Record<string, string>>): number | undefined {
  const [year, month, day] = [
    readYear(parts['year'] ?? ''),
    readMonth(parts['month'] ?? ''),
    Number(parts['day']),
  ];
  const [hour, minute, second] = [
    Number(parts['hour'] ?? 0),
    Number(parts['minute'] ?? 0),
    Number(parts['second'] ?? 0),
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return date.setUTCHours(hour, minute, second);
}

function readYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function readMonth(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  return months.findIndex((name) => name.startsWith(text.toLowerCase())) + 1;
}

/** In milliseconds ahead of UTC. */
function readOffset(text: string): number | undefined {
  const digits = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  const minute = 60 * 1000;
  if (!digits) {
    const hours = zoneNames[text.toLowerCase()];
    return hours === undefined ? undefined : hours * 60 * minute;
  }
  const [, sign = '', hours = '', minutes = '00'] = digits;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * minute;
}
