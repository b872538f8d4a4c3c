import type { Diagnostic } from './diagnostic.ts';
import type { Letter } from './letter.ts';
import type { Post, PostId } from './post.ts';
import type { Inputs, Rendition } from './rendition.ts';
import type { Site } from './site.ts';
import type { ChosenDigests, Content } from './source.ts';
import type { View } from './view.ts';

/** When copies may go out to a target; all times in the site's zone. */
export interface Schedule {
  /** An ISO 8601 duration after the original's date, such as `P2D`. */
  readonly after?: string;
  /** Weekday 1 (Monday) to 7 and local time `HH:MM`. */
  readonly slots: readonly { readonly weekday: number; readonly time: string }[];
  /** When a copy goes out that missed its slot: in the next ones, as by default, or at once. */
  readonly catchUp?: 'slots' | 'now';
  readonly perDay?: number;
  readonly perRun?: number;
  /** Local times `HH:MM` between which nothing goes out; `from` later than `to` spans midnight. */
  readonly quiet: readonly { readonly from: string; readonly to: string }[];
}

/** What config says about a target whatever its kind. */
export interface Policy {
  /** Only posts whose front matter names the target go there. */
  readonly optIn: boolean;
  readonly schedule: Schedule;
  /** The instant the target counts as opened, instead of its first publish. ISO 8601 in UTC. */
  readonly since?: string;
}

/** What an account can do, so that a plan never asks for what it cannot. */
export interface Capabilities {
  /** Whether `observe` can tell what the target holds. */
  readonly observe: boolean;
  /** `named`: only when the author names both post and target, since nothing can be checked first. */
  readonly update: 'freely' | 'named';
  /** Send no more than `count` requests of the kind within `ms`, each window sliding. */
  readonly pace: {
    readonly writes: Limit;
    readonly creates?: Limit;
    /** Requests a day, counted from midnight UTC, and how many of them one write takes at most. */
    readonly daily?: { readonly requests: number; readonly perWrite: number };
  };
}

/** Secret values by the role a target gives them, such as `apiKey`; never printed, stored or put in a URL. */
export type Secrets = Readonly<Record<string, string>>;

/** The environment variable a secret comes from. */
export interface SecretName {
  readonly role: string;
  readonly variable: string;
  /** The variable that it comes from where config names none. */
  readonly usual: string;
  /** Whether that one counts for this target: it is on the kind's usual host, or on this same machine. */
  readonly counts: boolean;
  /** Publishing cannot work without it. */
  readonly required: boolean;
}

/** Where to look for a copy. */
export interface CopySought {
  readonly postId: PostId;
  readonly canonicalUrl: string;
  readonly remoteId?: string;
  /** What would be sent, for a target that knows copies by their place or their subject. */
  readonly rendition?: Rendition;
  /** Whose copy each one on record is, by the target's id of it: a copy that is not on record is none of them. */
  readonly owners?: ReadonlyMap<string, PostId>;
}

/** How often something may be done: no more than `count` times within `ms`, each window sliding. */
export interface Limit {
  readonly count: number;
  readonly ms: number;
}

/** How a copy stands on its target; `sent`: readers have been mailed it, so that it is final. */
export type RemoteState = 'live' | 'draft' | 'gone' | 'unverified' | 'sent';

/**
 * What a target says it holds of one post or letter. `echo` digests the fields as the target gave them back. `risk` says what
 * readers could be mailed at once if it were sent, so that it is held until a person names it.
 */
export type Observation =
  | {
      readonly seen: 'present';
      readonly risk?: string;
      readonly remoteId: string;
      readonly url: string;
      readonly state: RemoteState;
      readonly canonicalUrl: string;
      readonly echo: string;
      /** The body as the target holds it, for a diff. */
      readonly body?: string;
    }
  | { readonly seen: 'absent'; readonly risk?: string }
  | { readonly seen: 'unknown'; readonly why: string };

/** Proof that a target accepted what it was sent. */
export interface Taken {
  readonly remoteId: string;
  readonly url: string;
  readonly state: RemoteState;
  readonly echo: string;
}

/** A target's account, opened with its secrets. Each call throws a `SendError` that says what is known. */
export interface Connection {
  /** Distinguishes this account from others without revealing its secrets. */
  readonly account?: string;
  /** One observation per copy, in the same order. */
  observe(copies: readonly CopySought[], signal: AbortSignal): Promise<readonly Observation[]>;
  /** The target's own time, now, as its last answer told it: ISO 8601 in UTC. Undefined before any did. */
  tellTime?(): string | undefined;
  create(rendition: Rendition, signal: AbortSignal): Promise<Taken>;
  update(remoteId: string, rendition: Rendition, signal: AbortSignal): Promise<Taken>;
  retract(remoteId: string, signal: AbortSignal): Promise<Taken>;
  /** Brings back what was retracted: the same copy where the target only hid it, else a new one. */
  restore(remoteId: string, rendition: Rendition, signal: AbortSignal): Promise<Taken>;
}

