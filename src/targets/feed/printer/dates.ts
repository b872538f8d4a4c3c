import { Temporal } from 'temporal-polyfill';

/** An instant as Atom and JSON Feed write it: RFC 3339 in UTC, to the second. */
export function formatRfc3339(instant: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(instant)) return instant;
  return Temporal.Instant.from(instant).toString({ smallestUnit: 'second' });
}

/** An instant as RSS writes it: RFC 822 with a year of four digits, in GMT, such as `Sat, 21 Nov 2026 08:30:00 GMT`. */
export function formatRfc822(instant: string): string {
  return new Date(instant).toUTCString();
}

/** The day on which an instant falls in a zone by its IANA name: `YYYY-MM-DD`. */
export function formatDay(instant: string, timezone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).toPlainDate().toString();
}
