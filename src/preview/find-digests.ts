import { BroadsideError } from '../base/errors.ts';
import type { Blog } from '../blog/load.ts';
import type { Post } from '../model/post.ts';
import type { Digests } from '../model/source.ts';

/** The digests of a post's content; undefined where its files cannot be read. */
export function findDigests(blog: Blog, post: Post): Digests | undefined {
  try {
    return blog.digest(post);
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}
