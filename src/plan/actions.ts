import type { Diagnostic } from '../model/diagnostic.ts';
import { emptyState, stateKey } from '../model/ledger.ts';
import type { CopyKey, CopyState, CopyStates } from '../model/ledger.ts';
import type { Action, HoldReason } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';

/** Where a copy stands, whether the ledger knows of it or not. */
export function stateOf(states: CopyStates, target: string, postId: PostId): CopyState {
  const copy = { target, postId };
  return states.get(stateKey(copy)) ?? emptyState(copy);
}

/** Leaves a copy as it is until a person acts. */
export function hold(copy: CopyState, reason: HoldReason, note: string): Action {
  return {
    verb: 'hold',
    reason,
    note,
    target: copy.copy.target,
    postId: copy.copy.postId,
    ledgerLength: copy.length,
    ...(copy.receipt && { remoteId: copy.receipt.remoteId, url: copy.receipt.url }),
  };
}

/** Leaves a copy as it is, since it is as it should be. */
export function keep(copy: CopyState, note?: string): Action {
  return {
    verb: 'keep',
    reason: 'unchanged',
    target: copy.copy.target,
    postId: copy.copy.postId,
    ledgerLength: copy.length,
    ...(note !== undefined && { note }),
    ...(copy.receipt && { remoteId: copy.receipt.remoteId, url: copy.receipt.url }),
  };
}

/** Holds a copy, or a feed, of which the ledger cannot tell what became of it. */
export function holdUnreadable(state: CopyState): Action {
  const { message = '', remedy = '' } = state.unreadable ?? {};
  return hold(state, 'unreadable', `LEDGER_UNREADABLE: ${message} ${remedy}`);
}

/** Holds a copy that the target could not show as it should. */
export function holdUnsupported(state: CopyState, { rule, file, line }: Diagnostic): Action {
  return hold(state, 'unsupported', `${rule} at ${file}:${line}`);
}

/** Lets a copy be until what is on its way has arrived or never will. */
export function awaitLanding({ copy, pending, unknown, length }: CopyState, landing: string): Action {
  const begun = (pending ?? unknown?.intent)?.at ?? '';
  return {
    verb: 'wait',
    reason: 'in-flight',
    note: `since ${begun}; it may arrive until ${landing}`,
    target: copy.target,
    postId: copy.postId,
    ledgerLength: length,
  };
}

/** How a copy that was retracted comes back, in words. */
export function tellWayBack({ target, postId }: CopyKey): string {
  return `"broadside publish ${postId} --target ${target} --again" brings it back`;
}
