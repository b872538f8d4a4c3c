import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** How often Linux counts the processor time of a process in a second. */
const ticksPerSecond = 100;

/**
 * Interrupts a process as Ctrl-C does, while it works: once it has used so many seconds of processor time, however long that
 * takes on a busy machine. It listens for that after less than a fifth of one.
 */
export async function interruptAtWork(child: ChildProcess, seconds: number): Promise<void> {
  while (countTicks(child.pid) < seconds * ticksPerSecond) await pause(5);
  child.kill('SIGINT');
}

function countTicks(process: number | undefined): number {
  const fields = readFileSync(`/proc/${process}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
