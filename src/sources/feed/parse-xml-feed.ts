import Parser from 'rss-parser';
import { BroadsideError } from '../../base/errors.ts';
import type { Author, Cover } from '../../model/post.ts';
import type { Enclosure, Feed, FeedItem } from './feed-item.ts';
import { readHttpUrl, readPlainText } from '../../reading/html/read-text.ts';
import { escapeHtml } from '../../reading/html/escape-html.ts';

/** An XML element as rss-parser's XML parser tells it, its children in the order they stand under `$$`. */
interface XmlElement {
  readonly $?: Readonly<Record<string, string>>;
  readonly _?: string;
  readonly $$?: readonly (XmlElement & { readonly '#name'?: string })[];
}
type XmlNode = string | XmlElement;
type XmlFields = Readonly<Record<string, readonly XmlNode[] | undefined>> & {
  readonly attributes?: Readonly<Record<string, string>>;
};

type Envelope = XmlFields & { readonly items: readonly XmlFields[] };

/**
 * rss-parser tells which kind of feed it is and finds its items. The fields inside them are handed over as they stand, under
 * this prefix: read by itself, it takes the wrong link, gives up the feed for one bad date, and strips HTML in quadratic time.
 */
const raw = 'raw:';
const structure = new Set(['rss', 'rdf:RDF', 'feed', 'channel', 'item', 'entry']);

const feedFields = ['title', 'link', 'atom:link', 'language', 'dc:language'];
const itemFields = (
  'title link atom:link feedburner:origLink guid id description content:encoded content summary ' +
  'pubDate published issued dc:date updated modified atom:updated dc:creator author category ' +
  'dc:subject dc:language enclosure media:content media:group media:thumbnail'
).split(' ');

/** Reads RSS 0.9 to 2.0, RDF and Atom. Throws `FEED_INVALID`, with the line, for what is none of them. */
export async function parseXmlFeed(xml: string, url: string | undefined): Promise<Feed> {
  refuseDoctype(xml);
  let parsed: Envelope;
  try {
    parsed = await parseEnvelope(xml);
  } catch (fault) {
    try {
      parsed = await parseEnvelope(mendEntities(xml));
    } catch {
      throw describeFault(fault, xml);
    }
  }
  const [root = '', kind] = /<(?:[A-Za-z_][\w.-]*:)?(feed|rss|RDF)\b[^>]*>/.exec(xml.slice(0, 8192)) ?? [];
  const isAtom = kind === 'feed';
  const written = parsed.attributes?.['xml:base'] ?? /\sxml:base\s*=\s*["']([^"']+)["']/.exec(root)?.[1];
  const declared = written === undefined ? undefined : readHttpUrl(written, url);
  const base = declared ?? url;
  const link = readLink(parsed, base);
  const language = readText(parsed['language'] ?? parsed['dc:language']) ?? parsed.attributes?.['xml:lang'];
  const self = readLinks(parsed).find(({ rel }) => rel === 'self')?.href;
  return {
    title: readTitle(parsed['title']),
    ...(link !== undefined && { link }),
    ...(self !== undefined && { self }),
    ...(language && { language: language.trim() }),
    items: parsed.items.map((item) => readItem(item, { base: declared, page: link ?? url, isAtom })),
  };
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

/** What an item's feed tells of it. */
interface Surroundings {
  readonly isAtom: boolean;
  /** The feed's `xml:base`. */
  readonly base: string | undefined;
  /** The site's page, else the feed's own address. */
  readonly page: string | undefined;
}

function readItem(item: XmlFields, feed: Surroundings): FeedItem {
  const base = resolveBase(item.attributes?.['xml:base'], feed.base ?? feed.page);
  const hasBase = item.attributes?.['xml:base'] !== undefined || feed.base !== undefined;
  const link = readLink(item, base);
  const guid = readText(item['guid']) ?? readText(item['id']) ?? item.attributes?.['rdf:about'];
  const full = readHtml(item['content:encoded'], false) ?? readHtml(item['content'], feed.isAtom);
  const short = readHtml(item['description'], false) ?? readHtml(item['summary'], feed.isAtom);
  const body = full ?? short;
  const date = readText(
    item['pubDate'] ?? item['published'] ?? item['issued'] ?? item['dc:date'] ?? item['updated'],
  );
  const updated = readText(item['updated'] ?? item['modified'] ?? item['atom:updated']);
  const cover = readCover(item, base);
  const enclosures = readEnclosures(item, base);
  const lang = readText(item['dc:language']) ?? item.attributes?.['xml:lang'];
  const bodyBase = resolveBase(body?.base, hasBase ? base : (link ?? base));
  return {
    title: readTitle(item['title']),
    html: body?.html ?? '',
    tags: readTags([...(item['category'] ?? []), ...(item['dc:subject'] ?? [])]),
    authors: readAuthors(item),
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

function readAuthors(item: XmlFields): readonly Author[] {
  const creators = (item['dc:creator'] ?? []).map((node) => ({ name: readPlainText(nodeText(node)) }));
  const authors = (item['author'] ?? []).map((node): Author => {
    const name = (childText(node, 'name') ?? nodeText(node)).slice(0, longestName);
    const url = readHttpUrl(childText(node, 'uri') ?? '', undefined);
    const bare = /^\S+@\S+\s+\((.+)\)$/.exec(name.trim())?.[1] ?? name;
    return url === undefined ? { name: readPlainText(bare) } : { name: readPlainText(bare), url };
  });
  return (creators.length > 0 ? creators : authors).filter(({ name }) => name !== '' && !name.includes('@'));
}

interface Media extends Enclosure {
  readonly isImage: boolean;
  /** Whether it is one of Media RSS, which also lists what the text shows, in every size there is. */
  readonly isMedia: boolean;
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
    })),
    ...linked.map(({ href, type }) => ({ href, type, isImage: false, isMedia: false })),
  ];
  return files.flatMap(({ href, type, isImage, isMedia }) => {
    const url = readHttpUrl(href, base);
    if (url === undefined || (isMedia && avatarHosts.test(new URL(url).hostname))) return [];
    return [{ url, type, isImage: isImage || type.startsWith('image/'), isMedia }];
  });
}

