import type { Diagnostic } from '../model/diagnostic.ts';
import type { CopyState, Receipt } from '../model/ledger.ts';
import type { PostAction, PostActionOf } from '../model/plan.ts';
import type { Inputs, Rendition } from '../model/rendition.ts';
import { describeStep, explainUnsupported, hold, keep, nameWriting, sentNote } from './actions.ts';
import type { Candidate } from './candidate.ts';
import { changedInputs, describeChanges } from './changes.ts';
import { findRemoteId } from './copy-address.ts';
import type { PlanRequest } from './request.ts';

/**
 * Keeps a copy whose inputs are foreseen to be those it was last sent with, so that its rendition is not needed; undefined
 * where only the rendition can tell. What a target names as fixed follows from the post's source.
 */
export function keepForeseen(
  { post, target, state, need }: Candidate,
  inputs: Inputs,
  request: PlanRequest,
): PostActionOf<'keep'> | undefined {
  const { receipt } = state;
  if (need !== 'compare' || receipt === undefined || request.refresh) return undefined;
  if (request.take !== undefined && request.named.has(post.id)) return undefined;
  if (receipt.canonicalUrl !== post.canonicalUrl) return undefined;
  const changed = changedInputs(receipt.inputs, inputs);
  return changed.every((name) => target.fixed.includes(name) && !(name in inputs)) ? keep(state) : undefined;
}

/** What a candidate needs, now that its rendition is there; observing may still change it. */
export function decideCandidate(
  candidate: Candidate,
  rendition: Rendition,
  problems: readonly Diagnostic[],
  request: PlanRequest,
): PostAction {
  const { post, target, state, missed, need, wait } = candidate;
  const { receipt } = state;
  const create = {
    verb: 'create',
    reason: 'new',
    ...describeStep(state),
    ...(missed !== undefined && { missed }),
    rendition,
  } as const;
  const back = {
    ...create,
    reason: 'again',
    note: 'it had been retracted',
    ...(receipt && { remoteId: findRemoteId(target, receipt), url: receipt.url }),
  } as const;
  const fresh = receipt?.state === 'gone' ? back : create;
  const isThere = receipt !== undefined && receipt.state !== 'gone';
  const problem = problems.find((one) => one.severity === 'error');
  if (isThere && need !== 'settle') return decideChange(candidate, receipt, rendition, problem, request);
  if (problem !== undefined) return holdUnsupported(state, problem);
  if (isThere) return updateOf(candidate, receipt, rendition, nameWriting(target));
  if (need === 'settle') return fresh;
  return isRefused(state, rendition) && !request.named.has(post.id) ? refusedAgain(state) : (wait ?? fresh);
}

/** What a copy that is there needs: nothing, or an update. */
function decideChange(
  candidate: Candidate,
  receipt: Receipt,
  rendition: Rendition,
  problem: Diagnostic | undefined,
  request: PlanRequest,
): PostAction {
  const { post, target, state } = candidate;
  const named = request.named.has(post.id);
  const differing = changedInputs(receipt.inputs, rendition.inputs);
  const asksPerson = target.by === 'hand' && !named && !request.refresh;
  // Nobody is to paste all their copies anew because an option was changed.
  const changed = asksPerson ? differing.filter((name) => name !== 'options') : differing;
  const adopted = receipt.verb === 'adopt' || (receipt.by !== undefined && target.by === 'program');
  const asked = request.refresh || (named && request.take !== undefined);
  const shown = receipt.references;
  const shrank = shown.some((id) => !rendition.references.includes(id));
  const grew = rendition.references.some((id) => !shown.includes(id));
  const counts = adopted
    ? changed.includes('source')
    : changed.some((name) => name !== 'navigation' || (request.backfill && (grew || !shrank)));
  const differs = receipt.fingerprint !== rendition.fingerprint;
  if (!asked && (!counts || (!differs && !adopted))) return keep(state);
  if (receipt.state === 'sent') return keep(state, sentNote);
  if (request.refresh && !differs && request.take === undefined) return keep(state);
  if (problem !== undefined) return holdUnsupported(state, problem);
  if (isRefused(state, rendition) && !named) return refusedAgain(state);
  if (target.by === 'program' && target.capabilities.update === 'named' && !(named && request.targetNamed)) {
    return keep(state, `changed, but ${target.name} is only updated when post and target are named`);
  }
  if (target.by === 'program' && findRemoteId(target, receipt) === '') {
    const where = `"broadside resolve ${post.id} ${target.name} --url URL"`;
    return keep(state, `changed, but nobody noted where the copy is; ${where} does`);
  }
  const { fixed } = target;
  const stays = changed.filter((name) => fixed.includes(name));
  const note =
    describeChanges(
      changed.filter((name) => !fixed.includes(name)),
      nameWriting(target),
    ) || 'a new rendering';
  return updateOf(
    candidate,
    receipt,
    keepFixed(rendition, receipt.inputs, fixed),
    stays.length === 0
      ? note
      : `${note}; the ${describeChanges(stays)} stays as it was sent, unless the copy is retracted and published with --again`,
  );
}

/** Leaves the inputs that an update cannot change as they were, since that is what readers go on seeing. */
export function keepFixed(rendition: Rendition, before: Inputs, fixed: readonly string[]): Rendition {
  const kept = Object.entries(before).filter(([name]) => fixed.includes(name));
  return { ...rendition, inputs: { ...rendition.inputs, ...Object.fromEntries(kept) } };
}

/** Holds a copy that the target could not show as it should. */
export function holdUnsupported(state: CopyState, fault: Diagnostic): PostAction {
  return hold(state, 'unsupported', explainUnsupported(fault));
}

function updateOf(
  { target, state }: Candidate,
  receipt: Receipt,
  rendition: Rendition,
  note: string,
): PostAction {
  const place = { remoteId: findRemoteId(target, receipt), url: receipt.url };
  return { verb: 'update', reason: 'changed', note, ...describeStep(state), ...place, rendition };
}

/** Whether the target has refused what was made from the same. */
function isRefused({ refusal }: CopyState, { inputs }: Rendition): boolean {
  return refusal !== undefined && changedInputs(refusal.inputs, inputs).length === 0;
}

function refusedAgain(state: CopyState): PostAction {
  const said = state.refusal?.failure.message ?? 'the target said no';
  return hold(state, 'refused', `${said.replace(/\.$/, '')}; change the post, or name it to try again`);
}
