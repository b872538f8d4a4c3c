import { parseDate } from '../../reading/front-matter/parse-date.ts';

/** No date is written in more characters than this. */
const longestDate = 100;

/**
 * A feed's date as an instant in UTC: RFC 822, ISO 8601, what programs print, or seconds or milliseconds since 1970. One without a
 * zone is in `timezone`, a weekday is not believed. A program's zero is none.
 */
export function readFeedDate(text: string, timezone: string): string | undefined {
  const written = text.trim();
  if (written.length > longestDate) return undefined;
  if (/^\d{10}(?:\d{3})?$/.test(written)) {
    return new Date(Number(written.padEnd(13, '0'))).toISOString().replace(/\.\d+Z$/, 'Z');
  }
  // What Dublin Core and Atom's kin may leave out: the day, or the month too (W3C-DTF).
  const [, year, month = '01'] = /^(\d{4})(?:-(\d\d))?$/.exec(written) ?? [];
  if (year !== undefined && year !== '0000') return parseDate(`${year}-${month}-01`, timezone);
  return parseDate(written.replace(/\s*\([^()]*\)$/, ''), timezone);
}
