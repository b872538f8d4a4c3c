import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { kill, platform } from 'node:process';
import type { ChildEnvironment, Environment } from '../base/child-environment.ts';
import { BroadsideError } from '../base/errors.ts';
import { createRedactor } from '../base/redact.ts';

/** The longest that one git command may take: milliseconds. */
const defaultTimeLimit = 60_000;

/**
 * How long a process may take to end once it was told to, and how long git's last words are waited for after that: milliseconds.
 */
const grace = 2000;

export interface GitCall extends ChildEnvironment {
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly input?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; one minute by default. */
  readonly timeLimit?: number | undefined;
}

export interface GitResult {
  /** The exit code; -1 when the command was ended by a signal or by the time limit, after which it is not worth another try. */
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
 * Runs the system's git, and ends it with all that it has started, such as hooks and helpers, when it takes too long. What it exits
 * with is a result; throws `LEDGER_UNREADABLE` where it cannot be started, and the signal's reason when aborted.
 */
export async function runGit(call: GitCall): Promise<GitResult> {
  const { folder, environment, secrets, input, signal, timeLimit = defaultTimeLimit } = call;
  signal?.throwIfAborted();
  const { spawn } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    const child = spawn('git', call.arguments, {
      cwd: folder,
      env: environment,
      stdio: 'pipe',
      // A group of its own, which can be ended whole.
      detached: platform !== 'win32',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const timers: NodeJS.Timeout[] = [];
    let whyEnded: string | undefined;
    const end = (why: string): void => {
      whyEnded = why;
      killAll(child, 'SIGTERM');
      timers.push(setTimeout(() => killAll(child, 'SIGKILL'), grace));
    };
    const stop = (): void => end('git was interrupted');
    const finish = (tell: () => void): void => {
      timers.forEach(clearTimeout);
      signal?.removeEventListener('abort', stop);
      child.stdout.destroy();
      child.stderr.destroy();
      tell();
    };
    const succeed = (code: number | null): void =>
      finish(() => {
        if (signal?.aborted === true) return reject(signal.reason);
        if (code === null || whyEnded !== undefined) {
          const complaint = whyEnded ?? 'git was ended before it was done';
          return resolve({ code: -1, stdout: Buffer.alloc(0), complaint });
        }
        const complaint = readLastWords(Buffer.concat(stderr).toString('utf8'), secrets);
        resolve({ code, stdout: Buffer.concat(stdout), complaint });
      });
    signal?.addEventListener('abort', stop, { once: true });
    timers.push(
      setTimeout(() => end(`git did not end within ${timeLimit / 1000} s and was ended`), timeLimit),
    );
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', (cause) => finish(() => reject(describeStart(cause, folder))));
    child.once('exit', (code) => {
      if (code === null || whyEnded !== undefined) {
        killAll(child, 'SIGKILL');
        succeed(code);
      } else {
        // What git has left running may keep these open for ever.
        timers.push(
          setTimeout(
            () =>
              awaitQuiet(
                () => stdout.length + stderr.length,
                () => succeed(code),
              ),
            grace,
          ),
        );
      }
    });
    child.once('close', succeed);
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/**
 * Goes on once a turn of the event loop has brought no more chunks. A process that was busy may learn of git's end, and of a time
 * that has passed since, before it has read what git said.
 */
function awaitQuiet(countChunks: () => number, goOn: () => void): void {
  const heard = countChunks();
  setImmediate(() => {
    if (countChunks() === heard) goOn();
    else awaitQuiet(countChunks, goOn);
  });
}

/** Ends git and everything that it has started, if any of it is still running. */
function killAll(child: ChildProcess, how: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (platform === 'win32' || child.pid === undefined) child.kill(how);
    else kill(-child.pid, how);
  } catch {
    return;
  }
}

function describeStart(cause: Error, folder: string): BroadsideError {
  if (!existsSync(folder)) {
    return new BroadsideError('LEDGER_UNREADABLE', `The folder ${folder}, where git runs, is not there.`, {
      remedy: 'Bring it back, or run it where the blog is.',
      cause,
    });
  }
  const code = 'code' in cause && cause.code !== 'ENOENT' ? ` (${String(cause.code)})` : '';
  return new BroadsideError(
    'LEDGER_UNREADABLE',
    `The ledger is kept with git, and git cannot be started${code}.`,
    { remedy: 'Install git 2.32 or newer, or set ledger.kind to file in the config.', cause },
  );
}

/** Git's last words: what servers and helpers print can hold secrets, addresses with passwords, and control characters. */
function readLastWords(stderr: string, secrets: readonly string[]): string {
  const lines = createRedactor(secrets)(stderr)
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:hint|warning):/.test(line));
  return lines.slice(0, 4).join('; ').slice(0, 400);
}
