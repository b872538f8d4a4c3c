import { findExclusion } from '../blog/eligibility.ts';
import { tellError } from '../base/errors.ts';
import { isInDoubt, stateKey } from '../model/ledger.ts';
import type { CopyState, CopyStates } from '../model/ledger.ts';
import { copyOf, idOf, type CopyAction, type Reason } from '../model/plan.ts';
import type { Post, Writing } from '../model/post.ts';
import type { FeedTarget, HandTarget, HoldingTarget, Target } from '../model/target.ts';
import { tellWayBack } from './actions.ts';
import { composeRecord, tellHandWork, type ActionByHand } from './hand-over.ts';
import type { selectCopies } from './select.ts';

/** Where a copy stands, in a word; docs/status-json.md says what each means. */
export type StatusWord =
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
export interface CopyStatus {
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

/** A post or letter, with the title that a person who makes a copy of a post needs. */
type TitledWriting = Writing & Partial<Pick<Post, 'title'>>;

/** Where every copy of one target stands: of each post or letter, in order, and those whose post is gone. */
export function describeTarget(
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
export function tellChanged(row: CopyStatus, action: ActionByHand | undefined): CopyStatus {
  return action === undefined || row.state !== 'live'
    ? row
    : { ...row, state: 'by hand', note: tellHandWork(action) };
}

/** Where the whole of a feed stands. */
export function describeFeed(target: FeedTarget, state: CopyState | undefined): CopyStatus {
  const row = describeRow(target, 'feed', state);
  const fault = state?.unreadable;
  if (fault !== undefined) return { ...row, state: 'held', reason: 'unreadable', note: tellError(fault) };
  return { ...row, state: state?.receipt === undefined ? 'due' : 'live' };
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
