import type { PostId } from './post.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A file a target needs beside the text, by its absolute URL. */
export interface Asset {
  readonly role: 'cover';
  readonly url: string;
  readonly alt?: string;
}

/** Named digests of what a copy was made from; the names that differ say why a copy changed. */
export type Inputs = Readonly<Record<string, string>>;

/** What one target will show of one post. */
export interface Rendition {
  readonly postId: PostId;
  readonly target: string;
  readonly canonicalUrl: string;
  readonly body: string;
  /** Everything the target takes beside the body, under the target's own field names. */
  readonly fields: { readonly [name: string]: Json };
  readonly assets: readonly Asset[];
  /** The posts this rendition links to or names, its own excluded. */
  readonly references: readonly PostId[];
  readonly inputs: Inputs;
  /** A digest of body, fields and assets. */
  readonly fingerprint: string;
}
