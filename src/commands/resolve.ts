import { nameWritings, namePosts } from '../blog/name-posts.ts';
import { BroadsideError } from '../base/errors.ts';
import { hasSenderEnded, newAttempt } from '../ledger/attempt.ts';
import { demandReadable } from '../ledger/demand-readable.ts';
import { isWebAddress } from '../model/address.ts';
import { emptyState, stateKey } from '../model/ledger.ts';
import type { CopyKey, CopyState, Decision } from '../model/ledger.ts';
import type { Letter } from '../model/letter.ts';
import type { Post } from '../model/post.ts';
import type { HandTarget, HoldingTarget, Observation, SendingTarget } from '../model/target.ts';
import { findLanding, reportFlight } from '../plan/flight.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { chooseTargets } from '../config/choose-targets.ts';
import { recordByHand, renderCopy } from '../plan/record-by-hand.ts';
import { recordFound } from '../plan/record-found.ts';
import type { Workbench } from '../plan/workbench.ts';
import { openWorkbench } from '../workbench/open.ts';

export interface ResolveArguments {
  readonly config: string;
  readonly post: string;
  readonly target: string;
  /** The copy's address: it is there. */
  readonly url?: string | undefined;
  /** It is there, and nobody gives its address. */
  readonly posted?: boolean;
  /** It is not there. */
  readonly notPosted: boolean;
  /** Take the address though another copy is there, or though this one is recorded elsewhere. */
  readonly anyway: boolean;
}

/** A copy that a person tells of. */
interface Subject {
  readonly target: HoldingTarget;
  readonly post: Post | Letter | undefined;
  readonly state: CopyState;
}

type Present = Extract<Observation, { seen: 'present' }>;

/** Where a copy is, as its address tells and as the target says where it can be asked. */
interface Place {
  readonly remoteId: string;
  readonly url: string;
  readonly found: Present | undefined;
}

/** Runs `broadside resolve`: records what a person says became of a copy. Sends nothing. Returns the exit code. */
export async function runResolve(args: ResolveArguments, shell: Shell): Promise<number> {
  const { posted = false, notPosted, url: address } = args;
  if ([posted, notPosted, address !== undefined].filter(Boolean).length !== 1) {
    throw new BroadsideError('USAGE', 'Say what became of the copy, in one of the three ways.', {
      remedy:
        'Add --url URL when it is there, --posted when it is and you have no address, or --not-posted when it is not.',
    });
  }
  const bench = await openWorkbench(args, shell);
  const subject = await findSubject(bench, args);
  if (!notPosted && subject.target.by === 'hand' && !isInDoubt(subject.state))
    return recordHandWork(bench, { ...subject, target: subject.target }, args, shell);
  const { copy } = subject.state;
  const url = await settleCopy(bench, subject, args, shell);
  const decided = notPosted ? 'not-posted' : 'posted';
  if (shell.format === 'json') {
    const { target, postId } = copy;
    shell.print(`${JSON.stringify({ target, post: postId, decided, url }, null, 2)}\n`);
    return 0;
  }
  const words = notPosted
    ? 'not posted: publish may send it again'
    : `recorded  ${cleanForTerminal(url ?? '')}`.trimEnd();
  shell.print(`= ${copy.target}  ${copy.postId}  ${words}\n`);
  return 0;
}

/** Records what became of a copy, unless the ledger says so already; gives the address that it then has, if any. */
async function settleCopy(
  bench: Workbench,
  subject: Subject,
  { url, posted = false }: ResolveArguments,
  shell: Shell,
): Promise<string | undefined> {
  if (url !== undefined) return confirmCopy(bench, subject, url, shell);
  const decision = posted ? confirmUnplaced(bench, subject, shell) : denyCopy(bench, subject, shell);
  return decide(bench, subject, decision);
}

/** Records what a person decided; gives the copy's address, if they told one. */
async function decide(
  { ledger }: Workbench,
  { state: { copy, length } }: Subject,
  decision: Decision,
): Promise<string | undefined> {
  demandFirst(await ledger.append(copy, length, decision), copy);
  return decision.url;
}

/** Throws `LEDGER_LOCKED` where somebody else recorded something of a copy first. */
function demandFirst(appended: 'ok' | 'moved', { target, postId }: CopyKey): void {
  if (appended === 'ok') return;
  throw new BroadsideError('LEDGER_LOCKED', `Another run is changing ${postId} on ${target}.`, {
    remedy: 'Look at "broadside status" when it has ended.',
  });
}

