import type { Diagnostic } from '../model/diagnostic.ts';
import type { CopyState, Receipt } from '../model/ledger.ts';
import type { CopyAction, CopyActionOf, CopySubject } from '../model/plan.ts';
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
  { subject, writing, target, state, need }: Candidate,
  inputs: Inputs,
  request: PlanRequest,
): CopyActionOf<'keep'> | undefined {
  const { receipt } = state;
  if (need !== 'compare' || receipt === undefined || request.refresh) return undefined;
  if (request.take !== undefined && request.named.has(writing.id)) return undefined;
  if (receipt.canonicalUrl !== writing.canonicalUrl) return undefined;
  const changed = changedInputs(receipt.inputs, inputs);
  return changed.every((name) => target.fixed.includes(name) && !(name in inputs))
    ? keep(subject, state)
    : undefined;
}

/** What a candidate needs, now that its rendition is there; observing may still change it. */
export function decideCandidate(
  candidate: Candidate,
  rendition: Rendition,
  problems: readonly Diagnostic[],
  request: PlanRequest,
): CopyAction {
  const { subject, writing, target, state, missed, need, wait } = candidate;
  const { receipt } = state;
  const create = {
    verb: 'create',
    reason: 'new',
    ...describeStep(subject, state),
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
  if (problem !== undefined) return holdUnsupported(subject, state, problem);
  if (isThere) return updateOf(candidate, receipt, rendition, nameWriting(target));
  if (need === 'settle') return fresh;
  return isRefused(state, rendition) && !request.named.has(writing.id)
    ? refusedAgain(subject, state)
    : (wait ?? fresh);
}

/** What an existing copy needs: nothing, or an update. */
function decideChange(
  candidate: Candidate,
  receipt: Receipt,
  rendition: Rendition,
  problem: Diagnostic | undefined,
  request: PlanRequest,
): CopyAction {
  const { subject, writing, target, state } = candidate;
  const named = request.named.has(writing.id);
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
  if (!asked && (!counts || (!differs && !adopted))) return keep(subject, state);
  if (receipt.state === 'sent') return keep(subject, state, sentNote);
  if (request.refresh && !differs && request.take === undefined) return keep(subject, state);
  if (problem !== undefined) return holdUnsupported(subject, state, problem);
  if (isRefused(state, rendition) && !named) return refusedAgain(subject, state);
  if (target.by === 'program' && target.capabilities.update === 'named' && !(named && request.targetNamed)) {
    return keep(subject, state, `changed, but ${target.name} is only updated when post and target are named`);
  }
  if (target.by === 'program' && findRemoteId(target, receipt) === '') {
    const where = `"broadside resolve ${writing.id} ${target.name} --url URL"`;
    return keep(subject, state, `changed, but nobody recorded where the copy is: first run ${where}`);
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

/** Leaves the inputs that an update cannot change as they were, because readers go on seeing those. */
export function keepFixed(rendition: Rendition, before: Inputs, fixed: readonly string[]): Rendition {
  const kept = Object.entries(before).filter(([name]) => fixed.includes(name));
  return { ...rendition, inputs: { ...rendition.inputs, ...Object.fromEntries(kept) } };
}

/** Holds a copy that the target could not show as it should. */
export function holdUnsupported(subject: CopySubject, state: CopyState, fault: Diagnostic): CopyAction {
  return hold(subject, state, 'unsupported', explainUnsupported(fault));
}

function updateOf(
  { subject, target, state }: Candidate,
  receipt: Receipt,
  rendition: Rendition,
  note: string,
): CopyAction {
  const place = { remoteId: findRemoteId(target, receipt), url: receipt.url };
  return { verb: 'update', reason: 'changed', note, ...describeStep(subject, state), ...place, rendition };
}

/** Whether the target has refused a rendition with the same inputs. */
function isRefused({ refusal }: CopyState, { inputs }: Rendition): boolean {
  return refusal !== undefined && changedInputs(refusal.inputs, inputs).length === 0;
}

function refusedAgain(subject: CopySubject, state: CopyState): CopyAction {
  const said = state.refusal?.failure.message ?? 'the target refused it';
  return hold(
    subject,
    state,
    'refused',
    `${said.replace(/\.$/, '')}; change the post, or name it to try again`,
  );
}
