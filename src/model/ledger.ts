import type { PostId } from './post.ts';
import type { Inputs, Json } from './rendition.ts';
import type { Finding, Limit, RemoteState } from './target.ts';

/** The ledger's key: one post or letter on one target, or the feed as a whole of a feed target. */
export interface CopyKey {
  readonly target: string;
  /** The unique id of a post or a letter, or the name that `feedKey` or `announceKey` gives to something that is no copy. */
  readonly postId: string;
}

/** The key of a feed as a whole, which no post can have: a target holds either copies or a feed. */
export function feedKey(target: string): CopyKey {
  return { target, postId: 'feed' };
}

/** The key of what a feed's hub was told, beside that of the feed. */
export function announceKey(target: string): CopyKey {
  return { target, postId: 'announce' };
}

/** Who made an entry: a random id, and the machine and process it ran in. */
export interface Attempt {
  readonly id: string;
  readonly machine: string;
  readonly process: number;
}

export type SentVerb = 'create' | 'update' | 'retract';

interface Stamp {
  readonly v: 1;
  /** ISO 8601 in UTC, by the real clock. */
  readonly at: string;
  readonly attempt: Attempt;
}

/** About to send. Durable before the request leaves. */
export interface Intent extends Stamp {
  readonly kind: 'intent';
  /** The commit of the posts that it was made from, where they are in git. */
  readonly commit?: string;
  readonly verb: SentVerb;
  readonly inputs: Inputs;
  readonly fingerprint: string;
}

/** Proof that the target took it. */
export interface Receipt extends Stamp {
  readonly kind: 'receipt';
  readonly verb: SentVerb | 'adopt';
  readonly state: RemoteState;
  readonly remoteId: string;
  readonly url: string;
  readonly canonicalUrl: string;
  readonly inputs: Inputs;
  readonly fingerprint: string;
  readonly references: readonly PostId[];
  readonly echo: string;
  /** Who made the copy by hand; absent where the program did. */
  readonly by?: string;
  /** For a copy made by hand: the commit of the posts that it was made from, where they are in git. */
  readonly commit?: string;
}

/** It was not sent, was refused, or nobody knows. */
export interface Failure extends Stamp {
  readonly kind: 'failure';
  readonly sent: 'no' | 'refused' | 'unknown';
  readonly code: string;
  readonly message: string;
  /** If the target asked to wait, until when: ISO 8601 in UTC. */
  readonly until?: string;
}

/** What a person settled. */
export interface Decision extends Stamp {
  readonly kind: 'decision';
  readonly what: 'take-remote' | 'not-posted' | 'posted';
  readonly by: string;
  /** For `posted`: the copy's address and the target's id of it. */
  readonly url?: string;
  readonly remoteId?: string;
  /** For `posted`: the original's address, and the copy's state if the target could be asked. */
  readonly canonicalUrl?: string;
  readonly state?: RemoteState;
  /** For `take-remote`: the echo that is accepted. For `posted`: the echo that the target gave, if it could be asked. */
  readonly echo?: string;
  /** For `take-remote`: the inputs that the echo is accepted in place of. */
  readonly inputs?: Inputs;
}

export type LedgerEntry = Intent | Receipt | Failure | Decision;

/** Why nobody can tell where a copy stands, and what to do about it. */
interface Unreadable {
  readonly message: string;
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
}

/** One copy's entries in the order they were written. */
export interface CopyEntries {
  readonly copy: CopyKey;
  readonly entries: readonly LedgerEntry[];
  /** What is wrong with the copy's file; there are no entries then. */
  readonly unreadable?: Unreadable;
}

/** All that a ledger holds. */
export interface Entries {
  readonly copies: readonly CopyEntries[];
  /** When each target was opened: its first publish or adopt. ISO 8601 in UTC. */
  readonly opened: Readonly<Record<string, string>>;
}

/** What a post's page shows in the place of one of its marks, as it was taken. */
export interface StoredPiece {
  readonly v: 1;
  readonly kind: 'piece';
  /** When it was taken. ISO 8601 in UTC, by the real clock. */
  readonly at: string;
  /** The mark's key. */
  readonly key: string;
  /** The mark as people know it. */
  readonly name: string;
  /** The page's address. */
  readonly page: string;
  readonly piece: Json;
}

/** The pieces that are kept of one post: the last of each mark. */
export interface PostPieces {
  readonly pieces: readonly StoredPiece[];
  /** What is wrong with the post's file; there are no pieces then. */
  readonly unreadable?: Unreadable;
}

