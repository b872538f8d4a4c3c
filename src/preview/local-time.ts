import { Temporal } from 'temporal-polyfill';

/** An instant, ISO 8601 in UTC, as clocks in a zone show it: `2026-12-01T08:30`. */
export function toLocalTime(instant: string, timezone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}
