import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';
import type { Content } from '../model/source.ts';
import { describePostError } from '../sources/describe-post-error.ts';
import { showWrapped } from '../transform/show-wrapped.ts';
import type { Blog } from './load.ts';

/** Does something with a post's body. If the body cannot be read or is too deep to be rendered, that is a fault of the post. */
export async function openPost<Result>(
  post: Post,
  blog: Blog,
  work: (content: Content) => Result | Promise<Result>,
): Promise<{ readonly result: Result } | { readonly fault: Diagnostic }> {
  return openBody(post, async () => work(showWrapped(await blog.read(post))));
}

/** Does with the body of any file what `openPost` does with a post's. */
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
