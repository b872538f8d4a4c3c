import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { digestText } from '../../src/base/digest.ts';
import { root } from '../workspace.ts';

const runFile = promisify(execFile);

/** Installs what a folder's lockfile names, once for every run that follows; returns the folder of the packages. */
export async function installLocked(folder: string): Promise<string> {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const kept = fileURLToPath(new URL(`node_modules/.cache/broadside-locked/${digestText(lock)}`, root));
  const packages = join(kept, 'node_modules');
  if (existsSync(packages)) return packages;
  const making = `${kept}-${process.pid}`;
  mkdirSync(making, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(folder, name), join(making, name));
  await runFile('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making });
  renameSync(making, kept);
  return packages;
}
