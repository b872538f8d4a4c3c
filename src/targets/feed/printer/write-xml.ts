import { XMLBuilder } from 'fast-xml-parser';
import { cleanXml } from './legal-text.ts';

/** An XML element's content: text, or attributes (`@_name`), `#text` and elements by name, lists repeating one. */
export type XmlNode = string | undefined | readonly XmlNode[] | { readonly [name: string]: XmlNode };

const builder = new XMLBuilder({
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
  indentBy: '  ',
  tagValueProcessor: (_name, value) => cleanXml(String(value)),
  attributeValueProcessor: (_name, value) => cleanXml(String(value)),
});

/** Writes an XML 1.0 document in UTF-8, with a stylesheet for browsers if one is given. Text is escaped here and only here. */
export function writeXml(root: { readonly [name: string]: XmlNode }, stylesheet: string | undefined): string {
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'utf-8' },
    ...(stylesheet !== undefined && { '?xml-stylesheet': { '@_type': 'text/css', '@_href': stylesheet } }),
    ...root,
  });
}
