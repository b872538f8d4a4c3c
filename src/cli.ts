import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { addAbortSignal } from 'node:stream';
import type { Command } from 'commander';
import { askOnTerminal } from './base/ask.ts';
import { openCompileCache } from './base/compile-cache.ts';
import type { Shell } from './base/shell.ts';
import { defuseCommands } from './base/terminal.ts';
import { readVersion } from './base/version.ts';

function readFormat(argv: readonly string[]): Shell['format'] {
  const index = argv.findIndex((word) => word === '--format' || word.startsWith('--format='));
  const word = argv[index]?.split('=')[1] ?? argv[index + 1];
  return index >= 0 && (word === 'json' || word === 'github') ? word : 'human';
}

function openShell(format: Shell['format'], signal: AbortSignal): Shell {
  const { env, stdout, stderr } = process;
  const clean = format === 'github' ? defuseCommands : (text: string): string => text;
  // Standard input comes last: Node opens it when it is first named, and loads all that reads files as streams.
  const isAttended = stderr.isTTY && env['CI'] === undefined && format === 'human' && process.stdin.isTTY;
  return {
    cwd: process.cwd(),
    environment: env,
    signal,
    now: () => new Date().toISOString(),
    format,
    print: (text, what) => {
      stdout.write(clean(text), (error) => {
        if (error && what === 'done') stderr.write(clean(text));
      });
    },
    report: (text) => void stderr.write(clean(text)),
    input: () => addAbortSignal(signal, process.stdin),
    interactive: stderr.isTTY && env['CI'] === undefined,
    ...(isAttended && { ask: askOnTerminal(process.stdin, stderr, () => process.emit('SIGINT')) }),
    color: stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && format === 'human',
  };
}

/**
 * Standard output that can be written no more is no reason to stop: a publish has to record what it sent. It is told once, unless
 * a reader has gone that had enough, such as `head`. Returns whether it has been told.
 */
function watchOutput(format: Shell['format']): () => boolean {
  let isLost = false;
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', ({ code = 'unknown reason' }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || isLost) return;
    isLost = true;
    process.exitCode = 1;
    void reportLostOutput(code, format);
  });
  return () => isLost;
}

async function reportLostOutput(code: string, format: Shell['format']): Promise<void> {
  const [{ BroadsideError }, { formatError }] = await Promise.all([
    import('./base/errors.ts'),
    import('./report/diagnostics.ts'),
  ]);
  const error = new BroadsideError('OUTPUT_UNWRITABLE', `Standard output cannot be written (${code}).`, {
    remedy: 'Send the output to a place with room. What was sent to a target is not sent again.',
  });
  process.stderr.write(formatError(error, format));
}

/** Node does by itself what NODE_COMPILE_CACHE says; by default it would use the temporary folder, where anybody can plant code. */
function rememberCompiled(): void {
  const { env, platform } = process;
  if (getCompileCacheDir() !== undefined || env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return;
  const folder = openCompileCache({ environment: env, platform, id: process.getuid?.() });
  if (folder !== undefined) enableCompileCache(folder);
}

/** Runs one command line and sets the exit code. */
async function main(argv: readonly string[]): Promise<void> {
  const format = readFormat(argv);
  const isOutputLost = watchOutput(format);
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${readVersion()}\n`);
    return;
  }
  rememberCompiled();
  const interruption = new AbortController();
  const interrupt = (): void => {
    if (interruption.signal.aborted) process.exit(130);
    process.stderr.write('\nInterrupted: ending what is under way. Press Ctrl-C again to stop at once.\n');
    interruption.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const shell = openShell(format, interruption.signal);
  const { buildProgram } = await import('./commands/program.ts');
  const program: Command = buildProgram(readVersion(), shell, (code) => {
    process.exitCode = isOutputLost() ? 1 : code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    const { explainUsage } = await import('./commands/program.ts');
    const fault = explainUsage(error);
    const isInterruption =
      interruption.signal.aborted && error instanceof Error && error.name === 'AbortError';
    if (fault !== undefined && !isInterruption) {
      process.exitCode = 1;
      const { formatError } = await import('./report/diagnostics.ts');
      shell.report(formatError(fault, shell.format));
    }
  }
  if (interruption.signal.aborted) process.exitCode = 130;
}

void main(process.argv.slice(2));
