import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadBlog } from '../blog/load.ts';
import { loadConfig, type Config } from '../config/load.ts';
import { BroadsideError } from '../base/errors.ts';
import { createLock } from '../ledger/lock.ts';
import { standIns, type Rehearsing } from '../rehearsal/index.ts';
import type { Shell } from '../base/shell.ts';
import { makeFolder, writeWhole } from '../base/write-file.ts';
import { connectTarget } from '../plan/connect.ts';
import { openPageLook } from '../plan/probe-page.ts';
import { preparePlan } from '../plan/prepare.ts';
import type { Workbench } from '../plan/workbench.ts';
import { publishPlan } from './publish/publish-plan.ts';
import { listRecorded, type PlanArguments } from './workbench.ts';

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
    const rehearsing = await startStandIns(real, folder);
    try {
      return await rehearse(args, folder, rehearsing, shell);
    } finally {
      await Promise.all([...rehearsing.values()].map(({ standIn }) => standIn.close()));
    }
  });
}

async function rehearse(
  args: RehearseArguments,
  folder: string,
  rehearsing: ReadonlyMap<string, Rehearsing>,
  shell: Shell,
): Promise<number> {
  const urls = Object.fromEntries([...rehearsing].map(([name, { standIn }]) => [name, standIn.url]));
  const config = await loadConfig(args.config, shell.cwd, urls);
  const { openFileLedger } = await import('../ledger/file.ts');
  const secrets = inventSecrets(config, rehearsing);
  const { now, report, signal } = shell;
  const ledger = openFileLedger({
    folder: join(folder, 'ledger'),
    shownAs: relative(shell.cwd, join(folder, 'ledger')),
  });
  const bench: Workbench = {
    config: { ...config, paused: false },
    blog: await loadBlog(config, signal, undefined, {
      stored: await ledger.readPieces(),
      look: openPageLook(signal),
      recorded: () => listRecorded(ledger),
    }),
    ledger,
    siteFolder: join(folder, 'site'),
    actor: 'someone',
    suspended: true,
    connect: (target) => connectTarget(target, secrets, report),
    probePage: () => Promise.resolve(undefined),
    findLackingCommits: () => Promise.resolve(new Set()),
    now,
    report,
    signal,
  };
  const preparation = await preparePlan(bench, args);
  const code = await publishPlan(bench, preparation, { maxWait: 300, again: args }, shell);
  shell.report(`The feeds are in ${relative(shell.cwd, bench.siteFolder)}/.\n`);
  if (!args.serve) {
    shell.report('Nothing has left this machine. Add --serve to open the copies in a browser.\n');
    return code;
  }
  for (const [name, { standIn }] of rehearsing) shell.report(`${name}: ${standIn.url}/\n`);
  shell.report('Press Ctrl-C to stop.\n');
  await new Promise<void>((resolve) => {
    if (shell.signal.aborted) resolve();
    else shell.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return code;
}

/** A stand-in for each target that is published over the network, on the port it had last time if that is free. */
async function startStandIns(config: Config, folder: string): Promise<ReadonlyMap<string, Rehearsing>> {
  const ports = readPorts(join(folder, portsFile));
  const rehearsing = new Map<string, Rehearsing>();
  for (const target of config.targets) {
    if (target.granularity !== 'copy') continue;
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
    rehearsing.set(target.name, await start({ folder: home, port: ports[target.name] ?? 0 }));
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
    config.targets.flatMap((target) =>
      target.granularity === 'copy'
        ? target.secrets.map(({ role, variable }) => [variable, rehearsing.get(target.name)?.secrets[role]])
        : [],
    ),
  );
}
