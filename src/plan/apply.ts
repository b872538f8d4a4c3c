import { setTimeout as sleep } from 'node:timers/promises';
import { BroadsideError, SendError } from '../base/errors.ts';
import { composeReceipt } from '../ledger/receipts.ts';
import { stateKey } from '../model/ledger.ts';
import { copyOf, listDocuments } from '../model/plan.ts';
import type { Action, FeedAction, Outcome, Plan, PostActionOf } from '../model/plan.ts';
import type { Capabilities, Connection, FeedDocument, Taken } from '../model/target.ts';
import { takeLead } from './flight.ts';
import { openPace, type Pace } from './pace.ts';
import { recordFound } from './record-found.ts';
import { recordSending, toSendError, type Journal, type Sending, type SendResult } from './record-sending.ts';

const interrupted = 'interrupted before it was sent';

/** Failures that every other action for the same target would meet too. */
const stopping = ['CREDENTIAL_REFUSED', 'HOST_UNREACHABLE', 'RATE_LIMITED'] as const;

/** A target's open account, and what it can bear. */
export interface OpenTarget {
  readonly connection: Connection;
  readonly capabilities: Capabilities;
  /** How many milliseconds this machine's clock is ahead of the target's. The ledger then gets the target's time. */
  readonly lead?: number | undefined;
}

export interface Application extends Journal {
  readonly plan: Plan;
  readonly targets: ReadonlyMap<string, OpenTarget>;
  /** Why a target could not be opened, by name: its actions fail with this, and nothing is sent. */
  readonly closed: ReadonlyMap<string, BroadsideError>;
  /** Who asked for it, for the ledger's decisions. */
  readonly by: string;
  /** Puts a feed's files where the site is built from; an unchanged file is not touched. */
  readonly writeDocuments: (documents: readonly FeedDocument[]) => void;
  /** The public address of a path on the site. */
  readonly siteUrl: string;
  /** How long waits that targets ask for may last in all, in seconds. */
  readonly maxWait: number;
  /** How fast each target may be written to, kept between the passes of one run. */
  readonly paces?: Map<string, Pace>;
  /** Aborted: what is under way ends and is recorded, nothing new begins. */
  readonly signal: AbortSignal;
  readonly onOutcome: (outcome: Outcome) => void;
}

/** An action that does something to a copy. */
type CopyChange = PostActionOf<'create' | 'update' | 'adopt'>;

/** Does what a plan holds, each target on its own, and computes no content. One outcome for each action that acts. */
export async function applyPlan(application: Application): Promise<readonly Outcome[]> {
  const acting = application.plan.actions.filter(isActing);
  const perTarget = await Promise.all(
    [...Map.groupBy(acting, (action) => action.target)].map(([target, actions]) =>
      applyToTarget(application, target, actions),
    ),
  );
  return perTarget.flat();
}

function isActing(action: Action): action is CopyChange | FeedAction {
  if ('feed' in action) return listDocuments(action).length > 0;
  return action.verb === 'create' || action.verb === 'update' || action.verb === 'adopt';
}

async function applyToTarget(
  given: Application,
  name: string,
  actions: readonly (CopyChange | FeedAction)[],
): Promise<readonly Outcome[]> {
  const outcomes = new Map<string, Outcome>();
  const target = given.targets.get(name);
  const application = { ...given, now: () => takeLead(given.now(), target?.lead ?? 0) };
  const pace =
    target &&
    (application.paces?.get(name) ??
      openPace(target.capabilities, { ...given, account: target.connection.account }));
  if (pace !== undefined) application.paces?.set(name, pace);
  let stopped = application.closed.get(name);
  const applyAction = async (action: CopyChange | FeedAction): Promise<Outcome> => {
    if (application.signal.aborted) return skip(action, interrupted);
    if ('feed' in action) return applyFeed(application, action);
    if (stopped !== undefined) return fail(action, stopped);
    if (target === undefined || pace === undefined) return skip(action, 'the target is not in the config');
    const waits = skipOutOfOrder(action, outcomes);
    if (waits !== undefined) return waits;
    if (action.verb === 'adopt') return adopt(application, action);
    if (action.unobserved === true && target.capabilities.observe) {
      return skip(action, 'the target could not be asked what it holds');
    }
    await pace.awaitTurn(action.verb);
    return application.signal.aborted ? skip(action, interrupted) : send(application, target, action, pace);
  };
  for (const action of actions) {
    const outcome = await applyAction(action);
    const stop = stopping.find((code) => code === outcome.code);
    if (stop !== undefined) {
      stopped = new BroadsideError(stop, outcome.message ?? '', { remedy: outcome.remedy ?? '' });
    }
    outcomes.set(stateKey(copyOf(action)), outcome);
    application.onOutcome(outcome);
  }
  return [...outcomes.values()];
}

/** Skips what has to follow a copy that this run did not get out. */
function skipOutOfOrder(action: CopyChange, outcomes: ReadonlyMap<string, Outcome>): Outcome | undefined {
  const requires = action.verb === 'update' ? [] : (action.requires ?? []);
  for (const postId of requires) {
    const earlier = outcomes.get(stateKey({ target: action.target, postId }));
    if (earlier === undefined || earlier.result === 'done') continue;
    const outcome = skip(action, `${postId}, an earlier part of its series, is not out`);
    return earlier.overtaken === true ? { ...outcome, overtaken: true } : outcome;
  }
  return undefined;
}

