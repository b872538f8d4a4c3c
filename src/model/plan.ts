import type { Diagnostic } from './diagnostic.ts';
import { feedKey, type CopyKey, type StoredPiece } from './ledger.ts';
import type { LetterId } from './letter.ts';
import type { PostId } from './post.ts';
import type { Inputs, Rendition } from './rendition.ts';
import type { FeedDocument, RemoteState } from './target.ts';

/** Why a copy goes on later by itself. One that waits `by-hand` goes on once a person has made it and said so. */
type WaitReason =
  'scheduled' | 'not-live' | 'no-page' | 'out-of-order' | 'rate-limited' | 'in-flight' | 'by-hand';

/** `not-live` and `no-page` are waits at first, and a hold once the page has been missing for three days. */
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
  | 'sends-now'
  | 'not-live'
  | 'no-page';

/** What an action is about: the copy of a post or of a letter, or the whole of a feed by the name of its target. */
export type Subject = CopySubject | { readonly feed: string };

/** What a copy is of. */
export type CopySubject = { readonly post: PostId } | { readonly letter: LetterId };

interface Step {
  readonly target: string;
  /** How many ledger entries the copy had when this was decided. A copy with more entries is skipped. */
  readonly ledgerLength: number;
}

/** Where a copy is: the target's id of it, and its address. */
interface RemotePlace {
  readonly remoteId: string;
  readonly url: string;
}

/** What a copy that is not there yet was planned with. */
interface Fresh {
  /** For a copy that is caught up: the slot in which it should have gone out, ISO 8601 in UTC. */
  readonly missed?: string;
  /** Copies on the same target that have to be out before this one is sent. */
  readonly requires?: readonly PostId[];
}

interface Sent extends Step {
  /** The whole of what is sent. */
  readonly rendition: Rendition;
  /** True when the target could have been asked but was not: no credentials or no network. */
  readonly unobserved?: boolean;
}

/** Sends a copy that was never there. */
interface CreateNew extends Sent, Fresh {
  readonly verb: 'create';
  readonly reason: 'new';
  readonly note?: string;
}

/** Brings back a copy that was retracted, where it was; or makes it anew where the target no longer has it, and it has no place. */
interface CreateAgain extends Sent, Fresh, Partial<RemotePlace> {
  readonly verb: 'create';
  readonly reason: 'again';
  readonly note?: string;
}

type Create = CreateNew | CreateAgain;

interface Update extends Sent, RemotePlace {
  readonly verb: 'update';
  readonly reason: 'changed';
  /** What changed, for people. */
  readonly note: string;
}

/** Records a copy that is there. */
interface Adopt extends Step, Fresh, RemotePlace {
  readonly verb: 'adopt';
  readonly reason: 'found';
  readonly note?: string;
  /**
   * Whose copy it is: one made elsewhere (left alone until its post is edited), one of our own whose outcome was unknown, or
   * one of our own that was edited by hand and is accepted as it is.
   */
  readonly origin: 'elsewhere' | 'own' | 'edited';
  /** What the target holds. */
  readonly found: { readonly state: RemoteState; readonly echo: string; readonly body?: string };
  /** What it is recorded to have been made from. */
  readonly rendition: Rendition;
}

/** Does nothing now: a later run does, by itself. */
interface Wait extends Step {
  readonly verb: 'wait';
  readonly reason: Exclude<WaitReason, 'by-hand'>;
  /** More about the reason, for people, without repeating it. */
  readonly note?: string;
  /** The instant it becomes due, where there is one: ISO 8601 in UTC. */
  readonly at?: string;
  readonly missed?: string;
}

/** Does nothing now: a person makes the copy, or changes it, and then says so. */
interface WaitForHand extends Step, Partial<RemotePlace> {
  readonly verb: 'wait';
  readonly reason: 'by-hand';
  /** What there is to do: make the copy, or change the one that is there. */
  readonly work: 'create' | 'update';
  /** Why, for people, where there is more to say than that it is due. */
  readonly note?: string;
  /** The whole of what the copy is to show. */
  readonly rendition: Rendition;
  /** The page that takes the post by its address. */
  readonly importUrl?: string;
  /** Since when it has been due, where a schedule let it out: ISO 8601 in UTC. */
  readonly since?: string;
  /** The command by which that person says that it is done; absent in a rehearsal, in which nobody is asked. */
  readonly record?: string;
}

