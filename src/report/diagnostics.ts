import { compareText } from '../base/compare-text.ts';
import { BroadsideError, tellError } from '../base/errors.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { cleanForTerminal, escapeWorkflowCommand } from '../base/terminal.ts';
import type { Shell } from '../base/shell.ts';

/** Errors first, then by file and place; what several targets say alike is said once, and so is what is the same in every post. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ rule, file, line, column, message, once }: Diagnostic): string =>
    (once === true ? [rule, message] : [rule, file, line, column, message]).join('\n');
  const sorted = diagnostics.toSorted(
    (a, b) =>
      Number(a.severity === 'warning') - Number(b.severity === 'warning') ||
      compareText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column,
  );
  const seen = new Set<string>();
  return sorted.filter((one) => !seen.has(key(one)) && seen.add(key(one)));
}

/** One line for a fault in a post, as people or GitHub read it. */
export function formatDiagnostic(diagnostic: Diagnostic, format: Shell['format']): string {
  const { rule, severity, message, remedy, file, line, column } = diagnostic;
  const said = `${cleanForTerminal(message)} ${cleanForTerminal(remedy)}`;
  if (format === 'github') {
    const place = `file=${escapeWorkflowCommand(file, 'property')},line=${line},col=${column}`;
    return `::${severity} ${place},title=${escapeWorkflowCommand(rule, 'property')}::${escapeWorkflowCommand(said)}`;
  }
  return `${cleanForTerminal(file)}:${line}:${column} ${severity} ${rule} ${said}`;
}

/** Prints faults to standard error, one a line. */
export function reportDiagnostics(diagnostics: readonly Diagnostic[], shell: Shell): void {
  if (shell.format === 'json') return;
  for (const diagnostic of sortDiagnostics(diagnostics))
    shell.report(`${formatDiagnostic(diagnostic, shell.format)}\n`);
}

/** What went wrong and what to do next, as text for standard error. */
export function formatError(error: unknown, format: Shell['format']): string {
  const known = error instanceof BroadsideError ? error : (explainDisk(error) ?? explainFault(error));
  const { code, message, remedy, file, line, column } = known;
  if (format === 'json') {
    return `${JSON.stringify({ error: { code, message, remedy, file, line, column } }, null, 2)}\n`;
  }
  const clean = (text: string): string => text.split('\n').map(cleanLine).join('\n');
  if (format === 'github') {
    const place =
      file === undefined ? '' : ` file=${escapeWorkflowCommand(file, 'property')},line=${line ?? 1}`;
    return `::error${place}::${escapeWorkflowCommand(clean(`${tellError(known)} (${code})`))}\n`;
  }
  return clean(`${code}: ${message}\n${remedy}\n`);
}

/** Explains what the disk refused where nobody foresaw it: that is no fault of the program. */
function explainDisk(error: unknown): BroadsideError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', path } = error as NodeJS.ErrnoException;
  if (!['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EFBIG'].includes(code)) return undefined;
  const what = path === undefined ? 'A file' : path;
  return new BroadsideError('OUTPUT_UNWRITABLE', `${what} cannot be written (${code}).`, {
    remedy: 'Let this user write there, on a disk with room, and run the command again.',
    cause: error,
  });
}

function explainFault(error: unknown): BroadsideError {
  return new BroadsideError('INTERNAL', error instanceof Error ? error.message : String(error), {
    remedy: 'This is a fault in Broadside: please report it with the command you ran.',
  });
}

/** A line that neither a terminal nor GitHub takes for a command, whatever words from outside it holds. */
function cleanLine(line: string): string {
  return cleanForTerminal(line).replace(/^\s*(?=::)/, '| ');
}

/** "1 error, 2 warnings", or undefined when there is nothing to count. */
export function countFaults(diagnostics: readonly Diagnostic[]): {
  readonly errors: number;
  readonly warnings: number;
} {
  const distinct = sortDiagnostics(diagnostics);
  const errors = distinct.filter((one) => one.severity === 'error').length;
  return { errors, warnings: distinct.length - errors };
}
