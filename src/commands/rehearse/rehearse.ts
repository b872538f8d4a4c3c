import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadBlog, type Blog } from '../../blog/load.ts';
import { loadConfig, type Config } from '../../config/load.ts';
import { BroadsideError } from '../../base/errors.ts';
import { createLock } from '../../ledger/lock.ts';
import type { Action } from '../../model/plan.ts';
import type { PostId } from '../../model/post.ts';
import { isConnected } from '../../model/target.ts';
import { inventKey, standIns, type Rehearsing } from '../../rehearsal/index.ts';
import type { Shell } from '../../base/shell.ts';
import { makeFolder, writeWhole } from '../../base/write-file.ts';
import { connectTarget } from '../../workbench/connect.ts';
import { readCommit } from '../../workbench/posts-commit.ts';
import { openPageLook } from '../../workbench/probe-page.ts';
import { unopened } from '../../plan/outlook.ts';
import { listOld } from '../../plan/is-old.ts';
import { preparePlan } from '../../plan/prepare.ts';
import { requestAt } from '../../plan/request.ts';
import type { Workbench } from '../../plan/workbench.ts';
import { publishAloud } from '../publish-aloud.ts';
import { readStanding } from '../../workbench/read-known-ledger.ts';
import { listRecorded, type PlanArguments } from '../../workbench/open.ts';
import { showHandWork } from './show-hand-work.ts';
import { watchFiles } from '../../blog/find-site-file.ts';

/** How many ids of old posts are told. */
const shownIds = 20;

/** The ports that the stand-ins had last time. */
const portsFile = 'ports.json';

export interface RehearseArguments extends PlanArguments {
  /** Keep the stand-ins up afterwards, so that their pages can be opened, until interrupted. */
  readonly serve: boolean;
}

/** Runs `broadside rehearse`: publishes to local stand-ins, with a ledger of its own. Returns the exit code. */
export async function runRehearse(args: RehearseArguments, shell: Shell): Promise<number> {
  const real = await loadConfig(args.config, shell.cwd);
  const folder = join(real.root, 'out', 'rehearsal');
  makeFolder(folder, real.root);
  makeFolder(join(folder, 'ledger'), folder);
  const hold = createLock({
    path: join(folder, '.running'),
    shown: relative(shell.cwd, join(folder, '.running')),
    patience: 5000,
  });
  return hold(async () => {
    const files = watchFiles(real);
    const rehearsing = await startStandIns(real, folder, files.findFile);
    try {
      return await rehearse(args, { real, watch: files.watch, folder, rehearsing }, shell);
    } finally {
      await Promise.all([...rehearsing.values()].map(({ standIn }) => standIn.close()));
    }
  });
}

/** What a rehearsal is held in. */
interface Stage {
  /** The config as it is, with the targets' own addresses. */
  readonly real: Config;
  readonly watch: (blog: Blog) => Blog;
  readonly folder: string;
  readonly rehearsing: ReadonlyMap<string, Rehearsing>;
}

