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
      updated: entry.updatedAt,
      ...nameAuthors(entry),
      description: entry.summary,
      tags: entry.tags.length > 0 ? entry.tags : undefined,
      canonical_url: entry.original,
      cover_image: entry.cover?.alt === undefined ? cover : undefined,
      cover: entry.cover?.alt === undefined ? undefined : { src: cover, alt: entry.cover.alt },
      lang: entry.lang === feedLanguage ? undefined : entry.lang,
      draft: entry.draft,
    },
    tree,
  );
}

/** A single author by name, as most blogs write one; several, or one with an address, as a list. */
function nameAuthors({ authors }: FeedPost): Readonly<Record<string, unknown>> {
  const [first, ...more] = authors;
  if (first === undefined) return {};
  return more.length === 0 && first.url === undefined ? { author: first.name } : { authors };
}
