import type { Root } from 'mdast';
import type { Diagnostic } from './diagnostic.ts';
import type { Post } from './post.ts';

/** A post's body as a tree, and the digest of the bytes it was read from (front matter included). */
export interface Content {
  readonly tree: Root;
  readonly digest: string;
}

export interface Loaded {
  readonly posts: readonly Post[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A place that originals come from. */
export interface Source {
  readonly name: string;
  /** Reads the front matter of every post; a fault in a post is a diagnostic, never a throw. */
  load(signal: AbortSignal): Promise<Loaded>;
  /** Reads and parses the body of one post. Throws `POST_UNREADABLE` when it has gone. */
  read(post: Post, signal: AbortSignal): Promise<Content>;
}
