import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What one run of a command took: seconds of wall and CPU time, and the most memory it held, in megabytes. */
export interface Measurement {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

/** How often the memory of a running command is looked at, in milliseconds. */
const lookEvery = 4;

/** Bash's own report of a command's wall, user and system seconds. */
const timing = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>/dev/null; exit $?';

/**
 * Runs a command as a process of its own and measures it. `codes` are the exit codes that count as success; another one
 * throws. NODE_EXTRA_CA_CERTS is taken out of its environment, since Node reads that file at every start.
 */
export async function measure(
  command: readonly string[],
  folder: string,
  codes: readonly number[] = [0],
  secrets: Readonly<Record<string, string>> = {},
): Promise<Measurement> {
  const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
  const shell = spawn('bash', ['-c', `exec 3>&2; { ${timing}; }`, 'bash', ...command], {
    cwd: folder,
    env: { ...environment, LC_ALL: 'C', NO_COLOR: '1', ...secrets },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let report = '';
  shell.stderr.setEncoding('utf8').on('data', (part: string) => (report += part));
  let memory = 0;
  const looking = setInterval(() => {
    memory = Math.max(memory, readPeak(shell.pid));
  }, lookEvery);
  const code = await new Promise<number | null>((resolve, reject) => {
    shell.once('error', reject);
    shell.once('close', resolve);
  });
  clearInterval(looking);
  if (code === null || !codes.includes(code)) {
    throw new Error(`${command.join(' ')} ended with ${code} in ${folder}.`);
  }
  const [wall = NaN, user = NaN, system = NaN] = report.trim().split(/\s+/).map(Number);
  return { wall, cpu: user + system, memory };
}

/** The peak memory of the processes that a shell runs, in megabytes. */
function readPeak(shell: number | undefined): number {
  try {
    const children = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ');
    return children.reduce((sum, pid) => {
      const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      return sum + Number(kilobytes) / 1024;
    }, 0);
  } catch {
    return 0;
  }
}

/** The middle one of several runs, each figure by itself. */
export function takeMedian(runs: readonly Measurement[]): Measurement {
  const middle = (read: (run: Measurement) => number): number =>
    runs.map(read).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? NaN;
  return {
    wall: middle(({ wall }) => wall),
    cpu: middle(({ cpu }) => cpu),
    memory: middle(({ memory }) => memory),
  };
}
