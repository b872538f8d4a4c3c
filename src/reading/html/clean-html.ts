import type { Element, ElementContent, Root } from 'hast';
import { blockElements, flatBlocks } from './block-elements.ts';
import { readFrame } from './lift-embeds.ts';
import { isIcon, listSources, readLabel } from './read-picture.ts';
import { isScriptAddress } from './script-address.ts';
import { urlKey } from '../url-key.ts';
import {
  classesOf,
  findElement,
  makeElement,
  outermost,
  propertyOf,
  rewriteElements,
  textOf,
} from './hast.ts';

const silent = new Set(
  (
    'script style template noscript link meta head title base button source track area map param ' +
    'dialog datalist wbr'
  ).split(' '),
);
const leftOut: Readonly<Record<string, string>> = {
  canvas: 'a canvas',
  form: 'a form',
  select: 'a choice',
  textarea: 'a text field',
  object: 'an embedded object',
  applet: 'an applet',
  math: 'a formula (MathML)',
};
const pixelHosts =
  /(?:^|\.)(?:pixel\.wp\.com|stats\.wordpress\.com|feedsportal\.com|feeds\.feedburner\.com)$/;
const anchorClasses =
  /^(?:anchor|header-?link|heading-?(?:link|anchor)|header-anchor|permalink|hash-link|autolink-.*)$/;
/**
 * Leaves of HTML what markdown can say: no scripts, styles, tracking pixels, heading anchors or unsafe addresses; relative
 * addresses made absolute. Changes the tree in place and returns what a reader will miss, one phrase each.
 */
export function cleanHtml(root: Root, base: string | undefined): readonly string[] {
  const missed = new Set<string>();
  rewriteElements(root, (element) => {
    const note = isPersonal(element) ?? describeHidden(element);
    if (note !== undefined) missed.add(`${note} was left out`);
    return note !== undefined || silent.has(element.tagName) || isPanel(element) ? [] : [element];
  });
  rewriteElements(root, (element) => {
    const { tagName } = element;
    const note = leftOut[tagName];
    if (tagName === 'object' && textOf(element).trim() !== '') return [makeElement('div', element.children)];
    if (note !== undefined) {
      if (textOf(element).trim() !== '' || tagName !== 'form') missed.add(`${note} was left out`);
      return tagName === 'form' ? element.children : [];
    }
    if (tagName === 'svg') return labelDrawing(element, missed);
    if (tagName === 'input') return propertyOf(element, 'type') === 'checkbox' ? [element] : [];
    if (tagName === 'a') return cleanLink(element, base, missed);
    if (tagName === 'img') return cleanImage(element, base, missed);
    if (tagName === 'iframe' || tagName === 'embed') return linkFrame(element, base, missed);
    if (tagName === 'video' || tagName === 'audio') return linkMedia(element, base, missed);
    if (tagName === 'figure') return fitFigure(element);
    if (tagName === 'td' || tagName === 'th') limitSpans(element);
    if (/^h[1-6]$/.test(tagName)) return [cleanHeading(element)];
    return [element];
  });
  dropEmpty(root);
  return [...missed];
}

/** Elements that mean something though they hold nothing. */
const meaningful =
  /^(?:img|br|hr|input|audio|video|pre|p|div|section|figure|figcaption|blockquote|[uod]l|li|d[dt]|table|t(?:r|d|h|body|head|foot)|caption|col|colgroup|details|summary|h[1-6]|anchor-mark)$/;

/**
 * Leaves of elements that only mark words, and have none, the space in them, and joins texts that stand side by side. A row of
 * them would cost the conversion the square of its length.
 */
