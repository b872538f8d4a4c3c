import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';
import type { Content } from '../model/source.ts';
import { describePostError } from '../sources/describe-post-error.ts';
import { showWrapped } from '../transform/show-wrapped.ts';
import type { Blog } from './load.ts';

/** Does something with a post's body; a body that cannot be read or is too deep to be rendered is a fault of the post. */
export async function openPost<Result>(
  post: Post,
  blog: Blog,
  work: (content: Content) => Result | Promise<Result>,
): Promise<{ readonly result: Result } | { readonly fault: Diagnostic }> {
  return openBody(post, async () => work(showWrapped(await blog.read(post))));
}

/** Does something with the body of a file, be it a post or not; what `openPost` does with it. */
export async function openBody<Result>(
  { id, origin }: Pick<Post, 'id' | 'origin'>,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | { readonly fault: Diagnostic }> {
  try {
    return { result: await work() };
  } catch (error) {
    const fault = describePostError(error);
    if (fault === undefined) throw error;
    return { fault: { severity: 'error', file: origin.path, postId: id, ...fault } };
  }
}
