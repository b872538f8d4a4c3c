import { Cron } from 'croner';

/** One line of a workflow's schedule. */
export interface CronLine {
  readonly cron: string;
  /** IANA name; GitHub takes UTC where there is none. */
  readonly timezone?: string | undefined;
}

/** A run that came more than an hour late, or has not come. */
interface LateRun {
  /** ISO 8601 in UTC. */
  readonly planned: string;
  /** When a run came at last; absent while none has. ISO 8601 in UTC. */
  readonly came?: string;
}

/** How a workflow's schedule has been kept. */
export interface ScheduleReport {
  /** When it last ran by its schedule, and will run next: ISO 8601 in UTC. */
  readonly last?: string;
  readonly next?: string;
  /** The runs of the week that were planned. */
  readonly planned: number;
  /** Newest first. */
  readonly late: readonly LateRun[];
}

const hour = 60 * 60 * 1000;

/** How long the schedule is looked back upon, in milliseconds. */
const week = 7 * 24 * hour;

/** The most runs of one line that are counted in a week: GitHub starts none more often than every five minutes. */
const mostRuns = 2100;

/**
 * Compares a workflow's runs with its schedule, over a week or since the first of these runs. `runs`: when GitHub made each run
 * that the schedule started, ISO 8601; if there was none in the week, the last one before it. Without any, the schedule counts as
 * new. A line that cannot be read plans nothing.
 */
export function judgeRuns(lines: readonly CronLine[], runs: readonly string[], now: string): ScheduleReport {
  const end = Date.parse(now);
  const came = runs
    .map((run) => Date.parse(run))
    .filter((at) => at <= end)
    .toSorted((a, b) => a - b);
  const [first = end] = came;
  const last = came.at(-1);
  const from = Math.max(end - week, first - hour);
  const planned = listPlanned(lines, from, end);
  const late = planned.flatMap((at): readonly LateRun[] => {
    const run = came.find((one) => one >= at);
    if ((run ?? end) - at <= hour) return [];
    return [{ planned: writeInstant(at), ...(run !== undefined && { came: writeInstant(run) }) }];
  });
  const [next] = listPlanned(lines, end, end + 5 * week);
  return {
    ...(last !== undefined && { last: writeInstant(last) }),
    ...(next !== undefined && { next: writeInstant(next) }),
    planned: planned.length,
    late: late.toReversed(),
  };
}

/** When the lines start a run, after one instant and up to another, in milliseconds. */
export function listPlanned(lines: readonly CronLine[], from: number, to: number): readonly number[] {
  const times = lines.flatMap(({ cron, timezone = 'UTC' }) => {
    const job = openCron(cron, timezone);
    const found: number[] = [];
    for (let at = job?.nextRun(new Date(from)); at && at.getTime() <= to; at = job?.nextRun(at)) {
      found.push(at.getTime());
      if (found.length >= mostRuns) break;
    }
    return found;
  });
  return [...new Set(times)].toSorted((a, b) => a - b);
}

/** One line; undefined where it cannot be read. */
function openCron(cron: string, timezone: string): Cron | undefined {
  try {
    return new Cron(cron, { timezone, paused: true });
  } catch {
    return undefined;
  }
}

function writeInstant(at: number): string {
  return new Date(at).toISOString();
}
