import { BroadsideError } from '../base/errors.ts';
import { isCopyPath, isPiecesPath, layoutFile } from './copy-path.ts';
import { countEntries, parseCopyFile, parseLayout } from './lines.ts';
import { countPieces, parsePieces } from './piece-lines.ts';

/** Reads a file of the ledger as it was in one state; undefined where that state has none. */
export type ReadFile = (path: string) => Buffer | undefined;

/**
 * What became of an earlier state: `lost` says what is no longer there, `rewritten` that something else than an addition was made.
 */
export interface Change {
  readonly lost: string | undefined;
  readonly rewritten: boolean;
}

/** Whether a file says what must never be lost: a copy's entries, a post's pieces, or when each target was opened. */
export function isRemembered(path: string): boolean {
  return path === layoutFile || isCopyPath(path) || isPiecesPath(path);
}

/**
 * Compares what a ledger has now with what it had before, in the files that differ. A damaged file is no loss: it is reported by
 * itself.
 */
export function findLoss(paths: readonly string[], before: ReadFile, now: ReadFile): Change {
  let rewritten = false;
  for (const path of paths) {
    const [was, is] = [before(path), now(path)];
    if (was === undefined) continue;
    if (is === undefined) return { lost: `${path} is gone`, rewritten: true };
    const lost = path === layoutFile ? findClosed(was, is) : findDropped(path, was, is);
    if (lost !== undefined) return { lost, rewritten: true };
    rewritten ||= path !== layoutFile && !is.subarray(0, was.length).equals(was);
  }
  return { lost: undefined, rewritten };
}

function findClosed(was: Buffer, is: Buffer): string | undefined {
  const read = (bytes: Buffer) =>
    ignoreDamage(() => parseLayout(bytes.toString('utf8'), { path: layoutFile, shown: layoutFile }));
  const [before, now] = [read(was), read(is)];
  const closed = Object.keys(before ?? {}).find((target) => now !== undefined && !Object.hasOwn(now, target));
  return closed && `${layoutFile} no longer says when ${closed} was opened`;
}

function findDropped(path: string, was: Buffer, is: Buffer): string | undefined {
  const place = { path, shown: path };
  if (isPiecesPath(path)) {
    const kept = ignoreDamage(() => parsePieces(is, place).pieces.length);
    return kept !== undefined && kept < countPieces(was) ? `${path} has fewer pieces` : undefined;
  }
  const now = ignoreDamage(() => parseCopyFile(is, place).entries.length);
  return now !== undefined && now < countEntries(was) ? `${path} has fewer entries` : undefined;
}

function ignoreDamage<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}

/** What a branch lacks of what it had at an earlier commit. */
export interface BranchLoss {
  readonly branch: string;
  readonly remote: string;
  readonly tip: string | undefined;
  readonly earlier: string;
  readonly lost: string;
  readonly mark: string;
  readonly store: string;
  /** Where the earlier commit is kept: on the remote, or in this clone alone. */
  readonly kept: 'remote' | 'here';
}

/** Says what is lost, the way back, and how to go on without it. */
export function reportLoss({
  branch,
  remote,
  tip,
  earlier,
  lost,
  mark,
  store,
  kept,
}: BranchLoss): BroadsideError {
  const lease = tip === undefined ? '' : ` --force-with-lease=${branch}:${tip}`;
  const git = `git --git-dir="${store}"`;
  const back =
    kept === 'remote'
      ? `git fetch ${remote} ${mark} && git push${lease} ${remote} FETCH_HEAD:refs/heads/${branch}`
      : `${git} push${lease} "$(git remote get-url --push ${remote})" "$(${git} commit-tree -m Restored ${earlier}^{tree}):refs/heads/${branch}"`;
  return new BroadsideError(
    'LEDGER_LOST',
    tip === undefined
      ? `The branch ${branch} of ${remote}, which held the ledger, is gone.`
      : `The branch ${branch} of ${remote} no longer holds all of the ledger: ${lost}.`,
    {
      remedy: `Bring it back: ${back} — or, if you deleted it on purpose, forget it: git push ${remote} :${mark} && rm -r "${store}"`,
    },
  );
}
