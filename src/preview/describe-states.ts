import { findExclusion, isShown } from '../blog/eligibility.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { stateKey, type CopyState, type CopyStates } from '../model/ledger.ts';
import { copyOf, type CopyAction, type FeedAction, type Plan } from '../model/plan.ts';
import { undated, type Post, type Writing } from '../model/post.ts';
import type { FeedTarget, HoldingTarget, PostTarget } from '../model/target.ts';
import { describeReason } from '../report/format-plan.ts';
import type { ActionByHand } from '../plan/hand-over.ts';
import type { ShownState, CopyStateWord } from './define.ts';

/** What the states of copies are told from. */
export interface StateGrounds {
  readonly plan: Pick<Plan, 'actions' | 'diagnostics'>;
  readonly states: CopyStates;
  /** The copies that are not rendered yet, by `stateKey`. */
  readonly unrendered: ReadonlySet<string>;
  readonly timezone: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** An instant as the site's clocks show it. */
  readonly toLocal: (instant: string) => string;
}

/** The same, with what the states of a feed's items are told from. */
export interface Told extends StateGrounds {
  readonly targets: readonly PostTarget[];
  /** How an item of a feed compares with what the feed last showed. */
  readonly compareItem: (target: FeedTarget, post: Post) => 'same' | 'changed' | 'new' | 'beyond' | 'not-out';
}

/** Makes what tells where the copies of a post stand, by target. */
export function openStates(told: Told): (post: Post) => Readonly<Record<string, ShownState>> {
  const actions = indexActions(told);
  const feeds = new Map<string, FeedAction>();
  for (const action of told.plan.actions) {
    if ('feed' in action) feeds.set(action.target, action);
  }
  return (post) =>
    Object.fromEntries(
      told.targets.map((target) => {
        const key = stateKey({ target: target.name, postId: post.id });
        const state =
          target.granularity === 'copy'
            ? describeCopy(post, target, actions.get(key), told)
            : describeItem(post, target, feeds.get(target.name), told);
        return [target.name, state];
      }),
    );
}

function describeCopy(
  post: Writing,
  target: HoldingTarget,
  action: CopyAction | undefined,
  told: StateGrounds,
): ShownState {
  const key = stateKey({ target: target.name, postId: post.id });
  const ledger = told.states.get(key);
  const place = describeReceipt(ledger, told);
  if (told.unrendered.has(key))
    return { state: 'rendering', reason: 'its state will be known soon', ...place };
  if (action === undefined)
    return { state: 'off', reason: findExclusion(post, target, told.now) ?? 'not planned', ...place };
  const reason = describeReason('unobserved' in action ? { ...action, unobserved: false } : action, told);
  if (action.verb !== 'wait') return { state: nameCopy(action, ledger), reason, ...place };
  if (action.reason === 'by-hand') return describeHandWork(action, told);
  const { at } = action;
  return { state: 'waiting', reason, ...(at !== undefined && { at, local: told.toLocal(at) }) };
}

/** Makes what tells where the copy of a letter stands on a target, or of a post that is mailed there. */
export function openMailedStates(
  told: StateGrounds,
): (writing: Writing, target: HoldingTarget) => ShownState {
  const actions = indexActions(told);
  return (writing, target) =>
    describeCopy(writing, target, actions.get(stateKey({ target: target.name, postId: writing.id })), told);
}

function indexActions({ plan }: StateGrounds): ReadonlyMap<string, CopyAction> {
  return new Map(
    plan.actions.flatMap((action) => ('feed' in action ? [] : [[stateKey(copyOf(action)), action] as const])),
  );
}

/** Since when a copy has waited for a person, and where it is if they are to change it. */
function describeHandWork(
  { since, url = '', note, importUrl }: ActionByHand,
  { toLocal }: StateGrounds,
): ShownState {
  return {
    state: 'by-hand',
    reason: note ?? (importUrl === undefined ? 'ready to be pasted' : 'ready to be imported'),
    ...(since !== undefined && { at: since, local: toLocal(since) }),
    ...(url !== '' && { url }),
  };
}

/** In a word, where a copy stands that does not wait. */
function nameCopy({ verb, reason }: CopyAction, ledger: CopyState | undefined): CopyStateWord {
  if (verb === 'create' || verb === 'adopt') return 'new';
  if (verb === 'update') return 'changed';
  if (verb === 'keep') return ledger?.receipt?.state === 'gone' ? 'off' : 'live';
  if (reason === 'drifted') return 'drifted';
  if (reason === 'unsupported') return 'error';
  return reason === 'old' ? 'off' : 'held';
}

/** When a copy went out, and where it is. */
function describeReceipt(
  state: CopyState | undefined,
  { toLocal }: StateGrounds,
): Omit<ShownState, 'state' | 'reason'> {
  const { receipt, createdAt } = state ?? {};
  if (receipt === undefined || receipt.state === 'gone') return {};
  const at = createdAt ?? receipt.at;
  return { at, local: toLocal(at), ...(receipt.url !== '' && { url: receipt.url }) };
}

function describeItem(
  post: Post,
  target: FeedTarget,
  action: FeedAction | undefined,
  told: Told,
): ShownState {
  const off = (reason: string): ShownState => ({ state: 'off', reason });
  if (!isShown(target, post)) return off(`kept out of ${target.name}`);
  if (post.draft) return off('a draft');
  const at = post.publishAt;
  const when = { at, local: told.toLocal(at) };
  const compared = told.compareItem(target, post);
  if (compared === 'not-out') {
    const isAwaited = at !== undated && Date.parse(at) > Date.parse(told.now);
    return isAwaited
      ? { state: 'waiting', reason: 'joins the feed with its original', ...when }
      : off('not out');
  }
  if (compared === 'beyond') return off(`older than the ${target.limit} newest posts`);
  if (action?.verb !== 'hold')
    return compared === 'same'
      ? { state: 'live', reason: 'unchanged', ...when }
      : { state: compared, reason: compared };
  const fault = findFault(post, target, told.plan.diagnostics);
  if (fault !== undefined) return { state: 'error', reason: `${fault.rule} at ${fault.file}:${fault.line}` };
  return compared === 'same'
    ? { state: 'live', reason: 'unchanged', ...when }
    : { state: 'held', reason: describeReason(action, told) };
}

function findFault(
  post: Post,
  target: PostTarget,
  diagnostics: readonly Diagnostic[],
): Diagnostic | undefined {
  return diagnostics.find(
    (fault) =>
      fault.severity === 'error' && fault.postId === post.id && (fault.target ?? target.name) === target.name,
  );
}
