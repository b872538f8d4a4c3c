import { nameWritings } from '../blog/name-posts.ts';
import { listWritings } from '../blog/mailable.ts';
import { BroadsideError, tellError } from '../base/errors.ts';
import { feedKey, isInDoubt, stateKey } from '../model/ledger.ts';
import type { CopyState, CopyStates } from '../model/ledger.ts';
import { copyOf, idOf, type CopyAction, type Reason } from '../model/plan.ts';
import type { Writing, Post } from '../model/post.ts';
import type { HandTarget, HoldingTarget, Observation, Target } from '../model/target.ts';
import { findExclusion } from '../blog/eligibility.ts';
import { tellWayBack } from '../plan/actions.ts';
import { requestAt } from '../plan/request.ts';
import { selectCopies } from '../plan/select.ts';
import { findChangedByHand } from '../plan/changed-by-hand.ts';
import { composeRecord, tellHandWork, type ActionByHand } from '../plan/hand-over.ts';
import { findRemoteId } from '../plan/copy-address.ts';
import { hasDrifted } from '../plan/changes.ts';
import { formatInstant } from '../base/format-instant.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal, quoteLines } from '../base/terminal.ts';
import { hasSenderEnded } from '../ledger/attempt.ts';
import { compareBodies } from '../plan/compare-bodies.ts';
import type { Workbench } from '../plan/workbench.ts';
import { openWorkbench } from '../workbench/open.ts';

export interface StatusArguments {
  readonly config: string;
  readonly posts: readonly string[];
  readonly remote: boolean;
  readonly at?: string | undefined;
}

/** Where a copy stands, in a word; docs/status-json.md says what each means. */
type StatusWord =
  | 'live'
  | 'draft'
  | 'unverified'
  | 'sent'
  | 'retracted'
  | 'unknown'
  | 'in flight'
  | 'refused'
  | 'held'
  | 'due'
  | 'by hand'
  | 'scheduled'
  | 'old'
  | 'not asked for'
  | 'excluded';

/** What a target says of a copy when it is asked. */
type RemoteWord = 'as published' | 'drifted' | 'missing' | 'not known';

/** One copy as `status` tells it: the shape that docs/status-json.md promises to a site's templates. */
interface CopyStatus {
  readonly target: string;
  readonly kind: string;
  /** A post's or a letter's id, or `feed`. */
  readonly post: string;
  readonly canonicalUrl?: string;
  readonly state: StatusWord;
  /** Why it is held: one word of a plan's reasons. */
  readonly reason?: Reason;
  /** Of a copy that was ever taken, whatever its state. */
  readonly url?: string;
  readonly remoteId?: string;
  /** When it was first created, and when the ledger last heard of it: ISO 8601 in UTC. */
  readonly createdAt?: string;
  readonly recordedAt?: string;
  /** When a scheduled copy becomes due: ISO 8601 in UTC. */
  readonly at?: string;
  /** More about the state, for people. */
  readonly note?: string;
  readonly remote?: RemoteWord;
  /** What was last sent against what the target holds. */
  readonly diff?: string;
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
  const { config, blog, ledger } = bench;
  const named = new Set(nameWritings(args.posts, blog).map((post) => post.id));
  const { states, opened } = await ledger.readStates();
  const request = requestAt(args.at ?? shell.now(), config, hasSenderEnded);
  const rows: CopyStatus[] = [];
  for (const target of config.targets) {
    if (target.granularity === 'feed') {
      const state = states.get(stateKey(feedKey(target.name)));
      if (named.size === 0) rows.push({ ...describeRow(target, 'feed', state), ...describeFeed(state) });
      continue;
    }
    const writings = listWritings(target, blog, opened[target.name] ?? request.now);
    const selection = selectCopies(target, writings, states, opened[target.name], request);
    const changed =
      target.by === 'hand'
        ? await findChangedByHand(bench, target, selection.candidates, { states, opened }, request)
        : new Map<string, ActionByHand>();
    const told = describeTarget(target, writings, states, selection, request.now)
      .map((row) => tellChanged(row, changed.get(row.post)))
      .filter(({ post, state }) => (named.size === 0 ? state !== 'excluded' : named.has(post)));
    const seen = args.remote
      ? await observeCopies(bench, target, told, states, named.size > 0, shell)
      : new Map();
    rows.push(...told.map((row) => ({ ...row, ...seen.get(row.post) })));
  }
  if (shell.format === 'json')
    shell.print(`${JSON.stringify({ version: 1, at: request.now, copies: rows }, null, 2)}\n`);
  else printStatus(rows, bench, named.size > 0, shell);
  return rows.some(({ state, remote }) => wrong.has(state) || remote === 'drifted' || remote === 'missing')
    ? 1
    : 0;
}

