import { spawn } from 'node:child_process';
import type { ChildEnvironment, Environment } from '../base/child-environment.ts';
import { BroadsideError } from '../base/errors.ts';
import { createRedactor } from '../base/redact.ts';

/** The longest that one git command may take: milliseconds. */
const timeLimit = 60_000;

export interface GitCall extends ChildEnvironment {
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly input?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface GitResult {
  /** The exit code; -1 when the command was ended by a signal or by the time limit. */
  readonly code: number;
  readonly stdout: Buffer;
  /** What git said was wrong, short, on one line and without secrets. */
  readonly complaint: string;
}

/** Variables that say how git reaches a remote; all its others would point it at another repository or change its ways. */
const transportVariable =
  /^GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|SSL_\w+|PROXY_\w+|HTTP_\w+|EXEC_PATH)$/;

/** Variables that say where a person's git config is, and what it is. */
const configVariable = /^GIT_CONFIG(?:_\w+)?$/;

/** An environment for git without the variables of a hook or script it may be running in. It never asks for a password. */
export function gitEnvironment(given: Environment, config: 'own' | 'none'): Environment {
  const kept = Object.entries(given).filter(
    ([name]) =>
      !name.startsWith('GIT_') ||
      transportVariable.test(name) ||
      (config === 'own' && configVariable.test(name)),
  );
  const isolation = config === 'none' ? { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' } : {};
  return { ...Object.fromEntries(kept), ...isolation, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
}

/**
 * Runs the system's git. What it exits with is a result; throws `LEDGER_UNREADABLE` where there is no git, and the
 * signal's reason when aborted.
 */
export function runGit(call: GitCall): Promise<GitResult> {
  const { folder, environment, secrets, input, signal } = call;
  return new Promise((resolve, reject) => {
    const child = spawn('git', call.arguments, {
      cwd: folder,
      env: environment,
      stdio: 'pipe',
      timeout: timeLimit,
      ...(signal !== undefined && { signal }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause) => reject(signal?.aborted === true ? signal.reason : reportMissingGit(cause)));
    child.on('exit', (code) => {
      if (code !== null) return;
      resolve({ code: -1, stdout: Buffer.alloc(0), complaint: 'git was ended before it was done' });
      child.stdout.destroy();
      child.stderr.destroy();
    });
    child.on('close', (code) => {
      const complaint = shorten(Buffer.concat(stderr).toString('utf8'), secrets);
      resolve({ code: code ?? -1, stdout: Buffer.concat(stdout), complaint });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function reportMissingGit(cause: unknown): BroadsideError {
  return new BroadsideError('LEDGER_UNREADABLE', 'The ledger is kept with git, and git cannot be started.', {
    remedy: 'Install git 2.32 or newer, or set ledger.kind to file in the config.',
    cause,
  });
}

/** Git's last words: what servers and helpers print can hold secrets, addresses with passwords, and control characters. */
function shorten(stderr: string, secrets: readonly string[]): string {
  const lines = createRedactor(secrets)(stderr)
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:hint|warning):/.test(line));
  return lines.slice(0, 4).join('; ').slice(0, 400);
}