async function rehearse(
  args: RehearseArguments,
  { real, watch, folder, rehearsing }: Stage,
  shell: Shell,
): Promise<number> {
  const urls = Object.fromEntries([...rehearsing].map(([name, { standIn }]) => [name, standIn.url]));
  const config = await loadConfig(args.config, shell.cwd, urls, folder);
  const { openFileLedger } = await import('../../ledger/file.ts');
  const secrets = inventSecrets(config, rehearsing);
  const { now, report, signal } = shell;
  const ledger = openFileLedger({
    folder: join(folder, 'ledger'),
    shownAs: relative(shell.cwd, join(folder, 'ledger')),
  });
  const bench: Workbench = {
    config: { ...config, paused: false },
    blog: watch(
      await loadBlog(config, signal, undefined, {
        stored: await ledger.readPieces(),
        look: openPageLook(signal),
        recorded: () => listRecorded(ledger),
      }),
    ),
    ledger,
    siteFolder: join(folder, 'site'),
    actor: 'someone',
    suspended: true,
    connect: (target) => connectTarget(target, secrets, report),
    probePage: () => Promise.resolve(undefined),
    findLackingCommits: () => Promise.resolve(new Set()),
    readCommit: () => readCommit(config, shell),
    now,
    report,
    signal,
  };
  const preparation = await preparePlan(bench, args);
  const { code } = await publishAloud(bench, preparation, { maxWait: 300, again: args }, shell);
  for (const line of await tellOld(args, real, bench.blog, preparation.plan.actions, shell))
    shell.report(`${line}\n`);
  await showHandWork(bench, preparation.plan.actions, folder, shell);
  for (const { name } of config.targets.filter(isConnected).filter(({ url }) => url === ''))
    shell.report(`What ${name} writes is below ${relative(shell.cwd, folder)}/.\n`);
  if (existsSync(bench.siteFolder))
    shell.report(`The feeds are in ${relative(shell.cwd, bench.siteFolder)}/.\n`);
  if (!args.serve) {
    shell.report('Nothing has left this machine. Add --serve to open the copies in a browser.\n');
    return code;
  }
  for (const [name, { standIn }] of rehearsing) shell.report(`${name}: ${standIn.url}/\n`);
  const { serveFolder } = await import('../../rehearsal/serve-folder.ts');
  const site = await serveFolder(bench.siteFolder);
  for (const target of config.targets) {
    if (target.granularity !== 'feed') continue;
    for (const path of Object.keys(target.files)) shell.report(`${target.name}: ${site.url}/${path}\n`);
  }
  shell.report('Press Ctrl-C to stop.\n');
  await new Promise<void>((resolve) => {
    if (shell.signal.aborted) resolve();
    else shell.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await site.close();
  return code;
}

/** What publish would leave out of what was rehearsed: posts from before their target was opened. */
async function tellOld(
  { posts, at }: RehearseArguments,
  config: Config,
  blog: Blog,
  actions: readonly Action[],
  shell: Shell,
): Promise<readonly string[]> {
  if (posts.length > 0) return [];
  const standing = (await readStanding(config, shell)) ?? unopened;
  const request = requestAt(at ?? shell.now(), config, () => false);
  return config.targets.flatMap((target) => {
    if (target.granularity !== 'copy') return [];
    const made = actions.filter(({ verb }) => verb !== 'hold' && verb !== 'wait');
    const shown = new Set(
      made.flatMap((one) => ('post' in one && one.target === target.name ? one.post : [])),
    );
    const old = listOld(
      target,
      blog.posts.filter(({ id }) => shown.has(id)),
      standing,
      request,
    );
    return old.length === 0 ? [] : [describeOld(target.name, old)];
  });
}

function describeOld(target: string, old: readonly PostId[]): string {
  const rest = old.length - shownIds;
  const ids = `${old.slice(0, shownIds).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const [count, posts] =
    old.length === 1 ? ['1 copy', 'its post is'] : [`${old.length} copies`, 'their posts are'];
  return `Of the copies rehearsed here, publish would leave out ${count} on ${target}, because ${posts} dated before the target was opened: ${ids}. Name a post to publish it, or set "since" of the target to an earlier day.`;
}

/** A stand-in for each target that has an address, on the port it had last time if that is free; others write into the folder. */
async function startStandIns(
  config: Config,
  folder: string,
  findFile: (address: string) => string | undefined,
): Promise<ReadonlyMap<string, Rehearsing>> {
  const ports = readPorts(join(folder, portsFile));
  const rehearsing = new Map<string, Rehearsing>();
  // Targets may share an account, and with it the variable that the key comes from.
  const key = inventKey();
  for (const target of config.targets.filter(isConnected)) {
    if (target.url === '') continue;
    const start = standIns[target.kind];
    if (start === undefined) {
      throw new BroadsideError(
        'TARGET_UNKNOWN',
        `There is no stand-in for ${target.name}, of kind ${target.kind}.`,
        {
          remedy: 'Rehearse with --target and another target.',
        },
      );
    }
    const home = join(folder, target.name);
    makeFolder(home, folder);
    const port = ports[target.name] ?? 0;
    rehearsing.set(target.name, await start({ folder: home, port, findFile, key }));
  }
  const used = [...rehearsing].map(([name, { standIn }]) => [name, Number(new URL(standIn.url).port)]);
  writeWhole(folder, portsFile, `${JSON.stringify(Object.fromEntries(used))}\n`);
  return rehearsing;
}

function readPorts(file: string): Readonly<Record<string, number>> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const pairs = value !== null && typeof value === 'object' ? Object.entries(value) : [];
    return Object.fromEntries(pairs.filter((pair): pair is [string, number] => Number.isInteger(pair[1])));
  } catch {
    return {};
  }
}

/** The environment as the targets expect it, with nothing of the real one. */
function inventSecrets(
  config: Config,
  rehearsing: ReadonlyMap<string, Rehearsing>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    config.targets
      .filter(isConnected)
      .flatMap(({ name, secrets }) =>
        secrets.map(({ role, variable }) => [variable, rehearsing.get(name)?.secrets[role]]),
      ),
  );
}
