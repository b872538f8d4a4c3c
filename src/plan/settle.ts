import { intentInDoubt, type CopyState, type Intent } from '../model/ledger.ts';
import { idOf, type CopyAction, type CopyActionOf } from '../model/plan.ts';
import type { Observation } from '../model/target.ts';
import { awaitLanding, describeStep, hold, keep, sentNote } from './actions.ts';
import { hasDrifted } from './changes.ts';
import { findLanding } from './flight.ts';
import { asSent } from './record-found.ts';
import type { PlanRequest } from './request.ts';

type Present = Extract<Observation, { readonly seen: 'present' }>;

/**
 * What an action becomes once the target has said what it holds. `intendedBody` is the body of a request whose outcome
 * is in doubt. The request's `now` is by the target's clock.
 */
export function settleAction(
  action: CopyActionOf<'create' | 'update'>,
  state: CopyState,
  observation: Observation,
  request: PlanRequest,
  intendedBody?: string,
): CopyAction {
  const settled = settleSeen(action, state, observation, request, intendedBody);
  const sends = settled.verb === 'create' || settled.verb === 'update';
  const risk = observation.seen === 'unknown' ? undefined : observation.risk;
  if (!sends || risk === undefined || request.named.has(idOf(action))) return settled;
  return hold(action, state, 'sends-now', `${risk}; name the letter to go on`);
}

function settleSeen(
  action: CopyActionOf<'create' | 'update'>,
  state: CopyState,
  observation: Observation,
  request: PlanRequest,
  intendedBody?: string,
): CopyAction {
  const landing = findLanding(state, request);
  if (landing !== undefined) return awaitLanding(action, state, landing);
  if (observation.seen === 'unknown') return { ...action, unobserved: true };
  const intent = intentInDoubt(state);
  if (state.receipt === undefined) {
    if (observation.seen === 'absent') return action;
    return intent === undefined
      ? adoptFound(action, state, observation, 'elsewhere', describeFound(action))
      : adoptFound(sentBy(action, intent), state, observation, 'own', 'the target did take it');
  }
  if (observation.seen === 'absent') {
    if (action.reason === 'again') {
      const { remoteId: _gone, url: _nowhere, ...anew } = action;
      return anew;
    }
    return hold(action, state, 'removed', 'the target no longer has it; retract it to settle the record');
  }
  if (observation.state === 'sent' && intent === undefined && action.reason !== 'again')
    return keep(action, state, sentNote);
  if (hasDrifted(state.receipt, observation)) {
    if (intent !== undefined && intendedBody !== undefined && observation.body === intendedBody) {
      return adoptFound(sentBy(action, intent), state, observation, 'own', 'the target did take the change');
    }
    if (request.take === 'remote') {
      return adoptFound(action, state, observation, 'edited', 'the edit on the target is accepted');
    }
    if (request.take === undefined) {
      return hold(
        action,
        state,
        'drifted',
        state.receipt.by === undefined
          ? 'edited by hand on the target; --take source overwrites, --take remote accepts'
          : 'made by hand on the target; --take source overwrites, --take remote accepts',
      );
    }
    return overwrite(sendThere(action, observation));
  }
  const same = state.receipt.fingerprint === action.rendition.fingerprint;
  if (same && intent === undefined && action.reason !== 'again') return keep(action, state);
  return sendThere(action, observation);
}

/** Sends a copy that is not new to where the target says that it is. */
function sendThere(
  action: CopyActionOf<'create' | 'update'>,
  { remoteId, url }: Present,
): CopyActionOf<'create' | 'update'> {
  return action.reason === 'new' ? action : { ...action, remoteId, url };
}

/** Says that this overwrites what somebody wrote on the target. */
function overwrite<Given extends CopyActionOf<'create' | 'update'>>(action: Given): Given {
  const loss = 'overwrites what was edited by hand on the target';
  return { ...action, note: action.note === undefined ? loss : `${action.note}; ${loss}` };
}

function adoptFound(
  action: CopyActionOf<'create' | 'update'>,
  known: CopyState,
  seen: Present,
  origin: CopyActionOf<'adopt'>['origin'],
  note: string,
): CopyActionOf<'adopt'> {
  const { missed, requires } = action.verb === 'create' ? action : {};
  const { remoteId, url, state, echo, body } = seen;
  return {
    verb: 'adopt',
    reason: 'found',
    note,
    ...describeStep(action, known),
    ...(missed !== undefined && { missed }),
    ...(requires && { requires }),
    remoteId,
    url,
    origin,
    found: { state, echo, ...(body !== undefined && { body }) },
    rendition: action.rendition,
  };
}

function describeFound({ rendition }: CopyActionOf<'create' | 'update'>): string {
  return rendition.canonicalUrl === ''
    ? 'this letter is already there'
    : 'a copy with this canonical URL is already there';
}

/** The found copy was made by an earlier request, perhaps before the post was edited again. */
function sentBy<Given extends CopyActionOf<'create' | 'update'>>(action: Given, intent: Intent): Given {
  return { ...action, rendition: asSent(action.rendition, intent) };
}
