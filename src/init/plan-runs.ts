import { Temporal } from 'temporal-polyfill';
import { findQuietEnd, readTimeOfDay } from '../base/quiet-time.ts';
import { undated, type Post } from '../model/post.ts';
import type { PostTarget, Schedule } from '../model/target.ts';

/** What decides when runs are needed. */
export interface RunGrounds {
  /** Of every target that shows posts, one that copies go to or a feed. */
  readonly schedules: readonly Schedule[];
  /** IANA name, or an offset such as `+02:00`. */
  readonly timezone: string;
  /** When posts are dated, ISO 8601 in UTC. */
  readonly dates: readonly string[];
  /** Whether some copies go out as soon as the page of a new post is up, whenever that is. */
  readonly isImmediate: boolean;
}

/** When a workflow runs. */
export interface PlannedRuns {
  /** Lines of cron in the zone, or in UTC where that is an offset. */
  readonly lines: readonly string[];
  /** How many runs that makes in a month, rounded. */
  readonly monthly: number;
}

/** An instant of the week at which a copy may become due: a day from Monday, or every day, and minutes from midnight. */
interface Moment {
  readonly weekday: number | undefined;
  readonly minute: number;
}

/** Every hour, at a minute at which GitHub is not as busy as at the full hour. */
const hourly: PlannedRuns = { lines: ['17 * * * *'], monthly: 731 };

const day = 24 * 60;

/** Of how many of the newest posts the dates are looked at. */
const newest = 50;

/** How many times of day posts may be dated at, so that each has runs of its own. */
const mostTimes = 3;

/** After how many minutes a run comes a second time, since GitHub drops some; a slot is open for three hours at least. */
const secondRun = 120;

/** Within how many minutes after a run another one does its work as well, and a second one of it is not needed. */
const soon = 30;
const near = 60;

/** Of so many runs a month, every hour is the simpler schedule. */
const mostRuns = 500;

/**
 * The fewest runs that find every copy soon after it is due, each with a second one two hours later: after each slot, and after
 * the times of day at which posts are dated. Every hour, where these are many or copies go out at no time that is known.
 */
export function planRuns(grounds: RunGrounds): PlannedRuns {
  const moments = listMoments(grounds);
  if (moments === undefined) return hourly;
  const starts = moments.map(({ weekday, minute }) => turnDay(weekday, chooseMinute(minute)));
  const runs = addSecondRuns(dropCovered(starts)).toSorted(
    (a, b) => (a.weekday ?? 0) - (b.weekday ?? 0) || a.minute - b.minute,
  );
  const shifted = runs.flatMap((run) => shiftToUtc(run, grounds.timezone));
  const monthly = Math.round(
    runs.reduce((sum, { weekday }) => sum + (weekday === undefined ? 365.25 : 365.25 / 7), 0) / 12,
  );
  return monthly > mostRuns ? hourly : { lines: writeLines(shifted), monthly };
}

/** Of a blog, what decides when runs are needed. */
export function gatherGrounds(blog: {
  readonly postTargets: readonly PostTarget[];
  readonly posts: readonly Post[];
  readonly timezone: string;
  readonly requireLive: boolean;
}): RunGrounds {
  const { postTargets, posts, timezone, requireLive } = blog;
  const copies = postTargets.flatMap((target) => (target.granularity === 'copy' ? [target] : []));
  const isImmediate = copies.some(({ by, policy: { schedule } }) => {
    return requireLive && by === 'program' && schedule.slots.length === 0 && schedule.after === undefined;
  });
  const dated = posts.flatMap(({ publishAt }) => (publishAt === undated ? [] : [publishAt]));
  return {
    schedules: postTargets.map((target) =>
      target.granularity === 'copy' ? target.policy.schedule : { slots: [], quiet: [] },
    ),
    timezone,
    dates: dated.toSorted().slice(-newest),
    isImmediate,
  };
}

/** When copies may become due; undefined where that can be at any time. */
function listMoments({ schedules, timezone, dates, isImmediate }: RunGrounds): readonly Moment[] | undefined {
  const times = listTimes(dates, timezone);
  if (isImmediate || times.length > mostTimes) return undefined;
  const moments = schedules.flatMap((schedule): readonly Moment[] => {
    const { slots, after, quiet, perRun } = schedule;
    if (slots.length > 0)
      return slots.map(({ weekday, time }) => leaveQuiet({ weekday, minute: readTimeOfDay(time) }, quiet));
    if (perRun !== undefined) return [];
    const delay = after === undefined ? 0 : minutesOf(after);
    return times.map((minute) => leaveQuiet({ weekday: undefined, minute: (minute + delay) % day }, quiet));
  });
  const isPaced = schedules.some(({ slots, perRun }) => slots.length === 0 && perRun !== undefined);
  return isPaced ? undefined : moments;
}

