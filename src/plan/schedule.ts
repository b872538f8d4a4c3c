import { Temporal } from 'temporal-polyfill';
import { compareText } from '../base/compare-text.ts';
import { findQuietEnd } from '../base/quiet-time.ts';
import type { Schedule } from '../model/target.ts';

/** A copy that has not been sent yet, and that only its time holds back. */
export interface Unsent {
  readonly postId: string;
  /** The date of the original, ISO 8601 in UTC. */
  readonly publishAt: string;
  /** The post's own `syndicate.<target>.at`, ISO 8601 in UTC. */
  readonly at?: string;
}

/** When a copy goes out. */
export interface Scheduled {
  readonly postId: string;
  readonly due: boolean;
  /** The instant it becomes, or became, due: ISO 8601 in UTC, whole seconds. */
  readonly at: string;
  /** For a copy that is caught up: the slot in which it should have gone out, in the same form. */
  readonly missed?: string;
}

/** Days are whole numbers counted from 1970-01-01 in the site's zone, instants milliseconds since then in UTC. */
interface Calendar {
  dayOf(instant: number): number;
  startOf(day: number): number;
  /** The first instant at which clocks show `time` on `day`; in a gap of the clocks, the instant the gap ends. */
  instantOf(day: number, time: string): number;
  addDuration(instant: number, duration: string): number;
  /** `instant`, or where it falls in quiet time, the end of that. */
  leaveQuiet(instant: number): number;
  /** The instant by which so many milliseconds that are not quiet have passed. */
  addAwake(instant: number, milliseconds: number): number;
}

/** Whole numbers that are used up one by one. */
interface Vacancies {
  take(number: number): void;
  atOrAfter(number: number): number;
  atOrBefore(number: number): number;
}

/** The days' room for new copies. */
interface Days {
  count(instant: number): void;
  hasRoom(instant: number): boolean;
  /** The first instant from `instant` on that is not quiet and whose day has room. */
  place(instant: number): number;
}

interface Slots {
  /** Uses up the slot that a copy sent at `instant` went out in: the last free one by then. */
  useSent(instant: number): void;
  /** Uses up the slot that opens at exactly `instant`, if there is one. */
  useExact(instant: number): void;
  /** Uses up the slot for a copy that may go out from `earliest` on, and not before `soonest`. */
  useNext(earliest: number, soonest: number): Departure;
}

/** Where a copy finds its place: the instant from which it is due, and the one at which it goes. */
interface Departure {
  readonly opens: number;
  readonly goes: number;
  readonly missed?: number;
}

const firstMonday = 4;

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** How long a slot stays open at least, quiet time left out, however late in its day it is: in milliseconds. */
const shortestOpening = 3 * 60 * 60 * 1000;

/** Stands for never, where quiet ranges leave no time of day free. */
const horizon = 'P5Y';

/**
 * When each copy goes out to one target. `unsent` are the copies not sent yet, in the order they must go;
 * `sent` are the instants at which copies were created there before, ISO 8601 in UTC.
 *
 * A post's own `at` is exact: it is not held back by slots, quiet time or limits, only by the date of the original,
 * but it counts for the limits of the others. They wait for `after`, then for the first free slot, on one local day never
 * more than `per_day`, or without it than the busiest weekday has slots.
 *
 * A slot is open until its day ends, so that a late run still finds it. One that closed without the copy that was due in it
 * was missed, if the target was open: the copy takes the next slot or, with `catchUp: 'now'`, goes at once.
 */
export function scheduleCopies(input: {
  readonly schedule: Schedule;
  /** IANA name of the site's zone. */
  readonly timezone: string;
  readonly now: string;
  /** When the target was opened, ISO 8601 in UTC: what lies before was not missed. */
  readonly opened: string;
  readonly unsent: readonly Unsent[];
  readonly sent: readonly string[];
}): readonly Scheduled[] {
  const { schedule, timezone, unsent } = input;
  if (unsent.length === 0) return [];
  const now = countMilliseconds(input.now);
  const calendar = createCalendar(timezone, schedule.quiet);
  const days = createDays(calendar, limitDay(schedule));
  const opened = countMilliseconds(input.opened);
  const slots =
    schedule.slots.length > 0 ? createSlots(calendar, days, schedule, { now, opened }) : undefined;

  const copies = unsent.map(({ postId, publishAt, at }) => {
    const original = countMilliseconds(publishAt);
    return at === undefined
      ? { postId, exact: false, earliest: delay(original, schedule.after, calendar) }
      : { postId, exact: true, earliest: Math.max(countMilliseconds(at), original) };
  });
  const exact = copies.filter((copy) => copy.exact).map((copy) => copy.earliest);
  const exactNow = exact.filter((instant) => instant <= now);
  const exactLater = exact.filter((instant) => instant > now);

  const taken = [...input.sent.map(countMilliseconds), ...exactNow.map(() => now)].toSorted((a, b) => a - b);
  for (const instant of [...taken, ...exactLater]) days.count(instant);
  for (const instant of taken) slots?.useSent(instant);
  for (const instant of exactLater) slots?.useExact(instant);

  const placeFreely = (earliest: number, soonest: number): Departure => {
    const opens = calendar.leaveQuiet(earliest);
    return { opens, goes: days.place(Math.max(opens, soonest)) };
  };
  let left = (schedule.perRun ?? Infinity) - exactNow.length;
  return copies.map(({ postId, exact, earliest }) => {
    if (exact) return { postId, due: earliest <= now, at: writeInstant(earliest) };
    const soonest = left > 0 ? now : nextMinute(now);
    const { opens, goes, missed } = slots?.useNext(earliest, soonest) ?? placeFreely(earliest, soonest);
    days.count(goes);
    const due = goes <= now;
    if (due) left -= 1;
    const late = missed !== undefined && { missed: writeInstant(missed) };
    return { postId, due, at: writeInstant(due ? opens : goes), ...late };
  });
}

