import { setTimeout as pause } from 'node:timers/promises';
import { BroadsideError } from '../base/errors.ts';
import { layoutFile } from './copy-path.ts';
import type { ReadFile } from './find-loss.ts';
import type { Sight } from './git-sight.ts';
import type { Store } from './git-store.ts';
import { formatLayout } from './lines.ts';

/** How often a change is decided again because others pushed first. */
const triesWhenBeaten = 12;

/** How often a push is tried that fails although nobody else pushed. */
const triesWhenRefused = 3;

/** What a change means on top of a tip: an immediate answer, or files to write. */
interface Effect {
  readonly answer: 'ok' | 'moved';
  readonly files?: Readonly<Record<string, string>>;
}

/** A change somebody waits for. */
interface Change {
  readonly title: string;
  /** The files it needs to see. */
  readonly paths: readonly string[];
  /** `sent` is true once a push that held it has failed, which may still have arrived. */
  decide(read: ReadFile, sent: boolean): Effect;
  resolve(answer: 'ok' | 'moved'): void;
  reject(error: unknown): void;
}

/** Makes a change on the remote's branch; `paths` are the files that it needs to see. */
export type RequestChange = (
  title: string,
  paths: readonly string[],
  decide: Change['decide'],
) => Promise<'ok' | 'moved'>;

/** Opens what makes changes on a branch. Those that are waiting at the same time travel in one commit. */
export function openChanges(
  branch: string,
  remote: string,
  open: () => Promise<Store>,
  sight: Sight,
): RequestChange {
  const waiting: Change[] = [];
  let writing = false;

  const writeAll = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      let batch: readonly Change[] = waiting;
      try {
        const store = await open();
        batch = waiting.splice(0);
        await write(store, batch);
      } catch (error) {
        for (const change of batch === waiting ? waiting.splice(0) : batch) change.reject(error);
      }
    }
    writing = false;
  };

  const write = async (store: Store, batch: readonly Change[]): Promise<void> => {
    let rest = batch;
    let refusals = 0;
    for (let tries = 1; ; tries += 1) {
      const before = sight.last().tip;
      const how = refusals < triesWhenRefused - 1 ? 'marked' : 'alone';
      const attempt = await store.hold(() => pushOnce(store, sight, rest, tries > 1, how));
      rest = attempt.undone;
      if (rest.length === 0) return;
      refusals = tries > 1 && attempt.tip === before ? refusals + 1 : 1;
      if (refusals === triesWhenRefused) throw reportRefusal(branch, remote, attempt.complaint);
      if (tries === triesWhenBeaten) throw reportCrowd(branch, remote);
      await pause(Math.random() * Math.min(4000, 100 * 2 ** tries));
    }
  };

  return (title, paths, decide) =>
    new Promise((resolve, reject) => {
      waiting.push({ title, paths: [layoutFile, ...paths], decide, resolve, reject });
      if (!writing) void writeAll();
    });
}

/** Decides changes on the remote's tip and pushes those that write; answers all that are settled by it. */
async function pushOnce(
  store: Store,
  sight: Sight,
  changes: readonly Change[],
  sent: boolean,
  how: 'marked' | 'alone',
) {
  const current = await sight.refresh(store);
  const paths = changes.flatMap((change) => change.paths);
  const readTip = await sight.read(store, current.files, paths);
  const files = new Map<string, string>();
  const read: ReadFile = (path) => {
    const text = files.get(path);
    return text === undefined ? readTip(path) : Buffer.from(text);
  };
  const undone: Change[] = [];
  for (const change of changes) {
    try {
      const decision = change.decide(read, sent);
      if (decision.files === undefined) change.resolve(decision.answer);
      else undone.push(change);
      for (const [path, text] of Object.entries(decision.files ?? {})) files.set(path, text);
    } catch (error) {
      change.reject(error);
    }
  }
  if (undone.length === 0) return { undone, tip: current.tip, complaint: '' };
  if (current.tip === undefined && !files.has(layoutFile)) files.set(layoutFile, formatLayout({}));
  const commit = await store.commit(current.tip, files, writeMessage(undone));
  const { code, complaint } = await store.push(current, commit, how);
  if (code !== 0) return { undone, tip: current.tip, complaint };
  for (const change of undone) change.resolve('ok');
  return { undone: [], tip: commit, complaint };
}

/** The last line keeps hosts that build a preview of every branch from building this one. */
function writeMessage(changes: readonly Change[]): string {
  const [first = '', ...more] = changes.map(({ title }) => title.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '));
  return `${[first, ...(more.length > 0 ? ['', ...more] : [])].join('\n')}\n\n[skip ci]\n`;
}

function reportRefusal(branch: string, remote: string, complaint: string): BroadsideError {
  return new BroadsideError(
    'LEDGER_UNWRITABLE',
    `The branch ${branch} cannot be pushed to ${remote}: ${complaint}.`,
    {
      remedy:
        'Let this user, or in a workflow the job ("permissions: contents: write"), push to that branch.',
    },
  );
}

function reportCrowd(branch: string, remote: string): BroadsideError {
  return new BroadsideError(
    'LEDGER_UNWRITABLE',
    `Others pushed to the branch ${branch} of ${remote} without a pause, so the ledger could not be written.`,
    {
      remedy: 'Run the command again when the other runs have ended.',
    },
  );
}