/** Does nothing until a person acts. */
interface Hold extends Step, Partial<RemotePlace> {
  readonly verb: 'hold';
  readonly reason: HoldReason;
  readonly note?: string;
  /** If it has drifted: what was last sent and what the target holds, line by line. May hold control characters. */
  readonly diff?: string;
}

/** Does nothing, since all is as it should be. */
interface Keep extends Step, Partial<RemotePlace> {
  readonly verb: 'keep';
  readonly reason: 'unchanged';
  readonly note?: string;
}

/** Writes a feed’s files and records what they were made from. */
interface WriteFeed extends Step {
  readonly verb: 'create' | 'update';
  readonly reason: 'new' | 'changed';
  readonly note: string;
  readonly documents: readonly FeedDocument[];
  readonly inputs: Inputs;
  readonly fingerprint: string;
  readonly references: readonly PostId[];
}

/** Leaves a feed as it was published; its files are there where they are not on disk. */
interface KeepFeed extends Keep {
  readonly documents?: readonly FeedDocument[];
}

/** What publish would do with one copy of a post, and why. Plain JSON. */
export type PostAction = { readonly post: PostId } & (
  Create | Update | Adopt | Wait | WaitForHand | Hold | Keep
);

/** What publish would do with one copy of a letter, and why. Plain JSON. */
type LetterAction = {
  readonly letter: LetterId;
  /** For a letter of a sequence: the day on which it arrives, 0 being the day on which a reader joined. */
  readonly day?: number;
} & (Create | Update | Adopt | Wait | Hold | Keep);

/** What publish would do with one copy, be it of a post or of a letter. */
export type CopyAction = PostAction | LetterAction;

/** What publish would do with a feed, and why. Plain JSON. */
export type FeedAction = { readonly feed: string } & (WriteFeed | Hold | KeepFeed);

export type Action = CopyAction | FeedAction;

export type Verb = Action['verb'];

export type Reason = Action['reason'];

/** The actions of one verb, or of some, on copies of posts. */
export type PostActionOf<Kind extends Verb> = Extract<PostAction, { readonly verb: Kind }>;

/** The actions of one verb, or of some, on copies of posts and letters. */
export type CopyActionOf<Kind extends Verb> = Extract<CopyAction, { readonly verb: Kind }>;

/** What waits for no person. */
export type OwnWait = Exclude<CopyActionOf<'wait'>, { readonly reason: 'by-hand' }>;

/** The files of a feed that an action would write. */
export function listDocuments(action: Action): readonly FeedDocument[] {
  return 'documents' in action ? (action.documents ?? []) : [];
}

/** The id of the post or letter that a copy is of, or that an action is about. */
export function idOf(subject: CopySubject): PostId {
  return 'letter' in subject ? subject.letter : subject.post;
}

/** What an action is about. */
export function subjectOf(action: Action): Subject {
  if ('feed' in action) return { feed: action.feed };
  return 'letter' in action ? { letter: action.letter } : { post: action.post };
}

/** The ledger’s key of what an action is about. */
export function copyOf(action: Action): CopyKey {
  return 'feed' in action ? feedKey(action.feed) : { target: action.target, postId: idOf(action) };
}

/** What publish would do now, computed once; publishing it computes nothing. */
export interface Plan {
  readonly version: 2;
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
  /** What is taken from the pages of the posts that it sends, by post. It is recorded before any of their copies is sent. */
  readonly pieces?: Readonly<Record<PostId, readonly StoredPiece[]>>;
}

/** What became of one action. */
export interface Outcome {
  readonly action: Action;
  /** `skipped` and `failed`: nothing was sent. `unknown`: it may have been taken. */
  readonly result: 'done' | 'skipped' | 'failed' | 'refused' | 'unknown';
  /** Skipped because another run was first; nothing is wrong. */
  readonly overtaken?: boolean;
  readonly url?: string;
  /** What was sent is there, but nobody sees it until a person says so on the target. */
  readonly isDraft?: true;
  readonly code?: string;
  readonly message?: string;
  readonly remedy?: string;
}
