import { BroadsideError } from '../base/errors.ts';
import { isOutAt } from '../blog/eligibility.ts';
import { describeSite } from '../blog/describe-site.ts';
import { renderWriting } from '../blog/render-writing.ts';
import { newAttempt } from '../ledger/attempt.ts';
import { demandReadable } from '../ledger/demand-readable.ts';
import { composeReceipt } from '../ledger/receipts.ts';
import { isInDoubt, type CopyState, type CopyStates, type Receipt } from '../model/ledger.ts';
import type { Writing, Post } from '../model/post.ts';
import type { Rendition } from '../model/rendition.ts';
import type { HandTarget, HoldingTarget } from '../model/target.ts';
import { stateOf } from './actions.ts';
import { changedInputs } from './changes.ts';
import { keepFixed } from './decide.ts';
import { identifyCopy, isSameAddress } from './copy-address.ts';
import { listStoredPieces } from './pieces.ts';
import type { Workbench } from './workbench.ts';

/** How often a copy is looked at again because somebody else recorded something about it meanwhile. */
const longestRace = 5;

/** A copy that a person says they have made, or changed. */
export interface MadeByHand {
  readonly post: Post;
  readonly target: HandTarget;
  /** Where it is. Without it, the copy is where it was before, or its address is not known. */
  readonly url?: string | undefined;
  /** What is done where another copy is at the address, or this one is recorded elsewhere; by default that is refused. */
  readonly ifElsewhere?: 'refuse' | 'take' | undefined;
  /** What the person copied, where that is known; else it was the post as it is now. */
  readonly copied?: Rendition | undefined;
}

/** What was done to the ledger; `unchanged`: it said so already. */
export interface RecordedByHand {
  readonly result: 'created' | 'updated' | 'unchanged';
  readonly receipt: Receipt;
}

/**
 * Records that a person has made a copy, or has changed it to what its post says. It is recorded once, even if it is said twice or
 * by two people at once. Throws `COPY_ADDRESS_UNLIKELY`, `COPY_SETTLED`, `COPY_UNKNOWN`, `POST_INVALID` or `LEDGER_LOCKED`.
 */
export async function recordByHand(bench: Workbench, made: MadeByHand): Promise<RecordedByHand> {
  const { ledger } = bench;
  const { post, target, ifElsewhere = 'refuse' } = made;
  const copy = { target: target.name, postId: post.id };
  const commit = await bench.readCommit();
  for (let tries = 0; tries < longestRace; tries += 1) {
    const { states, opened } = await ledger.readStates();
    const state = stateOf(states, copy);
    demandSettled(state);
    const before = state.receipt?.state === 'gone' ? undefined : state.receipt;
    const url = made.url ?? before?.url ?? '';
    const remoteId =
      made.url === undefined
        ? (before?.remoteId ?? '')
        : identifyCopy(made.url, { post, target, ifElsewhere, posts: bench.blog.posts, states });
    const now = made.copied ?? (await renderCopy(bench, post, target, states));
    const rendition = before === undefined ? now : keepFixed(now, before.inputs, target.fixed);
    const isThere = before?.remoteId === remoteId || isSameAddress(before?.url ?? '', url);
    const isPlaced = before?.remoteId !== '';
    if (before !== undefined && !isThere && isPlaced && ifElsewhere === 'refuse')
      throw reportElsewhere(state);
    // Before the receipt: a target that is open without a copy does no harm, and a copy on one that is not leaves posts out as old.
    if (opened[target.name] === undefined) await ledger.open(target.name, bench.now());
    if (before !== undefined && isThere && isUpToDate(before, rendition))
      return { result: 'unchanged', receipt: before };
    const receipt: Receipt = {
      ...composeReceipt(
        { at: bench.now(), attempt: newAttempt() },
        before === undefined ? 'create' : 'update',
        { state: 'live', remoteId, url, echo: rendition.fingerprint },
        rendition,
      ),
      by: bench.actor,
      ...(commit !== undefined && { commit }),
    };
    await ledger.storePieces(post.id, listStoredPieces(post.id, bench.blog, receipt.at));
    const [appended] = await Promise.all([
      ledger.append(copy, state.length, receipt),
      ledger.storeBody(rendition.fingerprint, rendition.body),
    ]);
    if (appended === 'moved') continue;
    return { result: before === undefined ? 'created' : 'updated', receipt };
  }
  throw new BroadsideError('LEDGER_LOCKED', `Another run is changing ${post.id} on ${target.name}.`, {
    remedy: 'Look at "broadside status" when it has ended.',
  });
}

/** What a copy shows of a post or letter now. Throws `POST_INVALID` where it cannot be read. */
export async function renderCopy(
  { blog, config, now }: Pick<Workbench, 'blog' | 'config' | 'now'>,
  { id }: Pick<Writing, 'id'>,
  target: HoldingTarget,
  states: CopyStates,
): Promise<Rendition> {
  const instant = now();
  const site = describeSite(config, blog.posts, (one) => isOutAt(one, instant), states);
  const { diagnostics, shown } = await renderWriting(id, target, { blog, config, site });
  if (shown !== undefined) return shown.rendition;
  const [fault] = diagnostics;
  throw new BroadsideError('POST_INVALID', fault?.message ?? 'The post cannot be read.', {
    remedy: fault?.remedy ?? 'Look at it with "broadside check".',
    ...(fault !== undefined && { file: fault.file, line: fault.line, column: fault.column }),
  });
}

/** Whether a copy shows what its post says, by its receipt. */
function isUpToDate(before: Receipt, rendition: Rendition): boolean {
  return (
    before.fingerprint === rendition.fingerprint &&
    before.canonicalUrl === rendition.canonicalUrl &&
    changedInputs(before.inputs, rendition.inputs).length === 0
  );
}

/** Throws `COPY_UNKNOWN` where something was sent of a copy and nobody knows what became of it. */
function demandSettled(state: CopyState): void {
  demandReadable(state);
  if (!isInDoubt(state)) return;
  const { target, postId } = state.copy;
  throw new BroadsideError('COPY_UNKNOWN', `Nobody knows whether ${postId} was sent to ${target} before.`, {
    remedy: `Look there, then say so: broadside resolve ${postId} ${target} --url URL, or --not-posted.`,
  });
}

function reportElsewhere({ copy: { target, postId }, receipt }: CopyState): BroadsideError {
  return new BroadsideError(
    'COPY_SETTLED',
    `The copy of ${postId} on ${target} is recorded at ${receipt?.url || receipt?.remoteId}.`,
    {
      remedy: 'Give that address, or add --anyway if the copy has moved to the other one.',
    },
  );
}
