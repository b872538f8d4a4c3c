import type { Author, Cover } from '../../model/post.ts';
import type { Enclosure, Feed, FeedFlaw, FeedItem } from './feed-item.ts';
import { readHttpUrl, readPlainText } from '../../reading/html/read-text.ts';
import { cutItems, type CutItem } from './cut-items.ts';
import { describeFault, findItems, refuseDoctype } from './read-envelope.ts';
import { isNode, readDocument, readXml, type XmlFault, type XmlNode, type XmlReading } from './read-xml.ts';
import { textToHtml } from './text-to-html.ts';
import {
  attribute,
  children,
  childText,
  fieldsOf,
  nodeText,
  readHtml,
  readText,
  readTitle,
  resolveBase,
  type XmlFields,
} from './xml-node.ts';

/** An item of an XML feed, and all its elements, of which an export has more than a feed. */
export interface XmlEntry {
  readonly item: FeedItem;
  readonly fields: XmlFields;
}

/** An XML feed without its items, what stands beside them, and the items. */
export interface XmlFeed {
  readonly feed: Omit<Feed, 'items'>;
  readonly channel: XmlFields;
  readonly entries: readonly XmlEntry[];
}

/** Reads RSS 0.9 to 2.0, RDF and Atom. Throws `FEED_INVALID`, with the line, for what is none of them. */
export async function parseXmlFeed(xml: string, url: string | undefined): Promise<Feed> {
  const { feed, entries } = await readXmlFeed(xml, url);
  return { ...feed, items: entries.map(({ item }) => item) };
}

/** Reads an XML feed, each item with its elements. Throws `FEED_INVALID`, with the line. */
export async function readXmlFeed(xml: string, url: string | undefined): Promise<XmlFeed> {
  refuseDoctype(xml);
  const { envelope, items } = cutItems(xml);
  const numbers = await findItems(envelope);
  const outside = readDocument(envelope);
  if (!('root' in outside)) throw describeFault(new Error(outside.message), envelope);
  const { root, format } = outside;
  const channel = children(root, 'channel')[0] ?? root;
  const parsed = fieldsOf({ ...channel, attributes: { ...root.attributes, ...channel.attributes } });
  const base = resolveBase(channel.attributes['xml:base'], resolveBase(root.attributes['xml:base'], url));
  const declared = base === url ? undefined : base;
  const link = readLink(parsed, base);
  const language = readText(parsed['language'] ?? parsed['dc:language']) ?? parsed.attributes['xml:lang'];
  const self = readLinks(parsed).find(({ rel }) => rel === 'self')?.href;
  const { scope } = root.name === 'rss' ? channel : root;
  const surroundings = {
    base: declared,
    page: link ?? url,
    isAtom: format.isAtom,
    authors: format.isAtom ? readAuthors(parsed) : [],
  };
  const flaws: FeedFlaw[] = [];
  const entries: XmlEntry[] = [];
  // Items that stand beside their channel are where RSS 1.0 has them, and readers show them.
  const listed = numbers.length === 0 ? items : numbers.flatMap((number) => items[number] ?? []);
  for (const item of listed) {
    const node = readItemXml(item, { scope, format });
    if (!isNode(node)) {
      flaws.push(describeBroken(node));
      continue;
    }
    const fields = fieldsOf(node);
    entries.push({ item: readItem(fields, surroundings), fields });
  }
  const feed = {
    title: readTitle(parsed['title']),
    ...(link !== undefined && { link }),
    ...(self !== undefined && { self }),
    ...(language && { language: language.trim() }),
    ...(flaws.length > 0 && { flaws }),
  };
  return { feed, channel: parsed, entries };
}