function dropEmpty(parent: Root | Element): void {
  const kept: ElementContent[] = [];
  // Whether the last text is but blanks: to look at it after each part would take the square of its length.
  let endsBlank = false;
  for (const child of parent.children as ElementContent[]) {
    if (child.type === 'element') dropEmpty(child);
    const isEmpty =
      child.type === 'element' &&
      !meaningful.test(child.tagName) &&
      child.children.every((inner) => inner.type === 'text' && inner.value.trim() === '');
    const node: ElementContent = isEmpty ? { type: 'text', value: textOf(child) } : child;
    const last = kept.at(-1);
    if (node.type === 'text' && last?.type === 'text') {
      const adds: boolean = !endsBlank || !isBlank(node.value);
      if (adds) last.value += node.value;
      endsBlank &&= !adds;
    } else if (node.type !== 'text' || node.value !== '') {
      kept.push(node.type === 'text' ? { type: 'text', value: node.value } : node);
      endsBlank = node.type === 'text' && isBlank(node.value);
    }
  }
  parent.children = kept;
}

function isBlank(text: string): boolean {
  return text.trim() === '' && text !== '';
}

function isPanel(element: Element): boolean {
  return (
    classesOf(element).some((name) => name === 'highlight__panel' || name === 'js-actions-panel') ||
    (element.tagName === 'svg' && propertyOf(element, 'ariaHidden') === 'true')
  );
}

/** What lays out words in a line, which a page that hides them never shows: it opens boxes when a reader asks. */
const lineElements: ReadonlySet<string> = new Set('span b i em strong a small font label'.split(' '));

/** What mail hides though it stands at its beginning: the line that a list of mails shows beside the subject. */
const preheader = /mso-hide\s*:\s*all|max-height\s*:\s*0|font-size\s*:\s*[01]px/i;

/** Words that are never seen. */
function describeHidden(element: Element): string | undefined {
  const style = propertyOf(element, 'style') ?? '';
  const isHidden = element.properties['hidden'] === true || /(?:^|[;\s])display\s*:\s*none/i.test(style);
  if (!isHidden || !(lineElements.has(element.tagName) || preheader.test(style))) return undefined;
  return textOf(element).trim() === '' ? undefined : 'what the page hides';
}

/** What speaks to a visitor of the site alone: a form that asks for something, a part that is not to be quoted. */
export function isPersonal(element: Element): string | undefined {
  if (element.properties['dataNosnippet'] !== undefined) return 'a part that the site keeps from quotations';
  if (element.tagName !== 'form') return undefined;
  const asks = findElement(
    element,
    (one) => one.tagName === 'input' && /^(?:email|search)$/.test(String(one.properties['type'])),
  );
  return asks && 'a form';
}

/** Of a drawing that says something, its words stay. */
function labelDrawing(drawing: Element, missed: Set<string>): readonly ElementContent[] {
  const label = readLabel(drawing);
  missed.add(label === '' ? 'a drawing (SVG) was left out' : `a drawing (SVG) became its words, "${label}"`);
  return label === '' ? [] : [{ type: 'text', value: label }];
}

function cleanLink(
  element: Element,
  base: string | undefined,
  missed: Set<string>,
): readonly ElementContent[] {
  const href = propertyOf(element, 'href');
  if (href === undefined) return element.children;
  const url = readUrl(href, base);
  if (url === undefined) {
    missed.add(describeUnsafe(href));
    return element.children;
  }
  const { className, ariaHidden } = element.properties;
  element.properties = { ...keepTitle(element), href: url, className, ariaHidden };
  return [element];
}

function describeUnsafe(href: string): string {
  const scheme = /^\s*([a-z][a-z\d+.-]*):/i.exec(href)?.[1]?.toLowerCase() ?? '';
  return isScriptAddress(href)
    ? 'a link that runs a script or holds a page became plain text'
    : `a link to an address that begins with "${scheme.slice(0, 20)}:" became plain text`;
}