/** Only an image the feed itself names as the item's. */
function readCover(item: XmlFields, base: string | undefined): Cover | undefined {
  const thumbnails = (item['media:thumbnail'] ?? []).map((node) => attribute(node, 'url') ?? '');
  const candidates = [
    ...readMedia(item, base).flatMap(({ url, isImage }) => (isImage ? [url] : [])),
    ...thumbnails.flatMap((text) => readHttpUrl(text, base) ?? []),
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

function readTitle(nodes: readonly XmlNode[] | undefined): string {
  const node = nodes?.[0];
  if (node === undefined) return '';
  const form = formOf(node);
  return form === 'html' || form === 'markup'
    ? readPlainText(htmlOf(node, false) ?? '', 'html')
    : readPlainText(nodeText(node));
}

function readText(nodes: readonly XmlNode[] | undefined): string | undefined {
  const text = nodes?.map(nodeText).find((candidate) => candidate.trim() !== '');
  return text?.trim();
}

/** A text as HTML, and the address that it says its own addresses are relative to. */
interface Written {
  readonly html: string;
  readonly base: string | undefined;
}

/** The first text that says something; in Atom, one that does not name its type and holds no tags is plain. */
function readHtml(nodes: readonly XmlNode[] | undefined, isAtom: boolean): Written | undefined {
  for (const node of nodes ?? []) {
    const html = htmlOf(node, isAtom);
    if (html !== undefined && html.trim() !== '') return { html, base: attribute(node, 'xml:base') };
  }
  return undefined;
}

/** How a text is written: as elements, as HTML in characters, as characters, or as its feed's kind has it. */
function formOf(node: XmlNode): 'markup' | 'html' | 'text' | 'base64' | undefined {
  const type = attribute(node, 'type')?.toLowerCase();
  const mode = attribute(node, 'mode')?.toLowerCase();
  if (mode === 'base64') return 'base64';
  if (type === 'xhtml' || (mode !== 'escaped' && type === 'application/xhtml+xml') || mode === 'xml')
    return 'markup';
  if (type === 'html' || type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  return type === 'text' || type === 'text/plain' ? 'text' : undefined;
}

function htmlOf(node: XmlNode, isAtom: boolean): string | undefined {
  if (attribute(node, 'src') !== undefined) return undefined;
  const form = formOf(node);
  if (form === 'markup' && typeof node !== 'string')
    return (node.$$ ?? []).map((child) => printHtml(child)).join('');
  const text = nodeText(node);
  if (form === 'base64') return decodeBase64(text);
  const isPlain = form === 'text' || (form === undefined && isAtom && !/<[a-z!/]/i.test(text));
  return isPlain ? escapeHtml(text) : text;
}

function decodeBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** XHTML nested deeper than this is cut off. */
const depthLimit = 1000;

const voidElements = new Set(['br', 'hr', 'img', 'input', 'wbr', 'source', 'col']);

function printHtml(node: XmlElement & { readonly '#name'?: string }, depth = 0): string {
  if (depth > depthLimit) return '';
  const name = (node['#name'] ?? '').replace(raw, '').replace(/^.*:/, '');
  if (name === '__text__') return escapeHtml(node._ ?? '');
  const attributes = Object.entries(node.$ ?? {})
    .map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
    .join('');
  const inner = node.$$
    ? node.$$.map((child) => printHtml(child, depth + 1)).join('')
    : escapeHtml(node._ ?? '');
  return voidElements.has(name) ? `<${name}${attributes}>` : `<${name}${attributes}>${inner}</${name}>`;
}

function nodeText(node: XmlNode): string {
  return typeof node === 'string' ? node : (node._ ?? '');
}

function attribute(node: XmlNode, name: string): string | undefined {
  return typeof node === 'string' ? undefined : node.$?.[name];
}

function children(node: XmlNode, name: string): readonly XmlNode[] {
  return typeof node === 'string' ? [] : ((node as unknown as XmlFields)[raw + name] ?? []);
}

function childText(node: XmlNode, name: string): string | undefined {
  return readText(children(node, name));
}

function resolveBase(base: string | undefined, parent: string | undefined): string | undefined {
  return base === undefined ? parent : (readHttpUrl(base, parent) ?? parent);
}
