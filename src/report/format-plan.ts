import { countOf } from '../base/count-of.ts';
import { compareText } from '../base/compare-text.ts';
import { idOf, listDocuments } from '../model/plan.ts';
import type { Action, CopyActionOf, Outcome, Plan, Verb } from '../model/plan.ts';
import { tellHandWork } from '../plan/hand-over.ts';
import { addDays, formatWeekday } from '../plan/schedule.ts';
import { formatInstant } from '../base/format-instant.ts';

const signs: Readonly<Record<Verb, string>> = {
  create: '+',
  update: '~',
  adopt: '=',
  wait: '.',
  hold: '!',
  keep: ' ',
};

const colors: Readonly<Partial<Record<Verb, string>>> = {
  create: '\u001B[32m',
  update: '\u001B[33m',
  adopt: '\u001B[36m',
  hold: '\u001B[31m',
  wait: '\u001B[2m',
};

/** How a plan is shown. */
export interface PlanStyle {
  /** IANA name; scheduled instants are shown in it. */
  readonly timezone: string;
  readonly color: boolean;
  /** Whether publishing follows at once, so that the totals do not say that nothing has been sent. */
  readonly publishing: boolean;
  /** The instant, ISO 8601 in UTC, from which a week of the schedule is shown; absent: none is. */
  readonly weekFrom?: string | undefined;
}

/** How many days of the schedule a plan shows. */
const shownDays = 7;

/** What a plan amounts to. */
export interface Totals {
  readonly create: number;
  readonly change: number;
  readonly adopt: number;
  readonly held: number;
  readonly waiting: number;
  /** They wait for a person who makes or changes them. */
  readonly byHand: number;
  readonly kept: number;
  /** Posts from before their target was opened: they wait for nobody and count as neither held nor wrong. */
  readonly old: number;
}

/** Counts a plan's actions by what they mean to the author. */
export function countActions(actions: readonly Action[]): Totals {
  const count = (...verbs: readonly Verb[]): number =>
    actions.filter((action) => verbs.includes(action.verb) && action.reason !== 'old').length;
  const byHand = actions.filter((action) => action.reason === 'by-hand').length;
  return {
    create: count('create'),
    change: count('update'),
    adopt: count('adopt'),
    held: count('hold'),
    waiting: count('wait') - byHand,
    byHand,
    kept: count('keep'),
    old: actions.filter((action) => action.reason === 'old').length,
  };
}

/**
 * One line per action that is not simply kept, a drifted one followed by its diff as it is given; the week to come, where
 * it is asked for; then the totals.
 */
export function formatPlan(plan: Plan, style: PlanStyle): string {
  const week = style.weekFrom === undefined ? [] : formatWeek(plan, style.weekFrom, style.timezone);
  const totals = formatTotals(countActions(plan.actions), style.publishing);
  return [...formatActions(plan.actions, style), ...formatPieces(plan), ...week, totals, ''].join('\n');
}

/** The lines of a plan's actions. */
export function formatActions(
  actions: readonly Action[],
  style: Pick<PlanStyle, 'timezone' | 'color'>,
): readonly string[] {
  const shown = actions.filter(
    (action) => action.reason !== 'old' && (action.verb !== 'keep' || action.note !== undefined),
  );
  const width = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));
  const targets = width(shown.map((action) => action.target));
  const subjects = width(shown.map(nameSubject));
  return shown.flatMap((action) => {
    const sign = paint(signs[action.verb], action.verb, style);
    const reason = describeReason(action, style);
    const line =
      `${sign} ${action.target.padEnd(targets)}  ${nameSubject(action).padEnd(subjects)}  ${reason}`.trimEnd();
    return action.verb === 'hold' && action.diff !== undefined ? [line, action.diff] : [line];
  });
}

/** What is taken from the pages of posts: a line for each post. */
export function formatPieces({ pieces = {} }: Pick<Plan, 'pieces'>): readonly string[] {
  return Object.entries(pieces).map(([postId, own]) => {
    const names = [...new Set(own.map(({ name }) => name))].join(', ');
    return `  ${postId} shows ${names} as its page does: ${own[0]?.page ?? ''}`;
  });
}

/** A copy that waits for an instant. */
type ScheduledAction = Exclude<CopyActionOf<'wait'>, { readonly reason: 'by-hand' }> & {
  readonly at: string;
};

/** The copies that wait for an instant, or for one before `until`, soonest first. */
export function listScheduled(plan: Plan, until?: string): readonly ScheduledAction[] {
  return plan.actions
    .flatMap((action) =>
      action.verb === 'wait' && action.reason !== 'by-hand' && action.at !== undefined
        ? [{ ...action, at: action.at }]
        : [],
    )
    .filter(({ at }) => until === undefined || at < until)
    .toSorted((a, b) => compareText(a.at, b.at));
}

/** What goes out within a week, soonest first, a blank line before and after; nothing where nothing does. */
function formatWeek(plan: Plan, from: string, timezone: string): readonly string[] {
  if (listScheduled(plan).length === 0) return [];
  const week = listScheduled(plan, addDays(from, shownDays, timezone));
  if (week.length === 0) return [];
  const width = Math.max(...week.map(({ target }) => target.length));
  return [
    '',
    'Scheduled for the next seven days:',
    ...week.map(
      (action) =>
        `  ${formatWeekday(action.at, timezone)} ${formatInstant(action.at, timezone)}  ${action.target.padEnd(width)}  ${idOf(action)}`,
    ),
    '',
  ];
}

