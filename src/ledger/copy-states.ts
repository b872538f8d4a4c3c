import { stateKey, type CopyKey, type CopyState, type CopyStates } from '../model/ledger.ts';

/** A copy whose state is read when it is asked for. */
export interface FoldedCopy {
  readonly copy: CopyKey;
  /** When its last entry was made, ISO 8601 in UTC; empty where it has none. */
  readonly lastAt: string;
  /** The version of its entries; undefined if that is not certain. */
  readonly version: string | undefined;
  readonly isDamaged: boolean;
  readonly read: () => CopyState;
}

/** A copy whose state is known. */
export function foldedAs(state: CopyState, version?: string): FoldedCopy {
  const { copy, lastAt = '', unreadable } = state;
  return { copy, lastAt, version, isDamaged: unreadable !== undefined, read: () => state };
}

/** The states of all copies, by their keys. If two files are about one copy, a damaged one counts. */
export function indexFolded(copies: readonly FoldedCopy[]): CopyStates {
  const byKey = new Map<string, FoldedCopy>();
  let newest = '';
  for (const one of copies) {
    const key = stateKey(one.copy);
    if (byKey.get(key)?.isDamaged !== true) byKey.set(key, one);
    if (one.lastAt > newest) newest = one.lastAt;
  }
  function* listStates(): MapIterator<CopyState> {
    for (const one of byKey.values()) yield one.read();
  }
  function* listEntries(): MapIterator<[string, CopyState]> {
    for (const [key, one] of byKey) yield [key, one.read()];
  }
  const states: CopyStates = {
    size: byKey.size,
    newest,
    has: (key) => byKey.has(key),
    get: (key) => byKey.get(key)?.read(),
    versionOf: (key) => byKey.get(key)?.version,
    keys: () => byKey.keys(),
    values: listStates,
    entries: listEntries,
    [Symbol.iterator]: listEntries,
    forEach(work) {
      for (const [key, state] of listEntries()) work(state, key, states);
    },
  };
  return states;
}
