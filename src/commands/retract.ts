import { BroadsideError } from '../base/errors.ts';
import { nameKey } from '../base/normal-form.ts';
import { hasSenderEnded, newAttempt } from '../ledger/attempt.ts';
import { demandReadable } from '../ledger/demand-readable.ts';
import { stateKey } from '../model/ledger.ts';
import type { CopyKey, CopyState, Receipt } from '../model/ledger.ts';
import { tellWayBack } from '../plan/actions.ts';
import { sendInTurn } from '../plan/apply.ts';
import { openPace } from '../plan/pace.ts';
import { findRemoteId } from '../plan/copy-address.ts';
import { findLanding, reportFlight } from '../plan/flight.ts';
import type { Shell } from '../base/shell.ts';
import { chooseTargets } from '../config/choose-targets.ts';
import type { Workbench } from '../plan/workbench.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { composeReceipt } from '../ledger/receipts.ts';
import { openWorkbench } from '../workbench/open.ts';

export interface RetractArguments {
  readonly config: string;
  readonly post: string;
  readonly target: string;
  /** How long waits that the target asks for may last in all, in seconds. */
  readonly maxWait: number;
}

/** Runs `broadside retract`: takes one copy down. Returns the exit code. */
export async function runRetract(args: RetractArguments, shell: Shell): Promise<number> {
  const bench = await openWorkbench(args, shell);
  const [target] = chooseTargets(bench.config, args.target);
  if (target === undefined || target.granularity === 'feed') {
    throw new BroadsideError(
      'TARGET_UNKNOWN',
      `${args.target} holds no copies that could be taken down one by one.`,
      {
        remedy: 'Set "syndicate: false" in the post’s front matter to keep it out of the feeds.',
      },
    );
  }
  const all = [...bench.blog.posts, ...bench.blog.letters];
  const post =
    all.find((one) => one.id === args.post || one.origin.path === args.post) ??
    all.find(({ id }) => nameKey(id) === nameKey(args.post));
  const copy = { target: target.name, postId: post?.id ?? args.post };
  const state = (await bench.ledger.readStates()).states.get(stateKey(copy));
  if (state !== undefined) demandQuiet(state, shell.now());
  if (state?.receipt === undefined) {
    throw new BroadsideError(
      'COPY_UNKNOWN',
      `The ledger knows no copy of "${copy.postId}" on ${target.name}.`,
      {
        remedy: 'See "broadside status" for what there is.',
      },
    );
  }
  const { receipt } = state;
  const tellBack = (): void => {
    if (post !== undefined) shell.report(`To undo it: ${tellWayBack(copy)}.\n`);
  };
  if (receipt.state === 'gone') {
    if (state.pending !== undefined || state.unknown !== undefined) throw reportDoubt(copy);
    shell.print(`${target.name}  ${copy.postId}  was retracted on ${receipt.at}.\n`);
    tellBack();
    return 0;
  }
  if (target.by === 'hand') {
    await recordTakenDown(bench, state, receipt, shell);
    tellBack();
    return 0;
  }
  if (receipt.remoteId === '') {
    throw new BroadsideError('COPY_UNKNOWN', `Nobody noted where the copy on ${target.name} is.`, {
      remedy: `Say where first: broadside resolve ${copy.postId} ${target.name} --url URL.`,
    });
  }
  const connection = await bench.connect(target);
  const { maxWait } = args;
  const result = await sendInTurn(
    { ledger: bench.ledger, now: shell.now, newAttempt, signal: shell.signal },
    {
      copy,
      verb: 'retract',
      inputs: receipt.inputs,
      fingerprint: receipt.fingerprint,
      references: receipt.references,
      canonicalUrl: receipt.canonicalUrl,
      request: (signal) => connection.retract(findRemoteId(target, receipt), signal),
    },
    state.length,
    openPace(target.capabilities, {
      signal: shell.signal,
      maxWait,
      ledger: bench.ledger,
      account: connection.account,
    }),
  );
  if (result.kind === 'failed') throw result.error;
  if (result.kind === 'moved') throw reportMoved(copy);
  shell.print(
    shell.format === 'json'
      ? `${JSON.stringify({ target: target.name, post: copy.postId, state: result.taken.state, url: receipt.url }, null, 2)}\n`
      : `- ${target.name}  ${copy.postId}  retracted\n`,
    'done',
  );
  tellBack();
  return 0;
}

/** Records that a copy made by hand is gone, and says what its author has to do for that to be so. */
async function recordTakenDown(
  { ledger, actor }: Workbench,
  { copy, length }: CopyState,
  receipt: Receipt,
  shell: Shell,
): Promise<void> {
  const { target, postId } = copy;
  const { remoteId, url } = receipt;
  const gone: Receipt = {
    ...composeReceipt(
      { at: shell.now(), attempt: newAttempt() },
      'retract',
      { state: 'gone', remoteId, url, echo: '' },
      receipt,
    ),
    by: actor,
  };
  if ((await ledger.append(copy, length, gone)) === 'moved') throw reportMoved(copy);
  const place = cleanForTerminal(url || remoteId);
  shell.print(
    shell.format === 'json'
      ? `${JSON.stringify({ target, post: postId, state: 'gone', url, byHand: true }, null, 2)}\n`
      : `- ${target}  ${postId}  recorded as retracted; now take it down yourself: ${place}\n`,
    'done',
  );
}

function reportMoved({ target, postId }: CopyKey): BroadsideError {
  return new BroadsideError('LEDGER_LOCKED', `Another run is changing ${postId} on ${target}.`, {
    remedy: 'Try again when it has ended.',
  });
}

/** Throws `LEDGER_UNREADABLE` for a copy of which nobody can tell, and `COPY_IN_FLIGHT` where another run is about to record what it sends. */
function demandQuiet(state: CopyState, now: string): void {
  demandReadable(state);
  const isSending = state.pending !== undefined && !hasSenderEnded(state);
  const ends = isSending ? findLanding(state, { now, isSenderGone: () => false }) : undefined;
  if (ends !== undefined) throw reportFlight(state, ends);
}

/** What was retracted may be up again, and on some targets as another copy than the one that is known. */
function reportDoubt({ target, postId }: CopyKey): BroadsideError {
  return new BroadsideError('COPY_UNKNOWN', `Nobody knows whether ${postId} is back on ${target}.`, {
    remedy: `Look there, then say so: broadside resolve ${postId} ${target} --url URL, or --not-posted.`,
  });
}
