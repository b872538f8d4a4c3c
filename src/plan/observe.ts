import { BroadsideError } from '../base/errors.ts';
import { intentInDoubt, stateKey, type CopyStates } from '../model/ledger.ts';
import { copyOf, idOf, type CopyAction, type CopyActionOf, type Plan } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';
import {
  isConnected,
  type Connection,
  type HoldingTarget,
  type Observation,
  type SendingTarget,
} from '../model/target.ts';
import { stateOf } from './actions.ts';
import { compareBodies } from './compare-bodies.ts';
import { describeLead, measureLead, takeLead } from './flight.ts';
import { awaitEarlier } from './keep-order.ts';
import { listOwners } from './list-owners.ts';
import type { PlanRequest } from './request.ts';
import { settleAction } from './settle.ts';
import type { Workbench } from './workbench.ts';

/** What is left of actions once their targets were asked, and what publishing them needs. */
export interface Observed {
  readonly actions: readonly CopyAction[];
  readonly connections: ReadonlyMap<string, Connection>;
  /** By how many milliseconds this machine's clock is ahead of a target's, by name; only where that counts. */
  readonly leads: ReadonlyMap<string, number>;
  /** Why a target could not be opened or asked, by name. */
  readonly closed: ReadonlyMap<string, BroadsideError>;
}

/** Asks each target about the copies that it would be sent or that are doubtful, and settles these by its answer. */
export async function observeTargets(
  bench: Pick<Workbench, 'connect' | 'ledger' | 'now' | 'report' | 'signal'>,
  targets: readonly HoldingTarget[],
  actions: readonly CopyAction[],
  states: CopyStates,
  request: PlanRequest,
): Promise<Observed> {
  const connections = new Map<string, Connection>();
  const closed = new Map<string, BroadsideError>();
  const leads = new Map<string, number>();
  const settled = await Promise.all(
    targets.map(async (target) => {
      const own = actions.filter((action) => action.target === target.name);
      const acting = own.filter(isSent);
      if (target.by === 'hand' || acting.length === 0) return own;
      try {
        const connection = await bench.connect(target);
        connections.set(target.name, connection);
        if (!target.capabilities.observe) return own;
        const observations = await observeActions(
          connection,
          acting,
          listOwners(states, target.name),
          bench.signal,
        );
        const lead = compareClocks(target, connection, bench);
        leads.set(target.name, lead);
        const asked = { ...request, now: takeLead(request.now, lead) };
        return await settleActions(own, observations, states, asked, bench);
      } catch (error) {
        if (!(error instanceof BroadsideError)) throw error;
        closed.set(target.name, error);
        if (!target.capabilities.observe) return own;
        return own.map((action) => (isSent(action) ? { ...action, unobserved: true } : action));
      }
    }),
  );
  return { actions: awaitEarlier(settled.flat(), states), connections, closed, leads };
}

function isSent(action: CopyAction): action is CopyActionOf<'create' | 'update'> {
  return action.verb === 'create' || action.verb === 'update';
}

/** Asks one target about the copies that a plan would create or change, or that are doubtful. */
async function observeActions(
  connection: Connection,
  actions: readonly CopyActionOf<'create' | 'update'>[],
  owners: ReadonlyMap<string, PostId>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Observation>> {
  const observations = await connection.observe(
    actions.map((action) => ({
      postId: idOf(action),
      canonicalUrl: action.rendition.canonicalUrl,
      rendition: action.rendition,
      owners,
      ...('remoteId' in action && { remoteId: action.remoteId }),
    })),
    signal,
  );
  return new Map(
    actions.map((action, index) => [
      stateKey(copyOf(action)),
      leaveToOwner(action, observations[index], owners),
    ]),
  );
}

/**
 * What a target found of a copy that is not on record, unless it is the recorded copy of another post: two posts would overwrite
 * each other.
 */
function leaveToOwner(
  action: CopyActionOf<'create' | 'update'>,
  observation: Observation = { seen: 'unknown', why: 'the target did not say' },
  owners: ReadonlyMap<string, PostId>,
): Observation {
  if ('remoteId' in action || observation.seen !== 'present') return observation;
  const { remoteId: found, risk } = observation;
  const owner = owners.get(found);
  if (owner === undefined || owner === idOf(action)) return observation;
  return { seen: 'absent', ...(risk !== undefined && { risk }) };
}

async function settleActions(
  actions: readonly CopyAction[],
  observations: ReadonlyMap<string, Observation>,
  states: CopyStates,
  request: PlanRequest,
  { ledger }: Pick<Workbench, 'ledger'>,
): Promise<readonly CopyAction[]> {
  return Promise.all(
    actions.map(async (action) => {
      const observation = observations.get(stateKey(copyOf(action)));
      if (observation === undefined || !isSent(action)) return action;
      const state = stateOf(states, copyOf(action));
      const intent = intentInDoubt(state);
      const intended = intent && (await ledger.readBody(intent.fingerprint));
      const settled = settleAction(action, state, observation, request, intended);
      if (settled.verb !== 'hold' || settled.reason !== 'drifted' || state.receipt === undefined)
        return settled;
      const diff = await compareBodies(ledger, state.receipt, observation);
      return { ...settled, ...(diff !== undefined && { diff }) };
    }),
  );
}

/** How many milliseconds this machine's clock is ahead of that of a target that has just answered. It is reported if it matters. */
function compareClocks(
  { name }: SendingTarget,
  connection: Connection,
  { now, report }: Pick<Workbench, 'now' | 'report'>,
): number {
  const told = connection.tellTime?.();
  const lead = told === undefined ? 0 : measureLead(now(), told);
  if (lead !== 0) report(`${describeLead(lead, name)}\n`);
  return lead;
}

/** Opens the targets that a plan made before would send something to. */
export async function openPlanned(bench: Workbench, plan: Plan): Promise<Omit<Observed, 'actions'>> {
  const connections = new Map<string, Connection>();
  const closed = new Map<string, BroadsideError>();
  const leads = new Map<string, number>();
  const wanted = bench.config.targets.filter(
    (target): target is SendingTarget =>
      isConnected(target) &&
      plan.actions.some((action) => action.target === target.name && 'rendition' in action),
  );
  for (const target of wanted) {
    try {
      const connection = await bench.connect(target);
      connections.set(target.name, connection);
      await connection.observe([], bench.signal);
      leads.set(target.name, compareClocks(target, connection, bench));
    } catch (error) {
      if (!(error instanceof BroadsideError)) throw error;
      closed.set(target.name, error);
    }
  }
  return { connections, closed, leads };
}
