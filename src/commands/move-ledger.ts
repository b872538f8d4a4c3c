import { BroadsideError } from '../base/errors.ts';
import { quoteWord } from '../base/quote-word.ts';
import type { Shell } from '../base/shell.ts';
import { loadConfig, type Config } from '../config/load.ts';
import { hasSenderEnded } from '../ledger/attempt.ts';
import type { LedgerKind } from '../ledger/choice.ts';
import { copyLedger } from '../ledger/copy-ledger.ts';
import { openLedgerOf } from '../ledger/open.ts';
import type { Ledger } from '../model/ledger.ts';
import { findLanding, reportFlight } from '../plan/flight.ts';
import { placeLedger } from '../workbench/place-ledger.ts';

export interface MoveLedgerArguments {
  readonly config: string;
  /** Where the ledger has been so far. */
  readonly from: LedgerKind;
}

/** Runs `broadside move-ledger`: brings the ledger to where the config says. The old one is left as it is. Returns the exit code. */
export async function runMoveLedger(args: MoveLedgerArguments, shell: Shell): Promise<number> {
  const config = await loadConfig(args.config, shell.cwd);
  const { kind } = config.ledger;
  if (kind === undefined || kind === args.from) {
    throw new BroadsideError('USAGE', `The config still keeps the ledger in ${args.from}.`, {
      remedy: `Set ledger.kind in ${config.file} to where it should be kept from now on.`,
    });
  }
  if (!config.paused) {
    throw new BroadsideError('USAGE', 'A ledger can be moved only while publishing is paused.', {
      remedy: `Set "paused: true" in ${config.file}, push it, wait until no run is under way, and run this again.`,
    });
  }
  const place = placeLedger(config, shell);
  const from = await openLedgerOf(args.from, config.ledger, place);
  const to = await openLedgerOf(kind, config.ledger, place);
  await refuseFlights(from, shell);
  const moved = await copyLedger(from, to);
  const away = putAway(args.from, config);
  if (shell.format === 'json') {
    shell.print(
      `${JSON.stringify({ from: from.description, to: to.description, ...moved, away }, null, 2)}\n`,
      'done',
    );
    return 0;
  }
  const { copies, entries, bodies, pieces } = moved;
  shell.print(
    `${to.description}, has all that ${from.description} has: ${entries} entries of ${copies} copies, ${bodies} bodies, and the pieces of ${pieces} posts.\n`,
    'done',
  );
  shell.report(
    `Now put the old one away, so that nothing takes it for the ledger:\n  ${away}\nThen take "paused: true" out of the config again.\n`,
  );
  return 0;
}

/** Throws `COPY_IN_FLIGHT` if a run may be sending a copy, because its outcome would reach only the old ledger. */
async function refuseFlights(from: Ledger, shell: Shell): Promise<void> {
  const request = { now: shell.now(), isSenderGone: hasSenderEnded };
  for (const state of (await from.readStates()).states.values()) {
    const ends = findLanding(state, request);
    if (ends !== undefined) throw reportFlight(state, ends);
  }
}

/** The command that keeps an old ledger under another name. */
function putAway(kind: LedgerKind, { ledger }: Config): string {
  const { path, branch, remote, schema } = ledger;
  if (kind === 'file') return `mv ${quoteWord(path)} ${quoteWord(`${path}-before`)}`;
  if (kind === 'postgres')
    return `psql "$${ledger.secret}" -c 'alter schema ${schema} rename to ${schema}_before'`;
  const [from, old] = [quoteWord(remote), `refs/heads/${branch}-before`];
  return `git fetch ${from} ${branch} && git push ${from} FETCH_HEAD:${old} :refs/heads/${branch} :refs/broadside/${branch} && git update-ref -d refs/remotes/${remote}/${branch} && rm -rf "$(git rev-parse --git-common-dir)/broadside"`;
}
