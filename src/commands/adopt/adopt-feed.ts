import { relative } from 'node:path';
import { countOf } from '../../base/count-of.ts';
import { loadBlog } from '../../blog/load.ts';
import { loadConfig } from '../../config/load.ts';
import { writeFeedIds } from '../../config/feed-ids.ts';
import type { Post } from '../../model/post.ts';
import type { TakenId, TakenIds } from '../../model/target.ts';
import type { Shell } from '../../base/shell.ts';
import type { Feed, FeedItem } from '../../sources/feed/feed-item.ts';
import { cleanForTerminal } from '../../base/terminal.ts';
import { linkKeys, urlKey } from '../../reading/url-key.ts';
import { readFeedWord } from '../../sources/feed/read-feed-word.ts';

export interface AdoptFeedArguments {
  readonly config: string;
  /** A file, an http(s) address, or `-` for standard input. */
  readonly feed: string;
  readonly allowPrivate?: boolean;
}

/** What became of one item. `taken`: its id is kept. `known`: its post has an id already. `none`: no post has its address. */
interface Adoption {
  readonly result: 'taken' | 'known' | 'none' | 'no id';
  readonly post?: string;
  readonly guid?: string;
  readonly link?: string;
}

/**
 * Runs `broadside adopt --feed`: keeps the ids by which readers know the items of an existing feed, so that no item shows as new.
 * An id that is kept is never changed. Returns the exit code: 1 when no item belongs to any post.
 */
export async function runAdoptFeed(args: AdoptFeedArguments, shell: Shell): Promise<number> {
  const config = await loadConfig(args.config, shell.cwd);
  const blog = await loadBlog(config, shell.signal);
  const feed = await readFeedWord(args, shell);
  const { ids, adoptions } = matchItems(feed, blog.posts, config.takenIds, config.site.url);
  const count = (result: Adoption['result']): number =>
    adoptions.filter((one) => one.result === result).length;
  const file = relative(shell.cwd, config.feedIds);
  if (count('taken') > 0) writeFeedIds(config.feedIds, ids, shell.cwd);
  const failed = adoptions.length > 0 && count('taken') + count('known') === 0;
  if (shell.format === 'json') {
    shell.print(`${JSON.stringify({ file, items: adoptions }, null, 2)}\n`);
    return failed ? 1 : 0;
  }
  for (const { result, post, guid = '', link } of adoptions) {
    if (result === 'taken') shell.print(`= ${post}  ${cleanForTerminal(guid)}\n`);
    else if (result !== 'known') {
      const why = result === 'none' ? 'no post has this address' : 'the item has no id';
      shell.print(`! ${cleanForTerminal(link ?? guid)}  ${why}\n`);
    }
  }
  const totals = [
    `${countOf(count('taken'), 'id')} taken over`,
    ...(count('known') > 0 ? [`${count('known')} known before`] : []),
    ...(count('none') + count('no id') > 0 ? [`${count('none') + count('no id')} left as they were`] : []),
  ];
  shell.print(`${totals.join(', ')}.\n`);
  if (count('taken') > 0) shell.print(`Commit ${file}: the feeds keep these ids from now on.\n`);
  return failed ? 1 : 0;
}

function matchItems(
  feed: Feed,
  posts: readonly Post[],
  known: TakenIds,
  siteUrl: string,
): { readonly ids: TakenIds; readonly adoptions: readonly Adoption[] } {
  const find = indexPosts(posts, feed, siteUrl);
  const ids: Record<string, TakenId> = { ...known };
  const used = new Set(Object.values(known).map(({ guid }) => guid));
  const adoptions = feed.items.map((item): Adoption => {
    const { guid, link, isPermaLink = false } = item;
    const post = find(item)?.id;
    const told = { ...(post !== undefined && { post }), ...(link !== undefined && { link }) };
    if (guid === undefined) return { result: 'no id', ...told };
    if (post === undefined) return { result: 'none', guid, ...told };
    if (Object.hasOwn(ids, post) || used.has(guid)) return { result: 'known', guid, ...told };
    ids[post] = { guid, isPermaLink };
    used.add(guid);
    return { result: 'taken', guid, ...told };
  });
  return { ids, adoptions };
}

/** Finds an item's post by its address, or, where the blog was on another host, by the path of that. */
function indexPosts(
  posts: readonly Post[],
  feed: Feed,
  siteUrl: string,
): (item: FeedItem) => Post | undefined {
  const byUrl = new Map(posts.map((post) => [urlKey(post.canonicalUrl), post]));
  const oldHost = feed.link === undefined ? undefined : new URL(feed.link).host;
  return ({ link, guid }) => {
    for (const address of [link, guid]) {
      if (address === undefined || !URL.canParse(address)) continue;
      const moved = new URL(address);
      const here = new URL(siteUrl);
      const keys = linkKeys(address);
      const own =
        moved.host === oldHost && moved.host !== here.host
          ? linkKeys(new URL(`${moved.pathname}${moved.search}`, here.origin).href)
          : [];
      const key = [...keys, ...own].find((one) => byUrl.has(one));
      if (key !== undefined) return byUrl.get(key);
    }
    return undefined;
  };
}
