import type { FeedItem, FeedModel } from '../item.ts';
import { escapeText } from '../../../base/escape-html.ts';
import { fitHtml } from './legal-text.ts';
import { linkForPeople } from './link-for-people.ts';
import { writeXml, type XmlNode } from './write-xml.ts';

/** Writes a feed as Atom 1.0 (RFC 4287), content as HTML. `self` is where it will be served. */
export function writeAtom(feed: FeedModel, self: string): string {
  return writeXml(
    {
      feed: {
        '@_xmlns': 'http://www.w3.org/2005/Atom',
        '@_xml:lang': feed.language,
        title: describeText(feed.title),
        subtitle: feed.description === '' ? undefined : describeText(feed.description),
        link: [
          { '@_href': feed.url, '@_rel': 'alternate', '@_type': 'text/html' },
          { '@_href': self, '@_rel': 'self', '@_type': 'application/atom+xml' },
          ...(feed.hub === undefined ? [] : [{ '@_href': feed.hub, '@_rel': 'hub' }]),
        ],
        id: feed.id,
        updated: feed.updated,
        author: describeAuthor(feed.author),
        generator: 'Broadside',
        entry: feed.items.map((item) => describeEntry(item, feed)),
      },
    },
    feed.stylesheet,
  );
}

function describeEntry(item: FeedItem, feed: FeedModel): XmlNode {
  const summary = item.summary ?? (item.html === undefined ? item.title : undefined);
  return {
    '@_xml:lang': item.language === feed.language ? undefined : item.language,
    title: describeText(item.title),
    link: { '@_href': item.url, '@_rel': 'alternate', '@_type': 'text/html' },
    id: item.id,
    published: item.published,
    updated: item.updated,
    author: item.authors.map(describeAuthor),
    category: item.tags.map((tag) => ({ '@_term': tag })),
    summary:
      feed.stylesheet === undefined
        ? summary === undefined
          ? undefined
          : describeText(summary)
        : linkForPeople(item, feed.timezone),
    content: item.html === undefined ? undefined : { '@_type': 'html', '#text': fitHtml(item.html) },
  };
}

/** Plain text; as HTML where some readers would take it for HTML anyway. */
function describeText(text: string): XmlNode {
  return /<\/\w|&#?\w/.test(text) ? { '@_type': 'html', '#text': escapeText(text) } : text;
}

function describeAuthor({ name, url }: FeedModel['author']): XmlNode {
  return { name, uri: url ?? undefined };
}
