import type { Diagnostic } from './diagnostic.ts';
import type { PostId } from './post.ts';
import type { Inputs, Rendition } from './rendition.ts';
import type { FeedDocument, RemoteState } from './target.ts';

export type Verb = 'create' | 'update' | 'adopt' | 'retract' | 'replace' | 'wait' | 'hold' | 'keep';

export type WaitReason = 'scheduled' | 'not-live' | 'out-of-order' | 'rate-limited' | 'in-flight';

/** `not-live` is a wait at first, and a hold once the page has been missing for three days. */
export type HoldReason =
  | 'interrupted'
  | 'unreadable'
  | 'drifted'
  | 'refused'
  | 'removed'
  | 'renamed'
  | 'old'
  | 'too-many'
  | 'unsupported'
  | 'behind'
  | 'not-live';

export type Reason = 'new' | 'again' | 'changed' | 'found' | 'unchanged' | WaitReason | HoldReason;

/** What publish would do with one copy, and why. Plain JSON. */
export interface Action {
  readonly verb: Verb;
  readonly reason: Reason;
  readonly target: string;
  /** A post's id, or `feed` for the whole of a feed target. */
  readonly postId: string;
  /** More about the reason, for people, without repeating it. */
  readonly note?: string;
  /** For a scheduled wait: the instant it becomes due, ISO 8601 in UTC. */
  readonly at?: string;
  /** For a copy that is caught up: the slot in which it should have gone out, ISO 8601 in UTC. */
  readonly missed?: string;
  /** How many ledger entries the copy had when this was decided; a copy that has moved since is skipped. */
  readonly ledgerLength: number;
  /** The target's id of the copy, for update, adopt and retract, and of the one that is brought back. */
  readonly remoteId?: string;
  readonly url?: string;
  /** The whole of what is sent, for create and update, and what is recorded, for adopt. */
  readonly rendition?: Rendition;
  /** What the target holds, for adopt. */
  readonly found?: { readonly state: RemoteState; readonly echo: string; readonly body?: string };
  /**
   * For adopt, whose copy it is: one made elsewhere (left alone until its post is edited), one of our own whose outcome
   * was unknown, or one of our own that was edited by hand and is accepted as it is.
   */
  readonly origin?: 'elsewhere' | 'own' | 'edited';
  /** Copies on the same target that have to be out before this one is sent. */
  readonly requires?: readonly PostId[];
  /** The files of a feed, where they are not on disk yet. */
  readonly documents?: readonly FeedDocument[];
  readonly inputs?: Inputs;
  readonly fingerprint?: string;
  readonly references?: readonly PostId[];
  /** For a drifted hold: what was last sent against what the target holds, line by line. May hold control characters. */
  readonly diff?: string;
  /** True when the target could have been asked but was not: no credentials or no network. */
  readonly unobserved?: boolean;
}

/** What publish would do now, computed once; publishing it computes nothing. */
export interface Plan {
  readonly version: 1;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  /** A plan is not applied after this instant. */
  readonly expiresAt: string;
  /** Digest of the config it was made under. */
  readonly config: string;
  /** Where the ledger was read from, for people. */
  readonly ledger: string;
  readonly paused: boolean;
  readonly actions: readonly Action[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What became of one action. */
export interface Outcome {
  readonly action: Action;
  /** `skipped` and `failed`: nothing was sent. `unknown`: it may have been taken. */
  readonly result: 'done' | 'skipped' | 'failed' | 'refused' | 'unknown';
  /** Skipped because another run was there first, so that nothing is wrong. */
  readonly overtaken?: boolean;
  readonly url?: string;
  readonly code?: string;
  readonly message?: string;
  readonly remedy?: string;
}
