import { withholdSecrets } from '../base/child-environment.ts';
import { loadConfig } from '../config/load.ts';
import { BroadsideError } from '../base/errors.ts';
import { runGit } from '../ledger/run-git.ts';
import { stateKey } from '../model/ledger.ts';
import { copyOf, type Action, type Plan } from '../model/plan.ts';
import type { Post } from '../model/post.ts';
import type { Finding } from '../model/target.ts';
import { describeReason } from '../plan/format.ts';
import { formatInstant } from '../plan/schedule.ts';
import type { Shell } from '../base/shell.ts';
import {
  commentLimit,
  escapeMarkdown,
  fitBlocks,
  headline,
  linkPost,
  reportHolds,
  table,
  type Block,
} from '../report/summary.ts';
import { runDoctor } from './doctor.ts';
import { preparePlan, type Preparation } from '../plan/prepare.ts';
import { openWorkbench } from './workbench.ts';

const hour = 60 * 60 * 1000;

/** How long a copy may be late, or a schedule that runs every hour be silent, in milliseconds. */
const patience = 26 * hour;

/**
 * How long a target may send nothing while a copy is caught up in its slots, since each week has all of them, and how long a
 * person may take to make a copy by hand. In milliseconds.
 */
const slotPatience = 7 * 24 * hour + patience;

/**
 * After so many days without a commit a person is asked for one: GitHub switches the schedules of a public repository off
 * after 60 days without activity (GitHub's documentation of the schedule event, checked November 2026).
 */
const quietDays = 50;

export interface WatchArguments {
  readonly config: string;
  /** When publishing last ran by its schedule, ISO 8601. */
  readonly lastRun?: string | undefined;
  /** Whether the repository is public. */
  readonly isPublic: boolean;
}

/** A finding, and what it is about. */
interface Concern extends Finding {
  readonly about: string;
}

/** A copy that should be out. */
interface Late {
  readonly action: Action;
  readonly dueSince: string;
}

/** What the plan of a blog shows of it, or why there is none. */
interface View {
  readonly plan: Plan | undefined;
  readonly posts: readonly Post[];
  readonly timezone: string;
  readonly late: readonly Late[];
  readonly concerns: readonly Concern[];
}

/**
 * Runs `broadside watch`: prints, as markdown for an issue, what needs a person though no run says so. Sends nothing.
 * Returns the exit code: 0 when all is well.
 */
export async function runWatch(args: WatchArguments, shell: Shell): Promise<number> {
  const now = shell.now();
  const examined = await examine(args.config, shell);
  const view = await viewPlan(args.config, now, shell);
  const concerns = [
    ...examined.filter(({ level }) => level !== 'ok'),
    ...view.concerns.filter(({ what }) => !examined.some((one) => one.what === what)),
    ...judgeSchedule(args, now),
    ...(args.isPublic ? await judgeActivity(args.config, now, shell) : []),
  ];
  const held = view.plan?.actions.filter(({ verb, reason }) => verb === 'hold' && reason !== 'old') ?? [];
  const well = concerns.length === 0 && view.late.length === 0 && held.length === 0;
  if (shell.format === 'json') {
    const late = view.late.map(({ action, dueSince }) => ({ ...nameCopy(action), dueSince }));
    const report = { at: now, well, late, held: held.map(nameCopy), concerns };
    shell.print(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    shell.print(fitBlocks(well ? [sayWell(now)] : describe(view, concerns, now), commentLimit));
  }
  return well ? 0 : 1;
}

function nameCopy(action: Action) {
  const { target, postId: post } = copyOf(action);
  return { target, post, reason: action.reason };
}

/** What `doctor` finds. */
async function examine(config: string, shell: Shell): Promise<readonly Concern[]> {
  let printed = '';
  await runDoctor({ config }, { ...shell, format: 'json', print: (text) => void (printed += text) });
  const { findings }: { readonly findings: readonly Concern[] } = JSON.parse(printed);
  return findings;
}

async function viewPlan(config: string, now: string, shell: Shell): Promise<View> {
  const silent: Shell = { ...shell, report: () => undefined };
  try {
    const bench = await openWorkbench({ config }, silent);
    const prepared = await preparePlan(bench, { posts: [], refresh: false, again: false });
    const { plan } = prepared;
    const { timezone } = bench.config.site;
    const late = plan.paused ? [] : plan.actions.flatMap((action) => findLate(action, prepared, now));
    return { plan, posts: bench.blog.posts, timezone, late, concerns: [] };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    const { message: what, remedy } = error;
    const concern: Concern = { about: 'plan', level: 'error', what, remedy };
    return { plan: undefined, posts: [], timezone: 'UTC', late: [], concerns: [concern] };
  }
}

/**
 * A copy is late that the schedule let out long ago, and that nothing else is held up by; one that missed its slot is late
 * once nothing has gone out in a week of slots.
 */
function findLate(
  action: Action,
  { dueSince, states }: Pick<Preparation, 'dueSince' | 'states'>,
  now: string,
): readonly Late[] {
  const missed = 'missed' in action ? action.missed : undefined;
  if (missed !== undefined) {
    const own = [...states.values()].filter(({ copy }) => copy.target === action.target);
    const lastSent =
      own
        .flatMap(({ createdAt }) => createdAt ?? [])
        .toSorted()
        .at(-1) ?? '';
    const quietSince = lastSent > missed ? lastSent : missed;
    return measureGap(quietSince, now) > slotPatience ? [{ action, dueSince: missed }] : [];
  }
  const since = dueSince.get(stateKey(copyOf(action)));
  const waits = action.verb === 'wait' && action.reason !== 'scheduled' && action.reason !== 'out-of-order';
  const due = action.verb === 'create' || action.verb === 'adopt' || waits;
  const left = action.reason === 'by-hand' ? slotPatience : patience;
  return due && since !== undefined && measureGap(since, now) > left ? [{ action, dueSince: since }] : [];
}

function judgeSchedule({ lastRun }: WatchArguments, now: string): readonly Concern[] {
  if (lastRun === undefined || measureGap(lastRun, now) <= patience) return [];
  return [
    {
      about: 'schedule',
      level: 'error',
      what: `Publishing has not run by its schedule since ${lastRun}.`,
      remedy:
        'Look whether its workflow is switched off under Actions, and run it by hand until it is on again.',
    },
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
    const days = Math.floor(measureGap(stdout.toString('utf8').trim(), now) / (24 * hour));
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

/** The milliseconds from one instant to another; not a number where one is none. */
function measureGap(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}

function sayWell(now: string): Block {
  return headline('All is well', `Broadside looked at ${now}.`);
}

function describe(view: View, concerns: readonly Concern[], now: string): readonly Block[] {
  const { plan, posts, timezone } = view;
  const context = { posts, timezone, renditions: [] };
  const late = view.late.map(({ action, dueSince }) => [
    escapeMarkdown(action.target),
    linkPost(action, context),
    escapeMarkdown(formatInstant(dueSince, timezone)),
    escapeMarkdown(action.verb === 'wait' ? describeReason(action, context) : 'no run has sent it'),
  ]);
  const rows = concerns.map(({ level, about, what, remedy = '' }) => [
    level,
    escapeMarkdown(about),
    escapeMarkdown(`${what} ${remedy}`),
  ]);
  return [
    headline('Broadside needs a person', `Broadside looked at ${now}. What follows needs a person.`),
    ...table('Due, and not gone out', ['Target', 'Post', 'Due since', 'Why'], late),
    ...(plan === undefined ? [] : reportHolds(plan, context)),
    ...table('What publishing needs', ['', 'About', 'What'], rows),
  ];
}
