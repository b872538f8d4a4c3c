import type { Diagnostic } from '../model/diagnostic.ts';
import { idOf, type Action, type Outcome, type Plan } from '../model/plan.ts';
import type { Post } from '../model/post.ts';
import type { Rendition } from '../model/rendition.ts';
import {
  countActions,
  describeReason,
  formatPieces,
  formatPlan,
  formatTotals,
  listScheduled,
  nameDone,
} from './format-plan.ts';
import { formatInstant } from '../base/format-instant.ts';
import { sortDiagnostics } from './diagnostics.ts';
import { formatEntries, groupFaults } from './fault-groups.ts';
import { formatCounts, formatOutlook, type CheckReport } from './show-check.ts';
import {
  type Block,
  countBytes,
  details,
  escapeMarkdown,
  formatCommand,
  formatLink,
  linkPost,
  printValue,
} from './markdown.ts';

/** The most bytes of a step's summary: a longer one is dropped whole (GitHub's documentation of job summaries, checked November 2026). */
export const summaryLimit = 1024 * 1024;

/** The most lines of one table. */
const longestTable = 200;

/** What a report knows beside the plan. */
export interface ReportContext {
  readonly posts: readonly Post[];
  /** IANA name; instants are shown in it. */
  readonly timezone: string;
  /** What would be shown of the copies that the plan would send, now or later. */
  readonly renditions: readonly Rendition[];
  /** Why there is nothing to do for posts that were named. */
  readonly leftOut?: readonly string[];
}

/** Joins as many blocks, and lines of them, as fit into a number of bytes; where they do not all fit, a sentence says so. */
export function fitBlocks(blocks: readonly Block[], limit: number): string {
  const cut = `\n_Cut here, because GitHub takes at most ${limit} bytes. The log and \`broadside plan\` show everything._\n`;
  let left = limit - countBytes(cut);
  let text = '';
  for (const { open, lines, close } of blocks) {
    const frame = countBytes(open) + countBytes(close);
    let room = left - frame;
    const fitting = lines.findIndex((line) => (room -= countBytes(line) + 1) < 0);
    const shown = fitting === -1 ? lines : lines.slice(0, fitting);
    if (left < frame || (shown.length === 0 && lines.length > 0)) return text + cut;
    const part = `${open}${shown.map((line) => `${line}\n`).join('')}${close}`;
    text += part;
    left -= countBytes(part);
    if (shown.length < lines.length) return text + cut;
  }
  return text;
}

/** What `plan` tells: what would be sent, what is held, what is next, and the text of each copy. */
export function reportPlan(plan: Plan, context: ReportContext): readonly Block[] {
  const acting = plan.actions.filter(isActing);
  const rows = acting.map((action) => [
    escapeMarkdown(action.target),
    linkPost(action, context),
    escapeMarkdown(`${verbWords[action.verb] ?? action.verb}, ${describeReason(action, context)}`),
  ]);
  return [
    headline('Broadside would do this', formatTotals(countActions(plan.actions), false)),
    ...(plan.paused ? [paragraph('Publishing is paused by the config: nothing would be sent.')] : []),
    ...reportLeftOut(context),
    ...table('', ['Target', 'Post', 'What'], rows),
    ...reportPieces(plan),
    ...reportRest(plan, context),
  ];
}

/** What `publish` tells: what went where, what is held and why, what is next, and the text of each copy. */
export function reportPublish(
  plan: Plan,
  outcomes: readonly Outcome[],
  context: ReportContext,
): readonly Block[] {
  const rows = outcomes.map((outcome) => [
    escapeMarkdown(outcome.action.target),
    linkPost(outcome.action, context),
    describeOutcome(outcome),
  ]);
  const said = plan.paused
    ? 'Publishing is paused by the config: nothing was sent.'
    : formatTotals(countActions(plan.actions), true);
  return [
    headline('Broadside', said),
    ...reportLeftOut(context),
    ...table('', ['Target', 'Post', 'What became of it'], rows),
    ...reportPieces(plan),
    ...reportRest(plan, context),
  ];
}

/** What `check` tells: how often each rule is broken, then every fault with its place, those that decide first; what would go out. */
export function reportCheck(report: CheckReport): readonly Block[] {
  const { deciding, elsewhere, isChange } = report;
  const outlook = formatOutlook(report, { color: false, all: true });
  return [
    headline('Broadside checked the posts', formatCounts(report).join(' ')),
    ...reportGroups(isChange ? 'What this pull request touches' : '', deciding),
    ...reportGroups('In the rest of the blog', elsewhere),
    ...reportFaults('Every place', [...deciding]),
    ...(outlook.length > 0 ? [details('What publish would do now', outlook.join('\n').trim())] : []),
  ];
}

function reportGroups(heading: string, faults: readonly Diagnostic[]): readonly Block[] {
  const groups = groupFaults(faults);
  const rows = groups.map(({ rule, severity, faults: own, files, remedy }) => [
    severity,
    escapeMarkdown(rule),
    String(own.length),
    String(files),
    escapeMarkdown(
      own
        .slice(0, 3)
        .map(({ file, line }) => `${file}:${line}`)
        .join(', '),
    ),
    escapeMarkdown(remedy ?? own[0]?.remedy ?? ''),
  ]);
  const entries = groups.flatMap((group) => group.entries);
  return [
    ...table(heading, ['', 'Rule', 'Times', 'Files', 'First places', 'What to do'], rows),
    ...(entries.length > 0 ? [details('For the config', formatEntries(entries).join('\n'))] : []),
  ];
}