/** What a target shows of a post, and what of the post it cannot show as it should. */
export interface Rendered {
  readonly rendition: Rendition;
  readonly diagnostics: readonly Diagnostic[];
  /** Forms of the post that a person puts there by hand, by file name extension, printed when asked for. */
  readonly byHand?: Readonly<Record<string, () => Promise<string>>>;
}

/** The part of a rendered post that its view is made from. */
export type Made = Pick<Rendered, 'rendition' | 'byHand'>;

/** What every target has. */
interface NamedTarget {
  /** The target's name in the config. */
  readonly name: string;
  readonly kind: string;
  readonly policy: Policy;
  /** Digest of the options that shape a rendition, and of the parts of the site that these bring in. */
  digestOptions(site: Site): string;
  /** The file name extension of a rendition written to disk, such as `md`. */
  readonly extension: string;
}

/** Turns a post into what one target shows. Pure, though promised: its code is loaded when there is something to render. */
export interface Renderer extends NamedTarget {
  /** Whether a rendition shows the post's text whole, and with it its links and its series. */
  readonly showsBody: boolean;
  /** `content` is what was chosen for this target. */
  render(post: Post, content: Content, site: Site): Promise<Rendered>;
  /**
   * A copy as its readers will see it, all of it taken from what `render` made. Pure, and its code is loaded when it is first
   * asked for. Without it, what is sent is shown as it is.
   */
  readonly preview?: (made: Made, post: Post, site: Site) => Promise<View>;
  /**
   * The inputs that a rendition would have, worked out without its body: from the digest of its content and the posts it refers to.
   * Inputs that follow from the post's source alone are left out.
   */
  foresee?(post: Post, made: ChosenDigests, references: readonly PostId[], site: Site): Inputs;
  /** Whether links between posts lead to its own copies where they are live; else they lead to the originals. */
  readonly linksToCopies?: boolean;
}

/** One thing that was looked at: `what` is a whole sentence; `remedy` an imperative one, where something is to be done. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'error';
  readonly what: string;
  readonly remedy?: string;
}

/** What came back to the redirect address; the words in it are the target's or anybody's. */
export interface SignInAnswer {
  readonly code?: string;
  readonly error?: string;
  readonly description?: string;
}

/** A token that a person agreed to. Instants are ISO 8601 in UTC. */
export interface Grant {
  readonly token: string;
  readonly scopes: readonly string[];
  /** When the token ends, as far as the target says. */
  readonly endsAt?: string;
  /** From when on it should be renewed. */
  readonly renewFrom?: string;
}

/** A sign-in in a browser by OAuth 2.0's authorization code, begun with the secrets of an app. */
export interface SignIn {
  /** The role of the secret that it gives. */
  readonly gives: string;
  /** Where redirect addresses are registered, for people. */
  readonly registry: string;
  /** What else to keep beside the token, and why: whole sentences. */
  readonly advice: string;
  /** The page on which the person agrees; it holds no secret. */
  begin(redirectUri: string, state: string): string;
  /** The token for what came back, asked for once. `now` is ISO 8601 in UTC. Throws an error that says what to do. */
  finish(
    answer: SignInAnswer,
    given: { readonly redirectUri: string; readonly now: string; readonly signal: AbortSignal },
  ): Promise<Grant>;
}

/** What all targets have that hold one copy per post or letter, each with an address of its own. */
interface CopyHolder {
  /** The inputs that an update leaves as they were when the copy was made. */
  readonly fixed: readonly string[];
  /** The target's id of a copy as far as its address tells; undefined when it is not the address of one. */
  identify?(url: string): string | undefined;
}

/** What all targets have that the program sends copies to. */
interface AccountHolder extends CopyHolder {
  readonly by: 'program';
  readonly capabilities: Capabilities;
  /** The target's own address, such as `https://dev.to`; empty for one on this same machine. */
  readonly url: string;
  readonly secrets: readonly SecretName[];
  /** `warn` gets a sentence about anything that went out differently than it should. */
  connect(secrets: Secrets, warn: (message: string) => void): Promise<Connection>;
  /** Tries the secrets and the connection to the target. `now` is ISO 8601 in UTC. A fault is a finding, not a throw. */
  diagnose?(
    secrets: Secrets,
    given: { readonly now: string; readonly signal: AbortSignal },
  ): Promise<readonly Finding[]>;
  /** A sign-in that makes one of its secrets; absent where none is needed. Throws `CREDENTIAL_MISSING`. */
  authorize?(secrets: Secrets): Promise<SignIn>;
}

