import type { Root } from 'mdast';
import type { Diagnostic, Place } from './diagnostic.ts';
import type { Letter } from './letter.ts';
import type { Cover, Post } from './post.ts';

/** A post's body as a tree, and the digest of the bytes it was read from (front matter included). */
export interface Content {
  readonly tree: Root;
  readonly digest: string;
  /** Whole bodies written for one target alone, by the target's name: `post.devto.md` beside `post.md`. */
  readonly variants?: Readonly<Record<string, Variant>>;
  /**
   * The addresses on the site of the files that the body names, by those names. `null`: the file is missing. `false`: only the
   * site's build knows its address. Undefined: it may be served from elsewhere.
   */
  readonly files?: Readonly<Record<string, string | false | null | undefined>>;
  /** What `files` would be without the post's page, if the page has some of them elsewhere. */
  readonly ownFiles?: Content['files'];
  /** The files in which values of the body were looked for, relative to the blog's root, including those that do not exist. */
  readonly valueFiles?: readonly string[];
  /** The post's cover, where its page has it elsewhere than the source alone would; `false` where the site has it nowhere. */
  readonly cover?: Cover | false;
  /** Pictures, as the body names them, that the site has neither at their own address nor on the post's page. */
  readonly lost?: readonly string[];
  /** The file the tree was read from, relative to the blog's root, where it is not the post's own. */
  readonly path?: string;
  /** The text the tree was read from, where it was read from a file. */
  readonly text?: string;
  /** The digest of everything in the tree that was taken from the post's page. */
  readonly page?: string;
  /** That digest before the page was looked at, if it has changed since; empty if there was none. */
  readonly pageBefore?: string;
  /** Everything in the tree that was taken from the post's page. */
  readonly taken?: readonly TakenMark[];
}

/** Something in a post that is shown as its page shows it. */
export interface TakenMark {
  /** How the author calls it. */
  readonly name: string;
  /** Where it stands in the file. */
  readonly place: Place;
  /** The page's address. */
  readonly page: string;
  /** What a reader will miss of it: one phrase each. */
  readonly told: readonly string[];
}

/** Where the pages of a source's posts are looked at: in the folder that the site is built into, relative to the blog's, or on the site. */
export type PagesPlace = { readonly from: string } | 'live';

/** The digest of a post's content, and those of the bodies written for one target, by the target's name. */
export interface Digests {
  readonly digest: string;
  /** Digests what is taken from the post's page. */
  readonly page?: string;
  readonly variants?: Readonly<Record<string, string>>;
}

/** The digests of the content that one target gets: of its bytes, and of what is taken from the post's page. */
export type ChosenDigests = Pick<Digests, 'digest' | 'page'>;

/** A body written for one target: its tree, the digest of its bytes, and its file relative to the blog's root. */
export interface Variant {
  readonly tree: Root;
  readonly digest: string;
  readonly path: string;
  readonly files?: Content['files'];
  readonly ownFiles?: Content['files'];
  readonly lost?: readonly string[];
  readonly text?: string;
  readonly taken?: Content['taken'];
}

export interface Loaded {
  readonly posts: readonly Post[];
  /** What is written to be mailed, each with its place and delay as its author wrote them. */
  readonly letters?: readonly Letter[];
  readonly diagnostics: readonly Diagnostic[];
  /** The post whose body for one target a file holds, both relative to the blog's root. */
  readonly variants?: Readonly<Record<string, string>>;
}

/** A place that originals come from. */
export interface Source {
  readonly name: string;
  /** The folder that its posts lie in, relative to the blog's, where they are files. */
  readonly folder?: string | undefined;
  /** Whether every file of its folder is a letter, so that no other source takes one for a post. */
  readonly holdsLetters?: boolean;
  /** The folders whose files the site serves from its root, relative to the blog's, where the config names them. */
  readonly served?: readonly string[] | undefined;
  /** Where the pages of its posts tell what markdown cannot; nowhere by default. */
  readonly pages?: PagesPlace | undefined;
  /** Reads the front matter of every post; a fault in a post is a diagnostic, never a throw. */
  load(signal: AbortSignal): Promise<Loaded>;
  /** The digests that `read` would give for a post that was loaded, without parsing anything. Throws `POST_UNREADABLE` when the post has gone. */
  digest(post: Post | Letter): Digests;
  /**
   * What a file that a post's body names is on the site, as `Content.files` has it; `path` is the file that the body was read from,
   * relative to the blog's root. Undefined for what is no file beside the post or of the site.
   */
  findFile?(post: Post, path: string, named: string): string | false | null | undefined;
  /** Remembers what was learned for the next run. */
  remember?(): void;
  /** Reads and parses the body of one post. Throws `POST_UNREADABLE` when it has gone. */
  read(post: Post, signal: AbortSignal): Promise<Content>;
  /** Reads and parses the body of one letter; absent where a source has none. Throws `POST_UNREADABLE` when it has gone. */
  readLetter?(letter: Letter, signal: AbortSignal): Promise<Content>;
}