/** A heading and what there is to say in one sentence of our own. */
export function headline(heading: string, sentence: string): Block {
  return { open: `## ${heading}\n\n`, lines: [sentence, ''], close: '' };
}

/** A sentence of our own. */
function paragraph(sentence: string): Block {
  return { open: '', lines: [sentence, ''], close: '' };
}

/** A table of cells that are safe already, at most 200 lines of it; nothing where there are none. */
export function table(
  heading: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): readonly Block[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rest = rows.length - longestTable;
  return [
    {
      open: `${heading === '' ? '' : `### ${heading}\n\n`}${line(columns)}\n${line(columns.map(() => '---'))}\n`,
      lines: rows.slice(0, longestTable).map(line),
      close: rest > 0 ? `\n_And ${rest} more._\n\n` : '\n',
    },
  ];
}

/** What copies show because the pages of their posts do. */
function reportPieces(plan: Plan): readonly Block[] {
  return formatPieces(plan).map((line) => paragraph(escapeMarkdown(`${line.trim()}.`)));
}

/** The copies of a plan that are held, and why. */
function reportHolds(plan: Plan, context: ReportContext): readonly Block[] {
  const rows = plan.actions
    .filter(({ verb, reason }) => verb === 'hold' && reason !== 'old')
    .map((action) => [
      escapeMarkdown(action.target),
      linkPost(action, context),
      escapeMarkdown(describeReason(action, context)),
    ]);
  return table('Held, until a person acts', ['Target', 'Post', 'Why'], rows);
}

/** The copies of a plan that wait for a person who makes or changes them, and what they have to do. */
function reportByHand(plan: Plan, context: ReportContext): readonly Block[] {
  const rows = plan.actions.flatMap((action) => {
    if (action.reason !== 'by-hand') return [];
    const { target, work, note, url, importUrl, record = '' } = action;
    const make = importUrl === undefined ? 'paste the text below' : formatLink('import it', importUrl);
    const what = work === 'create' ? make : formatLink('change it to the text below', url);
    return [
      [
        escapeMarkdown(target),
        linkPost(action, context),
        note === undefined ? what : `${what}: ${escapeMarkdown(note)}`,
        formatCommand(record),
      ],
    ];
  });
  return table('By hand', ['Target', 'Post', 'What to do', 'Then run'], rows);
}

function reportLeftOut({ leftOut = [] }: ReportContext): readonly Block[] {
  return leftOut.map((text) => paragraph(escapeMarkdown(text)));
}

function reportRest(plan: Plan, context: ReportContext): readonly Block[] {
  const { timezone } = context;
  const waiting = [
    ...listScheduled(plan),
    ...plan.actions.flatMap((action) =>
      action.verb === 'wait' && action.reason !== 'by-hand' && action.at === undefined ? [action] : [],
    ),
  ].map((action) => [
    escapeMarkdown(
      action.at === undefined
        ? describeReason(action, context)
        : `${formatInstant(action.at, timezone)}${action.missed === undefined ? '' : ', catching up'}`,
    ),
    escapeMarkdown(action.target),
    linkPost(action, context),
  ]);
  const text = formatPlan(plan, { timezone, color: false, publishing: true });
  return [
    ...reportHolds(plan, context),
    ...reportByHand(plan, context),
    ...reportFaults('Faults in posts', plan.diagnostics),
    ...table('Next', ['When', 'Target', 'Post'], waiting),
    details('The plan', text.trimEnd()),
    ...context.renditions.map((rendition) => showRendition(rendition, plan, context)),
  ];
}

function reportFaults(heading: string, diagnostics: readonly Diagnostic[]): readonly Block[] {
  const rows = sortDiagnostics(diagnostics).map(({ severity, file, line, rule, message, remedy }) => [
    severity,
    `${escapeMarkdown(file)}:${line}`,
    escapeMarkdown(rule),
    escapeMarkdown(`${message} ${remedy}`),
  ]);
  return table(heading, ['', 'Where', 'Rule', 'What'], rows);
}

function showRendition(rendition: Rendition, plan: Plan, context: ReportContext): Block {
  const { target, postId, body, fields, assets } = rendition;
  const action = plan.actions.find(
    (one) => one.target === target && !('feed' in one) && idOf(one) === postId,
  );
  const title = context.posts.find((one) => one.id === postId)?.title ?? postId;
  const why = action === undefined ? '' : ` (${describeReason(action, context)})`;
  const beside = [
    ...Object.entries(fields).map(([name, value]) => `${name}: ${printValue(value)}`),
    ...assets.map(({ role, url, alt }) => `${role}: ${url}${alt === undefined ? '' : ` (${alt})`}`),
  ];
  return details(`${target}: ${title}${why}`, body.trimEnd(), beside.join('\n'));
}

const verbWords: Readonly<Partial<Record<Action['verb'], string>>> = {
  create: 'to create',
  update: 'to change',
  adopt: 'to adopt',
};

function isActing({ verb }: Action): boolean {
  return verb === 'create' || verb === 'update' || verb === 'adopt';
}

const failedWords: Readonly<Record<Exclude<Outcome['result'], 'done'>, string>> = {
  skipped: 'skipped',
  failed: 'not sent',
  refused: 'refused',
  unknown: 'not known whether it was taken',
};

function describeOutcome(outcome: Outcome): string {
  const { result, url, message, remedy } = outcome;
  if (result === 'done') return formatLink(nameDone(outcome), url);
  const said = [message, remedy].filter((part) => part !== undefined && part !== '').join(' ');
  return `**${failedWords[result]}**${said === '' ? '' : `: ${escapeMarkdown(said)}`}`;
}
