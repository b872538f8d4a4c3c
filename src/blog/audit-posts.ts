import type { Config } from '../config/load.ts';
import type { Post } from '../model/post.ts';
import type { Rendition } from '../model/rendition.ts';
import type { FeedTarget, PostTarget } from '../model/target.ts';
import { findExclusion, isOutAt, isShown, selectItems } from './eligibility.ts';
import { describeSite } from './describe-site.ts';
import type { Blog } from './load.ts';
import { openRememberedFaults, type Audited } from './remembered-faults.ts';
import { openPostRenderer, type RenderedPost } from './render-posts.ts';

/** Looks for what is wrong with posts. */
export interface PostAudit {
  /** What an earlier run found in an unchanged post, without reading its body. */
  readonly recall: (post: Post) => Audited | undefined;
  /** What is wrong with a post on every target that it could go to, and the post as an item of each feed that shows it. */
  readonly look: (post: Post) => Promise<Audited>;
  /** Remembers what was found for the next run, once every post was looked at. */
  readonly save: () => void;
}

/**
 * Prepares to look for the faults of posts at an instant, ISO 8601 in UTC. The faults of unchanged posts are remembered from
 * earlier runs.
 */
export function openAudit(config: Config, blog: Blog, now: string): PostAudit {
  const isOut = (post: Post): boolean => isOutAt(post, now);
  const site = describeSite(config, blog.posts, isOut);
  const listed = listItems(config, blog.posts, isOut);
  const remembered = openRememberedFaults(config, blog, site);
  const recall = (post: Post): Audited | undefined => {
    const known = remembered.find(post);
    return known !== undefined && namesOf(post, listed).every((name) => name in known.items)
      ? known
      : undefined;
  };
  const look = async (post: Post): Promise<Audited> => {
    const known = recall(post);
    if (known !== undefined) return known;
    const read = new Set<Post>();
    const watched: Blog = {
      ...blog,
      read(one) {
        read.add(one);
        return blog.read(one);
      },
    };
    const targets = config.postTargets.filter((target) => isAudited(post, target));
    const { diagnostics, shown } = await openPostRenderer(watched, config, site)(post, targets);
    const found = { faults: diagnostics, items: chooseItems(shown, namesOf(post, listed)) };
    await remembered.remember(post, found, read);
    return found;
  };
  return { recall, look, save: () => remembered.save() };
}

/** Whether a target's rules apply to a post. A draft counts as a post that is ready. */
export function isAudited(post: Post, target: PostTarget): boolean {
  return target.granularity === 'copy'
    ? findExclusion({ ...post, draft: false }, target) === undefined
    : isShown(target, post);
}

/** The posts that each feed shows, by the feed's name. */
export type ListedItems = ReadonlyMap<string, ReadonlySet<Post>>;

/** Finds the posts that each feed shows. */
export function listItems(
  config: Config,
  posts: readonly Post[],
  isOut: (post: Post) => boolean,
): ListedItems {
  return new Map(
    config.targets
      .filter((target): target is FeedTarget => target.granularity === 'feed')
      .map((target) => [target.name, new Set(selectItems(target, posts, isOut))]),
  );
}

/** The feeds that show a post, by name. */
export function namesOf(post: Post, listed: ListedItems): readonly string[] {
  return [...listed].flatMap(([name, posts]) => (posts.has(post) ? [name] : []));
}

/** A post as an item of each of some feeds. */
export function chooseItems(
  shown: RenderedPost['shown'],
  names: readonly string[],
): Readonly<Record<string, Rendition>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const item = shown.get(name)?.rendition;
      return item === undefined ? [] : [[name, item] as const];
    }),
  );
}
