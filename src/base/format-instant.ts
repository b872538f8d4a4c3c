import { offsetAt } from './zone-offset.ts';

/** The day an instant, ISO 8601 in UTC, falls on in a zone (IANA name), as `YYYY-MM-DD`. */
export function dayOf(instant: string, timezone: string): string {
  const at = Date.parse(instant);
  const [day = ''] = new Date(at + offsetAt(at, timezone)).toISOString().split('T');
  return day;
}

/** An instant as people read it, such as `2026-12-01 08:30 America/New_York`. */
export function formatInstant(instant: string, timezone: string): string {
  const at = Date.parse(instant);
  const [day = '', time = ''] = new Date(at + offsetAt(at, timezone)).toISOString().split('T');
  return `${day} ${time.slice(0, 5)} ${timezone}`;
}
