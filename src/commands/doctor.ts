import { countOf } from '../base/count-of.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal, escapeWorkflowCommand } from '../base/terminal.ts';
import type { Finding } from '../model/target.ts';
import { diagnose, type AboutFinding, type DoctorWords } from './diagnose.ts';

const colors: Readonly<Record<Finding['level'], string>> = {
  ok: '\u001B[32m',
  warning: '\u001B[33m',
  error: '\u001B[31m',
};

/** Runs `broadside doctor`: looks at all that publishing needs, and changes nothing. Returns the exit code. */
export async function runDoctor(words: DoctorWords, shell: Shell): Promise<number> {
  const findings: AboutFinding[] = [];
  for await (const finding of diagnose(words, shell)) {
    findings.push(finding);
    if (shell.format !== 'json') shell.print(`${formatLine(finding, shell)}\n`);
  }
  const count = (level: Finding['level']): number => findings.filter((one) => one.level === level).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (shell.format === 'json') {
    shell.print(`${JSON.stringify({ findings, errors, warnings }, null, 2)}\n`);
  } else {
    shell.print(`${countOf(errors, 'error')}, ${countOf(warnings, 'warning')}.\n`);
  }
  return errors > 0 ? 1 : 0;
}

function formatLine({ about, level, what, remedy }: AboutFinding, shell: Shell): string {
  const said = cleanForTerminal(remedy === undefined ? what : `${what} ${remedy}`);
  if (shell.format === 'github' && level !== 'ok') {
    return `::${level} title=${escapeWorkflowCommand(about, 'property')}::${escapeWorkflowCommand(said)}`;
  }
  const word = level.padEnd(7);
  return `${shell.color ? `${colors[level]}${word}\u001B[0m` : word}  ${about.padEnd(8)}  ${said}`;
}
