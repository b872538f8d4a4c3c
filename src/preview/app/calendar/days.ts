import type { CalendarEntry } from '../../define.ts';

/** The entries of each day, by its date. */
export function groupByDay(entries: readonly CalendarEntry[]): ReadonlyMap<string, readonly CalendarEntry[]> {
  return Map.groupBy(entries, ({ local }) => local.slice(0, 10));
}

/** Hues far apart, in degrees. */
const hues = [255, 145, 25, 325, 195, 85, 285, 55];

/** A hue for each series, the same from day to day: in the order of their names. */
export function listHues(entries: readonly CalendarEntry[]): ReadonlyMap<string, number> {
  const names = new Set(entries.flatMap(({ series }) => series ?? []));
  return new Map([...names].toSorted().map((name, index) => [name, hues[index % hues.length] ?? 0]));
}
