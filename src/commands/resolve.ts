import { BroadsideError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { resolveCopy, type Fate, type Resolved } from '../plan/resolve-copy.ts';
import { openWorkbench } from '../workbench/open.ts';

export interface ResolveArguments {
  readonly config: string;
  readonly post: string;
  readonly target: string;
  /** The copy's address: it is there. */
  readonly url?: string | undefined;
  /** It is there, and nobody gives its address. */
  readonly posted?: boolean;
  /** It is not there. */
  readonly notPosted: boolean;
  /** Take the address though another copy is there, or though this one is recorded elsewhere. */
  readonly anyway: boolean;
}

/** Runs `broadside resolve`: records what a person says became of a copy. Sends nothing. Returns the exit code. */
export async function runResolve(args: ResolveArguments, shell: Shell): Promise<number> {
  const fate = readFate(args);
  const bench = await openWorkbench(args, shell);
  const { post, target, anyway } = args;
  const resolved = await resolveCopy(bench, { post, target, fate, ifElsewhere: anyway ? 'take' : 'refuse' });
  if (shell.format === 'json') shell.print(`${JSON.stringify(resolved, null, 2)}\n`);
  else shell.print(`= ${resolved.target}  ${resolved.post}  ${describeResolved(resolved)}`.trimEnd() + '\n');
  return 0;
}

function readFate({ posted = false, notPosted, url }: ResolveArguments): Fate {
  const [fate, ...more]: readonly Fate[] = [
    ...(url === undefined ? [] : [{ url }]),
    ...(posted ? (['posted'] as const) : []),
    ...(notPosted ? (['not-posted'] as const) : []),
  ];
  if (fate !== undefined && more.length === 0) return fate;
  throw new BroadsideError('USAGE', 'Say what became of the copy, in one of the three ways.', {
    remedy:
      'Add --url URL if it is there, --posted if it is there and you do not have its address, or --not-posted if it is not there.',
  });
}

const words = {
  created: 'recorded',
  updated: 'recorded as it is now',
  unchanged: 'was recorded already, and nothing has changed since',
} as const;

function describeResolved({ decided, url = '', result = 'created' }: Resolved): string {
  if (decided === 'not-posted') return 'not posted: publish may send it again';
  return `${words[result]}  ${cleanForTerminal(url)}`;
}
