import { BroadsideError, tellError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { chooseTargets } from '../config/choose-targets.ts';
import { announceFeed, type Announcement } from '../plan/announce-feed.ts';
import type { Patience } from '../plan/await-served.ts';
import { formatAnnotations } from '../report/annotations.ts';
import { openWorkbench } from '../workbench/open.ts';

export interface AnnounceArguments {
  readonly config: string;
  readonly target?: string | undefined;
  /** How long to wait, in all, until the new bytes are served, in seconds. */
  readonly maxWait: number;
}

/** Runs `broadside announce`: tells the feeds' hub what has changed, once it is served. Returns the exit code. */
export async function runAnnounce(args: AnnounceArguments, shell: Shell): Promise<number> {
  const bench = await openWorkbench(args, shell);
  const targets = chooseTargets(bench.config, args.target).filter((target) => target.granularity === 'feed');
  if (args.target !== undefined && targets.length === 0) {
    throw new BroadsideError('TARGET_UNKNOWN', `${args.target} is not a feed, so it has no hub.`, {
      remedy: 'Name a target of kind feed.',
    });
  }
  if (bench.config.paused) {
    shell.report('Publishing is paused by the config (paused: true): nothing was sent.\n');
    return finish([], shell);
  }
  const { states } = await bench.ledger.readStates();
  const patience: Patience = {
    until: performance.now() + args.maxWait * 1000,
    signal: shell.signal,
    onWait: ({ target, url }, seconds) => {
      if (shell.format !== 'json')
        shell.report(`. ${target}  ${url}  waiting until it is served as written, ${seconds} s at most\n`);
    },
  };
  const told: Announcement[] = [];
  let broken = false;
  for (const target of targets) {
    try {
      told.push(...(await announceFeed(bench, target, states, patience)));
    } catch (error) {
      if (!(error instanceof BroadsideError)) throw error;
      broken = true;
      shell.report(`! ${target.name} was not announced: ${cleanForTerminal(tellError(error))}\n`);
    }
  }
  if (broken && told.length === 0 && shell.format !== 'json') return 1;
  return Math.max(finish(told, shell), broken ? 1 : 0);
}

const signs: Readonly<Record<Announcement['result'], string>> = {
  told: '+',
  'told before': ' ',
  'not served': '!',
  'in flight': '.',
  failed: '!',
};

/** Says what the hubs were told; returns the exit code. */
function finish(all: readonly Announcement[], shell: Shell): number {
  const wrong = all.filter(({ result }) => result === 'not served' || result === 'failed');
  if (shell.format === 'json') shell.print(`${JSON.stringify({ announcements: all }, null, 2)}\n`);
  else {
    for (const one of all) {
      if (one.result !== 'told before') shell.print(`${signs[one.result]} ${explain(one)}\n`);
    }
    const told = all.filter(({ result }) => result === 'told').length;
    const rest = all.filter(({ result }) => result === 'told before').length;
    const totals = [
      ...(told > 0 ? [`${told} announced`] : []),
      ...(rest > 0 ? [`${rest} unchanged since`] : []),
      ...(wrong.length > 0 ? [`${wrong.length} not announced`] : []),
    ];
    shell.print(all.length === 0 ? 'No hub to tell.\n' : `${totals.join(', ') || 'Nothing to tell'}.\n`);
  }
  if (shell.format === 'github') {
    const title = 'not announced';
    shell.report(
      formatAnnotations(wrong.map((one) => ({ level: 'error', title, message: explain(one) }) as const)),
    );
  }
  return wrong.length > 0 ? 1 : 0;
}

function explain({ target, url, hub, result, note = '' }: Announcement): string {
  const { host } = new URL(hub);
  const words =
    result === 'told'
      ? `told to ${host}`
      : `${result === 'failed' ? `${host} was not told` : result}: ${cleanForTerminal(note)}`;
  return `${target}  ${url}  ${words}`;
}
