import { formatRfc822 } from './dates.ts';
import type { FeedItem, FeedModel } from '../item.ts';
import { escapeText } from '../../../base/escape-html.ts';
import { fitHtml } from './legal-text.ts';
import { linkForPeople } from './link-for-people.ts';
import { writeXml, type XmlNode } from './write-xml.ts';

/**
 * Writes a feed as RSS 2.0, with the whole content in `content:encoded`, authors in `dc:creator` and covers in
 * `media:content`. `self` is where it will be served.
 */
export function writeRss(feed: FeedModel, self: string): string {
  const text = writeXml(
    {
      rss: {
        '@_version': '2.0',
        '@_xmlns:atom': 'http://www.w3.org/2005/Atom',
        '@_xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
        '@_xmlns:dc': 'http://purl.org/dc/elements/1.1/',
        '@_xmlns:media': 'http://search.yahoo.com/mrss/',
        channel: {
          title: feed.title,
          link: feed.url,
          description: escapeMarkup(feed.description),
          language: feed.language,
          'atom:link': [
            { '@_href': self, '@_rel': 'self', '@_type': 'application/rss+xml' },
            ...(feed.hub === undefined ? [] : [{ '@_href': feed.hub, '@_rel': 'hub' }]),
          ],
          lastBuildDate: formatRfc822(feed.updated),
          generator: 'Broadside',
          item: feed.items.map((item) => describeItem(item, feed)),
        },
      },
    },
    feed.stylesheet,
  );
  return text.replaceAll(/<(title|description|category|media:description)[^<>]*>[^<]+/g, referInText);
}

function describeItem(item: FeedItem, feed: FeedModel): XmlNode {
  return {
    title: item.title,
    link: item.url,
    guid: { '@_isPermaLink': String(item.isPermaLink), '#text': item.guid },
    pubDate: formatRfc822(item.published),
    'dc:creator': item.authors.map((author) => author.name),
    category: item.tags,
    description: describeShortly(item),
    'content:encoded': item.html === undefined ? undefined : fitHtml(markFootnotes(item.html)),
    'media:content': item.image === null ? undefined : describeImage(item.image),
    'atom:summary': feed.stylesheet === undefined ? undefined : linkForPeople(item, feed.timezone),
  };
}

/** A whole text is to have a description before it, be it only its title. */
function describeShortly({ summary, html, title }: FeedItem): string | undefined {
  const text = summary ?? (html === undefined ? undefined : title);
  return text === undefined ? undefined : escapeText(text);
}

function describeImage({ url, alt }: NonNullable<FeedItem['image']>): XmlNode {
  return {
    '@_url': url,
    '@_medium': 'image',
    'media:description': alt === null ? undefined : { '@_type': 'plain', '#text': alt },
  };
}

/** Some readers take a feed's description for HTML: what they would take for a tag or a character reference is escaped. */
function escapeMarkup(text: string): string {
  return text.replaceAll(/&(?=#?[a-z\d]+;)/gi, '&amp;').replaceAll(/<(?=[a-z/!?])/gi, '&lt;');
}

/** In plain text, references by number say that no HTML is meant (the RSS Advisory Board's RSS Profile, checked November 2026). */
function referInText(element: string): string {
  return element.replaceAll('&amp;', '&#x26;').replaceAll('&lt;', '&#x3C;');
}

/** Says of the links between a footnote and its mark what they are; a bare `<a href="#…">` counts as a broken address. */
function markFootnotes(html: string): string {
  return html.replaceAll('<a href="#note-', '<a class="footnote" href="#note-');
}
