import Parser from 'rss-parser';
import { BroadsideError } from '../../base/errors.ts';
import { itemMark } from './cut-items.ts';
import { isFormat } from './namespaces.ts';

/** The elements that say which kind of feed it is, and where its items are. */
const structure = new Set(['rss', 'RDF', 'feed', 'channel', 'item', 'entry']);

/**
 * Finds the items of a feed with rss-parser, which knows the kinds of feeds. It gets a number in the place of each item's content,
 * because it would read some of that wrongly, or strip its HTML in quadratic time. Throws `FEED_INVALID`.
 */
export async function findItems(envelope: string): Promise<readonly number[]> {
  const parser = new Parser({
    defaultRSS: 2,
    customFields: { item: [['$', 'attributes', { keepArray: true }]] as never },
    xml2js: { tagNameProcessors: [nameStructure(envelope)] },
  });
  try {
    const { items } = (await parser.parseString(envelope.replaceAll('&', '+'))) as {
      readonly items: readonly Marked[];
    };
    return items.flatMap(({ attributes }) => {
      const number = attributes?.[itemMark];
      return number === undefined ? [] : [Number(number)];
    });
  } catch (fault) {
    throw describeFault(fault, envelope);
  }
}

interface Marked {
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Names what gives a feed its structure as rss-parser knows it, whatever its prefixes are; all else stays out of its way. */
function nameStructure(envelope: string): (name: string) => string {
  const declarations = envelope.matchAll(/\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"'<>]*)["']/g);
  const scope = new Map(
    Array.from(declarations, ([, prefix = '', namespace = '']) => [prefix, namespace]).toReversed() as [
      string,
      string,
    ][],
  );
  return (written) => {
    const colon = written.indexOf(':');
    const local = written.slice(colon + 1);
    const namespace = scope.get(colon === -1 ? '' : written.slice(0, colon));
    if (local === 'RDF') return 'rdf:RDF';
    const isOwn = structure.has(local) && (namespace === undefined ? colon === -1 : isFormat(namespace));
    return isOwn ? local : `other:${local}`;
  };
}

/** Refuses a document that declares entities of its own, and a page of HTML. Throws `FEED_INVALID`. */
export function refuseDoctype(xml: string): void {
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

function describeWebPage(): BroadsideError {
  return new BroadsideError('FEED_INVALID', 'This is a web page, not a feed.', {
    remedy: 'Give the address of its feed: look in the page for a link of type application/rss+xml.',
  });
}

/** The fault of a document that is no feed, or not a whole one. */
export function describeFault(fault: unknown, xml: string): BroadsideError {
  if (/^\s*(?:<\?[^>]*\?>\s*)?<(?:html|head|body)\b/i.test(xml.slice(0, 2048))) return describeWebPage();
  const root =
    /^(?:\s|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>)*<([\w:.-]+)/s.exec(xml.slice(0, 8192))?.[1] ?? '';
  const said = fault instanceof Error ? fault.message : String(fault);
  const place = /Line: (\d+)\s+Column: (\d+)/.exec(said);
  const line = place ? Number(place[1]) + 1 : undefined;
  const [reason = said] = said.split('\n');
  const plainly =
    fault instanceof TypeError
      ? 'it lacks the parts every feed has'
      : reason.startsWith('Feed not recognized')
        ? `its outermost element is <${root.slice(0, 40)}>`
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
