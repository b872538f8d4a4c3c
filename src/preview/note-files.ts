import type { Blog } from '../blog/load.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Content } from '../model/source.ts';

/** Notes the files that shown bodies name or take values from, to tell which bodies name others by now though their own text is as it was. */
export interface NotedFiles {
  readonly watch: (blog: Blog) => Blog;
  /** The posts whose bodies were read and whose files are others in a blog that was read later. */
  readonly findOutdated: (blog: Blog) => readonly PostId[];
  /** The files that values in these bodies were looked for in, relative to the blog's folder. */
  readonly valueFiles: () => ReadonlySet<string>;
}

/** Opens the notes, of which there are none yet. */
export function noteFiles(): NotedFiles {
  const noted = new Map<PostId, Required<Pick<Content, 'files' | 'path'>>>();
  const values = new Set<string>();
  const read = async (blog: Blog, post: Post): Promise<Content> => {
    const content = await blog.read(post);
    const { files = {}, ownFiles = files, path = post.origin.path } = content;
    noted.set(post.id, { files: ownFiles, path });
    for (const file of content.valueFiles ?? []) values.add(file);
    return content;
  };
  return {
    watch: (blog) => ({ ...blog, read: (post) => read(blog, post) }),
    findOutdated: (blog) =>
      blog.posts.flatMap((post) => {
        const findFile = blog.findFileOf(post);
        const { files, path } = noted.get(post.id) ?? { files: {}, path: '' };
        const isSame = Object.entries(files).every(([named, found]) => findFile?.(path, named) === found);
        return findFile === undefined || isSame ? [] : [post.id];
      }),
    valueFiles: () => values,
  };
}
