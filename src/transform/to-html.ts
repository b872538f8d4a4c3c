import type { Element, Root as HtmlRoot } from 'hast';
import type { Root } from 'mdast';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize, { type Options as Schema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import type { Post } from '../model/post.ts';
import { isDataUrl } from './data-images.ts';
import { ownHandlers } from './html-handlers.ts';
import { keepsShape } from './keeps-shape.ts';
import { stripIllegalCharacters } from '../reading/plain-text.ts';
import { groupElements } from '../reading/html/block-elements.ts';
import { voidElements } from '../reading/html/read-tags.ts';
import { walk } from '../reading/walk.ts';

/** How the ids of footnotes begin, the only ids that a copy keeps. */
const footnotePrefix = 'note-';
const footnoteId = /^note-fn(?:ref)?-/;

const size = ['width', 'height'];
const web = ['http', 'https'];

/** The schemes of links that feed readers follow. */
export const linkSchemes: ReadonlySet<string> = new Set([...web, 'mailto', 'tel']);

const readerTags = [
  'a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption',
  'figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp section small source span',
  'strong sub summary sup table tbody td tfoot th thead time tr u ul var video wbr',
];

/** The HTML that feed readers show: text, tables, pictures and sound, without script, style or forms. */
const readerSchema: Schema = {
  tagNames: readerTags.join(' ').split(' '),
  strip:
    'annotation annotation-xml button canvas form iframe object script select style svg template textarea title'.split(
      ' ',
    ),
  attributes: {
    '*': ['dir', 'lang', 'title'],
    a: ['href', 'hrefLang', ['id', /^note-/]],
    audio: ['src', 'controls'],
    blockquote: ['cite'],
    code: [['className', /^language-./]],
    col: ['span'],
    colgroup: ['span'],
    del: ['cite', 'dateTime'],
    details: ['open'],
    img: ['src', 'srcSet', 'sizes', 'alt', ...size],
    ins: ['cite', 'dateTime'],
    li: ['value', ['id', /^note-/]],
    ol: ['start', 'reversed', 'type'],
    q: ['cite'],
    section: [['className', 'footnotes']],
    source: ['src', 'srcSet', 'sizes', 'media', 'type', ...size],
    td: ['align', 'colSpan', 'rowSpan', 'headers'],
    th: ['align', 'colSpan', 'rowSpan', 'headers', 'scope'],
    time: ['dateTime'],
    video: ['src', 'poster', 'controls', ...size],
  },
  ancestors: Object.fromEntries(
    ['caption', 'col', 'colgroup', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr'].map((tag) => [
      tag,
      ['table'],
    ]),
  ),
  clobber: [],
  protocols: { href: [...linkSchemes], src: web, poster: web, cite: web },
};

/** The post a tree belongs to, as far as its HTML tells. */
type Owner = Pick<Post, 'id' | 'canonicalUrl'>;

const processor = unified()
  .use(remarkRehype, { allowDangerousHtml: true, clobberPrefix: footnotePrefix, handlers: ownHandlers })
  .use(readRaw)
  .use(fitElements)
  .use(rehypeSanitize, readerSchema)
  .use(tidyElements)
  .use(rehypeStringify, { allowDangerousHtml: true, characterReferences: { useNamedReferences: true } })
  .freeze();

/**
 * Prints a tree as the HTML a feed reader shows, safe to put beside the HTML of strangers. With the post it belongs
 * to, links to headings lead to the original and footnotes keep apart from those of other posts on the same page.
 */
export function printHtml(tree: Root, post?: Owner): string {
  return writeHtml(makeHtmlTree(tree, post));
}

/** The same as a tree, for what is still to be changed in it. */
export function makeHtmlTree(tree: Root, post?: Owner): HtmlRoot {
  return processor.runSync(tree, post === undefined ? {} : { data: { post } });
}

/** Writes a tree of HTML; raw HTML in it is written as it is. */
export function writeHtml(html: HtmlRoot): string {
  return stripIllegalCharacters(processor.stringify(html).replaceAll('&#x0;', '')).trim();
}

/** An address in a `srcset` that is neither http nor https; the sanitizer looks at no `srcset`. */
const otherScheme = /(?:^|[\s,])(?!https?:)[a-z][a-z\d+.-]*:/i;

/** Reads a tree as a browser would, where that makes another tree of it. */
function readRaw() {
  const read = rehypeRaw();
  return (tree: HtmlRoot, file: Parameters<typeof read>[1]): HtmlRoot =>
    keepsShape(tree) ? tree : read(tree, file);
}

/**
 * Shows task boxes as characters, pictures in `data:` addresses as their descriptions and the footnotes' English
 * heading as a rule, and fits where links within the page lead.
 */
function fitElements() {
  return (tree: HtmlRoot, file: { readonly data: object }): void => {
    const { post } = file.data as { readonly post?: Owner };
    const fitFragment = post === undefined ? undefined : fitFragmentsOf(post);
    walk(tree, (element, index, parent) => {
      if (element.type !== 'element') return;
      const { tagName, properties } = element;
      if (otherScheme.test(properties['srcSet'] ?? '')) delete properties['srcSet'];
      // Readers take these away, though they set what is in them apart; the footnotes are a section.
      if (groupElements.has(tagName) && tagName !== 'section') element.tagName = 'div';
      if (properties['id'] === 'footnote-label') {
        element.tagName = 'hr';
        element.children = [];
      } else if (tagName === 'input' && properties['type'] === 'checkbox') {
        const isChecked = 'checked' in properties && properties['checked'] !== false;
        parent.children[index] = { type: 'text', value: isChecked ? '☑' : '☐' };
      } else if (tagName === 'img' && isDataUrl(String(properties['src']))) {
        parent.children[index] = { type: 'text', value: properties['alt'] ?? '' };
      } else {
        fitFragment?.(properties);
      }
    });
  };
}

/** Leads links within the page to the original, except those of footnotes, whose ids are made the post's own. */
function fitFragmentsOf({ id: postId, canonicalUrl }: Owner): (properties: Element['properties']) => void {
  const own = `${footnotePrefix}${encodeURIComponent(postId.toWellFormed())}-`;
  return (properties) => {
    const { id, href } = properties;
    if (typeof id === 'string' && footnoteId.test(id)) {
      properties['id'] = own + id.slice(footnotePrefix.length);
    } else {
      delete properties['id'];
    }
    if (typeof href !== 'string' || !href.startsWith('#')) return;
    properties['href'] = footnoteId.test(href.slice(1))
      ? `#${own}${href.slice(footnotePrefix.length + 1)}`
      : new URL(href, canonicalUrl).href;
  };
}

/** Removes empty paragraphs, and moves the content of elements that can hold nothing behind them. */
function tidyElements() {
  return (tree: HtmlRoot): void =>
    walk(tree, (element, index, parent) => {
      if (element.type !== 'element') return undefined;
      const { tagName, children } = element;
      if (voidElements.has(tagName)) parent.children.splice(index + 1, 0, ...children.splice(0));
      if (tagName !== 'p') return undefined;
      if (children.some((child) => child.type !== 'text' || child.value.trim() !== '')) return undefined;
      parent.children.splice(index, 1);
      return index;
    });
}