/** The short name of an instant's weekday, such as `Tue`, as `slots` names them. */
export function formatWeekday(instant: string, timezone: string): string {
  const { dayOfWeek } = Temporal.Instant.from(instant).toZonedDateTimeISO(timezone);
  return weekdays[dayOfWeek - 1] ?? '';
}

/** The same time of day some days later, ISO 8601 in UTC; a change of summer time between them counts. */
export function addDays(instant: string, days: number, timezone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).add({ days }).toInstant().toString();
}

function countMilliseconds(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

function writeInstant(instant: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.ceil(instant / 1000) * 1000).toString();
}

function nextMinute(instant: number): number {
  return (Math.floor(instant / 60_000) + 1) * 60_000;
}

function delay(original: number, after: string | undefined, calendar: Calendar): number {
  return after === undefined ? original : calendar.addDuration(original, after);
}

function limitDay({ slots, perDay }: Schedule): number {
  if (perDay !== undefined) return perDay;
  if (slots.length === 0) return Infinity;
  const distinct = [...new Set(slots.map(({ weekday, time }) => `${weekday} ${time}`))];
  const perWeekday = [1, 2, 3, 4, 5, 6, 7].map(
    (weekday) => distinct.filter((slot) => slot.startsWith(`${weekday} `)).length,
  );
  return Math.max(...perWeekday);
}

function createCalendar(timezone: string, quiet: Schedule['quiet']): Calendar {
  const epoch = new Temporal.PlainDate(1970, 1, 1);
  const zoned = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  const numberDay = (date: Temporal.PlainDate) => epoch.until(date, { largestUnit: 'day' }).days;

  const resolve = (local: Temporal.PlainDateTime): number => {
    const earlier = local.toZonedDateTime(timezone, { disambiguation: 'earlier' });
    if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
    const gapEnd = earlier.getTimeZoneTransition('next') ?? local.toZonedDateTime(timezone);
    return gapEnd.epochMilliseconds;
  };

  const endOfQuiet = (instant: number): number | undefined => {
    const local = zoned(instant).toPlainDateTime();
    const minutes = findQuietEnd(local.hour * 60 + local.minute, quiet);
    if (minutes === undefined) return undefined;
    const end = local.toPlainDate().toPlainDateTime().add({ minutes });
    const first = resolve(end);
    return first > instant
      ? first
      : end.toZonedDateTime(timezone, { disambiguation: 'later' }).epochMilliseconds;
  };

  const addDuration = (instant: number, duration: string) => zoned(instant).add(duration).epochMilliseconds;
  const dayOf = (instant: number) => numberDay(zoned(instant).toPlainDate());
  const instantOf = (day: number, time: string) => resolve(epoch.add({ days: day }).toPlainDateTime(time));

  const leaveQuiet = (instant: number): number => {
    let free = instant;
    for (let range = 0; range <= quiet.length; range += 1) {
      const end = endOfQuiet(free);
      if (end === undefined) return free;
      free = end;
    }
    return addDuration(instant, horizon);
  };

  /** The first instant after this one at which a quiet range begins. */
  const nextQuiet = (instant: number): number => {
    const day = dayOf(instant);
    const begins = quiet.flatMap(({ from }) => [instantOf(day, from), instantOf(day + 1, from)]);
    return Math.min(...begins.filter((begin) => begin > instant));
  };

  return {
    dayOf,
    startOf: (day) => epoch.add({ days: day }).toZonedDateTime(timezone).epochMilliseconds,
    instantOf,
    addDuration,
    leaveQuiet,
    addAwake(instant, milliseconds) {
      let at = leaveQuiet(instant);
      let left = milliseconds;
      for (let end = nextQuiet(at); end - at < left; end = nextQuiet(at)) {
        left -= end - at;
        at = leaveQuiet(end);
      }
      return at + left;
    },
  };
}