function paint(sign: string, verb: Verb, style: Pick<PlanStyle, 'color'>): string {
  const color = colors[verb];
  return style.color && color !== undefined ? `${color}${sign}\u001B[0m` : sign;
}

/** What an action is about: the post or letter, or the first of the feed's files where it writes them. */
export function nameSubject(action: Action): string {
  return 'feed' in action ? (listDocuments(action)[0]?.path ?? 'feed') : idOf(action);
}

/** An action's reason and note, in words; of a letter in a sequence, the day on which it arrives too. */
export function describeReason(action: Action, style: Pick<PlanStyle, 'timezone'>): string {
  const words = describeWhy(action, style);
  return 'letter' in action && action.day !== undefined ? `${words}, day ${action.day}` : words;
}

function describeWhy(action: Action, style: Pick<PlanStyle, 'timezone'>): string {
  const note = action.note ?? '';
  const unobserved = 'unobserved' in action && action.unobserved ? ' (unobserved)' : '';
  const late = 'missed' in action && action.missed !== undefined ? ', catching up' : '';
  switch (action.verb) {
    case 'hold':
      if (action.reason === 'old') return `old${note && `, ${note}`}`;
      return `held: ${action.reason}${note && `, ${note}`}`;
    case 'wait':
      if (action.reason === 'by-hand') return `${action.reason}: ${tellHandWork(action)}`;
      return [
        action.reason,
        action.at && ` ${formatInstant(action.at, style.timezone)}`,
        late,
        note && `: ${note}`,
      ].join('');
    case 'keep':
      return note || action.reason;
    default:
      if ('feed' in action) return note || action.reason;
      return `${action.reason}${late}${note && `: ${note}`}${unobserved}`;
  }
}

/** What a plan amounts to, in a sentence; one that is not being published says that nothing has been sent. */
export function formatTotals(totals: Totals, publishing: boolean): string {
  const parts = [
    totals.create > 0 && `${totals.create} to create`,
    totals.change > 0 && `${totals.change} to change`,
    totals.adopt > 0 && `${totals.adopt} to adopt`,
    totals.held > 0 && `${totals.held} held`,
    totals.byHand > 0 && `${totals.byHand} by hand`,
    totals.waiting > 0 && `${totals.waiting} waiting`,
  ].filter((part) => part !== false);
  const old =
    totals.old > 0
      ? ` ${countOf(totals.old, 'old copy is', 'old copies are')} left out until named: dated before ${totals.old === 1 ? 'its' : 'their'} target was opened.`
      : '';
  if (parts.length > 0) {
    return `${parts.join(', ')}.${publishing ? '' : ' Nothing has been sent.'}${old}`;
  }
  const kept = [
    totals.kept === 1 && ': 1 copy is as it should be',
    totals.kept > 1 && `: ${totals.kept} copies are as they should be`,
  ].find((part) => part !== false);
  return `Nothing to do${kept ?? ''}.${old}`;
}

const resultWords: Readonly<Record<Outcome['result'], string>> = {
  done: 'done',
  skipped: 'skipped',
  failed: 'not sent',
  refused: 'refused',
  unknown: 'unknown',
};

const doneWords: Readonly<Partial<Record<Verb, string>>> = {
  create: 'published',
  update: 'updated',
  adopt: 'adopted',
};

function describeFiles(action: Action): string {
  const others = listDocuments(action)
    .slice(1)
    .map(({ path }) => path);
  return `written${others.length > 0 ? `, with ${others.join(', ')}` : ''}`;
}

/** What was done, in a word or a few. */
export function nameDone({ action: { verb }, isDraft }: Pick<Outcome, 'action' | 'isDraft'>): string {
  const word = doneWords[verb] ?? 'done';
  return isDraft === true && verb === 'create' ? 'there as a draft' : word;
}

/** One line for what became of an action. */
export function formatOutcome(outcome: Outcome): string {
  const { action, result, message, remedy, url } = outcome;
  const subject = `${action.target}  ${nameSubject(action)}`;
  if (result === 'done') {
    const what = 'feed' in action ? describeFiles(action) : `${nameDone(outcome)}  ${url ?? ''}`;
    return `${signs[action.verb]} ${subject}  ${what}`.trimEnd();
  }
  const said = [remedy === undefined ? message : message?.replace(/[^.!?…]$/, '$&.'), remedy]
    .filter((part) => part !== undefined)
    .join(' ');
  return `! ${subject}  ${resultWords[result]}${said === '' ? '' : `: ${said}`}`;
}

/** What was and was not published, in one line. */
export function formatOutcomeTotals(outcomes: readonly Outcome[]): string {
  const count = (wanted: (outcome: Outcome) => boolean): number => outcomes.filter(wanted).length;
  const done = count(({ result }) => result === 'done');
  const parts = [
    `${done} done`,
    ...(['skipped', 'failed', 'refused', 'unknown'] as const).flatMap((result) => {
      const many = count((outcome) => outcome.result === result);
      return many > 0 ? [`${many} ${resultWords[result]}`] : [];
    }),
  ];
  return `${parts.join(', ')}.`;
}
