import Parser from 'rss-parser';
import { BroadsideError } from '../../base/errors.ts';
import { raw, type XmlFields } from './xml-node.ts';

/** A feed's own fields, and those of its items. */
export type Envelope = XmlFields & { readonly items: readonly XmlFields[] };

/**
 * What rss-parser reads itself: it tells which kind of feed it is and finds the items. The fields inside them it hands over as they
 * stand, under the prefix `raw`. Of these it would take the wrong link, give up the feed for one bad date, and strip HTML in quadratic
 * time.
 */
const structure = new Set(['rss', 'rdf:RDF', 'feed', 'channel', 'item', 'entry']);

const feedFields = ['title', 'link', 'atom:link', 'language', 'dc:language', 'author'];
const itemFields = (
  'title link atom:link feedburner:origLink guid id description content:encoded content summary ' +
  'pubDate published issued dc:date updated modified atom:updated dc:creator author category ' +
  'dc:subject dc:language enclosure media:content media:group media:thumbnail ' +
  'media:description itunes:summary'
).split(' ');

/** Reads the XML of a feed. Bare ampersands and the like are mended where nothing else is wrong. Throws `FEED_INVALID`. */
export async function readEnvelope(xml: string): Promise<Envelope> {
  refuseDoctype(xml);
  try {
    return await parseEnvelope(xml);
  } catch (fault) {
    try {
      return await parseEnvelope(mendEntities(xml));
    } catch {
      throw describeFault(fault, xml);
    }
  }
}

function refuseDoctype(xml: string): void {
  const start = findDoctype(xml);
  const doctype = /^<!DOCTYPE\s+([^\s>[]+)([^[>]*\[)?/i.exec(xml.slice(start, start + 4096));
  if (!doctype) return;
  const [, name = '', subset] = doctype;
  if (name.toLowerCase() === 'html') {
    throw describeWebPage();
  }
  if (subset !== undefined) {
    throw new BroadsideError(
      'FEED_INVALID',
      'The feed declares entities of its own, which are never expanded.',
      {
        remedy: 'Remove the DOCTYPE from the feed and import the file.',
      },
    );
  }
}

/** Where the first thing that is neither space, comment nor processing instruction begins. */
function findDoctype(xml: string): number {
  let at = 0;
  for (;;) {
    while (/\s/.test(xml.charAt(at))) at += 1;
    const closing = xml.startsWith('<?', at) ? '?>' : xml.startsWith('<!--', at) ? '-->' : undefined;
    const end = closing === undefined ? -1 : xml.indexOf(closing, at);
    if (closing === undefined || end === -1) return at;
    at = end + closing.length;
  }
}

async function parseEnvelope(xml: string): Promise<Envelope> {
  const prefix = /<([A-Za-z_][\w.-]*):feed[\s>]/.exec(xml.slice(0, 4096))?.[1];
  const plainName = (name: string) =>
    prefix !== undefined && name.startsWith(`${prefix}:`) ? name.slice(prefix.length + 1) : name;
  const keep = (names: readonly string[]) => [
    ['$', 'attributes', { keepArray: true }],
    ...names.map((name) => [raw + name, name, { keepArray: true }]),
  ];
  const ordered = /type\s*=\s*["'](?:xhtml|application\/xhtml\+xml)|mode\s*=\s*["']xml/.test(xml);
  const parser = new Parser({
    defaultRSS: 2,
    customFields: { feed: keep(feedFields) as never, item: keep(itemFields) },
    xml2js: {
      tagNameProcessors: [
        (name: string) => (structure.has(plainName(name)) ? plainName(name) : raw + plainName(name)),
      ],
      ...(ordered && {
        explicitChildren: true,
        preserveChildrenOrder: true,
        charsAsChildren: true,
        includeWhiteChars: true,
      }),
    },
  });
  const parsed: unknown = await parser.parseString(xml);
  return parsed as Envelope;
}

function describeWebPage(): BroadsideError {
  return new BroadsideError('FEED_INVALID', 'This is a web page, not a feed.', {
    remedy: 'Give the address of its feed: look in the page for a link of type application/rss+xml.',
  });
}

/**
 * Escapes the bare ampersands and HTML entities that XML does not know, and drops references to characters that it does
 * not allow; CDATA sections are left alone.
 */
function mendEntities(xml: string): string {
  const parts: string[] = [];
  for (let at = 0; at < xml.length;) {
    const opening = xml.indexOf('<![CDATA[', at);
    const until = opening === -1 ? xml.length : opening;
    const mended = xml
      .slice(at, until)
      .replace(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/gi, '&amp;')
      .replace(/&#(?:x([\da-f]+)|(\d+));/gi, (reference, hex?: string, digits?: string) =>
        isXmlCharacter(hex === undefined ? Number(digits) : Number.parseInt(hex, 16)) ? reference : '',
      );
    parts.push(mended);
    const closing = xml.indexOf(']]>', until);
    at = closing === -1 ? xml.length : closing;
    parts.push(xml.slice(until, at));
  }
  return parts.join('');
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return [0x09, 0x0a, 0x0d].includes(code);
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

function describeFault(fault: unknown, xml: string): BroadsideError {
  if (/^\s*(?:<\?[^>]*\?>\s*)?<(?:html|head|body)\b/i.test(xml.slice(0, 2048))) return describeWebPage();
  const said = fault instanceof Error ? fault.message : String(fault);
  const place = /Line: (\d+)\s+Column: (\d+)/.exec(said);
  const line = place ? Number(place[1]) + 1 : undefined;
  const [reason = said] = said.split('\n');
  const plainly =
    fault instanceof TypeError
      ? 'it lacks the parts every feed has'
      : reason.startsWith('Unclosed root tag')
        ? 'it ends before its last tag is closed, as one that was cut off does'
        : reason.replace(/\.$/, '');
  return new BroadsideError(
    'FEED_INVALID',
    `This is not a whole feed: ${plainly}${line === undefined ? '' : ` (line ${line})`}.`,
    {
      remedy: 'Give an RSS, Atom or JSON feed, and look at it in a feed validator.',
      cause: fault,
      ...(place && line !== undefined && { line, column: Number(place[2]) }),
    },
  );
}
