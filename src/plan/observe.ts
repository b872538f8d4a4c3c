import { stateKey } from '../model/ledger.ts';
import type { Action } from '../model/plan.ts';
import type { Connection, Observation } from '../model/target.ts';

/** Asks one target about the copies that a plan would create or change, or that are doubtful. */
export async function observeActions(
  connection: Connection,
  actions: readonly Action[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Observation>> {
  if (actions.length === 0) return new Map();
  const observations = await connection.observe(
    actions.map((action) => ({
      postId: action.postId,
      canonicalUrl: action.rendition?.canonicalUrl ?? '',
      ...(action.remoteId !== undefined && { remoteId: action.remoteId }),
    })),
    signal,
  );
  return new Map(
    actions.map((action, index) => [
      stateKey(action),
      observations[index] ?? { seen: 'unknown', why: 'the target did not say' },
    ]),
  );
}
