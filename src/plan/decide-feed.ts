import type { CopyState } from '../model/ledger.ts';
import type { Action } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';
import type { Inputs } from '../model/rendition.ts';
import type { FeedDocument, FeedTarget } from '../model/target.ts';
import { keep } from './actions.ts';
import { changedInputs } from './changes.ts';

/** The name that an item has among a feed's inputs. */
export function itemKey(postId: PostId): string {
  return `item ${postId}`;
}

/** Keeps a feed whose inputs are those it was last made from and whose files are on disk as they were written. */
export function keepFeed(state: CopyState, inputs: Inputs, written: string | undefined): Action | undefined {
  const { receipt } = state;
  if (receipt === undefined || written !== receipt.fingerprint) return undefined;
  if (changedInputs(receipt.inputs, inputs).length > 0) return undefined;
  const { fingerprint, references } = receipt;
  return { ...keep(state), inputs, fingerprint, references };
}

/** What a feed needs: its files, where they are not what was last published. `fingerprint` digests them. */
export function decideFeed(
  target: FeedTarget,
  state: CopyState,
  inputs: Inputs,
  made: {
    readonly documents: readonly FeedDocument[];
    readonly fingerprint: string;
    readonly onDisk: boolean;
  },
  items: readonly PostId[],
): Action {
  const { documents, fingerprint, onDisk } = made;
  const common: Action = {
    verb: 'keep',
    reason: 'unchanged',
    target: target.name,
    postId: 'feed',
    ledgerLength: state.length,
    inputs,
    fingerprint,
    references: items,
    ...(!onDisk && { documents }),
  };
  if (state.receipt === undefined) {
    return { ...common, verb: 'create', reason: 'new', note: countOf(items.length, 'item'), documents };
  }
  if (state.receipt.fingerprint === fingerprint) return common;
  const changed = changedInputs(state.receipt.inputs, inputs);
  const count = changed.filter((name) => name.startsWith(itemKey(''))).length;
  const other = changed.includes('options') ? 'config' : changed.length > 0 ? 'links' : 'a new rendering';
  return {
    ...common,
    verb: 'update',
    reason: 'changed',
    note: count > 0 ? `${countOf(count, 'item')} changed` : other,
    documents,
  };
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
