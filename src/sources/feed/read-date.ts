import { parseDate } from '../../reading/front-matter/parse-date.ts';

/** Names of zones that RFC 822 does not know but feeds use; those that mean several, such as IST and BST, are not read. */
const zoneNames: Readonly<Record<string, string>> = {
  wet: '+00:00',
  west: '+01:00',
  cet: '+01:00',
  cest: '+02:00',
  eet: '+02:00',
  eest: '+03:00',
  jst: '+09:00',
};

/** No date is written in more characters than this. */
const longestDate = 100;

/**
 * A feed's date as an instant in UTC: RFC 822, ISO 8601, or seconds or milliseconds since 1970. One without a zone is in
 * `timezone`, a weekday is not believed.
 */
export function readFeedDate(text: string, timezone: string): string | undefined {
  const written = text.trim();
  if (written.length > longestDate) return undefined;
  if (/^\d{10}(?:\d{3})?$/.test(written)) {
    return new Date(Number(written.padEnd(13, '0'))).toISOString().replace(/\.\d+Z$/, 'Z');
  }
  const bare = written
    .replace(/\s*\([^()]*\)$/, '')
    .replace(/^(\w+,?\s+)?(\d{1,2})-([a-z]{3})-(\d{2,4})\b/i, '$1$2 $3 $4')
    .replace(/\b[a-z]{3,4}$/i, (name) => zoneNames[name.toLowerCase()] ?? name);
  return parseDate(bare, timezone);
}