/** Records a copy that a person made or changed, where the ledger does not say so already. */
async function recordHandWork(
  bench: Workbench,
  { post: known, target, state }: Subject & { readonly target: HandTarget },
  { url, anyway }: ResolveArguments,
  shell: Shell,
): Promise<number> {
  const [post] = namePosts([known?.id ?? state.copy.postId], bench.blog);
  if (post === undefined) return 1;
  const { result, receipt } = await recordByHand(bench, { post, target, url, anyway });
  if (shell.format === 'json') {
    const told = { target: target.name, post: post.id, decided: 'posted', url: receipt.url, result };
    shell.print(`${JSON.stringify(told, null, 2)}\n`);
    return 0;
  }
  const words = {
    created: 'recorded',
    updated: 'recorded as it is now',
    unchanged: 'was recorded already, and nothing has changed since',
  } as const;
  shell.print(
    `= ${target.name}  ${post.id}  ${words[result]}  ${cleanForTerminal(receipt.url)}`.trimEnd() + '\n',
  );
  return 0;
}

async function findSubject(bench: Workbench, args: ResolveArguments): Promise<Subject> {
  const [target] = chooseTargets(bench.config, args.target);
  if (target === undefined || target.granularity === 'feed') {
    throw new BroadsideError('TARGET_UNKNOWN', `${args.target} holds no copies that could be in doubt.`, {
      remedy: 'Name a target that holds one copy per post or letter.',
    });
  }
  const { states } = await bench.ledger.readStates();
  const state = states.get(stateKey({ target: target.name, postId: args.post }));
  const [post] =
    state === undefined
      ? nameWritings([args.post], bench.blog)
      : [...bench.blog.posts, ...bench.blog.letters].filter(({ id }) => id === args.post);
  const copy = { target: target.name, postId: post?.id ?? args.post };
  const found = states.get(stateKey(copy)) ?? emptyState(copy);
  demandReadable(found);
  return { target, post, state: found };
}

function stampEntry(shell: Shell) {
  return { v: 1, at: shell.now(), attempt: newAttempt() } as const;
}

function denyCopy(bench: Workbench, { state }: Subject, shell: Shell): Decision {
  const { pending, unknown, refusal, deferred } = state;
  if ((pending ?? unknown ?? refusal ?? deferred) === undefined) throw reportSettled(state);
  const ends = findLanding(state, { now: shell.now(), isSenderGone: hasSenderEnded });
  if (ends !== undefined) throw reportFlight(state, ends);
  return { ...stampEntry(shell), kind: 'decision', what: 'not-posted', by: bench.actor };
}

/** Records where a copy is, unless the ledger says so already; gives its address. */
async function confirmCopy(
  bench: Workbench,
  subject: Subject,
  address: string,
  shell: Shell,
): Promise<string | undefined> {
  const { target, post, state } = subject;
  const { receipt, copy, length } = state;
  const place = await locateCopy(bench, subject, address, shell);
  const { remoteId, url, found } = place;
  if (isInDoubt(state)) {
    const canonicalUrl = receipt?.canonicalUrl ?? post?.canonicalUrl;
    return decide(bench, subject, {
      ...stampEntry(shell),
      kind: 'decision',
      what: 'posted',
      by: bench.actor,
      url,
      remoteId,
      ...(canonicalUrl !== undefined && { canonicalUrl }),
      ...(found && { state: found.state, echo: found.echo }),
    });
  }
  if (receipt !== undefined && receipt.state !== 'gone') {
    if (receipt.remoteId === remoteId || receipt.url === url) return receipt.url;
    if (receipt.remoteId !== '') throw reportSettled(state);
  }
  const [named] = post === undefined ? nameWritings([copy.postId], bench.blog) : [post];
  if (named === undefined) return receipt?.url;
  const { states } = await bench.ledger.readStates();
  const rendition = await renderCopy(bench, named, target, states);
  await bench.ledger.open(target.name, shell.now());
  const seen = found ?? { state: 'unverified', remoteId, url, echo: rendition.fingerprint };
  const recorder = { ...bench, newAttempt, by: bench.actor };
  const adopted = { copy, length, origin: 'elsewhere', found: seen, rendition } as const;
  demandFirst(await recordFound(recorder, adopted), copy);
  return url;
}

