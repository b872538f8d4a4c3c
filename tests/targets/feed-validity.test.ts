import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { Post } from '../../src/model/post.ts';
import { feed } from '../../src/targets/feed/index.ts';
import { feedOptions } from '../../src/targets/feed/options.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { examplePost, exampleSite, splitRenderer } from '../examples.ts';

/**
 * What the W3C's feed validator finds fault with, by its own names for it, as far as a blog's feed can offend: an error, or a
 * warning, each (github.com/w3c/feedvalidator, src/feedvalidator, checked November 2026).
 */
interface Rule {
  readonly finds: (text: string) => boolean;
  /** A feed, or the part of one, that offends. */
  readonly offends: string;
}

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  /** Its own text, decoded. */
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
});

function decode(value: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return value.replaceAll(/&(?:#x([\da-f]+)|(\w+));/gi, (_reference, hex?: string, name = '') =>
    hex === undefined ? (named[name] ?? '') : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

function readNodes(made: unknown): readonly Node[] {
  return (made as readonly Record<string, unknown>[]).flatMap((one) => {
    const name = Object.keys(one).find((key) => key !== ':@') ?? '';
    if (name === '#text' || name.startsWith('?')) return [];
    const inner = one[name] as readonly Record<string, unknown>[];
    const texts = inner.map(({ '#text': own }) => (typeof own === 'string' ? own : ''));
    const attributes = Object.entries((one[':@'] ?? {}) as Record<string, string>);
    return [
      {
        name,
        attributes: Object.fromEntries(attributes.map(([key, value]) => [key, decode(value)])),
        children: readNodes(inner),
        text: decode(texts.join('')).trim(),
      },
    ];
  });
}

function read(text: string): readonly Node[] {
  return readNodes(parser.parse(text));
}

function all(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => [node, ...all(node.children)]);
}

function find(text: string, ...names: readonly string[]): readonly Node[] {
  return all(read(text)).filter(({ name }) => names.includes(name));
}

function has(node: Node, name: string): boolean {
  return node.children.some((child) => child.name === name);
}

function links(text: string): readonly Node[] {
  return find(text, 'link', 'atom:link').filter(({ attributes }) => attributes['href'] !== undefined);
}

/** All plain text for people in a feed, with the lines it stands on. */
function plainTexts(text: string): readonly { readonly line: string; readonly value: string }[] {
  const pattern = /<(title|subtitle|category|media:description)(?: type="plain")?>([^<]*)</g;
  return [...text.matchAll(pattern)].map(([line, , value = '']) => ({ line, value: decode(value) }));
}

/** The HTML that items hold. */
function bodies(text: string): readonly string[] {
  return find(text, 'content:encoded', 'content').map((node) => node.text);
}

const htmlTags =
  'a abbr address article aside audio b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr u ul var video wbr'.split(
    ' ',
  );
// Beside these the validator takes `controls` for a risk; without it, sound and film could not be played.
const htmlAttributes =
  'align alt cite class colspan controls datetime dir headers height href hreflang id lang media open poster reversed rowspan scope sizes span src srcset start title type value width'.split(
    ' ',
  );

const address = /^[a-z][a-z\d+.-]*:(?:\/\/)?[\w;/?:@&=+$.\-!~*'()%,#]+$/i;
const tagUri =
  /^tag:(?:[a-z\d\-._]+?@)?[a-z\d.-]+?,\d{4}(?:-\d{2}(?:-\d{2})?)?:[\da-zA-Z;/?:@&=+$.\-_!~*'()%,]*$/;

function isWrongDate(value: string): boolean {
  const form =
    /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d\d[03]0)$/;
  const day = form.exec(value)?.[1];
  return day === undefined || !new Date(value).toUTCString().startsWith(day);
}

const item = (inner: string): string => `<rss version="2.0"><channel><item>${inner}</item></channel></rss>`;
const entry = (inner: string): string => `<feed><entry>${inner}</entry></feed>`;

const rules: Readonly<Record<string, Rule>> = {
  'MissingAtomSelfLink, MissingSelf': {
    finds: (text) => !links(text).some(({ attributes }) => attributes['rel'] === 'self'),
    offends: '<rss><channel><title>T</title></channel></rss>',
  },
  'RelativeSelf, SelfNotAtom': {
    finds: (text) =>
      links(text).some(
        ({ attributes: { rel, href = '', type = '' } }) =>
          rel === 'self' && !(address.test(href) && /^application\/(rss|atom)\+xml$/.test(type)),
      ),
    offends: '<feed><link rel="self" href="/atom.xml"/></feed>',
  },
  DuplicateAtomLink: {
    finds: (text) => {
      const [root] = find(text, 'feed', 'channel');
      const kinds = (root?.children ?? [])
        .filter(({ name }) => name.endsWith('link'))
        .map(({ attributes: { rel, type } }) => `${rel} ${type}`);
      return new Set(kinds).size < kinds.length;
    },
    offends: '<feed><link rel="self" href="a"/><link rel="self" href="b"/></feed>',
  },
  'MissingTitle, MissingLink, MissingDescription, MissingElement': {
    finds: (text) =>
      find(text, 'channel').some((one) => ['title', 'link', 'description'].some((name) => !has(one, name))) ||
      find(text, 'feed', 'entry').some((one) => ['id', 'title', 'updated'].some((name) => !has(one, name))),
    offends: entry('<id>x:y</id><title>T</title>'),
  },
  'ItemMustContainTitleOrDescription, MissingGuid': {
    finds: (text) => find(text, 'item').some((one) => !has(one, 'guid') || !has(one, 'title')),
    offends: item('<title>T</title>'),
  },
  'MissingDCLanguage, InvalidLanguage': {
    finds: (text) => {
      const [root] = find(text, 'channel', 'feed');
      const own = root?.children.find(({ name }) => name === 'language')?.text;
      return !/^[a-z]{2,3}(-\w+)*$/i.test(own ?? root?.attributes['xml:lang'] ?? '');
    },
    offends: '<feed xml:lang="english"><title>T</title></feed>',
  },
  'MisplacedItem, MisplacedMetadata': {
    finds: (text) =>
      find(text, 'channel', 'feed').some(({ children }) => {
        const first = children.findIndex(({ name }) => name === 'item' || name === 'entry');
        return first >= 0 && children.slice(first).some(({ name }) => name !== 'item' && name !== 'entry');
      }),
    offends: '<feed><entry/><title>T</title></feed>',
  },
  'DuplicateElement, DuplicateEnclosure': {
    finds: (text) =>
      find(text, 'item', 'entry').some(({ children }) => {
        const once = children.map(({ name }) => name).filter((name) => !/author|creator|category/.test(name));
        return new Set(once).size < once.length;
      }),
    offends: item('<enclosure/><enclosure/>'),
  },
  NeedDescriptionBeforeContent: {
    finds: (text) =>
      find(text, 'item').some(({ children }) => {
        const names = children.map(({ name }) => name);
        const [short, full] = [names.indexOf('description'), names.indexOf('content:encoded')];
        return full >= 0 && (short < 0 || short > full);
      }),
    offends: item('<content:encoded>x</content:encoded><description>x</description>'),
  },
  'InvalidHttpGUID, InvalidPermalink, NotSufficientlyUnique': {
    finds: (text) =>
      find(text, 'guid').some(({ attributes, text: value }) =>
        attributes['isPermaLink'] === 'false' ? /^\d{1,8}$/.test(value) : !/^https?:\/\/\S+$/.test(value),
      ),
    offends: item('<guid>tag:example.com,2026:a</guid>'),
  },
  InvalidBooleanAttribute: {
    finds: (text) =>
      find(text, 'guid').some(({ attributes: { isPermaLink = '' } }) => !/^(true|false)$/.test(isPermaLink)),
    offends: item('<guid isPermaLink="no">x</guid>'),
  },
  'DuplicateValue, DuplicateEntries': {
    finds: (text) => {
      const ids = find(text, 'item', 'entry').map(
        ({ children }) => children.find(({ name }) => name === 'guid' || name === 'id')?.text,
      );
      return new Set(ids).size < ids.length;
    },
    offends: '<feed><entry><id>a:b</id></entry><entry><id>a:b</id></entry></feed>',
  },
  'InvalidTAG, NonCanonicalURI': {
    finds: (text) =>
      find(text, 'id', 'guid').some(({ text: value }) => value.startsWith('tag:') && !tagUri.test(value)),
    offends: entry('<id>tag:Example.com,2026-01-01:ä</id>'),
  },
  'InvalidRFC2822Date, IncorrectDOW, ProblematicalRFC822Date': {
    finds: (text) => find(text, 'pubDate', 'lastBuildDate').some(({ text: value }) => isWrongDate(value)),
    offends: item('<pubDate>Mon, 21 Nov 2026 08:30:00 UTC</pubDate>'),
  },
  InvalidRFC3339Date: {
    finds: (text) =>
      find(text, 'updated', 'published').some(
        ({ text: value }) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(value),
      ),
    offends: entry('<updated>2026-11-21T08:30:00+0530</updated>'),
  },
  'InvalidContact, DuplicateItemSemantics': {
    finds: (text) => find(text, 'item').some((one) => has(one, 'author')),
    offends: item('<author>Example Author</author><dc:creator>Example Author</dc:creator>'),
  },
  'InvalidFullLink, InvalidUriChar, UriNotIri': {
    finds: (text) =>
      [
        ...find(text, 'link', 'uri').flatMap(({ text: value }) => (value === '' ? [] : [value])),
        ...find(text, 'link', 'atom:link', 'media:content').flatMap(
          ({ attributes: { href, url } }) => href ?? url ?? [],
        ),
      ].some((value) => !address.test(value)),
    offends: item('<link>https://example.com/дерево/[1]</link>'),
  },
  ContainsRelRef: {
    finds: (text) =>
      find(text, 'content:encoded', 'description').some(({ text: html }) =>
        [...html.matchAll(/<a\s+href="(.*?)"|<img\s+[^>]*src="(.*?)"/gi)].some(
          ([, href, src]) => !/^\w+:/.test(href ?? src ?? ''),
        ),
      ),
    offends: item('<description>&lt;a href="/x">y&lt;/a></description>'),
  },
  'ContainsHTML, ContainsUndeclaredHTML, CharacterData': {
    finds: (text) =>
      plainTexts(text).some(({ line, value }) => {
        const isAtom = text.includes('<feed');
        const suspicious = isAtom ? /<\/\w+>|&#?\w/ : /&(?:#\w+|amp|lt|gt|quot|apos|nbsp|copy)|<[a-z/]/i;
        return suspicious.test(value) && !line.includes('&#x');
      }),
    offends: item('<title>Use &lt;dialog> now</title>'),
  },
  BadCharacters: {
    finds: (text) => /[\u0080-\u009F\uFFFD]/.test(text),
    offends: item('<title>\u0093quoted\u0094</title>'),
  },
  SAXError: {
    finds: (text) => /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/u.test(text),
    offends: item('<title>\u001b[31m</title>'),
  },
  NotHtml: {
    finds: (text) => {
      const loose = /<(?![a-z/!])|&(?![a-z]+;|#x?[\da-f]+;)/i;
      return [...bodies(text), ...find(text, 'item').flatMap(readDescription)].some((html) =>
        loose.test(html),
      );
    },
    offends: item('<description>AT&amp;T &lt; 3</description>'),
  },
  SecurityRisk: {
    finds: (text) =>
      bodies(text).some((html) =>
        [...html.matchAll(/<([a-z][\w-]*)/gi)].some(([, tag = '']) => !htmlTags.includes(tag)),
      ),
    offends: entry('<content type="html">&lt;iframe src="https://example.com/"></content>'),
  },
  'SecurityRiskAttr, DangerousStyleAttr': {
    finds: (text) =>
      bodies(text).some((html) =>
        [...html.matchAll(/<[a-z]\w*((?:\s+[\w-]+(?:="[^"]*")?)*)/gi)].some(([, attributes = '']) =>
          [...attributes.matchAll(/([\w-]+)(?:="[^"]*")?/g)].some(
            ([, name = '']) => !htmlAttributes.includes(name),
          ),
        ),
      ),
    offends: entry('<content type="html">&lt;p style="color: red">x&lt;/p></content>'),
  },
  'DuplicateDescriptionSemantics, MissingXhtmlDiv': {
    finds: (text) =>
      find(text, 'item', 'entry').some(({ children }) =>
        children.some(
          ({ name, attributes, children: inner }) =>
            ['atom:content', 'atom:title', 'xhtml:body'].includes(name) ||
            (attributes['type'] === 'xhtml' &&
              (inner.length !== 1 || inner[0]?.attributes['xmlns'] !== 'http://www.w3.org/1999/xhtml')),
        ),
      ),
    offends: item('<atom:content type="xhtml"><p>x</p></atom:content>'),
  },
  'MisplacedXHTMLContent, UnknownNamespace, ReservedPrefix, UseOfExtensionAttr': {
    finds: (text) => {
      const known: Readonly<Record<string, string>> = {
        'xmlns:atom': 'http://www.w3.org/2005/Atom',
        'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
        'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
        'xmlns:media': 'http://search.yahoo.com/mrss/',
      };
      return all(read(text)).some(({ attributes }) =>
        Object.entries(attributes).some(
          ([name, value]) => /^(?!xml:lang$)\w+:/.test(name) && known[name] !== value,
        ),
      );
    },
    offends: '<rss xmlns:media="http://search.yahoo.com/mrss"><channel/></rss>',
  },
  'MissingContentOrAlternate, MissingTextualContent, NotBlank': {
    finds: (text) =>
      find(text, 'entry').some(
        (one) =>
          !(has(one, 'content') || has(one, 'summary')) ||
          one.children.some(
            ({ name, text: value, children }) =>
              ['content', 'summary', 'title'].includes(name) && value === '' && children.length === 0,
          ),
      ),
    offends: entry('<id>a:b</id><content type="html"></content>'),
  },
  'InvalidMIMEAttribute, InvalidURLAttribute, InvalidMediaMedium': {
    finds: (text) =>
      find(text, 'media:content').some(
        ({ attributes: { medium, url = '' } }) => medium !== 'image' || !/^https?:/.test(url),
      ),
    offends: item('<media:content medium="picture" url="https://example.com/a.png"/>'),
  },
  ValidatorLimit: {
    finds: (text) => Buffer.byteLength(text) > 5_000_000,
    offends: item(`<description>${'x'.repeat(5_000_001)}</description>`),
  },
};

function readDescription({ children }: Node): readonly string[] {
  return children.filter(({ name }) => name === 'description').map(({ text }) => text);
}

const site = exampleSite([], {
  title: 'Tips & tricks for <dialog>',
  description: 'All of \u0093it\u0094, and &amp; more.',
  author: { name: 'Example Author', url: 'https://example.com/über' },
  timezone: 'Pacific/Chatham',
});

const bodiesOfPosts: readonly string[] = [
  'Plain, with a [link](../other/) and ![a picture](a b.png).',
  'A note.[^1] Another.[^2]\n\n[^1]: One.\n[^2]: Two.',
  'AT&T < 3 > 2, &copy; and `a < b && c`, \u0093quoted\u0094, \uFFFD, ]]>, 👩‍👩‍👧, שלום.',
  '| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n> [!NOTE]\n> Noted.\n\n~~gone~~',
  '<details open><summary>More</summary>\n\nText\n\n</details>\n\n<p style="color: red" onclick="x()" data-x="1">x</p> <bdo dir="rtl">x</bdo> <font color="red">x</font> <center>x</center>',
  '<iframe src="https://example.com/film"></iframe>\n\n<script>x()</script><form><input></form> <custom-part>x</custom-part> <svg><path d="M0 0"/></svg>',
  '```diff\n- a\n+ <b>\n```\n\n<picture><source srcset="a.avif 2x" media="(min-width: 1px)"><img src="a.png" alt=""></picture>\n\n<video src="a.mp4" controls></video>',
  '',
];

const posts: readonly Post[] = bodiesOfPosts.map((_, index) =>
  examplePost(`post ${index}ä`, {
    canonicalUrl: `https://example.com/блог/${index}/[x]?a=b|c`,
    title:
      ['Use <dialog> & friends', '&amp; is written &amp;amp;', 'R&D', '\u0093Quoted\u0094 \uFFFD'][
        index % 4
      ] ?? '',
    publishAt: `2026-0${index + 1}-01T12:34:56.789+12:45`,
    tags: ['C++', '<T>', 'R&D', 'true'],
    authors: index % 2 === 0 ? [] : [{ name: 'One' }, { name: 'Two', url: 'https://example.com/~two' }],
    lang: index % 3 === 0 ? 'pt-BR' : 'en',
    cover: { url: 'https://example.com/bild ä.png?a=1&b=2', alt: 'A <b> & "c"' },
    ...(index % 2 === 0 && { summary: 'AT&T < 3, a &lt; b and <b>bold</b>.' }),
  }),
);

const configs: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { stylesheet: false },
  { content: 'summary', hub: 'https://hub.example.com/' },
  { path: 'блог/feed [1].xml', atom: 'блог/atom.xml', title: 'All & <everything>' },
];

async function assemble(options: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const target = feed.create('feed', feedOptions.parse({ kind: 'feed', ...options }), undefined);
  if (target.granularity !== 'feed') throw new Error('a feed holds many posts');
  const items = await Promise.all(
    posts.map((post, index) =>
      splitRenderer(target).render(post, { tree: parsePost(bodiesOfPosts[index] ?? ''), digest: 'd' }, site),
    ),
  );
  const documents = [...(await target.assemble(items, site)), ...(await target.assemble([], site))];
  return documents.flatMap(({ type, text }) => (type.endsWith('+xml') ? [text] : []));
}

const feeds = (await Promise.all(configs.map(assemble))).flat();

describe.each(Object.entries(rules))('%s', (_name, { finds, offends }) => {
  test('is found where it is', () => {
    expect(finds(offends)).toBe(true);
  });

  test('is in no feed', () => {
    expect(feeds.filter(finds)).toEqual([]);
  });
});