function createVacancies(): Vacancies {
  const above = new Map<number, number>();
  const below = new Map<number, number>();

  const follow = (links: Map<number, number>, start: number): number => {
    const passed: number[] = [];
    let current = start;
    for (let next = links.get(current); next !== undefined; next = links.get(current)) {
      passed.push(current);
      current = next;
    }
    for (const number of passed) links.set(number, current);
    return current;
  };

  return {
    take(number) {
      above.set(number, number + 1);
      below.set(number, number - 1);
    },
    atOrAfter: (number) => follow(above, number),
    atOrBefore: (number) => follow(below, number),
  };
}

function createDays(calendar: Calendar, limit: number): Days {
  const counts = new Map<number, number>();
  const open = createVacancies();
  return {
    count(instant) {
      const day = calendar.dayOf(instant);
      const count = (counts.get(day) ?? 0) + 1;
      counts.set(day, count);
      if (count >= limit) open.take(day);
    },
    hasRoom(instant) {
      const day = calendar.dayOf(instant);
      return open.atOrAfter(day) === day;
    },
    place(instant) {
      let at = calendar.leaveQuiet(instant);
      let day = calendar.dayOf(at);
      for (let next = open.atOrAfter(day); next !== day; next = open.atOrAfter(day)) {
        at = calendar.leaveQuiet(calendar.startOf(next));
        day = calendar.dayOf(at);
      }
      return at;
    },
  };
}

/** When the slots of every week open and close. Slots are numbered week after week. */
function createTimetable(calendar: Calendar, slots: Schedule['slots']) {
  const week = slots.toSorted((a, b) => a.weekday - b.weekday || compareText(a.time, b.time));
  const known = new Map<number, number>();

  const opensAt = (slot: number): number => {
    const found = known.get(slot);
    if (found !== undefined) return found;
    const weekNumber = Math.floor(slot / week.length);
    const { weekday = 1, time = '00:00' } = week[slot - weekNumber * week.length] ?? {};
    const day = firstMonday + weekNumber * 7 + weekday - 1;
    const instant = calendar.leaveQuiet(calendar.instantOf(day, time));
    known.set(slot, instant);
    return instant;
  };

  return {
    opensAt,
    closesAt: (slot: number): number => {
      const opens = opensAt(slot);
      return Math.max(calendar.startOf(calendar.dayOf(opens) + 1), calendar.addAwake(opens, shortestOpening));
    },
    firstFrom: (instant: number): number => {
      let slot = Math.floor((calendar.dayOf(instant) - firstMonday) / 7) * week.length;
      while (opensAt(slot) < instant) slot += 1;
      while (opensAt(slot - 1) >= instant) slot -= 1;
      return slot;
    },
  };
}

/** Two slots that open at the same instant are one. */
function createSlots(
  calendar: Calendar,
  days: Days,
  { slots, catchUp }: Pick<Schedule, 'slots' | 'catchUp'>,
  { now, opened }: { readonly now: number; readonly opened: number },
): Slots {
  const { opensAt, closesAt, firstFrom } = createTimetable(calendar, slots);
  const free = createVacancies();

  const awake = calendar.leaveQuiet(now);
  const hasClosed = (slot: number) => closesAt(slot) <= awake;

  const firstOpen = (): number => {
    let slot = firstFrom(now);
    while (!hasClosed(slot - 1)) slot -= 1;
    return slot;
  };

  const isRepeated = (slot: number) => opensAt(slot) === opensAt(slot - 1);

  const findFree = (from: number): number => {
    let slot = free.atOrAfter(from);
    while (isRepeated(slot) || !days.hasRoom(opensAt(slot))) {
      free.take(slot);
      slot = free.atOrAfter(slot);
    }
    return slot;
  };

  return {
    useSent(instant) {
      let slot = free.atOrBefore(firstFrom(instant + 1) - 1);
      while (isRepeated(slot)) {
        free.take(slot);
        slot = free.atOrBefore(slot);
      }
      free.take(slot);
    },
    useExact(instant) {
      const slot = firstFrom(instant);
      if (opensAt(slot) === instant) free.take(slot);
    },
    useNext(earliest, soonest) {
      let slot = findFree(firstFrom(Math.max(earliest, opened)));
      const missed = hasClosed(slot) && { missed: opensAt(slot) };
      if (catchUp !== 'now' && missed !== false) {
        free.take(slot);
        slot = findFree(firstOpen());
      }
      for (;;) {
        const opens = opensAt(slot);
        const goes = days.place(Math.max(opens, soonest));
        free.take(slot);
        if (catchUp === 'now' || goes < closesAt(slot)) return { opens, goes, ...missed };
        slot = findFree(slot);
      }
    },
  };
}
