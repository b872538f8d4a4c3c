import type { Root } from 'mdast';
import type { Place } from '../model/diagnostic.ts';

/** Siblings in a tree: the way to their parent, an index a step, and the first and the last of them. */
export interface Span {
  readonly path: readonly number[];
  readonly first: number;
  readonly last: number;
}

/**
 * A part of a post that only its site can show: a shortcode, a component, an include or a templated value, with everything inside
 * it. If it is in a line of text or in a table, the mark is that whole text or table.
 */
export interface Mark {
  /** A digest of its source and of its place among marks with the same source; it stays the same as long as neither changes. */
  readonly key: string;
  /** As it is written. */
  readonly source: string;
  /** How the author calls the first construct in it, for people: `x-chart`. */
  readonly name: string;
  /** Where that construct stands in the file. */
  readonly place: Place;
  /** Whether text that the author wrote stands around it in one line. */
  readonly inline: boolean;
  /** Where in the tree it stands. */
  readonly span: Span;
}

/** What a post's page shows in a mark's place; plain JSON, to be kept. */
export interface Piece {
  readonly seen: 'content';
  /** HTML that needs nothing of its page: without scripts, its addresses absolute. */
  readonly html: string;
  /** The page's address. */
  readonly page: string;
  /** What readers will miss in it, or the author may want to check: one phrase each. */
  readonly told: readonly string[];
}

/** Why a mark has no piece. */
export type MissingReason =
  /** There is no page, or it does not answer. */
  | 'no-page'
  /** It is on the site, where nobody has looked yet. */
  | 'unseen'
  /** It is too large or too deep to be looked at. */
  | 'too-large'
  /** Less than four fifths of the post's text is on it. */
  | 'stale'
  /** The text before or after the mark was not found on it. */
  | 'not-found'
  /** More than one thing on the page could be meant. */
  | 'uncertain'
  /** The page shows nothing there. */
  | 'empty';

export interface Missing {
  readonly seen: 'nothing';
  readonly reason: MissingReason;
  /** For people, in one sentence. */
  readonly words: string;
}

/** What was found of each mark, by its key. */
export type Pieces = ReadonlyMap<string, Piece | Missing>;

/** The page of a post as its site shows it; `url` is the canonical one. */
interface PageOfPost {
  readonly url: string;
  readonly html: string;
}

/** A post beside its page. */
export interface PagedPost {
  readonly tree: Root;
  readonly marks: readonly Mark[];
  readonly page: PageOfPost;
}

/** What the pages of a blog have in common, learned from several of its posts; plain JSON. */
export interface Chrome {
  /** The element that holds the article on most pages, its name and classes; absent where they do not agree. */
  readonly container?: string;
  /** What stands before an article in its container, after it, and among its blocks: digests, each with how many posts have it. */
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  readonly inside: Readonly<Record<string, number>>;
}