/** A target that the program sends copies of posts to. */
export interface ConnectedTarget extends Renderer, AccountHolder {
  readonly granularity: 'copy';
}

/** A target whose copies a person makes, and the ledger remembers: nothing is sent there, and it cannot be asked. */
export interface HandTarget extends Renderer, CopyHolder {
  readonly granularity: 'copy';
  readonly by: 'hand';
  /** What people call it, such as `Hacker News`. */
  readonly title: string;
  /** The host that its copies are on, as far as that is known. */
  readonly host?: string;
  /** The page that takes a post by its address, with what it wants to know of this one; absent where there is none. */
  locateImport?(post: { readonly canonicalUrl: string; readonly title: string }): string;
}

/** A target that holds one copy per post. */
export type CopyTarget = ConnectedTarget | HandTarget;

/** One file of a feed. `path` is relative to the site's root. */
export interface FeedDocument {
  readonly path: string;
  readonly type: string;
  readonly text: string;
  /** The WebSub hub that it names, which is to be told when its bytes have changed. */
  readonly hub?: string;
}

/** The id under which an item was known to readers before, as it stood in the feed. */
export interface TakenId {
  readonly guid: string;
  /** Whether it was said to be the item's address too. */
  readonly isPermaLink: boolean;
}

/** Ids that feeds keep from before, by post id. */
export type TakenIds = Readonly<Record<PostId, TakenId>>;

/** A target that shows many posts in a few files. */
export interface FeedTarget extends Renderer {
  readonly granularity: 'feed';
  /** How many of the newest posts it holds. */
  readonly limit: number;
  /** Whether it shows a post at all, as far as the config says. */
  takes(post: Post): boolean;
  /** What it writes, by path relative to the site's root; two targets may write a path only if it is the same to both. */
  readonly files: Readonly<Record<string, string>>;
  /** The public address of one of its files, as the feed itself names it. */
  locate(path: string, siteUrl: string): string;
  /** Holds the files as a whole against what readers take; `file` is the config's, relative to the blog's root. */
  auditFiles(documents: readonly FeedDocument[], file: string): Promise<readonly Diagnostic[]>;
  /** The files, from renditions newest first; the same bytes from the same items. */
  assemble(items: readonly Rendition[], site: Site): Promise<readonly FeedDocument[]>;
}

/**
 * A target that letters are mailed from: those of one sequence, or, without one, letters by themselves and the posts that ask
 * for it. What it holds of a letter is a copy like any other.
 */
export interface LetterTarget extends NamedTarget, AccountHolder {
  readonly granularity: 'letter';
  /** The name of the source whose sequence it holds. */
  readonly sequence?: string;
  /** Pure, though promised. A letter's `delay` counts from the letter before. */
  render(letter: Letter, content: Content, site: Site): Promise<Rendered>;
  /** A letter as its readers will see it, made of what `render` made, with sample values for merge tags. Pure. */
  readonly preview?: (made: Made, letter: Letter, site: Site) => Promise<View>;
  /** The inputs that a rendition would have, without reading the letter's body. */
  foresee?(letter: Letter, made: ChosenDigests, site: Site): Inputs;
}

/** A target that shows posts; no letter reaches one. */
export type PostTarget = CopyTarget | FeedTarget;

/** A target that the ledger has copies of, each of one post or one letter. */
export type HoldingTarget = CopyTarget | LetterTarget;

export type Target = PostTarget | LetterTarget;

/** The names of the targets whose copies a person makes. */
export function listByHand(targets: readonly Target[]): ReadonlySet<string> {
  return new Set(
    targets.flatMap((one) => (one.granularity === 'copy' && one.by === 'hand' ? [one.name] : [])),
  );
}

/** A target that the program sends to. */
export type SendingTarget = ConnectedTarget | LetterTarget;

/** Whether the program sends copies to a target, which then has an account, secrets and an address. */
export function isConnected(target: Target): target is SendingTarget {
  return target.granularity !== 'feed' && target.by === 'program';
}

/** Whether a target shows posts, which no target of letters does. */
export function takesPosts(target: Target): target is PostTarget {
  return target.granularity !== 'letter';
}
