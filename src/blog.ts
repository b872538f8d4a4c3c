import type { Config } from './config.ts';
import { BroadsideError, suggestWord } from './errors.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { Post, PostId } from './model/post.ts';
import type { Series, Site } from './model/site.ts';
import type { Content } from './model/source.ts';
import type { Target } from './model/target.ts';
import { groupSeries } from './plan/assemble.ts';
import { dropSilenced, findSilenceFaults } from './silence.ts';
import { checkPosts } from './sources/check-posts.ts';
import { auditBody } from './transform/audit-body.ts';
import { urlKey } from './transform/url-key.ts';

/** Every post of every source, with the faults found on the way. */
export interface Blog {
  readonly posts: readonly Post[];
  readonly diagnostics: readonly Diagnostic[];
  readonly read: (post: Post) => Promise<Content>;
}

/** How many posts' bodies are kept once they are read: a tree takes about a hundred times the memory of its text. */
const keptBodies = 200;

/** Reads the front matter of every post; bodies are read when asked for, and kept while the blog is not a large one. */
export async function loadBlog(config: Config, signal: AbortSignal): Promise<Blog> {
  const loaded = await Promise.all(config.sources.map((source) => source.load(signal)));
  const checked = checkPosts(loaded.flatMap(({ posts }) => posts));
  const sources = new Map(config.sources.map((source) => [source.name, source]));
  const contents = new Map<PostId, Promise<Content>>();
  const byPath = new Map(checked.posts.map((post) => [post.origin.path, post]));
  const found = [
    ...loaded.flatMap(({ diagnostics }) => diagnostics),
    ...checked.diagnostics,
    ...checked.posts.flatMap((post) => findUnknownTargets(post, config)),
  ];
  return {
    posts: checked.posts,
    diagnostics: [
      ...found.flatMap((fault) => dropSilenced([fault], byPath.get(fault.file) ?? {}, config.rules)),
      ...checked.posts.flatMap((post) => findSilenceFaults(post, config.rules)),
    ],
    read: (post) => {
      const known = contents.get(post.id);
      if (known !== undefined) return known;
      const source = sources.get(post.origin.source);
      if (source === undefined) throw new TypeError(`no source is called ${post.origin.source}`);
      const content = source.read(post, signal);
      contents.set(post.id, content);
      const [oldest] = contents.keys();
      if (contents.size > keptBodies && oldest !== undefined) contents.delete(oldest);
      return content;
    },
  };
}

/** What a post says of targets that the config does not have. */
function findUnknownTargets(post: Post, config: Config): readonly Diagnostic[] {
  const known = config.targets.map((target) => target.name);
  const named = post.syndicate === false ? [] : Object.keys(post.syndicate);
  return named
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = suggestWord(name, known);
      return {
        rule: 'post-syndicate-unknown',
        severity: 'warning',
        message: `\`syndicate\` names "${name}", which is no target in the config.`,
        remedy: near === undefined ? `The targets are ${known.join(', ')}.` : `Did you mean "${near}"?`,
        file: post.origin.path,
        ...(post.places.syndicate ?? { line: 1, column: 1 }),
        postId: post.id,
      };
    });
}

/** Does something with a post's body; a body that cannot be read or is too deep to be rendered is a fault of the post. */
export async function openPost<Result>(
  post: Post,
  blog: Blog,
  work: (content: Content) => Result,
): Promise<{ readonly result: Result } | { readonly fault: Diagnostic }> {
  const place = { severity: 'error', file: post.origin.path, postId: post.id, line: 1, column: 1 } as const;
  try {
    return { result: work(await blog.read(post)) };
  } catch (error) {
    if (error instanceof RangeError) {
      const message = 'The post is nested too deeply to be rendered.';
      return {
        fault: { ...place, rule: 'post-too-deep', message, remedy: 'Make its lists or quotes shallower.' },
      };
    }
    if (!(error instanceof BroadsideError)) throw error;
    const { message, remedy, line = 1, column = 1 } = error;
    return { fault: { ...place, rule: 'post-unreadable', message, remedy, line, column } };
  }
}

/** What is wrong with a post's body, wherever it goes and on the targets given, but for what its author silenced. */
export function auditPost(
  post: Post,
  content: Content,
  targets: readonly Target[],
  site: Site,
  { rules }: Pick<Config, 'rules'>,
): readonly Diagnostic[] {
  const faults = [
    ...auditBody(post, content.tree),
    ...targets.flatMap((target) => target.audit(post, content, site)),
  ];
  return dropSilenced(faults, post, rules);
}

/** The site as renditions see it: which posts are out, and each series in order. */
export function describeSite(config: Config, posts: readonly Post[], isOut: (post: Post) => boolean): Site {
  return {
    ...config.site,
    navigation: config.series.navigation,
    postsByUrl: new Map(posts.filter((post) => !post.draft).map((post) => [urlKey(post.canonicalUrl), post])),
    postsByPath: new Map(posts.map((post) => [post.origin.path, post])),
    copies: new Map(),
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
    const faults = blog.diagnostics.filter((one) => one.file === plain || one.postId === word);
    const fault = faults.find(({ severity }) => severity === 'error') ?? faults[0];
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