/** An address as markdown may hold it: the web's, mail, telephone, or a fragment; relative ones resolved, those into the same page its fragment. */
function readUrl(text: string, base: string | undefined): string | undefined {
  const trimmed = text
    .replace(/[\u0000-\u0020\u007F-\u009F]+/g, (space) => (space === ' ' ? ' ' : ''))
    .trim();
  if (trimmed.startsWith('#')) return trimmed;
  if (!URL.canParse(trimmed, base)) return /^[a-z][a-z\d+.-]*:/i.test(trimmed) ? undefined : trimmed;
  const url = new URL(trimmed, base);
  if (!['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return undefined;
  if (url.hash !== '' && base !== undefined && urlKey(url.href) === urlKey(base)) return url.hash;
  return URL.canParse(trimmed) && !trimmed.includes(' ') ? trimmed : url.href;
}

function keepTitle(element: Element): Element['properties'] {
  const title = propertyOf(element, 'title');
  return title === undefined ? {} : { title: joinLines(title) };
}

/** Text on one line: white space as HTML has it is one space, and none at the ends. */
function joinLines(text: string): string {
  return text.replaceAll(/[\t\n\f\r ]+/g, ' ').replaceAll(/^ | $/g, '');
}

function cleanImage(
  element: Element,
  base: string | undefined,
  missed: Set<string>,
): readonly ElementContent[] {
  const alt = propertyOf(element, 'alt') ?? '';
  if (classesOf(element).some((name) => name === 'wp-smiley' || name === 'emoji')) {
    return [{ type: 'text', value: alt }];
  }
  const given = listSources(element).filter((source) => source.trim() !== '');
  const url = given
    .map((source) => readUrl(source, base))
    .find((source) => source !== undefined && source !== '' && !source.startsWith('mailto:'));
  if (url === undefined) {
    if (given.length > 0 || alt.trim() !== '')
      missed.add('an image that has no address of its own was left out');
    return [];
  }
  if (isPixel(element, url)) return [];
  if (isIcon(element)) {
    missed.add(
      alt === '' ? 'a small picture was left out' : `a small picture was left out: ${joinLines(alt)}`,
    );
    return [];
  }
  return [makeElement('img', [], { ...keepTitle(element), src: url, alt: joinLines(alt) })];
}

function isPixel(element: Element, url: string): boolean {
  const sizes = [propertyOf(element, 'width'), propertyOf(element, 'height')].map(Number);
  if (sizes.every((size) => size <= 1)) return true;
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  return pixelHosts.test(hostname) || (hostname.endsWith('medium.com') && pathname.startsWith('/_/stat'));
}

function linkFrame(
  element: Element,
  base: string | undefined,
  missed: Set<string>,
): readonly ElementContent[] {
  const page = readFrame({ ...element, properties: { ...element.properties, src: readSource(element) } });
  const url = page && readUrl(page.url, base);
  if (page === undefined || url === undefined || !/^https?:/.test(url)) {
    missed.add('an embedded frame was left out');
    return [];
  }
  missed.add(`an embedded frame became a link to ${url}`);
  const link = makeElement('a', [{ type: 'text', value: page.title ?? url }], { href: url });
  return [makeElement('p', [link])];
}

/** A frame's address, or that of the page inside it where Embedly, as on Medium, stands between. */
function readSource(element: Element): string {
  const given = ['src', 'dataSrc', 'dataLazySrc'].flatMap((name) => propertyOf(element, name) ?? []);
  const source = given.find((address) => address !== '' && !address.startsWith('about:')) ?? '';
  if (!/^(?:https?:)?\/\/cdn\.embedly\.com\//.test(source)) return source;
  const { searchParams } = new URL(source, 'https://cdn.embedly.com');
  return searchParams.get('url') ?? searchParams.get('src') ?? source;
}

function linkMedia(
  element: Element,
  base: string | undefined,
  missed: Set<string>,
): readonly ElementContent[] {
  const source = propertyOf(element, 'src') ?? '';
  const url = source === '' ? undefined : readUrl(source, base);
  if (url === undefined || !/^https?:/.test(url)) {
    missed.add(`${element.tagName === 'video' ? 'a video' : 'a sound'} was left out`);
    return element.children;
  }
  missed.add(`${element.tagName === 'video' ? 'a video' : 'a sound'} became a link to ${url}`);
  return [makeElement('p', [makeElement('a', [{ type: 'text', value: url }], { href: url })])];
}

/**
 * A figure with a caption of one line stays one, its pictures in paragraphs; any other is only what it shows, since its
 * caption may be missing, or be as long as a text.
 */
function fitFigure(figure: Element): readonly ElementContent[] {
  const isCaption = (child: ElementContent): boolean =>
    child.type === 'element' && child.tagName === 'figcaption' && textOf(child).trim() !== '';
  const shown = figure.children
    .filter((child) => child.type !== 'element' || child.tagName !== 'figcaption')
    .map((child) => (isPicture(child) ? makeElement('p', [child]) : child));
  const given = figure.children.filter(isCaption);
  if (given.some((child) => child.type === 'element' && child.children.some(isDeep)))
    return [makeElement('div', [...shown, ...given.map((child) => makeElement('div', childrenOf(child)))])];
  const captions = given.flatMap((child) => readLines(childrenOf(child)));
  const [caption, ...others] = captions;
  const isPlain = shown.every((child) => child.type === 'text' && child.value.trim() === '');
  const isNested = shown.some((child) => child.type === 'element' && outermost(child, 'figure').length > 0);
  const holdsFigure = shown.some((child) => child.type === 'element' && child.tagName === 'figure');
  if (caption === undefined) return [makeElement('div', shown)];
  if (others.length > 0 || isPlain || isNested || holdsFigure) {
    return [makeElement('div', [...shown, ...captions.map((line) => makeElement('p', line))])];
  }
  return [makeElement('figure', [...shown, makeElement('figcaption', caption)])];
}

/** Whether a part of a caption is no line, such as a list, or holds what stands on a line of its own. */
function isDeep(part: ElementContent): boolean {
  if (part.type !== 'element') return false;
  if (flatBlocks.has(part.tagName)) return part.children.some(isDeep);
  return holdsBlock(part);
}

function holdsBlock(part: ElementContent): boolean {
  return part.type === 'element' && (blockElements.has(part.tagName) || part.children.some(holdsBlock));
}

function childrenOf(node: ElementContent): readonly ElementContent[] {
  return node.type === 'element' ? node.children : [];
}

/** The lines of a caption. */
function readLines(parts: readonly ElementContent[]): readonly ElementContent[][] {
  const lines: ElementContent[][] = [];
  let line: ElementContent[] = [];
  const end = (): void => {
    if (line.some((part) => part.type === 'element' || textOf(part).trim() !== '')) lines.push(line);
    line = [];
  };
  for (const part of parts) {
    if (part.type === 'element' && flatBlocks.has(part.tagName)) {
      end();
      lines.push(...readLines(part.children));
    } else line.push(part);
  }
  end();
  return lines;
}

function isPicture(child: ElementContent): boolean {
  if (child.type !== 'element') return false;
  return child.tagName === 'img' || (child.tagName === 'a' && outermost(child, 'img').length > 0);
}

/** No table of a text has cells that reach further than this; each place is made. */
const longestSpan = 50;

function limitSpans(cell: Element): void {
  for (const name of ['colSpan', 'rowSpan']) {
    const span = Number(cell.properties[name] ?? 1);
    if (span > longestSpan) cell.properties[name] = longestSpan;
  }
}

/** Anchors that only lead to the heading itself go; a link around the whole heading leaves its text. */
function cleanHeading(heading: Element): Element {
  rewriteElements(heading, (element) => {
    if (element.tagName !== 'a' || !isAnchor(element)) return [element];
    return /[\p{L}\p{N}]/u.test(textOf(element)) && !isDecoration(element) ? element.children : [];
  });
  return heading;
}

function isAnchor(link: Element): boolean {
  return (propertyOf(link, 'href') ?? '').startsWith('#') || isDecoration(link);
}

function isDecoration(link: Element): boolean {
  return (
    propertyOf(link, 'ariaHidden') === 'true' ||
    (classesOf(link).some((name) => anchorClasses.test(name)) &&
      !/[\p{L}\p{N}]/u.test(textOf(link).replace(/^(?:permalink|link)(?: to .*)?$/i, '')))
  );
}
