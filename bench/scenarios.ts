import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rates, startDevto } from '../src/rehearsal/devto/start.ts';
import { postName } from './make-blog.ts';
import { measure, type Measurement } from './measure.ts';

/** What a row is held against: another row's time, how often that it may take at most, and on how many posts that counts. */
export interface Bound {
  readonly of: string;
  readonly below: number;
  readonly posts: number;
}

/** One command, as it is measured. */
export interface Scenario {
  readonly name: string;
  readonly bounds: readonly Bound[];
  /** Whether it parses every post. */
  readonly isLong?: boolean;
  run(): Promise<Measurement>;
}

/** The row of the command that is run beside Broadside. */
export const peer = 'the other command';

/** The sizes of the blogs that targets are set for. */
const someCount = 1000;
export const manyCount = 10_000;

/** How many copies the row on the limits publishes. */
const newCopies = 50;

const floors = {
  'an empty Node process': 'empty',
  'list and stat': 'list',
  'heads with js-yaml': 'heads',
  'heads, and twenty bare renderings': 'feed',
  'each post parsed by remark once': 'parse',
};

interface Blog {
  readonly folder: string;
  readonly count: number;
  /** The published program's own file. */
  readonly program: string;
}

/** The floors: what the least of the same work takes. */
export function listFloors({ folder }: Blog): readonly Scenario[] {
  return Object.entries(floors).map(([name, file]) => ({
    name,
    bounds: [],
    isLong: file === 'parse',
    run: () =>
      measure([process.execPath, fileURLToPath(new URL(`floors/${file}.mjs`, import.meta.url))], folder),
  }));
}

/** The commands that targets are set for, each from the state that its name says. */
export function listCommands({ folder, count, program }: Blog): readonly Scenario[] {
  const broadside = (...words: readonly string[]): readonly string[] => [process.execPath, program, ...words];
  const newest = `posts/${postName(count - 1)}.md`;
  const feeds = join(folder, 'feeds');
  let edits = 0;
  const withEdit = async (blog: string, run: () => Promise<Measurement>): Promise<Measurement> => {
    edits += 1;
    const path = join(blog, newest);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `${text}\nEdit ${edits}.\n`);
    try {
      return await run();
    } finally {
      writeFileSync(path, text);
    }
  };
  return [
    {
      name: '`broadside --version`',
      bounds: [{ of: 'an empty Node process', below: 1.5, posts: manyCount }],
      run: () => measure(broadside('--version'), folder),
    },
    {
      name: '`check` of one post',
      bounds: [{ of: 'an empty Node process', below: 5, posts: someCount }],
      run: () => measure(broadside('check', newest), folder),
    },
    {
      name: '`check` of one post, edited',
      bounds: [{ of: 'an empty Node process', below: 5, posts: someCount }],
      run: () => withEdit(folder, () => measure(broadside('check', newest), folder)),
    },
    {
      name: 'feeds, no cache',
      bounds: [
        { of: 'heads, and twenty bare renderings', below: 1.3, posts: someCount },
        { of: peer, below: 1, posts: manyCount },
      ],
      run: () => {
        for (const path of ['.broadside', 'out']) rmSync(join(feeds, path), { recursive: true, force: true });
        return measure(broadside('publish'), feeds);
      },
    },
    {
      name: '`plan`, nothing changed',
      bounds: [
        { of: 'heads with js-yaml', below: 2, posts: someCount },
        { of: peer, below: 0.35, posts: manyCount },
      ],
      run: () => measure(broadside('plan', '--detailed-exitcode'), folder),
    },
    {
      name: '`plan`, one post edited',
      bounds: [{ of: peer, below: 0.45, posts: manyCount }],
      run: () => withEdit(folder, () => measure(broadside('plan', '--detailed-exitcode'), folder, [2])),
    },
    {
      name: 'feeds, one post edited',
      bounds: [{ of: peer, below: 0.45, posts: manyCount }],
      run: () => withEdit(feeds, () => measure(broadside('publish'), feeds)),
    },
    {
      name: '`check` of all, nothing changed',
      bounds: [{ of: 'heads with js-yaml', below: 3, posts: someCount }],
      run: () => measure(broadside('check'), folder),
    },
    {
      name: '`check` of all, no cache',
      isLong: true,
      bounds: [{ of: 'each post parsed by remark once', below: 1, posts: someCount }],
      run: () => withoutCache(folder, () => measure(broadside('check'), folder)),
    },
  ];
}

/** Does something as if Broadside had learned nothing of the files yet. */
async function withoutCache<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const [cache, aside] = [join(folder, '.broadside', 'cache'), join(folder, '.broadside', 'cache-aside')];
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(cache)) renameSync(cache, aside);
  try {
    return await work();
  } finally {
    rmSync(cache, { recursive: true, force: true });
    if (existsSync(aside)) renameSync(aside, cache);
  }
}

/** What publishing so many new copies to a dev.to with its real limits takes, and the least that they allow. */
export async function measureLimits({ folder, count, program }: Blog): Promise<{
  readonly taken: Measurement;
  readonly least: Measurement;
}> {
  const blog = join(folder, '..', 'limits');
  const home = join(blog, 'devto');
  rmSync(blog, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  for (const part of ['posts', 'config']) cpSync(join(folder, part), join(blog, part), { recursive: true });
  const standIn = await startDevto({ folder: home, apiKey: 'invented-devto-key' });
  try {
    const file = join(blog, 'config', 'broadside.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('http://127.0.0.1:9', standIn.url));
    const names = Array.from({ length: Math.min(newCopies, count) }, (_, index) =>
      postName(count - 1 - index),
    );
    const command = [process.execPath, program, 'publish', '--target', 'devto', ...names];
    const taken = await measure(command, blog, [0], { DEVTO_API_KEY: 'invented-devto-key' });
    const made = standIn.requests.filter(({ method, taken }) => method === 'POST' && taken).length;
    if (made !== names.length) throw new Error(`${made} of ${names.length} copies were published.`);
    return { taken, least: { wall: leastSeconds(names.length), cpu: 0, memory: 0 } };
  } finally {
    await standIn.close();
  }
}

/** The seconds until the last of so many articles may be sent, by Forem's limits alone. */
function leastSeconds(copies: number): number {
  const { publish, write } = rates;
  const before = copies - 1;
  const windows = Math.floor(before / publish.count);
  return (windows * publish.ms + (before % publish.count) * write.ms) / 1000;
}
