import { describeSite } from '../../blog/describe-site.ts';
import { listWritings } from '../../blog/mailable.ts';
import { renderWriting } from '../../blog/render-writing.ts';
import { BroadsideError, tellError } from '../../base/errors.ts';
import { hasSenderEnded, newAttempt } from '../../ledger/attempt.ts';
import { emptyState, intentInDoubt, stateKey } from '../../model/ledger.ts';
import type { CopyState, CopyStates, Intent } from '../../model/ledger.ts';
import type { PostId, Writing } from '../../model/post.ts';
import type { Site } from '../../model/site.ts';
import type { CopySought, HoldingTarget, Observation, SendingTarget } from '../../model/target.ts';
import { findExclusion, isOutAt } from '../../blog/eligibility.ts';
import { findLanding } from '../../plan/flight.ts';
import { listOwners } from '../../plan/list-owners.ts';
import { asSent, recordFound } from '../../plan/record-found.ts';
import { reportDiagnostics } from '../../report/diagnostics.ts';
import type { Shell } from '../../base/shell.ts';
import { cleanForTerminal } from '../../base/terminal.ts';
import { chooseTargets } from '../../config/choose-targets.ts';
import { openWorkbench } from '../../workbench/open.ts';
import type { Workbench } from '../../plan/workbench.ts';

export interface AdoptArguments {
  readonly config: string;
  readonly target?: string | undefined;
}

/**
 * What became of one post on one target. `adopted`: a copy made elsewhere is recorded; `recorded`: one of our own whose
 * outcome was not known. `none`: the target has no copy. All others are left as they are, `note` says why.
 */
interface Adoption {
  readonly target: string;
  readonly post: string;
  readonly result: 'adopted' | 'recorded' | 'none' | 'in flight' | 'renamed' | 'failed';
  readonly url?: string;
  readonly state?: string;
  readonly note?: string;
}

/** What was found out about one target. */
interface Survey {
  readonly target: string;
  /** Whether it was asked; if not, why. */
  readonly asked: boolean;
  readonly why?: string;
  readonly failed: boolean;
  /** Copies that the ledger had before. */
  readonly known: number;
  readonly adoptions: readonly Adoption[];
}

/** A copy that the ledger has no receipt of. */
interface Sought {
  readonly post: Writing;
  readonly state: CopyState;
  /** For a copy in doubt: what was about to be sent. */
  readonly intent: Intent | undefined;
}

/** Runs `broadside adopt`: records the copies that already exist, and publishes nothing. Returns the exit code. */
export async function runAdopt(args: AdoptArguments, shell: Shell): Promise<number> {
  const bench = await openWorkbench(args, shell);
  const targets = chooseTargets(bench.config, args.target).filter((target) => target.granularity !== 'feed');
  if (args.target !== undefined && targets.length === 0) {
    throw new BroadsideError('TARGET_UNKNOWN', `${args.target} holds no copies that could be adopted.`, {
      remedy: 'Name a target that holds one copy per post or letter.',
    });
  }
  const { states } = await bench.ledger.readStates();
  const site = describeSite(bench.config, bench.blog.posts, (post) => isOutAt(post, shell.now()), states);
  const surveys: Survey[] = [];
  for (const target of targets) {
    const survey = await surveyTarget(bench, target, states, site, shell);
    surveys.push(survey);
    if (shell.format !== 'json') printSurvey(survey, shell);
  }
  if (shell.format === 'json') shell.print(`${JSON.stringify({ targets: surveys }, null, 2)}\n`);
  return surveys.some(({ failed }) => failed) ? 1 : 0;
}

