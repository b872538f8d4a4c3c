import { BroadsideError } from '../base/errors.ts';
import type { Blog } from '../blog/load.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Content, Digests } from '../model/source.ts';

/** How many bodies are kept: a tree takes about a hundred times the memory of its text. */
const mostKept = 100;

/** Bodies that were read, kept while the blog is read again and again. */
export interface KeptContents {
  /** A blog, read under the config of a digest, that reads no body again that is as it was, with the files it names. */
  readonly keepIn: (blog: Blog, config: string) => Blog;
}

/** Keeps the bodies that were asked for last. */
export function keepContents(): KeptContents {
  const kept = new Map<PostId, { readonly key: string; readonly content: Content }>();
  const readFrom = async (blog: Blog, config: string, post: Post): Promise<Content> => {
    const digests = findDigests(blog, post);
    const key = JSON.stringify([config, post, digests]);
    const known = kept.get(post.id);
    kept.delete(post.id);
    if (known?.key === key && hasSameFiles(blog, post, known.content)) {
      kept.set(post.id, known);
      return known.content;
    }
    const content = await blog.read(post);
    // A blog gives again what it has read, also where the file has been changed since.
    const isAsDigested = content.digest === digests?.digest;
    if (isAsDigested && content.variants === undefined) kept.set(post.id, { key, content });
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return content;
  };
  return { keepIn: (blog, config) => ({ ...blog, read: (post) => readFrom(blog, config, post) }) };
}

function findDigests(blog: Blog, post: Post): Digests | undefined {
  try {
    return blog.digest(post);
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}

function hasSameFiles(blog: Blog, post: Post, { files = {}, path = post.origin.path }: Content): boolean {
  const findFile = blog.findFileOf(post);
  return (
    findFile !== undefined && Object.entries(files).every(([named, found]) => findFile(path, named) === found)
  );
}
