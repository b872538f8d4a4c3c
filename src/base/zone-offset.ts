import { Temporal } from 'temporal-polyfill';

const day = 24 * 60 * 60 * 1000;

/** Between two changes of a zone's clocks, the second excluded: epoch milliseconds. */
interface Period {
  readonly from: number;
  readonly to: number;
  /** In milliseconds; positive east of Greenwich. */
  readonly offset: number;
}

/** The periods that were asked for, by zone: a blog's dates fall in few, and working one out takes long. */
const periods = new Map<string, Period[]>();

/** How far a zone (IANA name) is ahead of UTC at an instant, both in milliseconds. Throws a RangeError for no zone. */
export function offsetAt(instant: number, timezone: string): number {
  const known = periods.get(timezone) ?? [];
  const found = known.find(({ from, to }) => from <= instant && instant < to);
  if (found) return found.offset;
  const period = findPeriod(instant, timezone);
  periods.set(timezone, [...known, period]);
  return period.offset;
}

/** Clocks change at whole seconds, so no change falls on the millisecond that is asked about. */
function findPeriod(instant: number, timezone: string): Period {
  const second = Math.floor(instant / 1000) * 1000;
  const inside = Temporal.Instant.fromEpochMilliseconds(second + 1).toZonedDateTimeISO(timezone);
  return {
    from: inside.getTimeZoneTransition('previous')?.epochMilliseconds ?? second - 365 * day,
    to: inside.getTimeZoneTransition('next')?.epochMilliseconds ?? second + 365 * day,
    offset: inside.offsetNanoseconds / 1e6,
  };
}

/**
 * The instant at which a zone's clocks show a time, given as the milliseconds that UTC's have counted when they show it. Of
 * two it is the first; a time that the clocks skip moves forward by the gap.
 */
export function instantOf(local: number, timezone: string): number {
  const offset = offsetAt(local - day, timezone);
  if (offset === offsetAt(local + day, timezone)) return local - offset;
  const shown = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();
  return shown.toZonedDateTime(timezone).epochMilliseconds;
}
