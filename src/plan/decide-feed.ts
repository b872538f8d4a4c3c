import { countOf } from '../base/count-of.ts';
import type { CopyState } from '../model/ledger.ts';
import type { FeedAction, HoldReason } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';
import type { Inputs } from '../model/rendition.ts';
import type { FeedDocument } from '../model/target.ts';
import { describePlace } from './actions.ts';
import { changedInputs } from './changes.ts';

/** The name that an item has among a feed's inputs. */
export function itemKey(postId: PostId): string {
  return `item ${postId}`;
}

/** Leaves a feed as it is until a person acts. */
export function holdFeed(state: CopyState, reason: HoldReason, note: string): FeedAction {
  return { verb: 'hold', reason, note, ...describeFeed(state), ...describePlace(state) };
}

/** Keeps a feed whose inputs are those it was last made from and whose files are on disk as they were written. */
export function keepFeed(
  state: CopyState,
  inputs: Inputs,
  written: string | undefined,
): FeedAction | undefined {
  const { receipt } = state;
  if (receipt === undefined || written !== receipt.fingerprint) return undefined;
  if (changedInputs(receipt.inputs, inputs).length > 0) return undefined;
  return { verb: 'keep', reason: 'unchanged', ...describeFeed(state), ...describePlace(state) };
}

/** What a feed needs: its files, where they are not what was last published. `fingerprint` digests them. */
export function decideFeed(
  state: CopyState,
  inputs: Inputs,
  made: {
    readonly documents: readonly FeedDocument[];
    readonly fingerprint: string;
    readonly onDisk: boolean;
  },
  items: readonly PostId[],
): FeedAction {
  const { documents, fingerprint, onDisk } = made;
  const { receipt } = state;
  const written = { ...describeFeed(state), documents, inputs, fingerprint, references: items };
  if (receipt === undefined) {
    return { verb: 'create', reason: 'new', note: countOf(items.length, 'item'), ...written };
  }
  if (receipt.fingerprint === fingerprint) {
    return { verb: 'keep', reason: 'unchanged', ...describeFeed(state), ...(!onDisk && { documents }) };
  }
  const changed = changedInputs(receipt.inputs, inputs);
  const count = changed.filter((name) => name.startsWith(itemKey(''))).length;
  const other = changed.includes('options') ? 'config' : changed.length > 0 ? 'links' : 'a new rendering';
  const note = count > 0 ? `${countOf(count, 'item')} changed` : other;
  return { verb: 'update', reason: 'changed', note, ...written };
}

function describeFeed({ copy, length }: CopyState) {
  return { target: copy.target, feed: copy.target, ledgerLength: length };
}
