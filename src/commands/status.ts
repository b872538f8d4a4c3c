import { isOutAt, selectCopies, findExclusion } from '../plan/assemble.ts';
import { namePosts } from '../blog.ts';
import { BroadsideError } from '../errors.ts';
import { isSenderGone } from '../ledger/attempt.ts';
import { foldEntries } from '../ledger/fold.ts';
import { stateKey } from '../model/ledger.ts';
import type { CopyState } from '../model/ledger.ts';
import type { Action } from '../model/plan.ts';
import type { CopyTarget } from '../model/target.ts';
import { hasDrifted } from '../plan/drift.ts';
import { describeReason } from '../plan/format.ts';
import type { Shell } from '../shell.ts';
import { connectTarget, openWorkbench, type Workbench } from './plan.ts';

export interface StatusArguments {
  readonly config: string;
  readonly posts: readonly string[];
  readonly remote: boolean;
  readonly at?: string | undefined;
}

/** One copy as `status` tells it. */
interface CopyStatus {
  readonly target: string;
  readonly post: string;
  readonly state: string;
  readonly url?: string;
  readonly note?: string;
}

/** Runs `broadside status`: where every copy stands. Returns the exit code. */
export async function runStatus(args: StatusArguments, shell: Shell): Promise<number> {
  const bench = await openWorkbench(args, shell);
  const { config, blog } = bench;
  const named = new Set(namePosts(args.posts, blog).map((post) => post.id));
  const entries = await bench.ledger.read();
  const states = foldEntries(entries);
  const now = args.at ?? shell.now();
  const rows: CopyStatus[] = [];
  for (const target of config.targets) {
    if (target.granularity === 'feed') {
      const state = states.get(stateKey({ target: target.name, postId: 'feed' }));
      rows.push({
        target: target.name,
        post: 'feed',
        ...describeState(state, undefined, config.site.timezone),
      });
      continue;
    }
    const selection = selectCopies(target, blog.posts, states, entries.opened[target.name], {
      now,
      named: new Set(),
      targetNamed: false,
      take: undefined,
      refresh: false,
      suspended: false,
      backfill: config.series.backfill,
      maxUpdates: config.maxUpdates,
      timezone: config.site.timezone,
      isSenderGone: (state) => state.pending !== undefined && isSenderGone(state.pending.attempt),
    });
    const actions = new Map(selection.actions.map((action) => [action.postId, action]));
    const remote = args.remote
      ? await observeCopies(bench, target, [...states.values()], shell)
      : new Map<string, string>();
    const own = [...states.values()].filter((state) => state.copy.target === target.name);
    const ids = new Set([...blog.posts.map((post) => post.id), ...own.map((state) => state.copy.postId)]);
    for (const id of ids) {
      if (named.size > 0 && !named.has(id)) continue;
      const state = states.get(stateKey({ target: target.name, postId: id }));
      const post = blog.posts.find((one) => one.id === id);
      const exclusion = post && findExclusion(post, target);
      if (exclusion !== undefined && state === undefined) {
        if (named.size > 0) rows.push({ target: target.name, post: id, state: 'excluded', note: exclusion });
        continue;
      }
      const told = describeState(state, actions.get(id), config.site.timezone);
      const seen = remote.get(id);
      rows.push({
        target: target.name,
        post: id,
        ...told,
        ...(seen !== undefined && { note: seen }),
        ...(told.state === 'due' && post !== undefined && !isOutAt(post, now) && { state: 'scheduled' }),
      });
    }
  }
  printStatus(rows, bench, shell);
  return rows.some((row) => row.state === 'unknown' || row.state === 'refused' || row.note === 'drifted')
    ? 1
    : 0;
}

function describeState(
  state: CopyState | undefined,
  action: Action | undefined,
  timezone: string,
): Pick<CopyStatus, 'state' | 'url' | 'note'> {
  const url = state?.receipt?.url;
  const place = url === undefined ? {} : { url };
  if (action?.reason === 'in-flight') return { state: 'in flight', ...place, note: action.note ?? '' };
  if (state?.pending !== undefined || state?.unknown !== undefined) {
    const note = state.unknown?.failure.message ?? 'the run that sent it was interrupted';
    return { state: 'unknown', ...place, note };
  }
  if (state?.receipt !== undefined) {
    const note = action?.verb === 'hold' ? describeReason(action, { timezone }) : undefined;
    return { state: state.receipt.state, ...place, ...(note !== undefined && { note }) };
  }
  if (state?.refusal !== undefined) return { state: 'refused', note: state.refusal.failure.message };
  if (action === undefined) return { state: 'due' };
  return { state: action.reason, note: describeReason(action, { timezone }) };
}

/** What a target says of its copies, by post id. */
async function observeCopies(
  bench: Workbench,
  target: CopyTarget,
  states: readonly CopyState[],
  shell: Shell,
): Promise<ReadonlyMap<string, string>> {
  const copies = states.filter(
    ({ copy, receipt }) => copy.target === target.name && receipt && receipt.state !== 'gone',
  );
  if (copies.length === 0) return new Map();
  try {
    const connection = await connectTarget(target, bench.environment, shell.report);
    const observations = await connection.observe(
      copies.map(({ copy, receipt }) => ({
        postId: copy.postId,
        canonicalUrl: receipt?.canonicalUrl ?? '',
        remoteId: receipt?.remoteId ?? '',
      })),
      shell.signal,
    );
    return new Map(
      copies.map(({ copy, receipt }, index) => {
        const seen = observations[index];
        if (seen === undefined || seen.seen === 'unknown') return [copy.postId, seen?.why ?? 'not asked'];
        if (seen.seen === 'absent') return [copy.postId, 'the target no longer has it'];
        return [copy.postId, receipt !== undefined && hasDrifted(receipt, seen) ? 'drifted' : 'as published'];
      }),
    );
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    shell.report(`${target.name} was not asked: ${error.message} ${error.remedy}\n`);
    return new Map();
  }
}

function printStatus(rows: readonly CopyStatus[], bench: Workbench, shell: Shell): void {
  shell.report(`The ledger was read from ${bench.ledger.description}.\n`);
  if (shell.format === 'json') {
    shell.print(`${JSON.stringify({ copies: rows }, null, 2)}\n`);
    return;
  }
  const width = (pick: (row: CopyStatus) => string): number =>
    Math.max(0, ...rows.map((row) => pick(row).length));
  const [targets, posts, states] = [
    width((row) => row.target),
    width((row) => row.post),
    width((row) => row.state),
  ];
  for (const { target, post, state, url, note } of rows) {
    const rest = [url, note].filter((text) => text !== undefined && text !== '').join('  ');
    shell.print(
      `${target.padEnd(targets)}  ${post.padEnd(posts)}  ${state.padEnd(states)}  ${rest}`.trimEnd() + '\n',
    );
  }
  if (rows.length === 0) shell.print('No copies yet, and no posts to make them of.\n');
}
