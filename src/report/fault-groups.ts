import { countOf } from '../base/count-of.ts';
import { compareText } from '../base/compare-text.ts';
import type { Diagnostic, RuleId, Severity } from '../model/diagnostic.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { formatDiagnostic, reportDiagnostics, sortDiagnostics } from './diagnostics.ts';

/** How many places of a group are shown. */
const shownPlaces = 3;

/** How many names of a group are shown ready for the config. */
const shownNames = 40;

/** All faults of one rule. */
export interface FaultGroup {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** In the order of files and lines, but first those that say what none before them says. */
  readonly faults: readonly Diagnostic[];
  /** How many files they are in. */
  readonly files: number;
  /** What can be done about all of them; undefined where they differ. */
  readonly remedy: string | undefined;
  /** What the config could say of the blog's own syntax, the most frequent first. */
  readonly entries: readonly SyntaxEntry[];
}

/** A name of the blog's own syntax that the config does not know. */
export interface SyntaxEntry {
  readonly group: NonNullable<Diagnostic['syntax']>['group'];
  readonly name: string;
  readonly count: number;
  /** What it can stand for as far as its use tells: what is inside it where something is, and else nothing. */
  readonly meaning: 'unwrap' | 'drop';
}

/** Faults by rule, errors first, then the most frequent first. */
export function groupFaults(diagnostics: readonly Diagnostic[]): readonly FaultGroup[] {
  const groups = Map.groupBy(sortDiagnostics(diagnostics), ({ rule, severity }) => `${severity} ${rule}`);
  return [...groups.values()]
    .flatMap((faults) => (faults[0] === undefined ? [] : [describeGroup(faults[0], faults)]))
    .toSorted(
      (a, b) =>
        Number(a.severity === 'warning') - Number(b.severity === 'warning') ||
        b.faults.length - a.faults.length,
    );
}

function describeGroup({ rule, severity }: Diagnostic, faults: readonly Diagnostic[]): FaultGroup {
  const [remedy, ...others] = new Set(faults.map((one) => one.remedy));
  return {
    rule,
    severity,
    faults: putNewFirst(faults),
    files: new Set(faults.map(({ file }) => file)).size,
    remedy: others.length === 0 ? remedy : undefined,
    entries: listEntries(faults),
  };
}

function putNewFirst(faults: readonly Diagnostic[]): readonly Diagnostic[] {
  const first = new Map<string, Diagnostic>();
  for (const fault of faults) if (!first.has(fault.message)) first.set(fault.message, fault);
  const isFirst = (fault: Diagnostic): boolean => first.get(fault.message) === fault;
  return [...first.values(), ...faults.filter((fault) => !isFirst(fault))];
}

function listEntries(faults: readonly Diagnostic[]): readonly SyntaxEntry[] {
  const named = faults.flatMap(({ syntax }) => syntax ?? []);
  const groups = Map.groupBy(named, ({ group, name }) => `${group} ${name}`);
  return [...groups.values()]
    .flatMap((same) => (same[0] === undefined ? [] : [describeEntry(same[0], same)]))
    .toSorted((a, b) => b.count - a.count || compareText(a.name, b.name));
}

function describeEntry(
  { group, name }: NonNullable<Diagnostic['syntax']>,
  same: readonly NonNullable<Diagnostic['syntax']>[],
): SyntaxEntry {
  return {
    group,
    name,
    count: same.length,
    meaning: same.some(({ isPair }) => isPair === true) ? 'unwrap' : 'drop',
  };
}

/**
 * Faults as a person reads them: one that is alone on its line, of several how many there are in how many files, the first places,
 * and what to do, once. `listing` is what lists all of them.
 */
export function formatGroups(groups: readonly FaultGroup[], listing = '--all'): string {
  return groups.map((group) => `${formatGroup(group, listing).join('\n')}\n`).join('');
}

/** Prints faults to standard error, those of one rule together; for GitHub, one a line. */
export function reportGroups(diagnostics: readonly Diagnostic[], shell: Shell): void {
  if (shell.format === 'human')
    shell.report(formatGroups(groupFaults(diagnostics), '"broadside check --all"'));
  else reportDiagnostics(diagnostics, shell);
}

function formatGroup(
  { rule, severity, faults, files, remedy, entries }: FaultGroup,
  listing: string,
): readonly string[] {
  const [alone, ...others] = faults;
  if (alone === undefined) return [];
  if (others.length === 0) return [formatDiagnostic(alone, 'human'), ...formatEntries(entries)];
  const [message, ...messages] = new Set(faults.map((one) => one.message));
  const isSame = messages.length === 0 && message !== undefined;
  const rest = faults.length - shownPlaces;
  const where = countOf(files, 'file');
  return [
    `${faults.length} ${severity}s ${rule} in ${where}${isSame ? `: ${cleanForTerminal(message)}` : ''}`,
    ...faults.slice(0, shownPlaces).map((fault) => `  ${showPlace(fault, isSame, remedy === undefined)}`),
    ...(rest > 0 ? [`  and ${rest} more; ${listing} lists them`] : []),
    ...(remedy === undefined || remedy === '' ? [] : [`  ${cleanForTerminal(remedy)}`]),
    ...formatEntries(entries),
  ];
}

function showPlace(
  { file, line, column, message, remedy }: Diagnostic,
  isSame: boolean,
  ownRemedy: boolean,
): string {
  const said = [isSame ? '' : message, ownRemedy ? remedy : ''].filter((text) => text !== '').join(' ');
  return `${cleanForTerminal(file)}:${line}:${column} ${cleanForTerminal(said)}`.trimEnd();
}

/** The lines for the config that would show what is inside each thing that only the site knows. */
export function formatEntries(entries: readonly SyntaxEntry[]): readonly string[] {
  if (entries.length === 0) return [];
  const shown = entries.slice(0, shownNames);
  const byGroup = [...Map.groupBy(shown, ({ group }) => group)];
  const rest = entries.length - shown.length;
  return [
    '  For the source in the config ("unwrap" shows what is inside, "drop" leaves it out, docs/writing.md has more):',
    '    syntax:',
    ...byGroup.flatMap(([group, own]) => [
      `      ${group}:`,
      ...own.map(({ name, count, meaning }) => `        ${quoteName(name)}: ${meaning} # ${count}`),
    ]),
    ...(rest > 0 ? [`  and ${rest} more names`] : []),
  ];
}

function quoteName(name: string): string {
  return /^\p{L}[\p{L}\p{N}_-]*$/u.test(name) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(name)
    ? name
    : JSON.stringify(name);
}
