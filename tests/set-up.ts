import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { programFolder, root } from './workspace.ts';

/**
 * Before any test: gives all tests one folder for their temporary files, which goes when they have ended. Before the slow ones it also
 * builds the program as it is published, which they start as a process in a third of the time.
 */
export async function setup({ vitest }: TestProject): Promise<() => void> {
  if (vitest.projects.some(({ name }) => name === 'slow' || name === 'crash')) await build();
  const folder = mkdtempSync(join(tmpdir(), 'broadside-tests-'));
  // A database that a test starts runs as another user, and has to get through to its own folder.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function build(): Promise<void> {
  mkdirSync(programFolder, { recursive: true });
  cpSync(fileURLToPath(new URL('package.json', root)), join(programFolder, 'package.json'));
  const { buildProgram } = await import('../scripts/build.ts');
  await buildProgram(join(programFolder, 'dist'));
}
