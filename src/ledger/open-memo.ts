import { digestList } from '../base/digest.ts';
import { openMemo, type Memo } from '../base/memo.ts';
import type { CopyState } from '../model/ledger.ts';
import type { LedgerChoice } from './choice.ts';

/** Opens what earlier runs folded of a blog's ledger, kept as files, on a branch or in a database; `root` is the blog's folder, absolute. */
export function openLedgerMemo(
  root: string,
  kind: 'file' | 'git' | 'postgres',
  { path, branch, remote = 'origin', schema = '' }: LedgerChoice,
): Memo<CopyState> {
  const key = digestList([kind, path, branch, remote, schema]);
  return openMemo(root, `ledger-${key.slice(0, 8)}`, key);
}
