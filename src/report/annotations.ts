import { countOf } from '../base/count-of.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { sortDiagnostics } from './diagnostics.ts';
import { cleanForTerminal, escapeWorkflowCommand } from '../base/terminal.ts';

/** The most annotations of one level that GitHub shows of a step, with that of the rest (GitHub's documentation of annotations, checked November 2026). */
const shownPerLevel = 10;

/** What GitHub shows beside a run or, with a place, beside a line of a file. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

/** Faults in posts as annotations. */
export function annotateFaults(diagnostics: readonly Diagnostic[]): readonly Annotation[] {
  return sortDiagnostics(diagnostics).map(({ severity, rule, message, remedy, file, line, column }) => ({
    level: severity,
    title: rule,
    message: `${message} ${remedy}`,
    place: { file, line, column },
  }));
}

/** Workflow commands for as many annotations as GitHub shows of one step, errors first; a notice counts the rest. */
export function formatAnnotations(annotations: readonly Annotation[]): string {
  const levels = (['error', 'warning'] as const).map((level) => {
    const all = annotations.filter((one) => one.level === level);
    return { level, shown: all.slice(0, shownPerLevel), left: Math.max(0, all.length - shownPerLevel) };
  });
  const rest = levels.filter(({ left }) => left > 0).map(({ level, left }) => countOf(left, `more ${level}`));
  const lines = [
    ...levels.flatMap(({ shown }) => shown.map(formatAnnotation)),
    ...(rest.length > 0
      ? [`::notice title=not shown::${rest.join(' and ')}: the job summary lists them.`]
      : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function formatAnnotation({ level, title, message, place }: Annotation): string {
  const where =
    place === undefined
      ? ''
      : `file=${escapeWorkflowCommand(place.file, 'property')},line=${place.line},col=${place.column},`;
  const said = escapeWorkflowCommand(cleanForTerminal(message));
  return `::${level} ${where}title=${escapeWorkflowCommand(cleanForTerminal(title), 'property')}::${said}`;
}
