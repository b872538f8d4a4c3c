import type { Diagnostic, Place, RuleId, Severity } from '../../model/diagnostic.ts';

/** Tells what is wrong with a file; without a place, at its beginning. */
export type Report = (
  severity: Severity,
  rule: RuleId,
  place: Place | undefined,
  message: string,
  remedy: string,
) => void;

/** Begins to collect what is wrong with a file. */
export function openReport(file: string): {
  readonly diagnostics: readonly Diagnostic[];
  readonly report: Report;
} {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    report(severity, rule, place, message, remedy) {
      const { line, column } = place ?? { line: 1, column: 1 };
      diagnostics.push({ rule, severity, message, remedy, file, line, column });
    },
  };
}
