import { formatDay } from './dates.ts';
import type { FeedItem } from '../item.ts';
import type { XmlNode } from './write-xml.ts';

/**
 * An Atom summary, for Atom and for RSS, that ends in a link: in a browser's view of a feed only links of XHTML can be
 * followed, and this is where the W3C's validator takes one without a warning (its source, content.py, checked November 2026).
 */
export function linkForPeople(item: FeedItem, timezone: string): XmlNode {
  const { title, url, summary, language, published } = item;
  return {
    '@_type': 'xhtml',
    '@_xml:lang': language,
    div: {
      '@_xmlns': 'http://www.w3.org/1999/xhtml',
      '@_data-day': formatDay(published, timezone),
      p: [...(summary === null ? [] : [summary]), { a: { '@_href': url, '#text': title } }],
    },
  };
}
