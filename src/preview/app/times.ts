const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const wholeDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

function toDate(local: string): Date {
  return new Date(`${local.slice(0, 10)}T00:00:00Z`);
}

/** A local time such as `2026-12-01T08:30` in short; its year is left out where it is this year's. */
export function showDay(local: string, now: string): string {
  return (local.slice(0, 4) === now.slice(0, 4) ? day : dayAndYear).format(toDate(local));
}

/** The same with the hour and minute, which midnight does without. */
export function showTime(local: string, now: string): string {
  const time = local.slice(11, 16);
  return time === '' || time === '00:00' ? showDay(local, now) : `${showDay(local, now)}, ${time}`;
}

/** A day in full, such as `Tuesday, 1 December 2026`. */
export function showWholeDay(local: string): string {
  return wholeDay.format(toDate(local));
}

/** The month of a day, such as `December 2026`. */
export function showMonth(local: string): string {
  return month.format(toDate(local));
}

/** The day that is a number of days later. */
export function addDays(local: string, count: number): string {
  const date = toDate(local);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The first day of the month that is a number of months later. */
export function addMonths(local: string, count: number): string {
  const date = toDate(local);
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  return date.toISOString().slice(0, 10);
}

/** The Monday on or before a day. */
export function findMonday(local: string): string {
  return addDays(local, -((toDate(local).getUTCDay() + 6) % 7));
}

/** The days that a month's page shows: whole weeks from a Monday. */
export function listMonthDays(local: string): readonly string[] {
  const first = `${local.slice(0, 7)}-01`;
  const from = findMonday(first);
  const after = addMonths(first, 1);
  const weeks = Math.ceil((toDate(after).getTime() - toDate(from).getTime()) / 604_800_000);
  return Array.from({ length: weeks * 7 }, (_, index) => addDays(from, index));
}

/** The instant, ISO 8601 in UTC, at which a zone's clocks show a local time; the earlier one where they show it twice. */
export function toInstant(local: string, timezone: string): string {
  const wanted = Date.parse(`${local.slice(0, 16)}:00Z`);
  const format = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: timezone,
  });
  const offsetAt = (instant: number): number =>
    Date.parse(`${format.format(instant).replace(' ', 'T')}:00Z`) - instant;
  const tries = [wanted - 86_400_000, wanted + 86_400_000].map((near) => wanted - offsetAt(near));
  const found = tries.find((instant) => instant + offsetAt(instant) === wanted) ?? tries[0] ?? wanted;
  return new Date(found).toISOString();
}
