import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../scripts/build.ts';
import { programFolder, root } from './workspace.ts';

/**
 * Before any test: builds the program as it is published, which tests start as a process in a third of the time, and gives all
 * tests one folder for their temporary files, which goes when they have ended.
 */
export async function setup(): Promise<() => void> {
  mkdirSync(programFolder, { recursive: true });
  cpSync(fileURLToPath(new URL('package.json', root)), join(programFolder, 'package.json'));
  await buildProgram(join(programFolder, 'dist'));
  const folder = mkdtempSync(join(tmpdir(), 'broadside-tests-'));
  // A database that a test starts runs as another user, and has to get through to its own folder.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
