import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { programFolder, root } from './workspace.ts';

/** Room that the tests take at most, in bytes. */
const roomNeeded = 4 * 1024 ** 3;

/**
 * Before any test: gives all tests one folder for their temporary files, which goes when they have ended. Before the slow ones it also
 * builds the program as it is published, which they start as a process in a third of the time.
 */
export async function setup({ vitest }: TestProject): Promise<() => void> {
  if (vitest.projects.some(({ name }) => name === 'slow' || name === 'crash')) await build();
  const folder = openInMemory('/dev/shm') ?? mkdtempSync(join(tmpdir(), 'broadside-tests-'));
  // A database that a test starts runs as another user, and has to get through to its own folder.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** A folder in memory, where that has room and lets programs be started: what is made durable there takes no time. */
function openInMemory(memory: string): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < roomNeeded) return undefined;
    const folder = mkdtempSync(join(memory, 'broadside-tests-'));
    const program = join(folder, 'try');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
    if (spawnSync(program).status === 0) return folder;
    rmSync(folder, { recursive: true });
    return undefined;
  } catch {
    return undefined;
  }
}

async function build(): Promise<void> {
  mkdirSync(programFolder, { recursive: true });
  cpSync(fileURLToPath(new URL('package.json', root)), join(programFolder, 'package.json'));
  const { buildProgram } = await import('../scripts/build.ts');
  await buildProgram(join(programFolder, 'dist'));
}
