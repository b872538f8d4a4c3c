import { join } from 'node:path';
import { compareText } from '../../base/compare-text.ts';
import { urlKey } from '../../reading/url-key.ts';
import type { FeedPost } from '../../sources/feed/interpret-feed.ts';
import type { ExistingPost } from './find-imported.ts';

/** Where an entry's post is, or is to be. */
export interface EntryPlace {
  readonly entry: FeedPost;
  readonly slug: string;
  /** Absolute. */
  readonly path: string;
  /** What is there. */
  readonly existing: string | undefined;
  /** Whether another post has the entry's own name. */
  readonly isNumbered: boolean;
}

/**
 * Finds each entry's file: the one that has its canonical URL, whatever it is called now; else one of its own name, with a
 * number where another post has that. Of those that share a name the oldest keeps it.
 */
export function placeEntries(
  entries: readonly FeedPost[],
  existing: readonly ExistingPost[],
  out: string,
  inFolders: boolean,
): readonly EntryPlace[] {
  const byUrl = new Map(existing.map((post) => [post.canonicalUrl, post]));
  const bySlug = new Map(existing.map((post) => [post.slug, post]));
  const names = new Set(entries.map(({ slug }) => slug));
  const used = new Set<string>();
  const lastNumbers = new Map<string, number>();
  const places = new Map<FeedPost, EntryPlace>();
  const oldestFirst = entries.toSorted((a, b) => compareText(a.publishAt ?? '', b.publishAt ?? ''));
  const place = (entry: FeedPost, slug: string, post: ExistingPost | undefined): void => {
    used.add(slug);
    const path = post?.path ?? join(out, inFolders ? join(slug, 'index.md') : `${slug}.md`);
    const isNumbered = slug !== entry.slug && slug.startsWith(`${entry.slug}-`) && post === undefined;
    places.set(entry, { entry, slug, path, existing: post?.text, isNumbered });
  };
  for (const entry of oldestFirst) {
    const key = entry.original === undefined ? undefined : urlKey(entry.original);
    const post = key === undefined ? undefined : byUrl.get(key);
    if (post !== undefined && !used.has(post.slug)) place(entry, post.slug, post);
  }
  for (const entry of oldestFirst.filter((one) => !places.has(one))) {
    const isFree = (slug: string): boolean =>
      !used.has(slug) &&
      (slug === entry.slug || !names.has(slug)) &&
      !isAnother(bySlug.get(slug), entry.original);
    let slug = entry.slug;
    let number = lastNumbers.get(entry.slug) ?? 1;
    while (!isFree(slug)) slug = `${entry.slug}-${(number += 1)}`;
    lastNumbers.set(entry.slug, number);
    place(entry, slug, bySlug.get(slug));
  }
  return entries.flatMap((entry) => places.get(entry) ?? []);
}

/** Whether a file that has an entry's name is another post's, by its canonical URL. */
function isAnother(post: ExistingPost | undefined, original: string | undefined): boolean {
  return post?.canonicalUrl !== undefined && original !== undefined && post.canonicalUrl !== urlKey(original);
}
