import type { Root } from 'mdast';
import type { FeedPost } from '../../sources/feed/interpret-feed.ts';
import { printMarkdown } from '../../sources/feed/print-markdown.ts';

/** A feed's item as a post's whole text, with the cover given in place of its own. */
export function printEntry(
  entry: FeedPost,
  tree: Root,
  cover: string | undefined,
  feedLanguage: string | undefined,
): string {
  return printMarkdown(
    {
      title: entry.title === '' ? undefined : entry.title,
      date: entry.publishAt,
      description: entry.summary,
      tags: entry.tags.length > 0 ? entry.tags : undefined,
      canonical_url: entry.original,
      cover_image: entry.cover?.alt === undefined ? cover : undefined,
      cover: entry.cover?.alt === undefined ? undefined : { src: cover, alt: entry.cover.alt },
      lang: entry.lang === feedLanguage ? undefined : entry.lang,
    },
    tree,
  );
}
