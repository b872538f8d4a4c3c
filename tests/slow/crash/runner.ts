import { buildProgram, explainUsage } from '../../../src/commands/program.ts';
import { formatError } from '../../../src/report/diagnostics.ts';
import { aheadBy } from './clock.ts';
import { ownCount, type WriteCount, type WriteOrder } from './count-writes.ts';

/** One command line of the program, run in a process of many. */
export interface RunRequest {
  readonly id: number;
  readonly folder: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds that the run is ahead of the clock. */
  readonly ahead: number;
  readonly writes?: WriteOrder;
}

export interface RunAnswer {
  readonly id: number;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly writes: readonly string[];
}

async function run(request: RunRequest, count: WriteCount): Promise<RunAnswer> {
  const { id, folder, words, environment } = request;
  let stdout = '';
  let stderr = '';
  let code = 0;
  const format = words.includes('json') ? 'json' : 'human';
  const shell = {
    cwd: folder,
    environment,
    signal: new AbortController().signal,
    now: () => new Date().toISOString(),
    format,
    print: (text: string) => void (stdout += text),
    report: (text: string) => void (stderr += text),
    interactive: false,
    color: false,
  } as const;
  try {
    await buildProgram('0', shell, (given) => void (code = given)).parseAsync([...words], { from: 'user' });
  } catch (error) {
    code = 1;
    stderr += formatError(explainUsage(error), format);
  }
  return { id, code, stdout, stderr, writes: count.writes };
}

process.on('message', (message) => {
  const request = message as RunRequest;
  const order = request.writes ?? { folder: `${request.folder}/nowhere` };
  const count: WriteCount = { order, writes: [], happened: false };
  void ownCount
    .run(count, () => aheadBy.run(request.ahead, () => run(request, count)))
    .then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
