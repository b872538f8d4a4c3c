import { Temporal } from 'temporal-polyfill';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant as Atom and JSON Feed write it: RFC 3339 in UTC, to the second. */
export function formatRfc3339(instant: string): string {
  return Temporal.Instant.from(instant).toString({ smallestUnit: 'second' });
}

/** An instant as RSS writes it: RFC 822 with a year of four digits, in GMT, such as `Sat, 21 Nov 2026 08:30:00 GMT`. */
export function formatRfc822(instant: string): string {
  const { dayOfWeek, day, month, year, hour, minute, second } =
    Temporal.Instant.from(instant).toZonedDateTimeISO('UTC');
  const date = `${weekdays[dayOfWeek - 1]}, ${pad(day)} ${months[month - 1]} ${String(year).padStart(4, '0')}`;
  return `${date} ${pad(hour)}:${pad(minute)}:${pad(second)} GMT`;
}

/** The day on which an instant falls in a zone by its IANA name: `YYYY-MM-DD`. */
export function formatDay(instant: string, timezone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).toPlainDate().toString();
}

function pad(count: number): string {
  return String(count).padStart(2, '0');
}
