import { z } from 'zod';
import { BroadsideError } from '../../base/errors.ts';
import type { Feed, FeedItem } from './feed-item.ts';
import { readHttpUrl, readPlainText } from '../../reading/html/read-text.ts';
import { escapeHtml } from '../../base/escape-html.ts';
import { textToHtml } from './text-to-html.ts';

const text = z.string().optional().catch(undefined);
const person = z.looseObject({ name: text, url: text });
const people = z.array(person).optional().catch(undefined);

const itemShape = z.looseObject({
  id: z.union([z.string(), z.number()]).optional().catch(undefined),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  image: text,
  banner_image: text,
  date_published: text,
  date_modified: text,
  language: text,
  tags: z.array(z.unknown()).optional().catch(undefined),
  author: person.optional().catch(undefined),
  authors: people,
  attachments: z
    .array(z.looseObject({ url: text, mime_type: text }).nullable().catch(null))
    .optional()
    .catch(undefined),
});

const feedShape = z.looseObject({
  version: z.string().regex(/jsonfeed\.org\/version\/1/, 'is not that of a JSON Feed'),
  title: text,
  home_page_url: text,
  feed_url: text,
  language: text,
  authors: people,
  items: z.array(itemShape.nullable().catch(null)),
});

/** Reads JSON Feed 1.0 and 1.1. Throws `FEED_INVALID`. */
export function parseJsonFeed(json: string, url: string | undefined): Feed {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new BroadsideError('FEED_INVALID', `This is not JSON: ${describe(cause)}`, {
      remedy: 'Give an RSS, Atom or JSON feed.',
      cause,
    });
  }
  const checked = feedShape.safeParse(value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new BroadsideError(
      'FEED_INVALID',
      `This is not a JSON Feed: ${issue?.path.join('.') || 'it'} ${issue?.message ?? 'has faults'}.`,
      { remedy: 'Give a feed whose version is https://jsonfeed.org/version/1.1.' },
    );
  }
  const feed = checked.data;
  const home = readHttpUrl(feed.home_page_url ?? '', url);
  const base = home ?? url;
  return {
    title: readPlainText(feed.title ?? ''),
    ...(home !== undefined && { link: home }),
    ...(feed.feed_url !== undefined && { self: feed.feed_url }),
    ...(feed.language !== undefined && { language: feed.language }),
    items: feed.items.filter((item) => item !== null).map((item) => readItem(item, base, feed.authors)),
  };
}

function readItem(
  item: z.output<typeof itemShape>,
  feedBase: string | undefined,
  feedAuthors: z.output<typeof people>,
): FeedItem {
  const id = item.id === undefined ? undefined : String(item.id);
  const link = readHttpUrl(item.url ?? '', feedBase) ?? readHttpUrl(id ?? '', undefined);
  const base = link ?? feedBase;
  const cover = readHttpUrl(item.image ?? item.banner_image ?? '', base);
  const enclosures = (item.attachments ?? []).flatMap((file) => {
    const address = readHttpUrl(file?.url ?? '', base);
    return address === undefined ? [] : [{ url: address, type: file?.mime_type ?? '' }];
  });
  const written = isGiven(item.content_text) ? textToHtml(item.content_text) : undefined;
  const body = isGiven(item.content_html) ? item.content_html : written;
  const authors = item.authors ?? (item.author && [item.author]) ?? feedAuthors ?? [];
  return {
    title: readPlainText(item.title ?? ''),
    html: body ?? textToHtml(item.summary ?? ''),
    tags: (item.tags ?? []).filter((tag) => typeof tag === 'string').map((tag) => readPlainText(tag)),
    authors: authors.flatMap(({ name, url }) => {
      const address = readHttpUrl(url ?? '', base);
      return name ? [{ name: readPlainText(name), ...(address !== undefined && { url: address }) }] : [];
    }),
    ...(id !== undefined && { guid: id }),
    ...(link !== undefined && { link }),
    ...(item.summary !== undefined && body !== undefined && { summaryHtml: escapeHtml(item.summary) }),
    ...(item.date_published !== undefined && { date: item.date_published }),
    ...(item.date_modified !== undefined && { updated: item.date_modified }),
    ...(cover !== undefined && { cover: { url: cover } }),
    ...(enclosures.length > 0 && { enclosures }),
    ...(item.language !== undefined && { lang: item.language }),
    ...(base !== undefined && { base }),
  };
}

/** Whether a field says something: programs write empty ones for those that they do not have. */
function isGiven(field: string | undefined): field is string {
  return field !== undefined && field.trim() !== '';
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