/** Says that a copy in doubt is there, where it was before or at an address that nobody has given. */
function confirmUnplaced(bench: Workbench, { target, post, state }: Subject, shell: Shell): Decision {
  const { receipt, copy } = state;
  if (!isInDoubt(state)) throw reportSettled(state);
  const ends = findLanding(state, { now: shell.now(), isSenderGone: hasSenderEnded });
  if (ends !== undefined) throw reportFlight(state, ends);
  const before = receipt?.state === 'gone' ? undefined : receipt;
  if (before === undefined && target.by === 'program' && target.capabilities.observe) {
    throw new BroadsideError('USAGE', `${target.name} knows its copies by their addresses.`, {
      remedy: `Give the copy's: broadside resolve ${copy.postId} ${target.name} --url URL.`,
    });
  }
  const canonicalUrl = receipt?.canonicalUrl ?? post?.canonicalUrl;
  return {
    ...stampEntry(shell),
    kind: 'decision',
    what: 'posted',
    by: bench.actor,
    ...(before && { url: before.url, remoteId: before.remoteId }),
    ...(canonicalUrl !== undefined && { canonicalUrl }),
  };
}

function isInDoubt({ pending, unknown }: CopyState): boolean {
  return pending !== undefined || unknown !== undefined;
}

async function locateCopy(bench: Workbench, subject: Subject, address: string, shell: Shell): Promise<Place> {
  const { target } = subject;
  const remoteId = target.identify === undefined ? address : target.identify(address);
  if (remoteId === undefined || !isWebAddress(address)) {
    throw new BroadsideError(
      'USAGE',
      `${cleanForTerminal(address)} is not the address of a copy on ${target.name}.`,
      {
        remedy: 'Open the copy in your browser, and take the address that you see there.',
      },
    );
  }
  const found =
    target.by === 'program' && target.capabilities.observe
      ? await askFor(bench, { ...subject, target }, remoteId, shell)
      : undefined;
  return found === undefined
    ? { remoteId, url: dropQuery(target, address), found }
    : { remoteId: found.remoteId, url: found.url, found };
}

/** Asks the target for the very copy; nothing where it cannot be asked. Throws `COPY_UNKNOWN` where it has none. */
async function askFor(
  bench: Workbench,
  { target, post, state }: Subject & { readonly target: SendingTarget },
  remoteId: string,
  shell: Shell,
): Promise<Present | undefined> {
  const { postId } = state.copy;
  const canonicalUrl = post?.canonicalUrl ?? state.receipt?.canonicalUrl ?? '';
  let seen: Observation | undefined;
  try {
    const connection = await bench.connect(target);
    [seen] = await connection.observe([{ postId, canonicalUrl, remoteId }], shell.signal);
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    shell.report(`${target.name} was not asked, so this goes by what you say: ${error.message}\n`);
    return undefined;
  }
  if (seen === undefined || seen.seen === 'unknown') return undefined;
  if (seen.seen === 'present' && (target.identify?.(seen.url) ?? seen.url) === remoteId) return seen;
  throw new BroadsideError('COPY_UNKNOWN', `${target.name} has no such copy in this account.`, {
    remedy:
      seen.seen === 'present'
        ? `Its copy of ${postId} is at ${seen.url}; give that address.`
        : 'Check the address, or run with --not-posted.',
  });
}

/** An address without what trackers add to it, where the copy is named before that. */
function dropQuery(target: HoldingTarget, address: string): string {
  const { origin, pathname, search } = new URL(address);
  const plain = origin + pathname;
  return target.identify?.(plain) === target.identify?.(address) ? plain : plain + search;
}

function reportSettled({ copy, receipt }: CopyState): BroadsideError {
  const { target, postId } = copy;
  if (receipt === undefined) {
    return new BroadsideError('COPY_SETTLED', `No copy of ${postId} on ${target} is in doubt.`, {
      remedy: `Run "broadside status ${postId}" to see where it stands.`,
    });
  }
  const where =
    receipt.state === 'gone'
      ? 'was retracted'
      : `is at ${receipt.url || receipt.remoteId || 'an address that nobody noted'}`;
  return new BroadsideError(
    'COPY_SETTLED',
    `Nothing is in doubt: the copy of ${postId} on ${target} ${where}.`,
    {
      remedy: `Retract it first if it is another one: broadside retract ${postId} --target ${target}.`,
    },
  );
}
