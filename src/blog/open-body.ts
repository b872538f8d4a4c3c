import { BroadsideError } from '../base/errors.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';
import type { Content } from '../model/source.ts';
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
  const place = { severity: 'error', file: origin.path, postId: id, line: 1, column: 1 } as const;
  try {
    return { result: await work() };
  } catch (error) {
    if (error instanceof RangeError) {
      const message = 'The post is nested too deeply to be rendered.';
      return {
        fault: { ...place, rule: 'post-too-deep', message, remedy: 'Make its lists or quotes shallower.' },
      };
    }
    if (!(error instanceof BroadsideError)) throw error;
    const { code, message, remedy, file = origin.path, line = 1, column = 1 } = error;
    const rule = code === 'POST_TOO_COSTLY' ? 'post-too-costly' : 'post-unreadable';
    return { fault: { ...place, rule, message, remedy, file, line, column } };
  }
}