async function send(
  application: Application,
  { connection, capabilities }: OpenTarget,
  action: PostActionOf<'create' | 'update'>,
  pace: Pace,
): Promise<Outcome> {
  // What cannot be looked up is sent once a run, whatever the target said to it.
  const maySendAgain = action.verb === 'update' || capabilities.observe;
  const { rendition } = action;
  const ask = async (signal: AbortSignal): Promise<Taken> => {
    if (action.reason === 'changed') return connection.update(action.remoteId, rendition, signal);
    if (action.reason === 'again' && action.remoteId !== undefined)
      return connection.restore(action.remoteId, rendition, signal);
    return refuseTwin(await connection.create(rendition, signal), action, application);
  };
  const sending: Sending = {
    ...rendition,
    copy: copyOf(action),
    verb: action.verb,
    request: ask,
  };
  const result = maySendAgain
    ? await sendInTurn(application, sending, action.ledgerLength, pace)
    : await recordSending(application, sending, action.ledgerLength);
  if (result.kind === 'taken') {
    const { url, state } = result.taken;
    return { action, result: 'done', url, ...(state === 'draft' && { isDraft: true }) };
  }
  return result.kind === 'moved' ? overtake(action) : fail(action, result.error);
}

/**
 * A target that takes a text for one that it has already answers with the place of that one. If that is another post's copy, or if
 * nothing was ever sent for this post, this throws a `SendError`.
 */
async function refuseTwin(
  taken: Taken,
  action: PostActionOf<'create' | 'update'>,
  { ledger }: Application,
): Promise<Taken> {
  if (taken.state !== 'unverified') return taken;
  const copy = copyOf(action);
  const { states } = await ledger.readStates();
  const twin = [...states.values()].find(
    ({ copy: other, receipt }) =>
      other.target === copy.target && other.postId !== copy.postId && receipt?.remoteId === taken.remoteId,
  );
  if (twin === undefined && action.ledgerLength > 0) return taken;
  if (twin === undefined)
    throw new SendError(
      'REQUEST_REFUSED',
      `${copy.target} has a post with the same text at ${taken.url}, which was not made for this one.`,
      {
        remedy: `If it is the copy of this post, run \`broadside resolve ${copy.postId} ${copy.target} --url ${taken.url}\`. Otherwise, give this post a text of its own, by its description or \`syndicate\`.`,
        sent: 'refused',
      },
    );
  throw new SendError(
    'REQUEST_REFUSED',
    `${copy.target} took it for the copy of ${twin.copy.postId}, whose text is the same, at ${taken.url}.`,
    { remedy: 'Give one of the two a text of its own, by its description or `syndicate`.', sent: 'refused' },
  );
}

/** Sends. If the target asks to wait, waits and sends again, as long as the pace has time left. */
export async function sendInTurn(
  journal: Journal & Pick<Application, 'signal'>,
  sending: Sending,
  length: number,
  pace: Pace,
): Promise<SendResult> {
  const { signal } = journal;
  const result = await recordSending(journal, sending, length);
  if (result.kind !== 'failed') return result;
  const { error } = result;
  const retryAfter =
    error instanceof SendError && error.code === 'RATE_LIMITED' ? error.retryAfter : undefined;
  if (retryAfter === undefined) return result;
  await pace.postpone(retryAfter);
  if (retryAfter > pace.wait.seconds || signal.aborted) return result;
  pace.wait.seconds -= retryAfter;
  await sleep(retryAfter * 1000, undefined, { signal }).catch(() => undefined);
  await pace.awaitTurn(sending.verb);
  return signal.aborted ? result : sendInTurn(journal, sending, length + 2, pace);
}

async function adopt(application: Application, action: PostActionOf<'adopt'>): Promise<Outcome> {
  const { remoteId, url, rendition, origin } = action;
  try {
    const appended = await recordFound(application, {
      copy: copyOf(action),
      length: action.ledgerLength,
      origin,
      found: { remoteId, url, ...action.found },
      rendition,
    });
    return appended === 'ok' ? { action, result: 'done', url } : overtake(action);
  } catch (error) {
    return fail(action, error);
  }
}

async function applyFeed(application: Application, action: FeedAction): Promise<Outcome> {
  const { ledger, now, newAttempt, siteUrl } = application;
  const documents = listDocuments(action);
  const path = documents[0]?.path ?? '';
  const url = `${siteUrl}/${path}`;
  try {
    application.writeDocuments(documents);
    if (action.verb !== 'create' && action.verb !== 'update') return { action, result: 'done', url };
    const receipt = composeReceipt(
      { at: now(), attempt: newAttempt() },
      action.verb,
      { state: 'live', remoteId: path, url, echo: action.fingerprint },
      { ...action, canonicalUrl: url },
    );
    const result = await ledger.append(copyOf(action), action.ledgerLength, receipt);
    return result === 'ok' ? { action, result: 'done', url } : overtake(action);
  } catch (error) {
    return fail(action, error);
  }
}

function skip(action: Action, message: string): Outcome {
  return { action, result: 'skipped', message };
}

function overtake(action: Action): Outcome {
  const what = 'feed' in action ? 'feed' : 'copy';
  return {
    ...skip(action, `the ${what} has changed in the ledger since the plan was made`),
    overtaken: true,
  };
}

function fail(action: Action, error: unknown): Outcome {
  const known = toSendError(error, 'no');
  return {
    action,
    result: known.sent === 'no' ? 'failed' : known.sent,
    code: known.code,
    message: known.message,
    remedy: known.remedy,
  };
}
