import type { Memo } from '../base/memo.ts';
import type { CopyEntries, CopyKey, CopyState, CopyStates } from '../model/ledger.ts';
import { foldedAs, indexFolded, type FoldedCopy } from './copy-states.ts';
import { foldCopy } from './fold.ts';
import { sortCopies } from './lines.ts';

/** The files of a ledger's copies, by their paths inside it. */
export interface CopyFiles {
  /** The version of each file, known before it is read; undefined if it is not certain. */
  readonly versions: ReadonlyMap<string, string | undefined>;
  /** The copies of the files at these paths, in the same order. */
  readonly read: (paths: readonly string[]) => Promise<readonly (readonly CopyEntries[])[]>;
}

/**
 * Reads each copy's state from its file. If an earlier run folded this version of the file, its state is remembered, and parsed
 * only when it is asked for. A damaged file is never remembered.
 */
export async function foldFiles({ versions, read }: CopyFiles, memo?: Memo<CopyState>): Promise<CopyStates> {
  const folded: FoldedCopy[] = [];
  const changed: string[] = [];
  for (const [path, version] of versions) {
    const recalled = memo?.recall(path, version);
    if (recalled === undefined) changed.push(path);
    else folded.push({ ...parseNote(recalled.note), version, isDamaged: false, read: recalled.read });
  }
  const copies = await read(changed);
  for (const [index, path] of changed.entries()) {
    const version = versions.get(path);
    const states = (copies[index] ?? []).map(foldCopy);
    const [state] = states;
    if (state !== undefined && state.unreadable === undefined)
      memo?.remember(path, version, state, formatNote(state));
    folded.push(...states.map((one) => foldedAs(one, version)));
  }
  memo?.save();
  return indexFolded(sortCopies(folded));
}

/** What is known of a copy without its state: whose it is, and when its last entry was made. */
function formatNote({ copy: { target, postId }, lastAt = '' }: CopyState): string {
  return [target, postId, lastAt].join('\n');
}

function parseNote(note: string): { readonly copy: CopyKey; readonly lastAt: string } {
  const [target = '', postId = '', lastAt = ''] = note.split('\n');
  return { copy: { target, postId }, lastAt };
}