/** Where a copy stands, as its entries tell it. */
export interface CopyState {
  readonly copy: CopyKey;
  /** How many entries the copy has. */
  readonly length: number;
  /** When the last of them was made, ISO 8601 in UTC. */
  readonly lastAt?: string;
  /** The last proof that the target took it. */
  readonly receipt?: Receipt;
  /** An intent that nothing followed: in flight, or interrupted. */
  readonly pending?: Intent;
  /** An intent whose outcome nobody knows. */
  readonly unknown?: { readonly intent: Intent; readonly failure: Failure };
  /** What the target refused, and the inputs it was made from. */
  readonly refusal?: { readonly inputs: Inputs; readonly failure: Failure };
  /** Until when the target asked to wait, and what it said. ISO 8601 in UTC. */
  readonly deferred?: { readonly until: string; readonly message: string };
  /** The commit of the posts that the copy was last made from, as far as it is known. */
  readonly commit?: string;
  /** When the copy was first created, for the schedule. ISO 8601 in UTC. */
  readonly createdAt?: string;
  /** When each request was about to be sent, for the target's daily limit. ISO 8601 in UTC. */
  readonly intendedAt: readonly string[];
  /** Its entries cannot be read: it may have been sent any number of times. */
  readonly unreadable?: Unreadable;
}

/** The state of a copy that the ledger knows nothing of. */
export function emptyState(copy: CopyKey): CopyState {
  return { copy, length: 0, intendedAt: [] };
}

/** The intent whose outcome is not known, be it in flight, interrupted, or sent and not answered. */
export function intentInDoubt({ pending, unknown }: CopyState): Intent | undefined {
  return pending ?? unknown?.intent;
}

/** Whether a copy was sent, or was about to be, and nobody knows yet what became of it. */
export function isInDoubt(state: CopyState): boolean {
  return intentInDoubt(state) !== undefined;
}

/** The states of all copies, by `stateKey`. Those that an earlier run folded are only read where they are asked for. */
export interface CopyStates extends ReadonlyMap<string, CopyState> {
  /** The version of a copy's entries, known without reading its state; undefined if it is not certain. */
  readonly versionOf?: (key: string) => string | undefined;
  /** When the newest entry of all was made, ISO 8601 in UTC; empty where there is none. */
  readonly newest?: string;
}

/** All that a ledger holds, with the entries of each copy folded. */
export interface Standing extends Pick<Entries, 'opened'> {
  readonly states: CopyStates;
}

/** One text for a copy's key; neither part can contain the separator. */
export function stateKey(copy: CopyKey): string {
  return `${copy.target}\n${copy.postId}`;
}

/** The posts, or letters, that a target has copies of in the ledger, without reading where these stand. */
export function listCopied(states: CopyStates, target: string): readonly PostId[] {
  const start = stateKey({ target, postId: '' });
  return [...states.keys()].flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));
}

/** The memory of what is where. Entries are only ever added. */
export interface Ledger {
  /** Where it is kept, for people. */
  readonly description: string;
  /**
   * Takes the next turn in a queue that all blogs of one database share: how many milliseconds are left until it comes. No turn of
   * the queue comes before `pause` milliseconds have passed.
   */
  takeTurn?(queue: string, limit: Limit, pause: number): Promise<number>;
  /** What is wrong with the way it is kept, and cannot be seen when it is read. */
  examine?(): Promise<readonly Finding[]>;
  read(): Promise<Entries>;
  /** Where every copy stands. Only what has changed since an earlier run is read. */
  readStates(): Promise<Standing>;
  /** Adds `entry` if the copy still has `expectedLength` entries; `moved` means someone else added one. Durable on return. */
  append(copy: CopyKey, expectedLength: number, entry: LedgerEntry): Promise<'ok' | 'moved'>;
  /** Records when a target was opened, unless it already was. */
  open(target: string, at: string): Promise<void>;
  /** Stores the body last sent, once, under its fingerprint. */
  storeBody(fingerprint: string, body: string): Promise<void>;
  readBody(fingerprint: string): Promise<string | undefined>;
  /** The pieces of every post that has some. */
  readPieces(): Promise<ReadonlyMap<PostId, PostPieces>>;
  /** Stores pieces of a post, except those that are the last of their mark already. Durable on return. */
  storePieces(postId: PostId, pieces: readonly StoredPiece[]): Promise<void>;
}
