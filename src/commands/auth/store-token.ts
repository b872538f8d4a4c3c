import { spawn } from 'node:child_process';
import { accessSync, constants, lstatSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ChildEnvironment } from '../../base/child-environment.ts';
import { BroadsideError } from '../../base/errors.ts';
import { createRedactor } from '../../base/redact.ts';
import type { Shell } from '../../base/shell.ts';
import { cleanForTerminal } from '../../base/terminal.ts';

/** The longest that one gh command may take, in milliseconds. */
const ghTimeout = 60_000;

/** What a command has that starts other programs. */
export interface ChildShell extends Omit<Shell, 'environment'>, ChildEnvironment {}

/** A secret of an environment of a GitHub repository. */
export interface GithubPlace {
  readonly environment: string;
  /** `owner/name`, with a host before it or not; by default gh finds it from the folder. */
  readonly repository?: string | undefined;
}

/** Where a token is to go. */
export interface TokenPlaces {
  readonly github?: GithubPlace | undefined;
  /** A file that does not exist, as the author named it. */
  readonly file?: string | undefined;
  readonly print: boolean;
}

/** A token to be stored, under the name of the environment variable that it is read from. */
export interface NamedToken {
  readonly variable: string;
  readonly token: string;
  /** One line for a file of several, or nothing. */
  readonly remark: string;
}

/**
 * Makes sure that a token can be stored there, before anyone signs in. Throws `FILE_EXISTS`, `OUTPUT_UNWRITABLE` or `STORE_FAILED`.
 */
export async function tryPlaces(places: TokenPlaces, shell: ChildShell): Promise<void> {
  const { file, github } = places;
  if (file !== undefined) tryFile(file, shell.cwd);
  if (github !== undefined) {
    await runGh(
      ['secret', 'list', ...nameGithubPlace(github)],
      '',
      shell,
      `No secret of ${describeGithub(github)} can be stored`,
    );
  }
}

/** Writes the token to the file and hands it to gh, in this order. Throws what `tryPlaces` does. */
export async function storeToken(stored: NamedToken, places: TokenPlaces, shell: ChildShell): Promise<void> {
  const { file, github } = places;
  if (file !== undefined) writeTokenFile(file, stored, shell.cwd);
  if (github === undefined) return;
  const words = ['secret', 'set', stored.variable, ...nameGithubPlace(github)];
  await runGh(words, stored.token, shell, `${stored.variable} was not stored in ${describeGithub(github)}`);
}

/** The place as people read it. */
export function describeGithub({ environment, repository }: GithubPlace): string {
  return `the environment "${environment}" of ${repository ?? 'this repository'} on GitHub`;
}

function nameGithubPlace({ environment, repository }: GithubPlace): readonly string[] {
  return [`--env=${environment}`, ...(repository === undefined ? [] : [`--repo=${repository}`])];
}

function tryFile(file: string, cwd: string): void {
  const absolute = resolve(cwd, file);
  if (lstatSync(absolute, { throwIfNoEntry: false }) !== undefined) throw refuseFile(file, 'EEXIST');
  const folder = dirname(absolute);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw refuseFile(file, 'ENOENT');
  try {
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw refuseFile(file, readCode(cause), cause);
  }
}

function writeTokenFile(file: string, { variable, token, remark }: NamedToken, cwd: string): void {
  const head = remark === '' ? '' : `# ${remark}\n`;
  try {
    writeFileSync(resolve(cwd, file), `${head}${variable}=${token}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    throw refuseFile(file, readCode(cause), cause);
  }
}

function readCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

function refuseFile(file: string, code: string, cause?: unknown): BroadsideError {
  const shown = cleanForTerminal(file);
  if (code === 'EEXIST') {
    return new BroadsideError('FILE_EXISTS', `${shown} exists already, and a token overwrites nothing.`, {
      remedy: 'Name another file with --out, or remove that one first.',
      file,
      cause,
    });
  }
  return new BroadsideError('OUTPUT_UNWRITABLE', `The token cannot be written to ${shown} (${code}).`, {
    remedy: 'Name a file in a folder that exists and that you may write to.',
    file,
    cause,
  });
}

/** Runs GitHub's gh, its words as an array and a secret on standard input. Its complaints are shown without secrets. */
function runGh(words: readonly string[], input: string, shell: ChildShell, failure: string): Promise<void> {
  const { environment, secrets, cwd, signal } = shell;
  const env = { ...environment, GH_PROMPT_DISABLED: '1', NO_COLOR: '1' };
  return new Promise((settle, reject) => {
    const refuse = (why: string, remedy: string): void =>
      reject(new BroadsideError('STORE_FAILED', `${failure}: ${why}.`, { remedy }));
    const child = spawn('gh', words, {
      cwd,
      env,
      stdio: ['pipe', 'ignore', 'pipe'],
      timeout: ghTimeout,
      signal,
    });
    const complaints: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => {
      if (signal.aborted) reject(error);
      else
        refuse(
          `gh, GitHub’s program for the command line, cannot be started (${readCode(error)})`,
          'Install it from https://cli.github.com and run "gh auth login", or use --out FILE.',
        );
    });
    child.once('close', (code) => {
      if (code === 0) return settle();
      const said = Buffer.concat(complaints).toString('utf8');
      const why = cleanForTerminal(createRedactor([input, ...secrets])(said))
        .trim()
        .slice(0, 300)
        .replace(/\.$/, '');
      refuse(
        `gh ${code === null ? 'was ended before it was done' : `says: ${why || `exit code ${code}`}`}`,
        'See "gh auth status", make the environment under Settings > Environments, and name the repository with --repo; or use --out FILE.',
      );
    });
    child.stdin.end(input);
  });
}
