import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parse } from 'yaml';
import { withholdSecrets } from '../../base/child-environment.ts';
import { BroadsideError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { loadConfig } from '../../config/load.ts';
import { runGit } from '../../ledger/run-git.ts';
import type { PostTarget } from '../../model/target.ts';
import { preparePlan } from '../../plan/prepare.ts';
import { formatWeekday } from '../../plan/schedule.ts';
import { formatInstant } from '../../base/format-instant.ts';
import type { Repository } from '../../report/dashboard/github.ts';
import { judgeRuns, type CronLine, type ScheduleReport } from '../../report/dashboard/judge-runs.ts';
import { findLate, measureGap, patience } from '../../report/dashboard/late.ts';
import { findUncoveredCopies, findUncoveredSlots } from '../../report/dashboard/cover-slots.ts';
import type { Concern, DashboardView } from '../../report/dashboard/view.ts';
import { diagnose } from '../diagnose.ts';
import { openWorkbench } from '../../workbench/open.ts';
import { nameBlog } from './name-blog.ts';

const day = 24 * 60 * 60 * 1000;

/**
 * After so many days without a commit a person is asked for one: GitHub switches the schedules of a public repository off
 * after 60 days without activity (GitHub's documentation of the schedule event, checked November 2026).
 */
const quietDays = 50;

/** What is looked at. */
export interface SurveyWords {
  readonly config: string;
  /** The file of the workflow that publishes. */
  readonly workflow: string;
}

/**
 * Looks at all that the dashboard tells; changes nothing. What cannot be looked at is a concern. `repository`: the one on GitHub,
 * where it can be asked.
 */
export async function surveyBlog(
  { config, workflow }: SurveyWords,
  repository: Repository | undefined,
  shell: Shell,
): Promise<DashboardView> {
  const now = shell.now();
  const examined: Concern[] = [];
  for await (const finding of diagnose({ config }, shell)) examined.push(finding);
  const seen = await viewPlan(config, now, shell);
  const lines = readCronLines(join(shell.cwd, '.github', 'workflows', workflow));
  const asked =
    repository === undefined ? undefined : await askGithub(repository, { workflow, lines, now }, shell);
  const isAbout = ({ about }: Concern): boolean => seen.targets.some(({ name }) => name === about);
  return {
    ...seen.view,
    blog: nameBlog(config, shell.cwd),
    now,
    concerns: [
      ...examined.filter(({ level }) => level !== 'ok'),
      ...seen.concerns.filter(({ what }) => !examined.some((one) => one.what === what)),
      ...(asked?.schedule === undefined ? [] : judgeSchedule(asked.schedule, now)),
      ...judgeSlots(lines, seen, now),
      ...(asked?.isPublic === true ? await judgeActivity(config, now, shell) : []),
    ],
    accounts: examined.filter((one) => one.level === 'ok' && isAbout(one)),
    schedule: asked?.schedule,
    run: nameRun(shell.environment),
  };
}

type PlanView = Pick<DashboardView, 'plan' | 'posts' | 'timezone' | 'states' | 'late'>;

async function viewPlan(
  config: string,
  now: string,
  shell: Shell,
): Promise<{
  readonly view: PlanView;
  /** Those that hold copies. */
  readonly targets: readonly PostTarget[];
  readonly concerns: readonly Concern[];
}> {
  const silent: Shell = { ...shell, report: () => undefined };
  try {
    const bench = await openWorkbench({ config }, silent);
    const prepared = await preparePlan(bench, { posts: [], refresh: false, again: false });
    const { plan, states } = prepared;
    const targets = bench.config.postTargets.filter(({ granularity }) => granularity === 'copy');
    const names = new Set(targets.map(({ name }) => name));
    return {
      view: {
        plan,
        posts: bench.blog.posts,
        timezone: bench.config.site.timezone,
        states: new Map([...states].filter(([, { copy }]) => names.has(copy.target))),
        late: plan.paused ? [] : plan.actions.flatMap((action) => findLate(action, prepared, now)),
      },
      targets,
      concerns: [],
    };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    const { message: what, remedy } = error;
    return {
      view: { plan: undefined, posts: [], timezone: 'UTC', states: new Map(), late: [] },
      targets: [],
      concerns: [{ about: 'plan', level: 'error', what, remedy }],
    };
  }
}

interface Asked {
  readonly schedule: ScheduleReport | undefined;
  readonly isPublic: boolean;
}

/** What GitHub says about the schedule; undefined if it does not answer, because the rest does not depend on it. */
async function askGithub(
  repository: Repository,
  {
    workflow,
    lines,
    now,
  }: { readonly workflow: string; readonly lines: readonly CronLine[]; readonly now: string },
  shell: Shell,
): Promise<Asked | undefined> {
  try {
    return {
      schedule:
        lines.length === 0 ? undefined : judgeRuns(lines, await listRuns(repository, workflow, now), now),
      isPublic: await repository.isPublic(),
    };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    shell.report(`How late the scheduled runs were is not known: ${error.message}\n`);
    return undefined;
  }
}

/** The runs that the schedule started lately, or the last one where that is longer ago. */
async function listRuns(repository: Repository, workflow: string, now: string): Promise<readonly string[]> {
  const since = new Date(Date.parse(now) - 8 * day).toISOString();
  const runs = await repository.listRuns(workflow, since);
  if (runs.length > 0) return runs;
  const last = await repository.findLastRun(workflow);
  return last === undefined ? [] : [last];
}

const scheduleShape = z.object({
  on: z.object({ schedule: z.array(z.object({ cron: z.string(), timezone: z.string().optional() })) }),
});

/** The schedule of a workflow; none where it has none or cannot be read. */
function readCronLines(file: string): readonly CronLine[] {
  try {
    const { data } = scheduleShape.safeParse(parse(readFileSync(file, 'utf8')));
    return data?.on.schedule ?? [];
  } catch {
    return [];
  }
}

function judgeSchedule({ last, late }: ScheduleReport, now: string): readonly Concern[] {
  if (last === undefined || measureGap(last, now) <= patience) return [];
  const isOverdue = late.some(({ came }) => came === undefined);
  if (!isOverdue) return [];
  return [
    {
      about: 'schedule',
      level: 'error',
      what: `Publishing has not run by its schedule since ${last}.`,
      remedy:
        'See under Actions whether its workflow is switched off, and run it by hand until it is on again.',
    },
  ];
}

/** Whether runs are planned while slots are open, and soon after copies are due. Without a schedule, something else starts the runs. */
function judgeSlots(
  lines: readonly CronLine[],
  { targets, view: { plan, timezone } }: Pick<Awaited<ReturnType<typeof viewPlan>>, 'targets' | 'view'>,
  now: string,
): readonly Concern[] {
  if (lines.length === 0) return [];
  const slotted = targets.flatMap((target) =>
    target.granularity === 'copy' ? [{ name: target.name, schedule: target.policy.schedule }] : [],
  );
  const remedy =
    'Add a line of cron to the workflow that publishes, or delete the workflow and run "broadside init", which writes it anew.';
  const tell = (at: string, what: string): Concern => ({
    about: 'schedule',
    level: 'warning',
    what: `No run is planned within three hours after ${formatWeekday(at, timezone)} ${formatInstant(at, timezone).slice(11)}, ${what}.`,
    remedy,
  });
  const withSlots = new Set(slotted.flatMap(({ name, schedule }) => (schedule.slots.length > 0 ? name : [])));
  const copies = findUncoveredCopies(lines, plan?.actions ?? [], now);
  return [
    ...findUncoveredSlots(lines, slotted, timezone, now).map(({ target, at }) =>
      tell(at, `when a slot of ${target} opens`),
    ),
    ...copies
      .filter(({ target }) => !withSlots.has(target))
      .map(({ target, post, at }) => tell(at, `when ${post} is due on ${target}`)),
  ];
}

/** How long ago the last commit was made, as far as git can tell. */
async function judgeActivity(path: string, now: string, shell: Shell): Promise<readonly Concern[]> {
  const { environment, signal } = shell;
  try {
    const config = await loadConfig(path, shell.cwd);
    const child = withholdSecrets(environment, config);
    const words = ['log', '-1', '--format=%cI'];
    const { code, stdout } = await runGit({ arguments: words, folder: config.root, ...child, signal });
    const days = Math.floor(measureGap(stdout.toString('utf8').trim(), now) / day);
    if (code !== 0 || !(days >= quietDays)) return [];
    return [
      {
        about: 'schedule',
        level: 'warning',
        what: `The last commit is ${days} days old; GitHub switches schedules off after 60 days without one.`,
        remedy: 'Push a commit to the default branch.',
      },
    ];
  } catch (error) {
    if (error instanceof BroadsideError) return [];
    throw error;
  }
}

/** The address of the run of GitHub Actions that this is. */
function nameRun(environment: Shell['environment']): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, GITHUB_RUN_ID: id } = environment;
  return server === undefined || name === undefined || id === undefined
    ? undefined
    : `${server}/${name}/actions/runs/${id}`;
}
