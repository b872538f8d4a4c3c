const minutesOfDay = 24 * 60;

/** A range of the day, each end as `HH:MM`; one that ends before it begins goes over midnight. */
interface Range {
  readonly from: string;
  readonly to: string;
}

/** The minutes from midnight to a time of day, `HH:MM`. */
export function readTimeOfDay(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/**
 * The end of the quiet range that a time of day falls in, both in minutes from midnight of the same day, so that it is over 1440 where
 * the range ends on the next; undefined where it falls in none. The end may fall in another range.
 */
export function findQuietEnd(minute: number, quiet: readonly Range[]): number | undefined {
  for (const range of quiet) {
    const [from, to] = [readTimeOfDay(range.from), readTimeOfDay(range.to)];
    if (from < to && from <= minute && minute < to) return to;
    if (from >= to && minute >= from) return to + minutesOfDay;
    if (from >= to && minute < to) return to;
  }
  return undefined;
}
