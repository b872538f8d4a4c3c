import type { CopyStates } from '../model/ledger.ts';
import type { PostId } from '../model/post.ts';

/** The posts and letters whose copies on a target are on record, by the target's id of each copy. */
export function listOwners(states: CopyStates, target: string): ReadonlyMap<string, PostId> {
  return new Map(
    [...states.values()].flatMap(({ copy, receipt }): [string, PostId][] =>
      copy.target === target && receipt !== undefined ? [[receipt.remoteId, copy.postId]] : [],
    ),
  );
}
