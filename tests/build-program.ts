import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../scripts/build.ts';
import { programFolder, root } from './workspace.ts';

/** Before any test: builds the program as it is published, which tests start as a process in a third of the time. */
export async function setup(): Promise<void> {
  mkdirSync(programFolder, { recursive: true });
  cpSync(fileURLToPath(new URL('package.json', root)), join(programFolder, 'package.json'));
  await buildProgram(join(programFolder, 'dist'));
}
