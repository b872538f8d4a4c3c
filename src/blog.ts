import type { Config } from './config.ts';
import { BroadsideError, suggestWord } from './errors.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { Post, PostId } from './model/post.ts';
import type { Series, Site } from './model/site.ts';
import type { Content } from './model/source.ts';
import { groupSeries } from './plan/assemble.ts';
import { checkPosts } from './sources/check-posts.ts';
import { urlKey } from './transform/url-key.ts';

/** Every post of every source, with the faults found on the way. */
export interface Blog {
  readonly posts: readonly Post[];
  readonly diagnostics: readonly Diagnostic[];
  readonly read: (post: Post) => Promise<Content>;
}

/** Reads the front matter of every post; bodies are read when asked for, each once. */
export async function loadBlog(config: Config, signal: AbortSignal): Promise<Blog> {
  const loaded = await Promise.all(config.sources.map((source) => source.load(signal)));
  const checked = checkPosts(loaded.flatMap(({ posts }) => posts));
  const sources = new Map(config.sources.map((source) => [source.name, source]));
  const contents = new Map<PostId, Promise<Content>>();
  return {
    posts: checked.posts,
    diagnostics: [...loaded.flatMap(({ diagnostics }) => diagnostics), ...checked.diagnostics],
    read: (post) => {
      const known = contents.get(post.id);
      if (known !== undefined) return known;
      const source = sources.get(post.origin.source);
      if (source === undefined) throw new TypeError(`no source is called ${post.origin.source}`);
      const content = source.read(post, signal);
      contents.set(post.id, content);
      return content;
    },
  };
}

/** The site as renditions see it: which posts are out, and each series in order. */
export function describeSite(config: Config, posts: readonly Post[], isOut: (post: Post) => boolean): Site {
  return {
    ...config.site,
    navigation: config.series.navigation,
    postsByUrl: new Map(posts.filter((post) => !post.draft).map((post) => [urlKey(post.canonicalUrl), post])),
    seriesByPost: new Map(
      [...groupSeries(posts)].flatMap(([name, members]) =>
        members.map((post): [PostId, Series] => [
          post.id,
          {
            name,
            parts: members
              .filter((part) => part.id === post.id || isOut(part))
              .map(({ id, title, canonicalUrl, summary }) => ({
                postId: id,
                title,
                url: canonicalUrl,
                ...(summary !== undefined && { summary }),
              })),
          },
        ]),
      ),
    ),
  };
}

/** The posts that words on the command line name: by id or by file. Throws `POST_UNKNOWN`. */
export function namePosts(words: readonly string[], blog: Blog): readonly Post[] {
  return words.map((word) => {
    const plain = word.replaceAll('\\', '/').replace(/^\.\//, '');
    const post = blog.posts.find((one) => one.id === word || one.origin.path === plain);
    if (post !== undefined) return post;
    const fault = blog.diagnostics.find(
      (one) => one.severity === 'error' && (one.file === plain || one.postId === word),
    );
    if (fault !== undefined) {
      throw new BroadsideError(
        'POST_INVALID',
        `${fault.file}:${fault.line}:${fault.column} ${fault.message}`,
        {
          remedy: fault.remedy,
          file: fault.file,
          line: fault.line,
          column: fault.column,
        },
      );
    }
    const near = suggestWord(
      word,
      blog.posts.map((one) => one.id),
    );
    throw new BroadsideError('POST_UNKNOWN', `No post is called "${word}".`, {
      remedy:
        near === undefined
          ? 'Name a post by its id or its file; "broadside status" lists them.'
          : `Did you mean "${near}"?`,
    });
  });
}
