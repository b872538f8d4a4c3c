import { describeSite } from '../blog/describe-site.ts';
import { findExclusion, isOutAt } from '../blog/eligibility.ts';
import { listWritings } from '../blog/mailable.ts';
import { renderWriting } from '../blog/render-writing.ts';
import { BroadsideError, tellError } from '../base/errors.ts';
import { chooseTargets } from '../config/choose-targets.ts';
import { hasSenderEnded, newAttempt } from '../ledger/attempt.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { emptyState, intentInDoubt, stateKey } from '../model/ledger.ts';
import type { CopyState, CopyStates, Intent } from '../model/ledger.ts';
import type { PostId, Writing } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { CopySought, HoldingTarget, Observation, SendingTarget } from '../model/target.ts';
import { findLanding } from './flight.ts';
import { listOwners } from './list-owners.ts';
import { asSent, recordFound } from './record-found.ts';
import type { Workbench } from './workbench.ts';

/**
 * What became of one post on one target. `adopted`: a copy made elsewhere is recorded; `recorded`: one of our own whose
 * outcome was not known. `none`: the target has no copy. All others are left as they are, `note` says why.
 */
export interface Adoption {
  readonly target: string;
  readonly post: string;
  readonly result: 'adopted' | 'recorded' | 'none' | 'in flight' | 'renamed' | 'failed';
  readonly url?: string;
  readonly state?: string;
  readonly note?: string;
}

/** What was found out about one target, and recorded. */
export interface AdoptionSurvey {
  readonly target: string;
  /** Whether it was asked; if not, why. */
  readonly asked: boolean;
  readonly why?: string;
  readonly failed: boolean;
  /** Copies that the ledger had before. */
  readonly known: number;
  readonly adoptions: readonly Adoption[];
}

/** One target's survey, and what is wrong with posts whose copies could therefore not be recorded. */
export interface SurveyedTarget {
  readonly survey: AdoptionSurvey;
  readonly diagnostics: readonly Diagnostic[];
}

/** A copy that the ledger has no receipt of. */
interface Sought {
  readonly post: Writing;
  readonly state: CopyState;
  /** For a copy in doubt: what was about to be sent. */
  readonly intent: Intent | undefined;
}

/** What the targets are asked by. */
interface Grounds {
  readonly states: CopyStates;
  readonly site: Site;
}

/**
 * Records the copies that already exist, and publishes nothing: each target's survey as soon as it was asked, or only that of the one
 * that is named. Throws `TARGET_UNKNOWN`.
 */
export async function* adoptCopies(bench: Workbench, name?: string): AsyncGenerator<SurveyedTarget> {
  const targets = chooseTargets(bench.config, name).filter((target) => target.granularity !== 'feed');
  if (name !== undefined && targets.length === 0) {
    throw new BroadsideError('TARGET_UNKNOWN', `${name} holds no copies that could be adopted.`, {
      remedy: 'Name a target that holds one copy per post or letter.',
    });
  }
  const { states } = await bench.ledger.readStates();
  const site = describeSite(bench.config, bench.blog.posts, (post) => isOutAt(post, bench.now()), states);
  for (const target of targets) yield surveyTarget(bench, target, { states, site });
}

async function surveyTarget(
  bench: Workbench,
  target: HoldingTarget,
  grounds: Grounds,
): Promise<SurveyedTarget> {
  const { states } = grounds;
  const own = [...states.values()].filter(({ copy }) => copy.target === target.name);
  const known = own.filter(({ receipt }) => receipt !== undefined && receipt.state !== 'gone').length;
  const base = { target: target.name, known };
  if (target.by === 'hand' || !target.capabilities.observe) {
    await bench.ledger.open(target.name, bench.now());
    const why = describeByHand(target);
    return { survey: { ...base, asked: false, why, failed: false, adoptions: [] }, diagnostics: [] };
  }
  const sought = findSought(target, listWritings(target, bench.blog, bench.now()), states);
  const request = { now: bench.now(), isSenderGone: hasSenderEnded };
  const flying = sought.filter(({ state }) => findLanding(state, request) !== undefined);
  const asked = sought.filter((one) => !flying.includes(one));
  try {
    const owners = listOwners(states, target.name);
    const observations = await observeSought(bench, target, asked, owners, grounds);
    await bench.ledger.open(target.name, bench.now());
    const adopted = await Promise.all(
      asked.map((one, index) => adoptOne(bench, target, one, observations[index], owners, grounds)),
    );
    const adoptions = adopted.map(({ adoption }) => adoption);
    const waiting = flying.map(({ post, state }): Adoption => ({
      target: target.name,
      post: post.id,
      result: 'in flight',
      note: `another run has been sending it since ${intentInDoubt(state)?.at ?? ''}`,
    }));
    const failed = adoptions.some(({ result }) => result === 'failed' || result === 'renamed');
    return {
      survey: { ...base, asked: true, failed, adoptions: [...adoptions, ...waiting] },
      diagnostics: adopted.flatMap(({ diagnostics = [] }) => diagnostics),
    };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    const why = tellError(error);
    return { survey: { ...base, asked: false, why, failed: true, adoptions: [] }, diagnostics: [] };
  }
}

