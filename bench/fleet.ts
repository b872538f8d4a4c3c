import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../tests/postgres-server.ts';
import { writeFiles } from '../tests/workspace.ts';
import { startDevto } from '../src/rehearsal/devto/start.ts';

/** How many blogs publish with one account into one database, by how many processes at a time, and how many have something new. */
const [blogs, atOnce, fresh] = process.argv.slice(2).map(Number).concat([100, 8, 20]).slice(0, 3) as [
  number,
  number,
  number,
];

const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'broadside-fleet-'));
const today = new Date().toISOString().slice(0, 10);
const apiKey = 'invented-key';

const server = await startPostgres({ fsync: 'on', max_connections: '100' });
const devto = await startDevto({ folder: home, apiKey });
const folders = Array.from({ length: blogs }, (_, index) => writeBlog(index));

console.log(`${blogs} blogs, ${atOnce} at once`);
await measure('first run, nothing new');
await measure('nothing to do');
for (const folder of folders.slice(0, fresh)) writePost(folder, 'new', today);
await measure(`${fresh} new posts`);
await measure('nothing to do');
const refused = devto.requests.filter(({ method, status }) => method !== 'GET' && status === 429).length;
console.log(
  `${devto.requests.filter(({ method }) => method === 'POST').length} creates, ${refused} told to wait`,
);
await Promise.all([devto.close(), server.close()]);
rmSync(home, { recursive: true, force: true });

function writeBlog(index: number): string {
  const folder = join(home, `blog-${index}`);
  const config = [
    'version: 1',
    `site: { url: "https://blog-${index}.example", title: Blog ${index}, author: { name: Example Author } }`,
    'sources: [{ kind: markdown, path: posts, canonical: "/{slug}" }]',
    `targets: { devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }, feed: { kind: feed, path: feed.xml } }`,
    'require_live: false',
    `ledger: { kind: postgres, schema: blog_${index} }`,
    '',
  ];
  writeFiles(folder, { 'config/broadside.yaml': config.join('\n') });
  for (let post = 1; post <= 5; post += 1) writePost(folder, `old-${post}`, `2024-0${post}-01`);
  return folder;
}

function writePost(folder: string, name: string, date: string): void {
  const title = `${name} of ${folder.slice(home.length + 1)}`;
  writeFiles(folder, {
    [`posts/${name}.md`]: `---\ntitle: ${title}\ndate: ${date}\n---\n\nSome words, ${title}.\n`,
  });
}

/** Publishes every blog once; prints the seconds it took, those of a processor for each blog, and the transactions for each. */
async function measure(what: string): Promise<void> {
  const before = await countTransactions();
  const began = performance.now();
  const queue = [...folders];
  let seconds = 0;
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
      const { code, cpu } = await publish(folder);
      seconds += cpu;
      if (code !== 0) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const elapsed = (performance.now() - began) / 1000;
  const transactions = ((await countTransactions()) - before) / blogs;
  console.log(
    `${what}: ${elapsed.toFixed(1)} s in all, ${(seconds / blogs).toFixed(2)} s of a processor and ${transactions.toFixed(1)} transactions a blog, ${failed} failed`,
  );
}

/** Starts the program for one blog under a shell that tells the time its processors took. */
async function publish(folder: string): Promise<{ readonly code: number | null; readonly cpu: number }> {
  const script = '"$0" "$1" publish >/dev/null 2>&1; code=$?; times >times; exit $code';
  const child = spawn('bash', ['-c', script, process.execPath, program], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      DEVTO_API_KEY: apiKey,
      BROADSIDE_LEDGER_URL: server.address,
    },
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const last = readFileSync(join(folder, 'times'), 'utf8').trim().split('\n').at(-1) ?? '';
  const spent = [...last.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return { code, cpu: spent.reduce((sum, one) => sum + one, 0) };
}

async function countTransactions(): Promise<number> {
  const [row] = await server.query(
    "select xact_commit::int as count from pg_stat_database where datname = 'postgres'",
  );
  return Number(row?.['count']);
}
