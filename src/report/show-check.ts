import { countOf } from '../base/count-of.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { CopyAction, Verb } from '../model/plan.ts';
import { countActions, formatActions, formatTotals } from './format-plan.ts';
import { countFaults, formatDiagnostic, sortDiagnostics } from './diagnostics.ts';
import { formatGroups, groupFaults } from './fault-groups.ts';

/** The most lines of one verb of the outlook. */
const shownActions = 10;

/** The faults of a blog by what they mean for a run. */
export interface CheckedFaults {
  /** Those that decide whether all is well. */
  readonly deciding: readonly Diagnostic[];
  /** On a pull request: those of what it leaves as it is. */
  readonly elsewhere: readonly Diagnostic[];
  /** Those of posts that lose nothing by them, since no copy of them goes out. */
  readonly leftOut: readonly Diagnostic[];
}

/** What `check` has found. */
export interface CheckReport extends CheckedFaults {
  readonly posts: number;
  readonly drafts: number;
  readonly letters: number;
  /** How many of the letters are drafts. */
  readonly letterDrafts: number;
  /** Whether it ran for a pull request. */
  readonly isChange: boolean;
  /** What publish would do, as far as this machine knows. */
  readonly actions: readonly CopyAction[];
  /** Whether this machine knows the blog's ledger. */
  readonly knowsLedger: boolean;
  readonly paused: boolean;
  /** IANA name; instants are shown in it. */
  readonly timezone: string;
}

/** How `check` is shown. */
export interface CheckStyle {
  readonly color: boolean;
  /** Every fault on its line, and every copy. */
  readonly all: boolean;
}

/** The faults for people: grouped, or a line each with those that are otherwise only counted. */
export function formatFaults(report: CheckReport, all: boolean): string {
  const { deciding, elsewhere, leftOut } = report;
  const format = (faults: readonly Diagnostic[]): string =>
    all
      ? sortDiagnostics(faults)
          .map((one) => `${formatDiagnostic(one, 'human')}\n`)
          .join('')
      : formatGroups(groupFaults(faults));
  const parts = [
    { heading: '', faults: deciding },
    { heading: 'In the rest of the blog:\n', faults: elsewhere },
    { heading: 'In posts of which no copy goes out:\n', faults: all ? leftOut : [] },
  ];
  return parts
    .flatMap(({ heading, faults }) => (faults.length === 0 ? [] : [heading + format(faults)]))
    .join('\n');
}

/** The counts in sentences. */
export function formatCounts(report: CheckReport): readonly string[] {
  const { posts, drafts, letters, letterDrafts, deciding, elsewhere, leftOut, isChange, knowsLedger } =
    report;
  const drafted = (count: number): string => (count > 0 ? ` (${countOf(count, 'draft')})` : '');
  const checked =
    letters === 0
      ? `${countOf(posts, 'post')} checked${drafted(drafts)}`
      : `${countOf(posts, 'post')}${drafted(drafts)} and ${countOf(letters, 'letter')}${drafted(letterDrafts)} checked`;
  const files = new Set(leftOut.map(({ file }) => file)).size;
  return [
    `${checked}: ${tellCount(deciding)}${isChange ? ' in what this pull request touches' : ''}.`,
    ...(elsewhere.length > 0
      ? [`In the rest of the blog there are ${tellCount(elsewhere)}, which do not fail this run.`]
      : []),
    ...(leftOut.length > 0
      ? [
          `Not counted: ${tellCount(leftOut, 'some')} in ${countOf(files, 'file')}, for copies that publish would not send: their posts are dated before the target was opened, or do not go there. --all lists them.`,
        ]
      : []),
    ...(leftOut.length > 0 && !knowsLedger
      ? ['This checkout does not know the ledger, so every target counts as not opened yet.']
      : []),
  ];
}

/** What publish would do now: the first copies of each kind, and the totals. */
export function formatOutlook(report: CheckReport, style: CheckStyle): readonly string[] {
  const { actions, paused, timezone } = report;
  if (actions.length === 0) return [];
  if (paused) return ['Publish would send nothing now: the config says paused.'];
  const telling = actions.filter(({ verb, reason }) => verb !== 'keep' && reason !== 'old');
  const shown = style.all ? telling : listFirst(telling);
  const rest = telling.length - shown.length;
  const totals = formatTotals(countActions(actions), true);
  if (telling.length === 0) return [totals.replace('Nothing to do', 'Publish would send nothing now')];
  return [
    '',
    'What publish would do now, as far as this machine knows:',
    ...formatActions(shown, { color: style.color, timezone }),
    ...(rest > 0 ? [`and ${rest} more; --all lists them`] : []),
    totals,
  ];
}

const order: readonly Verb[] = ['create', 'update', 'adopt', 'hold', 'wait'];

function listFirst(actions: readonly CopyAction[]): readonly CopyAction[] {
  return order.flatMap((verb) => actions.filter((one) => one.verb === verb).slice(0, shownActions));
}

/** `some` leaves out what there is none of. */
function tellCount(faults: readonly Diagnostic[], which: 'both' | 'some' = 'both'): string {
  const { errors, warnings } = countFaults(faults);
  const parts = [
    { count: errors, noun: 'error' },
    { count: warnings, noun: 'warning' },
  ].filter(({ count }) => which === 'both' || count > 0);
  return parts.map(({ count, noun }) => countOf(count, noun)).join(which === 'both' ? ', ' : ' and ');
}