function describeByHand({ name }: HoldingTarget): string {
  return `it cannot be asked what it holds. Record a copy by hand: broadside resolve POST ${name} --url URL`;
}

/** The posts that may be on a target and whose copy is not recorded. */
function findSought(target: HoldingTarget, posts: readonly Writing[], states: CopyStates): readonly Sought[] {
  return posts.flatMap((post) => {
    const copy = { target: target.name, postId: post.id };
    const state = states.get(stateKey(copy)) ?? emptyState(copy);
    const intent = intentInDoubt(state);
    if (state.receipt !== undefined) return [];
    return intent === undefined && findExclusion(post, target) !== undefined ? [] : [{ post, state, intent }];
  });
}

async function observeSought(
  bench: Workbench,
  target: SendingTarget,
  asked: readonly Sought[],
  owners: ReadonlyMap<string, PostId>,
  { site }: Grounds,
): Promise<readonly Observation[]> {
  if (asked.length === 0) return [];
  const connection = await bench.connect(target);
  const copies: CopySought[] = [];
  for (const { post } of asked) {
    const copy = { postId: post.id, canonicalUrl: post.canonicalUrl, owners };
    // A letter has no address that it could be known by, so that its place and its subject have to do.
    const made =
      target.granularity === 'letter' && post.canonicalUrl === ''
        ? (await renderWriting(post.id, target, { ...bench, site })).shown
        : undefined;
    copies.push({ ...copy, ...(made && { rendition: made.rendition }) });
  }
  return connection.observe(copies, bench.signal);
}

/** What became of one copy. */
interface Adopted {
  readonly adoption: Adoption;
  /** What is wrong with a post that could not be rendered. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** Records what a target holds of one post. `owners`: the posts whose copies are recorded, by the target's id of them. */
async function adoptOne(
  bench: Workbench,
  target: HoldingTarget,
  { post, state, intent }: Sought,
  seen: Observation | undefined,
  owners: ReadonlyMap<string, string>,
  { site }: Grounds,
): Promise<Adopted> {
  const base = { target: target.name, post: post.id };
  const fail = (note: string): Adopted => ({ adoption: { ...base, result: 'failed', note } });
  if (seen === undefined || seen.seen === 'unknown') return fail(seen?.why ?? 'the target did not say');
  if (seen.seen === 'absent') return { adoption: { ...base, result: 'none' } };
  const owner = owners.get(seen.remoteId);
  if (owner !== undefined) {
    const note = `its copy is recorded under "${owner}"; set "id: ${owner}" in its front matter`;
    return { adoption: { ...base, result: 'renamed', url: seen.url, note } };
  }
  const { diagnostics, shown: made } = await renderWriting(post.id, target, { ...bench, site });
  if (made === undefined) {
    return { ...fail(diagnostics[0]?.message ?? 'the post cannot be read'), diagnostics };
  }
  // A copy made elsewhere counts as made of the post as it is now.
  const rendition = intent === undefined ? made.rendition : asSent(made.rendition, intent);
  const origin = intent === undefined ? 'elsewhere' : 'own';
  const { copy, length } = state;
  try {
    const recorder = { ...bench, newAttempt, by: bench.actor };
    if ((await recordFound(recorder, { copy, length, origin, found: seen, rendition })) === 'moved')
      return fail('another run has changed this copy meanwhile');
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return fail(tellError(error));
  }
  const { url, state: remote } = seen;
  const result = intent === undefined ? 'adopted' : 'recorded';
  return { adoption: { ...base, result, url, state: remote } };
}
