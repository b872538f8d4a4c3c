import type { Root } from 'mdast';
import type { FeedPost } from '../../sources/feed/interpret-feed.ts';
import { printMarkdown } from '../../sources/feed/print-markdown.ts';

/** A feed's item as a post's whole text, with the cover given in place of its own. */
export function printPost(
  post: FeedPost,
  tree: Root,
  cover: string | undefined,
  feedLanguage: string | undefined,
): string {
  return printMarkdown(
    {
      title: post.title === '' ? undefined : post.title,
      date: post.publishAt,
      updated: post.updatedAt,
      ...nameAuthors(post),
      description: post.summary,
      tags: post.tags.length > 0 ? post.tags : undefined,
      canonical_url: post.original,
      cover_image: post.cover?.alt === undefined ? cover : undefined,
      cover: post.cover?.alt === undefined ? undefined : { src: cover, alt: post.cover.alt },
      lang: post.lang === feedLanguage ? undefined : post.lang,
      draft: post.draft,
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
