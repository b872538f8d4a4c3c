import type { Author, Post, PostId } from './post.ts';

/** One line of a series navigation. */
export interface SeriesPart {
  readonly postId: PostId;
  readonly title: string;
  /** The part's number, where parts are numbered. */
  readonly part?: number;
  /** The group the part stands in, where the series has groups. */
  readonly group?: string;
  /** The canonical URL; absent while the part is not out, which is shown without a link. */
  readonly url?: string;
  readonly summary?: string;
  /** The targets by name that a copy of the part may go to; none where that is not known. */
  readonly targets?: readonly string[];
}

/**
 * A series as one of its posts shows it: parts in order, only those that are out and the part itself; for a hub, the post
 * that shows the whole map, also those with a date to come. A hub is not one of the parts.
 */
export interface Series {
  readonly name: string;
  readonly parts: readonly SeriesPart[];
  /** For a hub, itself; for a part, the series' hub once it is out. */
  readonly hub?: SeriesPart;
}

/** What a rendition may know of the rest of the site. */
export interface Site {
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly author: Author;
  readonly language: string;
  readonly timezone: string;
  /** Where series navigation stands in a rendition. */
  readonly navigation: 'top' | 'bottom' | 'none';
  /** Every post that is not a draft, by canonical URL without fragment, query and final slash. */
  readonly postsByUrl: ReadonlyMap<string, Post>;
  /** Every post, drafts too, by its file's path relative to the blog's root. */
  readonly postsByPath: ReadonlyMap<string, Post>;
  /** Every post, drafts too. */
  readonly postsById: ReadonlyMap<PostId, Post>;
  /** The posts that are not out yet, drafts too; none where that is not known. */
  readonly awaited?: ReadonlySet<PostId>;
  /** The addresses of the copies that are live, by target and post id; only targets whose links lead to copies. */
  readonly copies: ReadonlyMap<string, ReadonlyMap<PostId, string>>;
  /** The series each post belongs to, by post id; posts in no series are missing. */
  readonly seriesByPost: ReadonlyMap<PostId, Series>;
}
