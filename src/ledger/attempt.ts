import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { kill, pid } from 'node:process';
import { digestText } from '../base/digest.ts';
import type { Attempt, CopyState } from '../model/ledger.ts';

let machine: string | undefined;

/**
 * A new attempt by this process. Its id is random and, where the system tells, ends in the instant the process
 * started, so that a process number given out again is not taken for the sender.
 */
export function newAttempt(): Attempt {
  const started = readProcess(pid)?.started;
  const id = started === undefined ? randomUUID() : `${randomUUID()}.${started}`;
  return { id, machine: identifyMachine(), process: pid };
}

/** What is known of an attempt's process: only a process on this same machine can be known to have ended. */
export function findSender(attempt: Attempt): 'running' | 'gone' | 'elsewhere' {
  if (attempt.machine !== identifyMachine()) return 'elsewhere';
  if (!isRunning(attempt.process)) return 'gone';
  const found = readProcess(attempt.process);
  if (found === undefined) return 'running';
  const started = /\.(\d+)$/.exec(attempt.id)?.[1];
  return found.ended || (started !== undefined && started !== found.started) ? 'gone' : 'running';
}

/** Whether the process that was about to send a copy is known to have ended, so it will not send it any more. */
export function hasSenderEnded({ pending }: CopyState): boolean {
  return pending !== undefined && findSender(pending.attempt) === 'gone';
}

/** The same for all processes that can see each other's numbers, until the machine restarts. */
function identifyMachine(): string {
  machine ??= digestText(
    JSON.stringify([
      hostname(),
      readText('/etc/machine-id'),
      readText('/proc/sys/kernel/random/boot_id') ?? readHardwareAddresses(),
      readProcessSpace(),
    ]),
  );
  return machine;
}

function isRunning(process: number): boolean {
  if (process <= 0) return false;
  try {
    kill(process, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** When a process started, in clock ticks since the machine did, and whether it has ended unattended; Linux only. */
function readProcess(process: number): { readonly started: string; readonly ended: boolean } | undefined {
  const fields = readText(`/proc/${process}/stat`)?.split(') ').at(-1)?.split(' ');
  const [state, started] = [fields?.[0], fields?.[19]];
  if (state === undefined || started === undefined) return undefined;
  return { started, ended: state === 'Z' || state === 'X' };
}

/** Containers on one host number their processes apart. */
function readProcessSpace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}

function readHardwareAddresses(): readonly string[] {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return [...new Set(found.filter(({ internal }) => !internal).map(({ mac }) => mac))].toSorted();
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
