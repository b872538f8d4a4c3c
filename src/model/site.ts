import type { Author, Post, PostId } from './post.ts';

/** One line of a series navigation. */
export interface SeriesPart {
  readonly postId: PostId;
  readonly title: string;
  /** The canonical URL; absent while the part is not out, which is shown without a link. */
  readonly url?: string;
  readonly summary?: string;
}

/** A series as one of its parts shows it: parts in order, only those that are out and the part itself. */
export interface Series {
  readonly name: string;
  readonly parts: readonly SeriesPart[];
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
  /** The series each post belongs to, by post id; posts in no series are missing. */
  readonly seriesByPost: ReadonlyMap<PostId, Series>;
}
