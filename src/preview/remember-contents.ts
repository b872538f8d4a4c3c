import { findDigests } from './find-digests.ts';
import type { Blog } from '../blog/load.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Content } from '../model/source.ts';

/** How many bodies are remembered: a tree takes about a hundred times the memory of its text. */
const mostRemembered = 100;

/** Bodies that were read, remembered while the blog is read again and again. */
export interface RememberedContents {
  /** A blog, read under the config of a digest, that reads no body again that is as it was, with the files it names. */
  readonly rememberIn: (blog: Blog, config: string) => Blog;
}

/** Remembers the bodies that were asked for last. */
export function rememberContents(): RememberedContents {
  const remembered = new Map<PostId, { readonly key: string; readonly content: Content }>();
  const readFrom = async (blog: Blog, config: string, post: Post): Promise<Content> => {
    const digests = findDigests(blog, post);
    const key = JSON.stringify([config, post, digests]);
    const known = remembered.get(post.id);
    remembered.delete(post.id);
    if (known?.key === key && hasSameFiles(blog, post, known.content)) {
      remembered.set(post.id, known);
      return known.content;
    }
    const content = await blog.read(post);
    // A blog gives again what it has read, also where the file has been changed since.
    const isAsDigested = content.digest === digests?.digest;
    if (isAsDigested && content.variants === undefined) remembered.set(post.id, { key, content });
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
    return content;
  };
  return { rememberIn: (blog, config) => ({ ...blog, read: (post) => readFrom(blog, config, post) }) };
}

function hasSameFiles(blog: Blog, post: Post, { files = {}, path = post.origin.path }: Content): boolean {
  const findFile = blog.findFileOf(post);
  return (
    findFile !== undefined && Object.entries(files).every(([named, found]) => findFile(path, named) === found)
  );
}
