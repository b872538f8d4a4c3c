import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The project's own folder. */
export const root = new URL('../', import.meta.url);

/** Where Node keeps what it compiled, so that every run after the first starts in half the time. */
export const compileCache = fileURLToPath(new URL('node_modules/.cache/broadside-tests', root));

/** Where the program is built before the tests. */
export const programFolder = fileURLToPath(new URL('node_modules/.cache/broadside-program', root));

/** The program as it is published. */
export const program = join(programFolder, 'dist', 'cli.js');

/** A new empty folder, removed when the test ends. Tests that run at the same time hand in their own `atEnd`. */
export function openFolder(atEnd: (work: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadside-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files, by path relative to a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** What a run of the program printed, and how it ended. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Runs the program as a user would, in a folder. */
export function runBroadside(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  return startBroadside(folder, words, environment).ended;
}

/** Starts the program as a user would, in a folder, to be signalled while it runs. */
export function startBroadside(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly ended: Promise<Run> } {
  return startProgram(folder, [process.execPath, program, ...words], environment);
}

/** Starts any program in a folder, with an environment that knows nothing of whoever runs the tests. */
export function startProgram(
  folder: string,
  [command, ...words]: readonly [string, ...(readonly string[])],
  environment: Readonly<Record<string, string>> = {},
): ReturnType<typeof startBroadside> {
  const child = spawn(command, words, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, NODE_COMPILE_CACHE: compileCache, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<Run>((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ stdout, stderr, code }));
  });
  return { child, ended };
}
