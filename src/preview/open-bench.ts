import { join } from 'node:path';
import { BroadsideError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import { loadBlog } from '../blog/load.ts';
import { loadConfig } from '../config/load.ts';
import type { KnownPlaces } from '../ledger/known-places.ts';
import type { Ledger, Standing } from '../model/ledger.ts';
import type { PostId } from '../model/post.ts';
import { unopened } from '../plan/outlook.ts';
import { findLackingCommits, readCommit } from '../workbench/posts-commit.ts';
import {
  readKnownPlaces,
  readSentBody,
  readStanding,
  readStoredPieces,
} from '../workbench/read-known-ledger.ts';
import type { Workbench } from '../plan/workbench.ts';
import type { RememberedContents } from './remember-contents.ts';
import type { RememberedRenditions } from './remember-renditions.ts';
import type { LedgerSeen } from './look-at-ledger.ts';

/** What a plan is made with where nobody is asked and nothing is written. */
export interface QuietBench extends Omit<Workbench, 'openRenderer'> {
  /** The renditions that were made before. */
  readonly renditions: RememberedRenditions;
  /** Whether this machine knows the blog's ledger. */
  readonly knowsLedger: boolean;
  /** Where it keeps what it knows of it. */
  readonly ledgerPlaces: KnownPlaces;
}

/** What is remembered while a blog is read again and again. */
export interface RememberedParts {
  readonly contents: RememberedContents;
  readonly renditions: RememberedRenditions;
  /** The ledger as it was read where it is kept, for one of which this machine keeps nothing. */
  readonly ledger: () => LedgerSeen | undefined;
}

/**
 * Reads config, posts and what this machine knows of the ledger, as they are now. Needs no network and no secret. Throws what
 * loading a config throws.
 */
export async function openQuietBench(
  path: string,
  shell: Shell,
  remembered: RememberedParts,
): Promise<QuietBench> {
  const config = await loadConfig(path, shell.cwd);
  const seen = remembered.ledger();
  const known = (await readStanding(config, shell)) ?? seen?.standing;
  const standing = known ?? unopened;
  const stored = await readStoredPieces(config, shell);
  const blog = await loadBlog(config, shell.signal, undefined, {
    stored,
    recorded: () => Promise.resolve(listRecorded(standing)),
  });
  return {
    config,
    blog: remembered.contents.rememberIn(blog, config.digest),
    renditions: remembered.renditions,
    knowsLedger: known !== undefined,
    ledgerPlaces: await readKnownPlaces(config, shell),
    ledger: openReadOnly(
      standing,
      stored,
      async (fingerprint) => (await readSentBody(config, shell, fingerprint)) ?? seen?.readBody(fingerprint),
    ),
    siteFolder: join(config.root, 'out', 'site'),
    actor: '',
    suspended: false,
    connect: ({ name }) =>
      Promise.reject(
        new BroadsideError('CREDENTIAL_MISSING', `${name} is not asked by a preview.`, {
          remedy: 'Ask with the button beside the copy.',
        }),
      ),
    probePage: () => Promise.resolve(undefined),
    findLackingCommits: (commits) => findLackingCommits(commits, config, shell),
    readCommit: () => readCommit(config, shell),
    now: shell.now,
    report: () => undefined,
    signal: shell.signal,
  };
}

function listRecorded({ states }: Standing): ReadonlyMap<string, PostId> {
  return new Map(
    [...states.values()].flatMap(({ copy, receipt }) =>
      receipt === undefined ? [] : [[receipt.canonicalUrl, copy.postId] as const],
    ),
  );
}

/** A ledger as it is known, to which nothing is ever added. */
function openReadOnly(
  standing: Standing,
  pieces: Awaited<ReturnType<Ledger['readPieces']>> | undefined,
  readBody: Ledger['readBody'],
): Ledger {
  const refuse = (): Promise<never> => Promise.reject(new TypeError('a preview writes nothing'));
  return {
    description: 'what this machine knows of it',
    read: refuse,
    readStates: () => Promise.resolve(standing),
    append: refuse,
    open: refuse,
    storeBody: refuse,
    readBody,
    readPieces: () => Promise.resolve(pieces ?? new Map()),
    storePieces: refuse,
  };
}
