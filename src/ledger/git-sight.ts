import { setTimeout as pause } from 'node:timers/promises';
import { BroadsideError } from '../base/errors.ts';
import { layoutFile } from './copy-path.ts';
import { findLoss, isRemembered, type ReadFile } from './find-loss.ts';
import type { Listing } from './git-objects.ts';
import type { Fetched, Store, Tips } from './git-store.ts';

/** How often a branch that seems to have lost something is looked at, because a server moves its two refs one after the other. */
const looksForLoss = 4;

/** The branch as it is at one commit, or before its first. */
interface Snapshot extends Tips {
  readonly files: Listing;
}

/** The ledger's branch as far as this process has seen it. */
export interface Sight {
  /** As it was when it was last looked at. */
  last(): Snapshot;
  /** Looks at the remote. Throws `LEDGER_LOST` and `LEDGER_UNREADABLE`. */
  refresh(store: Store, signal?: AbortSignal): Promise<Snapshot>;
  /** Loads files of a snapshot; each object is loaded once. */
  read(store: Store, files: Listing, paths: readonly string[]): Promise<ReadFile>;
}

/** Opens the sight of a branch, of which nothing has been seen yet. */
export function openSight(branch: string, remote: string): Sight {
  const contents = new Map<string, Buffer>();
  let snapshot: Snapshot = { tip: undefined, mark: undefined, files: new Map() };

  const refresh: Sight['refresh'] = async (store, signal) => {
    for (let looks = 1; ; looks += 1) {
      const seen = await store.fetch(signal);
      const loss = await takeOver(store, seen);
      if (loss === undefined) return snapshot;
      if (looks === looksForLoss) throw loss;
      await pause(100 * looks * (0.5 + Math.random()));
    }
  };

  /** Makes what was fetched the snapshot, or says what is lost of what was there before. */
  const takeOver = async (
    store: Store,
    { tip, mark, known }: Fetched,
  ): Promise<BroadsideError | undefined> => {
    if (tip === undefined) {
      const [earlier] = known;
      if (earlier !== undefined) return store.reportLoss({ tip, mark }, earlier, '');
      snapshot = { tip, mark, files: new Map() };
    } else if (tip === snapshot.tip && known.length === 0) {
      snapshot = { ...snapshot, mark };
    } else {
      const next = { tip, mark, files: await store.list(tip) };
      for (const earlier of known) {
        const lost = await findLost(store, earlier, next);
        if (lost !== undefined) return store.reportLoss(next, earlier, lost);
      }
      if (!next.files.has(layoutFile)) throw reportForeignBranch(branch, remote);
      store.accept(tip);
      snapshot = next;
    }
    return undefined;
  };

  /** What the branch no longer has of what it had at an earlier commit: lines are only ever added. */
  const findLost = async (
    store: Store,
    earlier: string,
    next: Snapshot & { readonly tip: string },
  ): Promise<string | undefined> => {
    const files = earlier === snapshot.tip ? snapshot.files : await store.list(earlier);
    const paths = [...files.keys()].filter(
      (path) => isRemembered(path) && next.files.get(path) !== files.get(path),
    );
    const before = await read(store, files, paths);
    const { lost, rewritten } = findLoss(paths, before, await read(store, next.files, paths));
    if (lost !== undefined || !rewritten) return lost;
    return (await store.follows(next.tip, earlier)) ? undefined : 'it has another history';
  };

  const read: Sight['read'] = async (store, files, paths) => {
    const ids = paths.map((path) => files.get(path)).filter((id) => id !== undefined && !contents.has(id));
    const loaded = await store.load([...new Set(ids.filter((id) => id !== undefined))]);
    for (const [id, bytes] of loaded) contents.set(id, bytes);
    return (path) => contents.get(files.get(path) ?? '');
  };

  return { last: () => snapshot, refresh, read };
}

function reportForeignBranch(branch: string, remote: string): BroadsideError {
  return new BroadsideError(
    'LEDGER_UNREADABLE',
    `The branch ${branch} of ${remote} holds something other than a ledger.`,
    {
      remedy: 'Set ledger.branch in the config to a name that is not taken.',
    },
  );
}