/** Elements of an item that hold a text, from their first tag to their last. */
const texts =
  /<((?:[A-Za-z_][\w.-]*:)?(?:title|description|summary|content|encoded))(\s[^>]*[^>/])?>(?!\s*<!\[CDATA\[)/g;

/** An item's element. HTML in its texts that is no XML is read as browsers read it. */
function readItemXml({ xml, line }: CutItem, reading: XmlReading): XmlNode | XmlFault {
  const strict = readXml(xml, reading);
  if (isNode(strict)) return strict;
  const lenient = readXml(escapeTexts(xml), reading);
  return isNode(lenient) ? lenient : { ...strict, line: strict.line + line - 1 };
}

/** An item whose texts, where they hold tags, are written in characters. */
function escapeTexts(xml: string): string {
  let escaped = '';
  let from = 0;
  for (const opening of xml.matchAll(texts)) {
    const start = opening.index + opening[0].length;
    const end = xml.indexOf(`</${opening[1]}`, start);
    if (opening.index < from || end === -1) continue;
    const inside = xml.slice(start, end);
    const isMarkup = /\stype\s*=\s*["'](?:xhtml|application\/xhtml\+xml)["']/.test(opening[0]);
    const kept = isMarkup ? inside.replaceAll('&', '&amp;') : inside;
    escaped += xml.slice(from, start) + kept.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    from = end;
  }
  return escaped + xml.slice(from);
}

function describeBroken({ message, line, column }: XmlFault): FeedFlaw {
  return {
    rule: 'feed-item',
    severity: 'error',
    // The parser counts lines from the item's first one.
    message: `An item cannot be read: ${message.replace(/ \(opened in line \d+, col \d+\)/, '')}.`,
    remedy: 'Correct the feed, or copy the post from its page.',
    line,
    column,
  };
}

/** What a feed says about an item of it. */
interface Surroundings {
  readonly isAtom: boolean;
  /** Who wrote what names no author: in Atom, the feed's. */
  readonly authors: readonly Author[];
  /** The feed's `xml:base`. */
  readonly base: string | undefined;
  /** The site's page, else the feed's own address. */
  readonly page: string | undefined;
}

function readItem(item: XmlFields, feed: Surroundings): FeedItem {
  const base = resolveBase(item.attributes['xml:base'], feed.base ?? feed.page);
  const hasBase = item.attributes['xml:base'] !== undefined || feed.base !== undefined;
  const link = readLink(item, base);
  const guid = readText(item['guid']) ?? readText(item['id']) ?? item.attributes['rdf:about'];
  const inRss = { isAtom: false, base: hasBase ? base : (link ?? base) };
  const inFeed = { ...inRss, isAtom: feed.isAtom };
  const full = readHtml(item['content:encoded'], inRss) ?? readHtml(item['content'], inFeed);
  const short =
    readHtml(item['description'], inRss) ??
    readHtml(item['summary'], inFeed) ??
    readPlainSummary(item, inRss.base);
  const body = full ?? short;
  const date = readText(
    item['pubDate'] ??
      item['published'] ??
      item['issued'] ??
      item['dc:date'] ??
      item['dcterms:issued'] ??
      item['dcterms:created'] ??
      item['updated'],
  );
  const updated = readText(
    item['updated'] ?? item['modified'] ?? item['atom:updated'] ?? item['dcterms:modified'],
  );
  const named = findAuthors(item);
  const cover = readCover(item, base);
  const enclosures = readEnclosures(item, base);
  const lang = readText(item['dc:language']) ?? item.attributes['xml:lang'];
  const bodyBase = body?.base ?? inRss.base;
  return {
    title: readTitle(item['title']),
    html: body?.html ?? '',
    tags: readTags([...(item['category'] ?? []), ...(item['dc:subject'] ?? [])]),
    authors: named.length > 0 ? named : feed.authors,
    ...(guid !== undefined && { guid }),
    ...(findPermanent(item) !== undefined && { isPermaLink: true }),
    ...(link !== undefined && { link }),
    ...(full !== undefined && short !== undefined && { summaryHtml: short.html }),
    ...(date !== undefined && { date }),
    ...(updated !== undefined && { updated }),
    ...(cover && { cover }),
    ...(enclosures.length > 0 && { enclosures }),
    ...(lang && { lang }),
    ...(bodyBase !== undefined && { base: bodyBase }),
  };
}

/** What podcasts and videos say of themselves, which is plain text unless it says otherwise. */
function readPlainSummary(item: XmlFields, base: string | undefined): ReturnType<typeof readHtml> {
  const groups = (item['media:group'] ?? []).flatMap((node) => children(node, 'media:description'));
  const described = [...(item['media:description'] ?? []), ...groups];
  const html = described.filter((node) => attribute(node, 'type') === 'html');
  const plain = readText([...(item['itunes:summary'] ?? []), ...described]);
  return (
    readHtml(html, { isAtom: false, base }) ??
    (plain === undefined ? undefined : { html: textToHtml(plain), base })
  );
}

interface FeedLink {
  readonly rel: string;
  readonly href: string;
  readonly type: string;
}

function readLinks(fields: XmlFields): readonly FeedLink[] {
  return [...(fields['link'] ?? []), ...(fields['atom:link'] ?? [])].flatMap((node) => {
    const href = attribute(node, 'href');
    return href === undefined
      ? []
      : [{ rel: attribute(node, 'rel') ?? 'alternate', href, type: attribute(node, 'type') ?? '' }];
  });
}

/** The address of the page: Atom's alternate link (one without `rel` is one), RSS's link, or a guid that is a permanent link. */
function readLink(fields: XmlFields, base: string | undefined): string | undefined {
  const alternates = readLinks(fields).filter(({ rel }) => rel === 'alternate');
  const alternate = alternates.find(({ type }) => type === '' || type.includes('html')) ?? alternates[0];
  const permanent = findPermanent(fields);
  const own = (fields['link'] ?? []).map(nodeText).find((text) => text.trim() !== '');
  const origin = readText(fields['feedburner:origLink']);
  for (const candidate of [origin, own, alternate?.href]) {
    const url = candidate === undefined ? undefined : readHttpUrl(candidate, base);
    if (url !== undefined) return url;
  }
  return permanent === undefined ? undefined : readHttpUrl(permanent, undefined);
}

/** The guid, where it is a permanent link: RSS takes one for that unless it says otherwise. */
function findPermanent(fields: XmlFields): string | undefined {
  const guid = fields['guid']?.[0];
  return guid !== undefined && attribute(guid, 'isPermaLink') !== 'false' ? nodeText(guid) : undefined;
}

/** More categories than this are no one's. */
const mostTags = 200;

function readTags(nodes: readonly XmlNode[]): readonly string[] {
  return nodes.slice(0, mostTags).map(readCategory);
}

function readCategory(node: XmlNode): string {
  const text = nodeText(node).trim();
  return readPlainText(text === '' ? (attribute(node, 'label') ?? attribute(node, 'term') ?? '') : text);
}

/** The longest name that is read, in characters. */
const longestName = 200;

/** Who wrote an item: it says so itself, or what it was taken over from does (RFC 4287, 4.2.1). */
function findAuthors(item: XmlFields): readonly Author[] {
  const own = readAuthors(item);
  const [source] = item['source'] ?? [];
  return own.length > 0 || source === undefined ? own : readAuthors(fieldsOf(source));
}

function readAuthors(item: XmlFields): readonly Author[] {
  const creators = (item['dc:creator'] ?? []).map((node) => ({ name: readPlainText(nodeText(node)) }));
  const authors = [...(item['author'] ?? []), ...(item['atom:author'] ?? [])].map((node): Author => {
    const name =
      childText(node, 'name') ?? childText(node, 'atom:name') ?? nodeText(node).slice(0, longestName);
    const url = readHttpUrl(childText(node, 'uri') ?? childText(node, 'atom:uri') ?? '', undefined);
    const bare =
      /^\S+@\S+\s+\((.+)\)$/.exec(name.trim())?.[1] ?? name.replace(/\s*<[^<>\s]+@[^<>\s]+>\s*$/, '');
    return url === undefined ? { name: readPlainText(bare) } : { name: readPlainText(bare), url };
  });
  const speakers = (item['itunes:author'] ?? []).map((node) => ({ name: readPlainText(nodeText(node)) }));
  const given = [creators, authors, speakers].map((people) =>
    people.filter(({ name }) => name !== '' && !name.includes('@')),
  );
  return given.find((people) => people.length > 0) ?? [];
}

interface Media extends Enclosure {
  readonly isImage: boolean;
  /** Whether it is one of Media RSS, which also lists what the text shows, in every size there is. */
  readonly isMedia: boolean;
  /** The larger, the better the picture: its width, or more than any width if it is the one that is meant. */
  readonly rank: number;
}

/** Where pictures of people are kept, which feeds list as pictures of their posts. */
const avatarHosts = /(?:^|\.)gravatar\.com$/;

/** The files that come with an item, whatever element names them. */
function readMedia(item: XmlFields, base: string | undefined): readonly Media[] {
  const groups = (item['media:group'] ?? []).flatMap((node) => children(node, 'media:content'));
  const media = [...(item['media:content'] ?? []), ...groups].map((node) => ({ node, isMedia: true }));
  const own = (item['enclosure'] ?? []).map((node) => ({ node, isMedia: false }));
  const linked = readLinks(item).filter(({ rel }) => rel === 'enclosure');
  const files = [
    ...[...media, ...own].map(({ node, isMedia }) => ({
      href: attribute(node, 'url') ?? '',
      type: attribute(node, 'type') ?? '',
      isImage: attribute(node, 'medium') === 'image',
      isMedia,
      rank: attribute(node, 'isDefault') === 'true' ? Number.MAX_VALUE : widthOf(node),
    })),
    ...linked.map(({ href, type }) => ({ href, type, isImage: false, isMedia: false, rank: 0 })),
  ];
  return files.flatMap(({ href, type, isImage, isMedia, rank }) => {
    const url = readHttpUrl(href, base);
    if (url === undefined || (isMedia && avatarHosts.test(new URL(url).hostname))) return [];
    const isPicture = isImage || type.startsWith('image/') || (type === '' && isImageFile(url));
    return [{ url, type, isImage: isPicture, isMedia, rank }];
  });
}

function widthOf(node: XmlNode): number {
  const width = Number(attribute(node, 'width') ?? 0);
  return Number.isFinite(width) ? width : 0;
}

/** A picture of one point counts who reads, and shows nothing. */
function isPixel(node: XmlNode): boolean {
  return attribute(node, 'width') === '1' && attribute(node, 'height') === '1';
}

/** Media RSS leaves type and medium to the feed's author (media:content, version 1.5.1, checked December 2026): the name tells then. */
function isImageFile(url: string): boolean {
  return /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(new URL(url).pathname);
}

/** Only an image the feed itself names as the item's. */
function readCover(item: XmlFields, base: string | undefined): Cover | undefined {
  const around = [...(item['media:group'] ?? []), ...(item['media:content'] ?? [])];
  const thumbnails = [
    ...(item['media:thumbnail'] ?? []),
    ...around.flatMap((node) => children(node, 'media:thumbnail')),
  ].filter((node) => !isPixel(node));
  const pictures = readMedia(item, base).filter(({ isImage }) => isImage);
  const named = [
    ...thumbnails.map((node) => attribute(node, 'url')),
    ...(item['itunes:image'] ?? []).map((node) => attribute(node, 'href')),
    ...(item['image'] ?? []).map((node) => childText(node, 'url') ?? nodeText(node)),
  ];
  const candidates = [
    ...pictures.toSorted((a, b) => b.rank - a.rank).map(({ url }) => url),
    ...named.flatMap((text) => readHttpUrl(text ?? '', base) ?? []),
  ];
  const [url] = candidates;
  return url === undefined ? undefined : { url };
}

function readEnclosures(item: XmlFields, base: string | undefined): readonly Enclosure[] {
  const cover = readCover(item, base);
  const files = readMedia(item, base).filter(
    ({ url, isImage, isMedia }) => url !== cover?.url && !(isImage && isMedia),
  );
  return [...new Map(files.map(({ url, type }) => [url, { url, type }])).values()];
}