/** A post or letter, with the title that a person who makes a copy of a post needs. */
type TitledWriting = Writing & Partial<Pick<Post, 'title'>>;

/** Every copy of one target: of each post or letter, in order, and those whose post is gone. */
function describeTarget(
  target: HoldingTarget,
  posts: readonly TitledWriting[],
  states: CopyStates,
  { actions, candidates }: ReturnType<typeof selectCopies>,
  now: string,
): readonly CopyStatus[] {
  const waits = candidates.flatMap(({ wait }) => wait ?? []);
  const byPost = new Map([...actions, ...waits].map((action) => [idOf(action), action]));
  const own = [...states.values()].filter(({ copy }) => copy.target === target.name);
  const ids = new Set([...posts.map(({ id }) => id), ...own.map(({ copy }) => copy.postId)]);
  return [...ids].map((id) => {
    const post = posts.find((one) => one.id === id);
    const state = states.get(stateKey({ target: target.name, postId: id }));
    return {
      ...describeRow(target, id, state, post),
      ...describeState(target, state, byPost.get(id), post, now),
    };
  });
}

/** A copy that is to be changed by hand waits for a person, wherever it is. */
function tellChanged(row: CopyStatus, action: ActionByHand | undefined): CopyStatus {
  return action === undefined || row.state !== 'live'
    ? row
    : { ...row, state: 'by hand', note: tellHandWork(action) };
}

function describeFeed(state: CopyState | undefined): Pick<CopyStatus, 'state' | 'reason' | 'note'> {
  const fault = state?.unreadable;
  if (fault !== undefined) return { state: 'held', reason: 'unreadable', note: tellError(fault) };
  return { state: state?.receipt === undefined ? 'due' : 'live' };
}

function describeRow(
  { name, kind }: Target,
  id: string,
  state: CopyState | undefined,
  post?: Writing,
): Omit<CopyStatus, 'state'> {
  const receipt = state?.receipt;
  const canonicalUrl = post?.canonicalUrl ?? receipt?.canonicalUrl;
  return {
    target: name,
    kind,
    post: id,
    ...(canonicalUrl !== undefined && canonicalUrl !== '' && { canonicalUrl }),
    ...(receipt && { remoteId: receipt.remoteId, recordedAt: receipt.at }),
    ...(receipt && receipt.url !== '' && { url: receipt.url }),
    ...(state?.createdAt !== undefined && { createdAt: state.createdAt }),
  };
}

function describeState(
  target: HoldingTarget,
  state: CopyState | undefined,
  action: CopyAction | undefined,
  post: TitledWriting | undefined,
  now: string,
): Pick<CopyStatus, 'state' | 'reason' | 'at' | 'note'> {
  const { receipt, unknown, refusal } = state ?? {};
  const note = action?.note;
  if (action?.reason === 'in-flight') return { state: 'in flight', ...(note !== undefined && { note }) };
  if (state !== undefined && isInDoubt(state)) {
    const why = unknown?.failure.message ?? 'the run that sent it was interrupted';
    return { state: 'unknown', note: note === undefined ? why : `${why}; ${note}` };
  }
  if (action?.verb === 'hold' && action.reason !== 'old') {
    return { state: 'held', reason: action.reason, ...(note !== undefined && { note }) };
  }
  if (refusal !== undefined) return { state: 'refused', note: refusal.failure.message };
  if (receipt?.state === 'gone')
    return { state: 'retracted', ...(action?.verb === 'keep' && { note: tellWayBack(copyOf(action)) }) };
  if (receipt !== undefined) return { state: receipt.state };
  const exclusion = post && findExclusion(post, target, now);
  if (post !== undefined && exclusion !== undefined) {
    const open = { ...target, policy: { ...target.policy, optIn: false } };
    const state = findExclusion(post, open, now) === undefined ? 'not asked for' : 'excluded';
    return { state, note: exclusion.replace(`${state}: `, '') };
  }
  if (action?.reason === 'old') return { state: 'old', ...(note !== undefined && { note }) };
  if (action?.verb === 'wait' && 'at' in action && action.at !== undefined) {
    return { state: 'scheduled', at: action.at, ...(action.missed !== undefined && { note: 'catching up' }) };
  }
  return target.by === 'program' ? { state: 'due' } : { state: 'by hand', ...tellHand(target, post) };
}

