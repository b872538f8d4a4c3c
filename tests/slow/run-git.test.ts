import { spawn } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { runGit } from '../../src/ledger/run-git.ts';
import { openFolder, writeFiles } from '../workspace.ts';

/** Runs a script as git, and says which process it noted down. */
async function runScript(script: string, timeLimit?: number, signal?: AbortSignal) {
  const folder = openFolder();
  writeFiles(folder, { git: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, 'git'), 0o755);
  const environment = { PATH: `${folder}:${process.env['PATH']}` };
  const result = await runGit({ arguments: [], folder, environment, secrets: [], timeLimit, signal });
  const left = Number(readFileSync(join(folder, 'left'), 'utf8'));
  onTestFinished(() => {
    if (isRunning(left)) process.kill(left);
  });
  return { ...result, left };
}

/** A process that has ended may still be listed, until whoever it is left to takes notice. */
function isRunning(id: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${id}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Keeps this process from hearing of anything, for so many milliseconds. */
function beBusy(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it('that hangs is ended in time, with the hook or helper that it waits for', async () => {
  const { code, complaint, left } = await runScript('sleep 600 & echo $! > left; wait', 3000);
  expect({ code, complaint }).toEqual({ code: -1, complaint: 'git did not end within 3 s and was ended' });
  while (isRunning(left)) await pause(10);
});

it('that will not end is killed', async () => {
  const script = `trap '' TERM; echo $$ > left; while :; do sleep 0.1; done`;
  const { code, left } = await runScript(script, 3000);
  expect(code).toBe(-1);
  while (isRunning(left)) await pause(10);
});

it('is not waited for where what it has left running keeps its words open', async () => {
  const { code, stdout, complaint, left } = await runScript(
    'sleep 600 & echo $! > left; echo said; echo "fatal: no" >&2; exit 3',
  );
  expect({ code, stdout: stdout.toString(), complaint }).toEqual({
    code: 3,
    stdout: 'said\n',
    complaint: 'fatal: no',
  });
  expect(isRunning(left)).toBe(true);
});

it('is heard out, however long this process was busy when it ended', async () => {
  const saying = runScript('echo $$ > left; sleep 0.3; echo said');
  const another = spawn('echo', ['a word']);
  another.stdout.on('data', () => beBusy(800));
  another.on('exit', () => beBusy(2500));
  beBusy(100);
  expect((await saying).stdout.toString()).toBe('said\n');
});

it('whose folder is gone is told from one that is not installed', async () => {
  const call = { arguments: ['status'], environment: { PATH: process.env['PATH'] }, secrets: [] };
  const folder = join(openFolder(), 'gone');
  await expect(runGit({ ...call, folder })).rejects.toMatchObject({
    code: 'LEDGER_UNREADABLE',
    message: `The folder ${folder}, where git runs, is not there.`,
  });
  await expect(
    runGit({ ...call, folder: openFolder(), environment: { PATH: '/nowhere' } }),
  ).rejects.toMatchObject({
    code: 'LEDGER_UNREADABLE',
    message: 'The ledger is kept with git, and git cannot be started.',
  });
});
