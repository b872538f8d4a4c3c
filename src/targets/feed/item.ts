import { z } from 'zod';
import type { Rendition } from '../../model/rendition.ts';

/** The fields of a feed's rendition: what an item says beside its body. */
const itemFields = z.strictObject({
  title: z.string(),
  /** The canonical URL. */
  url: z.string(),
  /** A URI that stays when the URL changes. */
  id: z.string(),
  /** The same, or what readers knew the item by before. */
  guid: z.string(),
  isPermaLink: z.boolean(),
  /** RFC 3339 in UTC to the second. */
  published: z.string(),
  updated: z.string(),
  summary: z.string().nullable(),
  tags: z.array(z.string()),
  authors: z.array(z.strictObject({ name: z.string(), url: z.string().nullable() })),
  language: z.string(),
  image: z.strictObject({ url: z.string(), alt: z.string().nullable() }).nullable(),
});

export type ItemFields = z.output<typeof itemFields>;

/** One item as every format of the feed shows it; `html` is absent where there is only a summary to show. */
export interface FeedItem extends ItemFields {
  readonly html?: string;
}

/** All that a feed shows, whatever its format. */
export interface FeedModel {
  readonly title: string;
  readonly description: string;
  /** The site's address. */
  readonly url: string;
  readonly id: string;
  readonly language: string;
  readonly author: { readonly name: string; readonly url: string | null };
  /** When the newest change was made, RFC 3339 in UTC to the second. */
  readonly updated: string;
  readonly hub: string | undefined;
  /** The path on the site's host of the stylesheet for people; undefined where there is none. */
  readonly stylesheet: string | undefined;
  /** The IANA name of the zone whose days people are shown. */
  readonly timezone: string;
  readonly items: readonly FeedItem[];
}

/** Reads back an item from its rendition. */
export function readItem(rendition: Rendition, content: 'full' | 'summary'): FeedItem {
  const fields = itemFields.parse(rendition.fields);
  return content === 'full' && rendition.body !== '' ? { ...fields, html: rendition.body } : fields;
}