/** What a person has to do for a copy that is due. */
function tellHand(target: HandTarget, post: TitledWriting | undefined): Pick<CopyStatus, 'note'> {
  if (post === undefined) return {};
  const { id, canonicalUrl, title = '' } = post;
  const importUrl = target.locateImport?.({ canonicalUrl, title });
  const record = composeRecord(target.name, id);
  const work = { target: target.name, post: id, work: 'create', record } as const;
  return { note: tellHandWork({ ...work, ...(importUrl !== undefined && { importUrl }) }) };
}

/** What a target says of its copies, by post. */
async function observeCopies(
  bench: Workbench,
  target: HoldingTarget,
  rows: readonly CopyStatus[],
  states: CopyStates,
  withDiff: boolean,
  shell: Shell,
): Promise<ReadonlyMap<string, Pick<CopyStatus, 'remote' | 'diff' | 'note'>>> {
  const receipts = rows.flatMap(({ post }) => {
    const receipt = states.get(stateKey({ target: target.name, postId: post }))?.receipt;
    return receipt === undefined || receipt.state === 'gone' ? [] : [{ post, receipt }];
  });
  if (receipts.length === 0) return new Map();
  if (target.by === 'hand')
    return new Map(receipts.map(({ post }) => [post, { remote: 'not known', note: 'it was made by hand' }]));
  let observations: readonly Observation[];
  try {
    const connection = await bench.connect(target);
    observations = await connection.observe(
      receipts.map(({ post, receipt }) => ({
        postId: post,
        canonicalUrl: receipt.canonicalUrl,
        remoteId: findRemoteId(target, receipt),
      })),
      shell.signal,
    );
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    shell.report(`${target.name} was not asked: ${error.message} ${error.remedy}\n`);
    return new Map();
  }
  const told = await Promise.all(
    receipts.map(
      async ({ post, receipt }, index): Promise<[string, Pick<CopyStatus, 'remote' | 'diff' | 'note'>]> => {
        const seen = observations[index];
        if (seen === undefined || seen.seen === 'unknown') {
          return [post, { remote: 'not known', note: seen?.why ?? 'the target did not say' }];
        }
        if (seen.seen === 'absent') return [post, { remote: 'missing', note: 'the target no longer has it' }];
        if (!hasDrifted(receipt, seen)) return [post, { remote: 'as published' }];
        const diff = withDiff ? await compareBodies(bench.ledger, receipt, seen) : undefined;
        return [post, { remote: 'drifted', ...(diff !== undefined && { diff }) }];
      },
    ),
  );
  return new Map(told);
}

function printStatus(rows: readonly CopyStatus[], bench: Workbench, all: boolean, shell: Shell): void {
  shell.report(`The ledger was read from ${bench.ledger.description}.\n`);
  const { timezone } = bench.config.site;
  const shown = rows.filter(({ state }) => all || !quiet.has(state));
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
  const hidden = Map.groupBy(
    rows.filter((row) => !shown.includes(row)),
    ({ target, state }) => `${state} on ${target}`,
  );
  for (const [words, own] of hidden) {
    const rest = own.length - listedIds;
    const ids = own.slice(0, listedIds).map(({ post }) => cleanForTerminal(post));
    const more = rest > 0 ? ` and ${rest} more, which --format json lists` : '';
    shell.print(`${own.length} ${words}: ${ids.join(', ')}${more}.\n`);
  }
  if (rows.length === 0) shell.print('No copies yet, and no posts to make them from.\n');
}

function describeRest({ reason, url, at, note, remote }: CopyStatus, timezone: string): readonly string[] {
  const why = [reason, note].filter((text) => text !== undefined).join(': ');
  return [url ?? '', at === undefined ? '' : formatInstant(at, timezone), remote ?? '', why].filter(
    (text) => text !== '',
  );
}
