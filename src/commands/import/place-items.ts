import { join } from 'node:path';
import { compareText } from '../../base/compare-text.ts';
import { urlKey } from '../../reading/url-key.ts';
import type { FeedPost } from '../../sources/feed/interpret-feed.ts';
import type { ExistingPost } from './find-imported.ts';

/** Where the file of a feed's item is, or is to be. */
export interface ItemPlace {
  readonly post: FeedPost;
  readonly slug: string;
  /** Absolute. */
  readonly path: string;
  /** What is there. */
  readonly existing: string | undefined;
  /** Whether another post has the item's own name. */
  readonly isNumbered: boolean;
}

/**
 * Finds each item's file: the one that has its canonical URL, whatever it is called now; else one of its own name, with a
 * number where another post has that. Of those that share a name the oldest keeps it.
 */
export function placeItems(
  posts: readonly FeedPost[],
  existing: readonly ExistingPost[],
  out: string,
  inFolders: boolean,
): readonly ItemPlace[] {
  const byUrl = new Map(existing.map((there) => [there.canonicalUrl, there]));
  const bySlug = new Map(existing.map((there) => [there.slug, there]));
  const names = new Set(posts.map(({ slug }) => slug));
  const used = new Set<string>();
  const lastNumbers = new Map<string, number>();
  const places = new Map<FeedPost, ItemPlace>();
  const oldestFirst = posts.toSorted((a, b) => compareText(a.publishAt ?? '', b.publishAt ?? ''));
  const place = (post: FeedPost, slug: string, there: ExistingPost | undefined): void => {
    used.add(slug);
    const path = there?.path ?? join(out, inFolders ? join(slug, 'index.md') : `${slug}.md`);
    const isNumbered = slug !== post.slug && slug.startsWith(`${post.slug}-`) && there === undefined;
    places.set(post, { post, slug, path, existing: there?.text, isNumbered });
  };
  for (const post of oldestFirst) {
    const key = post.original === undefined ? undefined : urlKey(post.original);
    const there = key === undefined ? undefined : byUrl.get(key);
    if (there !== undefined && !used.has(there.slug)) place(post, there.slug, there);
  }
  for (const post of oldestFirst.filter((one) => !places.has(one))) {
    const isFree = (slug: string): boolean =>
      !used.has(slug) &&
      (slug === post.slug || !names.has(slug)) &&
      !isAnother(bySlug.get(slug), post.original);
    let slug = post.slug;
    let number = lastNumbers.get(post.slug) ?? 1;
    while (!isFree(slug)) slug = `${post.slug}-${(number += 1)}`;
    lastNumbers.set(post.slug, number);
    place(post, slug, bySlug.get(slug));
  }
  return posts.flatMap((post) => places.get(post) ?? []);
}

/** Whether a file that has an item's name is another post's, by its canonical URL. */
function isAnother(there: ExistingPost | undefined, original: string | undefined): boolean {
  return (
    there?.canonicalUrl !== undefined && original !== undefined && there.canonicalUrl !== urlKey(original)
  );
}
