import type { CopyState, CopyStates } from '../src/model/ledger.ts';
import { stateKey } from '../src/model/ledger.ts';

/** The states of all copies, by their keys. Of two files that tell of one copy, one that is damaged counts. */
export function indexStates(states: readonly CopyState[]): CopyStates {
  const gathered = new Map<string, CopyState>();
  for (const state of states) {
    const key = stateKey(state.copy);
    if (gathered.get(key)?.unreadable === undefined) gathered.set(key, state);
  }
  return gathered;
}
