import type { FeedItem } from './item.ts';
import type { XmlNode } from './write-xml.ts';

/**
 * An Atom summary, for Atom and for RSS, that ends in a link: in a browser's view of a feed only links of XHTML can be
 * followed, and this is where the W3C's validator takes one without a warning (its source, content.py, checked November 2026).
 */
export function linkForPeople({ title, url, summary, language }: FeedItem): XmlNode {
  return {
    '@_type': 'xhtml',
    '@_xml:lang': language,
    div: {
      '@_xmlns': 'http://www.w3.org/1999/xhtml',
      p: [...(summary === null ? [] : [summary]), { a: { '@_href': url, '#text': title } }],
    },
  };
}