/** The times of day at which posts are dated; midnight where there are none, since a date without a time is that. */
function listTimes(dates: readonly string[], timezone: string): readonly number[] {
  const times = dates.map((date) => {
    const { hour, minute } = Temporal.Instant.from(date).toZonedDateTimeISO(timezone);
    return hour * 60 + minute;
  });
  return times.length === 0 ? [0] : [...new Set(times)].toSorted((a, b) => a - b);
}

/** What of a duration moves the time of day, in minutes. */
function minutesOf(duration: string): number {
  const { hours, minutes } = Temporal.Duration.from(duration);
  return (hours * 60 + minutes) % day;
}

function leaveQuiet({ weekday, minute }: Moment, quiet: Schedule['quiet']): Moment {
  let free: Moment = { weekday, minute };
  for (let count = 0; count <= quiet.length; count += 1) {
    const end = findQuietEnd(free.minute, quiet);
    if (end === undefined) return free;
    free = turnDay(free.weekday, end);
  }
  return free;
}

/** Some minutes after a moment, at an odd minute and not in the first ten of an hour, when GitHub is busy. */
function chooseMinute(moment: number): number {
  const at = moment + (moment % 60 < 10 ? 17 : 7);
  return at % 2 === 0 ? at + 1 : at;
}

/** Leaves out each run after which another one of its day comes at once; the latest of such a row stays. */
function dropCovered(runs: readonly Moment[]): readonly Moment[] {
  const kept: Moment[] = [];
  for (const run of runs.toSorted((a, b) => b.minute - a.minute || (a.weekday ?? 0) - (b.weekday ?? 0))) {
    const isCovered = kept.some((other) => isSameDay(other, run) && other.minute - run.minute <= soon);
    if (!isCovered) kept.push(run);
  }
  return kept;
}

/** The second runs of those that are needed, but where another run comes anyway. */
function addSecondRuns(runs: readonly Moment[]): readonly Moment[] {
  const second = runs.map(({ weekday, minute }) => turnDay(weekday, minute + secondRun));
  const isNear = (one: Moment, other: Moment): boolean =>
    isSameDay(other, one) && Math.abs(one.minute - other.minute) <= near;
  return [...runs, ...second.filter((one) => !runs.some((other) => isNear(one, other)))];
}

/** Whether the one runs on every day that the other does. */
function isSameDay(one: Moment, other: Moment): boolean {
  return one.weekday === undefined || one.weekday === other.weekday;
}

/** A moment with its minute within its day. */
function turnDay(weekday: number | undefined, minute: number): Moment {
  const days = Math.floor(minute / day);
  return {
    weekday: weekday === undefined ? undefined : ((((weekday - 1 + days) % 7) + 7) % 7) + 1,
    minute: minute - days * day,
  };
}

/** GitHub knows zones by name alone: by an offset, runs are planned in UTC, where clocks do not change either. */
function shiftToUtc({ weekday, minute }: Moment, timezone: string): readonly Moment[] {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(timezone) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  return [turnDay(weekday, minute - offset)];
}

/** Lines of cron, as few as there may be: hours of the same minute and days, and days of the same minute and hours, share one. */
function writeLines(runs: readonly Moment[]): readonly string[] {
  const byMinute = Map.groupBy(runs, ({ minute, weekday }) => `${minute % 60} ${weekday ?? '*'}`);
  const hoursOf = [...byMinute].map(([key, own]) => {
    const [minute = '', days = ''] = key.split(' ');
    const hours = [...new Set(own.map((run) => Math.floor(run.minute / 60)))].toSorted((a, b) => a - b);
    return { minute, days, hours: hours.join(',') };
  });
  const byHours = Map.groupBy(
    hoursOf,
    ({ minute, hours, days }) => `${minute} ${hours} ${days === '*' ? '*' : ''}`,
  );
  return [...byHours.values()].map((own) => {
    const [first] = own;
    // Sunday is the seventh day here and in ISO 8601, and none or the seventh in cron.
    const days = own.map((one) => (one.days === '7' ? '0' : one.days)).toSorted();
    return `${first?.minute ?? '17'} ${first?.hours ?? '*'} * * ${days.join(',')}`;
  });
}
