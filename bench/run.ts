import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildProgram } from '../scripts/build.ts';
import { digestText } from '../src/base/digest.ts';
import { fillLedger } from './fill-ledger.ts';
import { makeBlog, makeNewCopies } from './make-blog.ts';
import { measure, takeMedian, type Measurement } from './measure.ts';
import { measureFirstPage, measurePreview, type PreviewMeasurement } from './measure-preview.ts';
import { printGrowth, printTable, type Clock, type Row } from './print-table.ts';
import { listCommands, listFloors, measureLimits, peer, type Scenario } from './scenarios.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** A command that has taken so many seconds in all is not run again. */
const longestInAll = 120;

interface Settings {
  readonly counts: readonly number[];
  readonly runs: number;
  readonly versus: string | undefined;
  readonly limits: boolean;
  /** Whether a preview is measured, too. */
  readonly preview: boolean;
  /** Whether the rows that parse every post are left out, which take minutes on a large blog. */
  readonly quick: boolean;
  readonly clock: Clock;
  readonly folder: string;
}

function readSettings(): Settings {
  const { values } = parseArgs({
    options: {
      posts: { type: 'string', default: '100,1000,10000' },
      runs: { type: 'string', default: '5' },
      vs: { type: 'string' },
      limits: { type: 'boolean', default: false },
      preview: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      by: { type: 'string', default: 'wall' },
      out: { type: 'string', default: join(root, 'out', 'bench') },
    },
  });
  const counts = values.posts.split(',').map(Number);
  const runs = Number(values.runs);
  if (![...counts, runs].every((number) => Number.isInteger(number) && number > 0)) {
    throw new Error('Give --posts as whole numbers, such as 100,1000, and --runs as one.');
  }
  const { vs: versus, limits, preview, quick, by: clock, out: folder } = values;
  if (clock !== 'wall' && clock !== 'cpu') throw new Error('Give --by as wall or cpu.');
  return { counts, runs, versus, limits, preview, quick, clock, folder };
}

/** Builds the program as it is published; returns its file. */
async function buildPublished(folder: string): Promise<string> {
  await buildProgram(join(folder, 'program', 'dist'));
  copyFileSync(join(root, 'package.json'), join(folder, 'program', 'package.json'));
  return join(folder, 'program', 'dist', 'cli.js');
}

/** A blog of so many posts, made unless it is there from before as it would be made now. */
function openBlog(folder: string, count: number): string {
  const blog = join(folder, String(count));
  const made = join(blog, '.made');
  const recipe = digestText(readFileSync(new URL('make-blog.ts', import.meta.url), 'utf8'));
  if (existsSync(made) && readFileSync(made, 'utf8') === recipe) return blog;
  rmSync(blog, { recursive: true, force: true });
  makeBlog(blog, count);
  writeFileSync(made, recipe);
  return blog;
}

/** Brings a blog to where a plan has nothing to send and every post was checked: every copy in the ledger, and the feeds written. */
async function settleBlog(folder: string, program: string): Promise<void> {
  const isSettled = async (): Promise<boolean> => {
    try {
      await measure([process.execPath, program, 'plan', '--detailed-exitcode'], folder);
      return true;
    } catch {
      return false;
    }
  };
  const check = () => measure([process.execPath, program, 'check'], folder);
  if (existsSync(join(folder, '.broadside', 'ledger')) && (await isSettled())) {
    await check();
    return;
  }
  report('filling the ledger');
  await fillLedger(folder);
  await measure([process.execPath, program, 'publish'], folder);
  if (!(await isSettled())) throw new Error(`There is still something to send in ${folder}.`);
  await check();
}

async function measureBlog(settings: Settings, count: number, program: string): Promise<readonly Row[]> {
  report(`${count} posts`);
  const folder = openBlog(settings.folder, count);
  await settleBlog(folder, program);
  const blog = { folder, count, program };
  const { versus } = settings;
  const scenarios: readonly Scenario[] = [
    ...listFloors(blog),
    ...(versus === undefined
      ? []
      : [{ name: peer, bounds: [], run: () => measure(['bash', '-c', `exec ${versus}`], folder) }]),
    ...listCommands(blog),
  ].filter(({ isLong }) => !settings.quick || isLong !== true);
  const runs = new Map<Scenario, Measurement[]>(scenarios.map((scenario) => [scenario, []]));
  const warmUps = settings.runs > 1 ? 1 : 0;
  for (let round = 1 - warmUps; round <= settings.runs; round += 1) {
    for (const [scenario, measured] of runs) {
      if (measured.reduce((sum, { wall }) => sum + wall, 0) > longestInAll) continue;
      report(`${scenario.name}, ${round === 0 ? 'to warm up' : `${round} of ${settings.runs}`}`);
      measured.push(await scenario.run());
    }
  }
  const rows: readonly Row[] = [
    ...[...runs].map(([{ name, bounds }, measured]) => ({
      name,
      bounds,
      median: takeMedian(measured.length > warmUps ? measured.slice(warmUps) : measured),
    })),
    ...(settings.preview ? await measurePreviews(blog, settings.runs) : []),
  ];
  if (!settings.limits || count !== Math.max(...settings.counts)) return rows;
  report('publishing under the limits');
  const { taken, least } = await measureLimits(blog);
  const floor = 'what the limits alone allow';
  return [
    ...rows,
    { name: floor, bounds: [], median: least },
    { name: 'new copies to dev.to', bounds: [{ of: floor, below: 1.05, posts: count }], median: taken },
  ];
}

async function measurePreviews(
  { program, folder, count }: { readonly program: string; readonly folder: string; readonly count: number },
  runs: number,
): Promise<readonly Row[]> {
  const fresh = makeNewCopies(folder);
  const measured: (PreviewMeasurement & { readonly fresh: Measurement })[] = [];
  for (let round = 1; round <= runs; round += 1) {
    report(`preview, ${round} of ${runs}`);
    const settled = await measurePreview(program, folder, count);
    measured.push({ ...settled, fresh: await measureFirstPage(program, fresh, count) });
  }
  return [
    {
      name: '`preview`, first page with every copy new',
      bounds: [],
      median: takeMedian(measured.map((one) => one.fresh)),
    },
    { name: '`preview`, first page', bounds: [], median: takeMedian(measured.map(({ page }) => page)) },
    { name: '`preview`, an edit', bounds: [], median: takeMedian(measured.map(({ edit }) => edit)) },
  ];
}

function report(text: string): void {
  process.stderr.write(`${text}\n`);
}

const settings = readSettings();
mkdirSync(settings.folder, { recursive: true });
const program = await buildPublished(settings.folder);
const measured = new Map<number, readonly Row[]>();
for (const count of settings.counts) measured.set(count, await measureBlog(settings, count, program));
const machine = `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`;
const { stdout } = process;
const remarks = [
  `Node ${process.versions.node}, ${machine}`,
  `the median of ${settings.runs}`,
  ...(settings.versus === undefined ? [] : [`${peer} is \`${settings.versus}\``]),
  ...(settings.clock === 'cpu' ? ['the targets are held against CPU time'] : []),
];
stdout.write(`${remarks.join('; ')}.\n`);
for (const [count, rows] of measured) stdout.write(`\n${printTable(count, rows, settings.clock)}`);
const [few, many] = [measured.get(1000), measured.get(10_000)];
if (few !== undefined && many !== undefined) stdout.write(`\n${printGrowth(few, many, settings.clock)}`);
