import { once } from 'node:events';
import type { Root } from 'mdast';
import { cpuUsage } from 'node:process';
import { Worker } from 'node:worker_threads';
import { BroadsideError, type ErrorCode, type ErrorDetails } from '../../base/errors.ts';
import { tuneForParsing } from '../../base/tune-engine.ts';
import type { Dialect } from '../../reading/dialects/dialect.ts';

/** A body to parse, and what it holds beside markdown, as config gives it. */
export interface Parsing {
  readonly text: string;
  readonly file: string;
  readonly dialect: Dialect;
}

/** What came of it: no class of ours survives the way between threads. */
export type Parsed =
  | { readonly tree: Root }
  | { readonly error: unknown }
  | {
      readonly fault: { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails };
    };

/** A thread that can parse, and how many times slower than usual the machine is, at least 1. */
interface Parser {
  readonly worker: Worker;
  readonly slowness: number;
}

/** What the thread may hold, in megabytes. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 160 };

/**
 * The CPU time that 100 kB may take on a machine of usual speed, in milliseconds: about four times what they take as people
 * write.
 */
const mostTime = 800;

/** How Node tells that a thread took too much memory: by its end, or by the answer that it has ended, whichever is heard first. */
const endings: ReadonlySet<string | undefined> = new Set([
  'ERR_WORKER_OUT_OF_MEMORY',
  'ERR_WORKER_NOT_RUNNING',
]);

/** Text as people write it, and the CPU time it takes a thread that has just begun on a machine of usual speed, in milliseconds. */
const sample = 'Some *words* in a [link](https://example.com), with `code`.\n\n- one\n- two\n\n'.repeat(100);
const usualTime = 100;

/** How often the CPU time is looked at, in milliseconds. */
const lookEvery = 20;

let parser: Promise<Parser> | undefined;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Parses bodies in turn in a thread of its own, which is ended where one takes more CPU time or memory than a post may. Only the
 * thread's own time counts, so other work makes no post too costly. On a slow machine it may take longer. Throws `POST_TOO_COSTLY`,
 * and what `parseBody` throws.
 */
export async function parseApart(parsing: Parsing): Promise<Root> {
  const parsed = turn.then(() => parseNext(parsing));
  turn = parsed.catch(() => undefined);
  return parsed;
}

async function parseNext(parsing: Parsing): Promise<Root> {
  parser ??= startParser();
  const { worker, slowness } = await parser;
  worker.ref();
  const time = mostTime * slowness * Math.max(1, parsing.text.length / 100_000);
  const parsed = await send(worker, parsing, time)
    .catch((error: unknown) => {
      parser = undefined;
      void worker.terminate();
      throw error;
    })
    .finally(() => worker.unref());
  if ('tree' in parsed) return parsed.tree;
  if ('error' in parsed) throw parsed.error;
  const { code, message, details } = parsed.fault;
  throw new BroadsideError(code, message, details);
}

async function startParser(): Promise<Parser> {
  tuneForParsing();
  const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), { resourceLimits });
  // Its end may be heard when nobody waits for it any more.
  worker.on('error', () => undefined);
  await once(worker, 'online');
  const parse = (text: string): Promise<Parsed> => send(worker, { text, file: 'sample.md', dialect: {} });
  await parse('');
  const before = await readCpuTime(worker);
  await parse(sample);
  return { worker, slowness: Math.max(1, ((await readCpuTime(worker)) - before) / usualTime) };
}

/** Has a body parsed. Rejects where it takes more than so many milliseconds, or more memory than the thread may hold. */
async function send(worker: Worker, parsing: Parsing, time = Infinity): Promise<Parsed> {
  const { promise, resolve, reject } = Promise.withResolvers<Parsed>();
  const before = await readCpuTime(worker);
  const look = async (): Promise<void> => {
    if ((await readCpuTime(worker)) - before > time) reject(tellCost(parsing.file));
  };
  const fail = (error: NodeJS.ErrnoException): void =>
    reject(endings.has(error.code) ? tellCost(parsing.file) : error);
  worker.once('message', resolve).once('error', fail);
  worker.postMessage(parsing);
  const timer = setInterval(() => void look().catch(fail), lookEvery);
  return promise.finally(() => {
    clearInterval(timer);
    worker.off('message', resolve).off('error', fail);
  });
}

/** The CPU time of a thread in milliseconds; that of the whole process where Node cannot tell, before 24.6. */
async function readCpuTime(worker: Worker): Promise<number> {
  const { user, system } = 'cpuUsage' in worker ? await worker.cpuUsage() : cpuUsage();
  return (user + system) / 1000;
}

function tellCost(file: string): BroadsideError {
  return new BroadsideError(
    'POST_TOO_COSTLY',
    'Reading the post takes more time or memory than a post may.',
    {
      remedy: 'Look for marks that are repeated thousands of times, or split the post.',
      file,
    },
  );
}
