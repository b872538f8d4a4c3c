import type { Memo } from '../base/memo.ts';
import type { CopyEntries, CopyState, CopyStates } from '../model/ledger.ts';
import { foldCopy, indexStates } from './fold.ts';
import { sortCopies } from './lines.ts';

/** The files of a ledger's copies, by their paths inside it. */
export interface CopyFiles {
  /** What each file holds is told by its version, known before it is read: undefined where that is not certain. */
  readonly versions: ReadonlyMap<string, string | undefined>;
  /** The copies of the files at these paths, in the same order. */
  readonly read: (paths: readonly string[]) => Promise<readonly (readonly CopyEntries[])[]>;
}

/**
 * Reads each copy's state off its file. Where a file is the version that an earlier run folded, its state is remembered; one that is
 * damaged never is.
 */
export async function foldFiles({ versions, read }: CopyFiles, memo?: Memo<CopyState>): Promise<CopyStates> {
  const known = new Map([...versions].map(([path, version]) => [path, memo?.find(path, version)] as const));
  const changed = [...known].filter(([, state]) => state === undefined).map(([path]) => path);
  const states = [...known.values()].filter((state) => state !== undefined);
  const copies = await read(changed);
  for (const [index, path] of changed.entries()) {
    const folded = (copies[index] ?? []).map(foldCopy);
    const [state] = folded;
    if (state !== undefined && state.unreadable === undefined)
      memo?.remember(path, versions.get(path), state);
    states.push(...folded);
  }
  memo?.save();
  return indexStates(sortCopies(states));
}
