import type { Shell } from '../src/base/shell.ts';
import { buildProgram, explainUsage } from '../src/commands/program.ts';
import { formatError } from '../src/report/diagnostics.ts';
import type { Run } from './workspace.ts';

/** Runs a command line as src/cli.ts does, in this process, which is quicker than to start one. `ask` answers its questions. */
export async function runCommand(
  folder: string,
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
  ask?: Shell['ask'],
): Promise<Run> {
  let [stdout, stderr, code] = ['', '', 0];
  const given = words[words.indexOf('--format') + 1];
  const format = given === 'json' || given === 'github' ? given : 'human';
  const shell: Shell = {
    cwd: folder,
    environment: { PATH: process.env['PATH'], HOME: folder, USER: 'author', ...environment },
    signal: new AbortController().signal,
    now: () => new Date().toISOString(),
    format,
    print: (text) => void (stdout += text),
    report: (text) => void (stderr += text),
    interactive: ask !== undefined,
    color: false,
    ...(ask && { ask }),
  };
  try {
    const program = buildProgram('0.0.0', shell, (exitCode) => void (code = exitCode));
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    const fault = explainUsage(error);
    if (fault === undefined) return { stdout, stderr, code };
    code = 1;
    shell.report(formatError(fault, format));
  }
  return { stdout, stderr, code };
}
