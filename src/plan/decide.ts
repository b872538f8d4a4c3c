import type { Diagnostic } from '../model/diagnostic.ts';
import type { CopyState } from '../model/ledger.ts';
import type { Action } from '../model/plan.ts';
import type { Inputs, Rendition } from '../model/rendition.ts';
import { hold, holdUnsupported, keep } from './actions.ts';
import type { Candidate } from './candidate.ts';
import { changedInputs, describeChanges } from './changes.ts';
import type { PlanRequest } from './request.ts';

/**
 * Keeps a copy whose inputs are foreseen to be those it was last sent with, so that its rendition is not needed; undefined
 * where only the rendition can tell. What a target names as fixed follows from the post's source.
 */
export function keepForeseen(
  { post, target, state, need }: Candidate,
  inputs: Inputs,
  request: PlanRequest,
): Action | undefined {
  const { receipt } = state;
  if (need !== 'compare' || receipt === undefined || request.refresh) return undefined;
  if (request.take !== undefined && request.named.has(post.id)) return undefined;
  if (receipt.canonicalUrl !== post.canonicalUrl) return undefined;
  const changed = changedInputs(receipt.inputs, inputs);
  return changed.every((name) => target.capabilities.fixed.includes(name) && !(name in inputs))
    ? keep(state)
    : undefined;
}

/** What a candidate needs, now that its rendition is there; observing may still change it. */
export function decideCandidate(
  candidate: Candidate,
  rendition: Rendition,
  problems: readonly Diagnostic[],
  request: PlanRequest,
): Action {
  const { post, target, state } = candidate;
  const common = {
    target: target.name,
    postId: post.id,
    ledgerLength: state.length,
    inputs: rendition.inputs,
    fingerprint: rendition.fingerprint,
    references: rendition.references,
  };
  const missed = candidate.missed !== undefined && { missed: candidate.missed };
  const fresh: Action = { verb: 'create', reason: 'new', ...common, ...missed, rendition };
  const isGone = state.receipt?.state === 'gone';
  const create = isGone ? bringBack(state, fresh) : fresh;
  const isThere = state.receipt !== undefined && !isGone;
  const problem = problems.find((one) => one.severity === 'error');
  if (candidate.need === 'settle') {
    if (problem !== undefined) return holdUnsupported(state, problem);
    return isThere ? updateOf(state, create, 'post') : create;
  }

  const named = request.named.has(post.id);
  const refused =
    !named && state.refusal && changedInputs(state.refusal.inputs, rendition.inputs).length === 0;
  if (state.receipt === undefined || isGone) {
    if (problem !== undefined) return holdUnsupported(state, problem);
    return refused === true ? refusedAgain(state) : (candidate.wait ?? create);
  }

  const changed = changedInputs(state.receipt.inputs, rendition.inputs);
  const adopted = state.receipt.verb === 'adopt';
  const asked = request.refresh || (named && request.take !== undefined);
  const shown = state.receipt.references;
  const shrank = shown.some((id) => !rendition.references.includes(id));
  const grew = rendition.references.some((id) => !shown.includes(id));
  const counts = adopted
    ? changed.includes('source')
    : changed.some((name) => name !== 'navigation' || (request.backfill && (grew || !shrank)));
  const differs = state.receipt.fingerprint !== rendition.fingerprint;
  if (!asked && (!counts || (!differs && !adopted))) return keep(state);
  if (request.refresh && !differs && request.take === undefined) return keep(state);
  if (problem !== undefined) return holdUnsupported(state, problem);
  if (refused === true) return refusedAgain(state);
  if (target.capabilities.update === 'named' && !(named && request.targetNamed)) {
    return keep(state, `changed, but ${target.name} is only updated when post and target are named`);
  }
  const { fixed } = target.capabilities;
  const stays = changed.filter((name) => fixed.includes(name));
  const note = describeChanges(changed.filter((name) => !fixed.includes(name))) || 'a new rendering';
  return updateOf(
    state,
    keepFixed(create, state.receipt.inputs, fixed),
    stays.length === 0
      ? note
      : `${note}; the ${describeChanges(stays)} stays as it was sent, unless the copy is retracted and published with --again`,
  );
}

/** Leaves the inputs that an update cannot change as they were, since that is what readers go on seeing. */
function keepFixed(action: Action, before: Inputs, fixed: readonly string[]): Action {
  const { rendition } = action;
  if (rendition === undefined) return action;
  const kept = Object.entries(before).filter(([name]) => fixed.includes(name));
  const inputs = { ...rendition.inputs, ...Object.fromEntries(kept) };
  return { ...action, inputs, rendition: { ...rendition, inputs } };
}

function updateOf(state: CopyState, create: Action, note: string): Action {
  if (state.receipt === undefined) return create;
  return {
    ...create,
    verb: 'update',
    reason: 'changed',
    note,
    remoteId: state.receipt.remoteId,
    url: state.receipt.url,
  };
}

function bringBack(state: CopyState, create: Action): Action {
  if (state.receipt === undefined) return create;
  const { remoteId, url } = state.receipt;
  return { ...create, reason: 'again', note: 'it had been retracted', remoteId, url };
}

function refusedAgain(state: CopyState): Action {
  const said = state.refusal?.failure.message ?? 'the target said no';
  return hold(state, 'refused', `${said.replace(/\.$/, '')}; change the post, or name it to try again`);
}
