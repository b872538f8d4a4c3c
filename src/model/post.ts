import type { Place } from './diagnostic.ts';

/** The ledger's key for a post: its `id`, else its slug. It never changes. */
export type PostId = string;

/** The `publishAt` of a draft that has no date yet: never. */
export const undated = '9999-12-31T00:00:00Z';

export interface Author {
  readonly name: string;
  readonly url?: string;
}

export interface Cover {
  /** Absolute URL. */
  readonly url: string;
  readonly alt?: string;
}

/** Files of a post's own folder, by a pattern of their paths in it, with the name that the post uses for them. */
export interface Resource {
  readonly src: string;
  readonly name: string;
}

/** Where a post stands in a series; parts are all numbered or all ordered by date. */
export interface SeriesPlace {
  readonly name: string;
  readonly part?: number;
  readonly group?: string;
  /** The post is the map of the whole series instead of one of its parts. */
  readonly hub?: boolean;
}

/** What one target shall show instead of what the post says. */
export interface Overrides {
  readonly title?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** `false` is none. */
  readonly cover?: Cover | false;
  /** The whole commentary, on targets that have one. */
  readonly text?: string;
  /** The instant before which the copy does not go out, ISO 8601 in UTC. */
  readonly at?: string;
}

/** Which targets may show a post: `false` is none; a name that is missing follows the target's `opt_in`. */
export type Syndicate = false | Readonly<Record<string, boolean | Overrides>>;

/** The front matter fields a diagnostic can point at. */
export type PostField =
  | 'title'
  | 'date'
  | 'updated'
  | 'description'
  | 'tags'
  | 'slug'
  | 'id'
  | 'canonical_url'
  | 'draft'
  | 'cover'
  | 'author'
  | 'lang'
  | 'series'
  | 'part'
  | 'syndicate'
  | 'silence';

/** The original, as its front matter tells it. The body is read by its source, when a rendition needs it. */
export interface Post {
  readonly id: PostId;
  /** The source's name in the config, and the file's path relative to the blog's root (or a feed item's URL). */
  readonly origin: { readonly source: string; readonly path: string };
  /** The original's permanent address, absolute. */
  readonly canonicalUrl: string;
  readonly title: string;
  readonly summary?: string;
  /** ISO 8601 in UTC, such as `2026-11-21T08:30:00Z`. */
  readonly publishAt: string;
  readonly updatedAt?: string;
  /** When its page is taken off the site, ISO 8601 in UTC: from then on no copy of it is made. */
  readonly expiresAt?: string;
  readonly draft: boolean;
  readonly tags: readonly string[];
  readonly series?: SeriesPlace;
  readonly cover?: Cover;
  readonly resources?: readonly Resource[];
  readonly authors: readonly Author[];
  /** BCP 47, such as `en` or `pt-BR`. */
  readonly lang: string;
  readonly syndicate: Syndicate;
  /** The rules that are not to be reported for this post, by id, each with its author's reason. */
  readonly silence?: Readonly<Record<string, string>>;
  /** Where each field given in the front matter stands, for diagnostics. */
  readonly places: Readonly<Partial<Record<PostField, Place>>>;
}

/** What a plan knows of a post or a letter that a copy is made of. Every post is one. */
export type Writing = Pick<
  Post,
  | 'id'
  | 'origin'
  | 'canonicalUrl'
  | 'publishAt'
  | 'updatedAt'
  | 'expiresAt'
  | 'draft'
  | 'series'
  | 'syndicate'
>;
