import { loadBlog, type Blog } from '../blog/load.ts';
import { loadConfig } from '../config/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';
import { auditFeed, type PublishedCopy } from '../blog/audit-feed.ts';
import { countFaults, formatDiagnostic, reportDiagnostics, sortDiagnostics } from '../report/diagnostics.ts';
import type { Shell } from '../base/shell.ts';
import { interpretFeed, type FeedPost, type Interpreted } from '../sources/feed/interpret-feed.ts';
import { listLinks, namesSeries } from '../sources/feed/find-series-notice.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { linkKeys, urlKey } from '../reading/url-key.ts';
import { readFeedWord } from '../sources/feed/read-feed-word.ts';

export interface AuditArguments {
  readonly config: string;
  /** A file, an http(s) URL, or `-` for standard input. */
  readonly feed: string;
  readonly allowPrivate: boolean;
}

/**
 * Runs `broadside audit`: compares what is published in a feed with the author's posts. Changes and sends nothing. Returns the exit
 * code: 1 when something is missing or wrong. Throws when the config or the feed cannot be read.
 */
export async function runAudit(args: AuditArguments, shell: Shell): Promise<number> {
  const config = await loadConfig(args.config, shell.cwd);
  const blog = await loadBlog(config, shell.signal);
  const feed = await readFeedWord(args, shell);
  const posts = blog.posts.filter((post) => !post.draft && post.publishAt <= shell.now());
  const find = indexPosts(posts);
  const copies = interpretFeed(feed, config.site.timezone, (item) =>
    describeCopy(item, posts, find, args.feed),
  );
  const flaws = (feed.flaws ?? []).map((flaw) => ({ ...flaw, file: args.feed }));
  const faults = [...flaws, ...auditFeed(copies, posts, feed.title || args.feed), ...listUnread(blog)];
  const { errors, warnings } = countFaults(faults);
  const matched = copies.filter(({ post }) => post !== undefined).length;
  if (shell.format === 'json') {
    const shown = copies.map(({ file, title, original, post }) => ({
      copy: file,
      title,
      original: original ?? null,
      post: post?.id ?? null,
    }));
    shell.print(
      `${JSON.stringify({ copies: shown, posts: posts.length, errors, warnings, diagnostics: sortDiagnostics(faults) }, null, 2)}\n`,
    );
    return faults.length > 0 ? 1 : 0;
  }
  if (shell.format === 'github') {
    for (const fault of sortDiagnostics(faults)) shell.print(`${formatDiagnostic(fault, 'github')}\n`);
  } else reportDiagnostics(faults, shell);
  shell.print(
    `${copies.length} copies in ${cleanForTerminal(feed.title || args.feed)}, ${matched} of them of your ${posts.length} posts: ` +
      `${errors} errors, ${warnings} warnings.\n`,
  );
  return faults.length > 0 ? 1 : 0;
}

/** Faults that keep posts from being compared. */
function listUnread({ diagnostics }: Blog): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

type FindPost = (url: string) => Post | undefined;

/** Finds the post that an address leads to. */
function indexPosts(posts: readonly Post[]): FindPost {
  const byUrl = new Map(posts.map((post) => [urlKey(post.canonicalUrl), post]));
  return (url) => linkKeys(url).flatMap((key) => byUrl.get(key) ?? [])[0];
}

/** An item as the audit sees it: the post it is a copy of is found by the original it names, else by its name or title. */
function describeCopy(
  { post: shown, tree }: Interpreted,
  posts: readonly Post[],
  find: FindPost,
  feed: string,
): PublishedCopy {
  const { link, title, tags, original, publishAt } = shown;
  const named = original === undefined ? undefined : find(original);
  const post = named ?? posts.find((one) => isNamed(one, shown));
  return {
    file: link ?? feed,
    title,
    tags,
    isLinked: named !== undefined,
    linked: new Set(listLinks(tree).flatMap((url) => find(url)?.id ?? [])),
    linksToSeries: namesSeries(tree),
    ...(original !== undefined && { original }),
    ...(publishAt !== undefined && { publishAt }),
    ...(post && { post }),
  };
}

function isNamed(post: Post, { slug, title }: FeedPost): boolean {
  const words = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return post.id === slug || (title !== '' && words(post.title) === words(title));
}
