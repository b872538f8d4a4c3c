import type { FeedItem, FeedModel } from '../item.ts';

/** Writes a feed as JSON Feed 1.1. `self` is where it will be served. */
export function writeJsonFeed(feed: FeedModel, self: string): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.url,
    feed_url: self,
    ...(feed.description !== '' && { description: feed.description }),
    language: feed.language,
    authors: [describeAuthor(feed.author)],
    ...(feed.hub !== undefined && { hubs: [{ type: 'WebSub', url: feed.hub }] }),
    items: feed.items.map(describeItem),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function describeItem(item: FeedItem): object {
  return {
    id: item.guid,
    url: item.url,
    title: item.title,
    ...(item.html === undefined ? { content_text: item.summary ?? item.title } : { content_html: item.html }),
    ...(item.summary !== null && { summary: item.summary }),
    ...(item.image !== null && { image: item.image.url }),
    date_published: item.published,
    ...(item.updated !== item.published && { date_modified: item.updated }),
    authors: item.authors.map(describeAuthor),
    ...(item.tags.length > 0 && { tags: item.tags }),
    language: item.language,
  };
}

function describeAuthor({ name, url }: FeedModel['author']): object {
  return { name, ...(url !== null && { url }) };
}
