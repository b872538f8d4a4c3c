import { digestText } from '../base/digest.ts';
import type { Blog } from '../blog/load.ts';
import type { Site } from '../model/site.ts';

/** A digest of what all posts show of themselves in each other: where they are, whether they are out, and what they are called. */
export function digestHeads({ posts }: Pick<Blog, 'posts'>, { awaited }: Pick<Site, 'awaited'>): string {
  const heads = posts.map(({ id, origin, canonicalUrl, title, lang, draft, publishAt }) => [
    id,
    origin.path,
    canonicalUrl,
    title,
    lang,
    draft,
    publishAt,
    awaited?.has(id) === true,
  ]);
  return digestText(JSON.stringify(heads));
}
