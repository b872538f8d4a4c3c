import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { program } from '../../workspace.ts';
import { readClock, type FastClock } from './clock.ts';
import type { Orders } from './preload.ts';
import type { RunAnswer, RunRequest } from './runner.ts';

/** A folder for everything that a test file's crashes leave behind. */
export const scratch = mkdtempSync(join(tmpdir(), 'broadside-crash-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }));

/** Ten seconds pass in one: fast enough for hundreds of runs, slow enough for the 60 s an intent is good for. */
export const clock: FastClock = { zero: Date.now(), speed: 10 };

/** The instant it is for all stand-ins and processes, in milliseconds since 1970. */
export const now = (): number => readClock(clock);

const preload = new URL('preload.ts', import.meta.url).href;

/** What compiling the program comes to is kept for the next process. */
const compiled = { NODE_COMPILE_CACHE: join(scratch, 'compiled') };

type Environment = Readonly<Record<string, string>>;

export interface Surroundings {
  readonly folder: string;
  readonly environment: Environment;
  /** How many milliseconds have passed for the stand-ins beside what the clock tells: a runner's run takes them along. */
  readonly time?: { ahead: number };
}

/** How a process of the program ended. */
interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of the program. */
export interface Running {
  readonly child: ChildProcess;
  readonly ending: Promise<Ending>;
}

/** Starts the real program in a process of its own, with orders for what happens to it. */
export function startProgram(
  { folder, environment }: Surroundings,
  words: readonly string[],
  orders: Partial<Orders> = {},
): Running {
  const child = spawn(process.execPath, ['--import', preload, program, ...words], {
    cwd: folder,
    env: { ...environment, ...compiled, CRASH_ORDERS: JSON.stringify({ clock, ...orders }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const ending = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    ...said,
  }));
  return { child, ending };
}

/** Runs `publish` in a process of its own, in which nothing goes wrong. */
export async function publishUndisturbed(
  surroundings: Surroundings,
  orders: Partial<Orders> = {},
): Promise<void> {
  const { code, stdout, stderr } = await startProgram(surroundings, ['publish'], orders).ending;
  if (code !== 0) throw new Error(`An undisturbed run ended with ${code}:\n${stdout}${stderr}`);
}

/** A process that runs many command lines of the program, several at a time, without starting anew for each. */
export interface Runner {
  run(
    surroundings: Surroundings,
    words: readonly string[],
    more?: Pick<RunRequest, 'writes'> & { readonly ahead?: number },
  ): Promise<RunAnswer>;
}

/** Starts a runner, which ends with the test file. */
export function startRunner(): Runner {
  const child = fork(new URL('runner.ts', import.meta.url), {
    execArgv: ['--import', preload],
    env: { PATH: process.env['PATH'], ...compiled, CRASH_ORDERS: JSON.stringify({ clock }) },
  });
  afterAll(() => child.disconnect());
  const waiting = new Map<number, (answer: RunAnswer) => void>();
  child.on('message', (message) => {
    const answer = message as RunAnswer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let last = 0;
  return {
    run({ folder, environment, time }, words, { ahead = 0, writes } = {}) {
      if (time !== undefined) time.ahead = Math.max(time.ahead, ahead);
      const id = (last += 1);
      const request: RunRequest = {
        id,
        folder,
        words,
        environment,
        ahead,
        ...(writes !== undefined && { writes }),
      };
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        child.send(request);
      });
    },
  };
}
