import { formatInstant } from '../base/format-instant.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal, quoteLines } from '../base/terminal.ts';
import type { CopyStatus, StatusWord } from '../plan/describe-standing.ts';
import { readCopies, type StandingWords } from '../plan/read-copies.ts';
import type { Workbench } from '../plan/workbench.ts';
import { openWorkbench } from '../workbench/open.ts';

export interface StatusArguments extends StandingWords {
  readonly config: string;
}

/** The states that a person must see to. */
const wrong: ReadonlySet<StatusWord> = new Set(['unknown', 'refused', 'held']);

/** The states that are counted for people rather than listed, unless their posts are named. */
const quiet: ReadonlySet<StatusWord> = new Set(['old', 'not asked for']);

/** How many posts are named that are only counted. */
const listedIds = 20;

/** Runs `broadside status`: where every copy stands. Returns the exit code. */
export async function runStatus(args: StatusArguments, shell: Shell): Promise<number> {
  const bench = await openWorkbench(args, shell);
  const { at, copies } = await readCopies(bench, args);
  const isShown = ({ state }: CopyStatus): boolean => args.posts.length > 0 || !quiet.has(state);
  if (shell.format === 'json') shell.print(`${JSON.stringify({ version: 1, at, copies }, null, 2)}\n`);
  else {
    const counted = copies.filter((row) => !isShown(row));
    printStatus(copies.filter(isShown), counted, bench, shell);
  }
  return copies.some(({ state, remote }) => wrong.has(state) || remote === 'drifted' || remote === 'missing')
    ? 1
    : 0;
}

/** `counted`: those that are told by their number and their first posts alone. */
function printStatus(
  shown: readonly CopyStatus[],
  counted: readonly CopyStatus[],
  bench: Workbench,
  shell: Shell,
): void {
  shell.report(`The ledger was read from ${bench.ledger.description}.\n`);
  const { timezone } = bench.config.site;
  const width = (pick: (row: CopyStatus) => string): number =>
    Math.max(0, ...shown.map((row) => pick(row).length));
  const [targets, posts, states] = [
    width((row) => row.target),
    width((row) => row.post),
    width((row) => row.state),
  ];
  for (const row of shown) {
    const { target, post, state, diff } = row;
    const rest = describeRest(row, timezone).map(cleanForTerminal).join('  ');
    shell.print(
      `${target.padEnd(targets)}  ${post.padEnd(posts)}  ${state.padEnd(states)}  ${rest}`.trimEnd() + '\n',
    );
    if (diff !== undefined) shell.print(`${quoteLines(diff)}\n`);
  }
  for (const [words, own] of Map.groupBy(counted, ({ target, state }) => `${state} on ${target}`)) {
    const rest = own.length - listedIds;
    const ids = own.slice(0, listedIds).map(({ post }) => cleanForTerminal(post));
    const more = rest > 0 ? ` and ${rest} more, which --format json lists` : '';
    shell.print(`${own.length} ${words}: ${ids.join(', ')}${more}.\n`);
  }
  if (shown.length + counted.length === 0) shell.print('No copies yet, and no posts to make them from.\n');
}

function describeRest({ reason, url, at, note, remote }: CopyStatus, timezone: string): readonly string[] {
  const why = [reason, note].filter((text) => text !== undefined).join(': ');
  return [url ?? '', at === undefined ? '' : formatInstant(at, timezone), remote ?? '', why].filter(
    (text) => text !== '',
  );
}
