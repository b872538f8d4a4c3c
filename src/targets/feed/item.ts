import type { Rendition } from '../../model/rendition.ts';

/** The fields of a feed's rendition: what an item says beside its body. */
export type ItemFields = {
  readonly title: string;
  /** The canonical URL. */
  readonly url: string;
  /** A URI that stays when the URL changes. */
  readonly id: string;
  /** The same, or what readers knew the item by before. */
  readonly guid: string;
  readonly isPermaLink: boolean;
  /** RFC 3339 in UTC to the second. */
  readonly published: string;
  readonly updated: string;
  readonly summary: string | null;
  readonly tags: readonly string[];
  readonly authors: readonly { readonly name: string; readonly url: string | null }[];
  readonly language: string;
  readonly image: { readonly url: string; readonly alt: string | null } | null;
};

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

/** Reads back an item from the rendition that was made of it. */
export function readItem(rendition: Rendition, content: 'full' | 'summary'): FeedItem {
  const fields = rendition.fields as ItemFields;
  return content === 'full' && rendition.body !== '' ? { ...fields, html: rendition.body } : fields;
}