async function surveyTarget(
  bench: Workbench,
  target: HoldingTarget,
  states: CopyStates,
  site: Site,
  shell: Shell,
): Promise<Survey> {
  const own = [...states.values()].filter(({ copy }) => copy.target === target.name);
  const known = own.filter(({ receipt }) => receipt !== undefined && receipt.state !== 'gone').length;
  const base = { target: target.name, known };
  if (target.by === 'hand' || !target.capabilities.observe) {
    await bench.ledger.open(target.name, shell.now());
    return { ...base, asked: false, why: describeByHand(target), failed: false, adoptions: [] };
  }
  const sought = findSought(target, listWritings(target, bench.blog, shell.now()), states);
  const request = { now: shell.now(), isSenderGone: hasSenderEnded };
  const flying = sought.filter(({ state }) => findLanding(state, request) !== undefined);
  const asked = sought.filter((one) => !flying.includes(one));
  try {
    const owners = listOwners(states, target.name);
    const observations = await observeSought(bench, target, asked, owners, site, shell);
    await bench.ledger.open(target.name, shell.now());
    const adoptions = await Promise.all(
      asked.map((one, index) => settle(bench, target, one, observations[index], owners, site, shell)),
    );
    const waiting = flying.map(({ post, state }): Adoption => ({
      target: target.name,
      post: post.id,
      result: 'in flight',
      note: `another run has been sending it since ${intentInDoubt(state)?.at ?? ''}`,
    }));
    const failed = adoptions.some(({ result }) => result === 'failed' || result === 'renamed');
    return { ...base, asked: true, failed, adoptions: [...adoptions, ...waiting] };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return { ...base, asked: false, why: tellError(error), failed: true, adoptions: [] };
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
  site: Site,
  shell: Shell,
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
  return connection.observe(copies, shell.signal);
}

/** Records what a target holds of one post. `owners`: the posts whose copies are recorded, by the target's id of them. */
async function settle(
  bench: Workbench,
  target: HoldingTarget,
  { post, state, intent }: Sought,
  seen: Observation | undefined,
  owners: ReadonlyMap<string, string>,
  site: Site,
  shell: Shell,
): Promise<Adoption> {
  const base = { target: target.name, post: post.id };
  const fail = (note: string): Adoption => ({ ...base, result: 'failed', note });
  if (seen === undefined || seen.seen === 'unknown') return fail(seen?.why ?? 'the target did not say');
  if (seen.seen === 'absent') return { ...base, result: 'none' };
  const owner = owners.get(seen.remoteId);
  if (owner !== undefined) {
    const note = `its copy is recorded under "${owner}"; set "id: ${owner}" in its front matter`;
    return { ...base, result: 'renamed', url: seen.url, note };
  }
  const { diagnostics, shown: made } = await renderWriting(post.id, target, { ...bench, site });
  if (made === undefined) {
    reportDiagnostics(diagnostics, shell);
    return fail(diagnostics[0]?.message ?? 'the post cannot be read');
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
  return { ...base, result: intent === undefined ? 'adopted' : 'recorded', url, state: remote };
}

const signs: Readonly<Record<Adoption['result'], string>> = {
  adopted: '=',
  recorded: '=',
  none: ' ',
  'in flight': '.',
  renamed: '!',
  failed: '!',
};

function printSurvey(survey: Survey, shell: Shell): void {
  const { target, asked, why, failed, known, adoptions } = survey;
  if (!asked) {
    shell.print(
      `${failed ? '!' : ' '} ${target}  ${failed ? 'was not asked: ' : ''}${cleanForTerminal(why ?? '')}\n`,
    );
    return;
  }
  const width = Math.max(0, ...adoptions.map(({ post }) => post.length));
  for (const adoption of adoptions) {
    const { post, result } = adoption;
    shell.print(`${signs[result]} ${target}  ${post.padEnd(width)}  ${describeAdoption(adoption)}\n`);
  }
  const count = (...results: readonly Adoption['result'][]): number =>
    adoptions.filter(({ result }) => results.includes(result)).length;
  const totals = [
    `${count('adopted', 'recorded')} adopted`,
    `${count('none')} without a copy there`,
    ...(known > 0 ? [`${known} known before`] : []),
    ...(count('in flight') > 0 ? [`${count('in flight')} in flight`] : []),
    ...(count('failed', 'renamed') > 0 ? [`${count('failed', 'renamed')} left as they were`] : []),
  ];
  shell.print(`${target}: ${totals.join(', ')}. Nothing has been sent.\n`);
}

function describeAdoption({ result, url = '', state, note = '' }: Adoption): string {
  if (result === 'none') return 'no copy there';
  if (result !== 'adopted' && result !== 'recorded') return `${result}: ${cleanForTerminal(note)}`;
  const words = result === 'adopted' ? 'adopted' : 'the target did take it';
  return `${words}${state === 'draft' ? ', a draft' : ''}  ${cleanForTerminal(url)}`;
}
