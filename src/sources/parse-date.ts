import { Temporal } from 'temporal-polyfill';

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

const zoneNames: Readonly<Record<string, string>> = {
  z: '+00:00',
  ut: '+00:00',
  utc: '+00:00',
  gmt: '+00:00',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
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
  const parts = forms.map((form) => form.exec(trimmed)?.groups).find((groups) => groups !== undefined);
  if (!parts) return undefined;
  const local = readLocal(parts);
  const zone = parts['offset'] === undefined ? timezone : readOffset(parts['offset']);
  if (!local || zone === undefined) return undefined;
  const written = local.toZonedDateTime(zone).toInstant().toString({ smallestUnit: 'second' });
  return /^\d{4}-/.test(written) ? written : undefined;
}

function readLocal(parts: Readonly<Record<string, string>>): Temporal.PlainDateTime | undefined {
  const fields = {
    year: readYear(parts['year'] ?? ''),
    month: readMonth(parts['month'] ?? ''),
    day: Number(parts['day']),
    hour: Number(parts['hour'] ?? 0),
    minute: Number(parts['minute'] ?? 0),
    second: Number(parts['second'] ?? 0),
  };
  if (fields.month === 0) return undefined;
  try {
    return Temporal.PlainDateTime.from(fields, { overflow: 'reject' });
  } catch {
    return undefined;
  }
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

function readOffset(text: string): string | undefined {
  const digits = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (!digits) return zoneNames[text.toLowerCase()];
  const [, sign = '', hours = '', minutes = '00'] = digits;
  return Number(hours) < 24 && Number(minutes) < 60 ? `${sign}${hours}:${minutes}` : undefined;
}
