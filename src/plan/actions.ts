import type { Diagnostic } from '../model/diagnostic.ts';
import { emptyState, intentInDoubt, stateKey } from '../model/ledger.ts';
import type { CopyKey, CopyState, CopyStates } from '../model/ledger.ts';
import type { CopyActionOf, CopySubject, HoldReason, OwnWait } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';
import type { HoldingTarget } from '../model/target.ts';

/** Where a copy stands, whether the ledger knows of it or not. */
export function stateOf(states: CopyStates, copy: CopyKey): CopyState {
  return states.get(stateKey(copy)) ?? emptyState(copy);
}

/** The subject of a target's copy of a post or letter, by its id. */
export function subjectFor({ granularity }: HoldingTarget, id: PostId): CopySubject {
  return granularity === 'letter' ? { letter: id } : { post: id };
}

/** What every action on a copy says of it. */
export function describeStep(subject: CopySubject, { copy: { target }, length }: CopyState) {
  return 'letter' in subject
    ? { target, letter: subject.letter, ledgerLength: length }
    : { target, post: subject.post, ledgerLength: length };
}

/** Where the copy is that was last taken, if any was. */
export function describePlace({ receipt }: CopyState) {
  return receipt && { remoteId: receipt.remoteId, url: receipt.url };
}

/** Leaves a copy as it is until a person acts. */
export function hold(
  subject: CopySubject,
  state: CopyState,
  reason: HoldReason,
  note: string,
): CopyActionOf<'hold'> {
  return { verb: 'hold', reason, note, ...describeStep(subject, state), ...describePlace(state) };
}

/** Leaves a copy as it is, because it is as it should be. */
export function keep(subject: CopySubject, state: CopyState, note?: string): CopyActionOf<'keep'> {
  return {
    verb: 'keep',
    reason: 'unchanged',
    ...describeStep(subject, state),
    ...(note !== undefined && { note }),
    ...describePlace(state),
  };
}

/** Does nothing with a copy now: a later run does, by itself. `more`: what there is to say about that. */
export function wait(
  subject: CopySubject,
  state: CopyState,
  reason: OwnWait['reason'],
  more: Pick<OwnWait, 'note' | 'at' | 'missed'>,
): OwnWait {
  return { verb: 'wait', reason, ...more, ...describeStep(subject, state) };
}

/** What a target has copies of, in one word for people. */
export function nameWriting({ granularity }: HoldingTarget): 'post' | 'letter' {
  return granularity === 'letter' ? 'letter' : 'post';
}

/** What is said about a letter that was changed after readers were mailed it. */
export const sentNote = 'changed, but readers have been mailed it; it is not sent again';

/** Why a copy or feed is held if the ledger cannot tell what became of it. */
export function explainUnreadable({ unreadable }: CopyState): string {
  const { message = '', remedy = '' } = unreadable ?? {};
  return `LEDGER_UNREADABLE: ${message} ${remedy}`;
}

/** Why a copy or feed is held if it could not be shown as it should be. */
export function explainUnsupported({ rule, file, line }: Diagnostic): string {
  return `${rule} at ${file}:${line}`;
}

/** Waits until a request that is on its way has arrived, or never will. */
export function awaitLanding(subject: CopySubject, state: CopyState, landing: string): OwnWait {
  const begun = intentInDoubt(state)?.at ?? '';
  return wait(subject, state, 'in-flight', { note: `since ${begun}; it may arrive until ${landing}` });
}

/** How a copy that was retracted comes back, in words. */
export function tellWayBack({ target, postId }: CopyKey): string {
  return `"broadside publish ${postId} --target ${target} --again" brings it back`;
}
