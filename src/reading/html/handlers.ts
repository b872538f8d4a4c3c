import type { Element, ElementContent, RootContent as HtmlContent } from 'hast';
import type {
  Blockquote,
  Break,
  Code,
  Delete,
  Emphasis,
  Heading,
  Image,
  InlineCode,
  Link,
  List,
  ListItem,
  PhrasingContent,
  RootContent,
  Strong,
  ThematicBreak,
} from 'mdast';
import { findLanguage } from './code-language.ts';
import { toString } from 'mdast-util-to-string';
import type { Details, Figcaption, Figure } from '../nodes.ts';

/** What is in an element, as a converter reads it, and where the element stands. */
export interface Inside {
  /** Running text. */
  line(element: Element): PhrasingContent[];
  /** Running text of an element that may hold blocks, and the blocks that have no place in it. */
  caption(element: Element): { readonly line: PhrasingContent[]; readonly rest: readonly RootContent[] };
  blocks(children: readonly ElementContent[]): RootContent[];
  /** Blocks as in a figure, where each picture has one of its own. */
  shown(children: readonly ElementContent[]): RootContent[];
  place(element: Element): Pick<RootContent, 'position'>;
}

/** What an element is in markdown, or as one of the nodes beside it. */
type Handler<Node = RootContent | readonly RootContent[]> = (element: Element, inside: Inside) => Node;

/**
 * What elements become wherever HTML is read, in feeds and in posts, by name. What is told of them, and what stays HTML, is decided by
 * who reads.
 */
export const handlers = {
  a: toLink,
  b: mark('strong'),
  strong: mark('strong'),
  i: mark('emphasis'),
  em: mark('emphasis'),
  s: mark('delete'),
  strike: mark('delete'),
  del: mark('delete'),
  br: toBreak,
  hr: toRule,
  img: toImage,
  pre: toCode,
  blockquote: toQuote,
  details: toDetails,
  figure: toFigure,
  h1: toHeading,
  h2: toHeading,
  h3: toHeading,
  h4: toHeading,
  h5: toHeading,
  h6: toHeading,
  ul: toList,
  ol: toList,
  li: toItem,
  code: toInlineCode,
} as const satisfies Readonly<Record<string, Handler>>;

/** Elements that are a mark on running text, or a link. */
export const marks: ReadonlySet<string> = new Set('a b strong i em s strike del'.split(' '));

function mark(type: 'strong' | 'emphasis' | 'delete'): Handler<Strong | Emphasis | Delete> {
  return (element, inside) => ({ type, ...inside.place(element), children: inside.line(element) });
}

function toBreak(element: Element, inside: Inside): Break {
  return { type: 'break', ...inside.place(element) };
}

function toRule(element: Element, inside: Inside): ThematicBreak {
  return { type: 'thematicBreak', ...inside.place(element) };
}

function toQuote(element: Element, inside: Inside): Blockquote {
  const children = inside.blocks(element.children) as Blockquote['children'];
  return { type: 'blockquote', ...inside.place(element), children };
}

function toLink(element: Element, inside: Inside): Link {
  const { href, title } = element.properties;
  return {
    type: 'link',
    url: String(href).trim(),
    ...(typeof title === 'string' && { title }),
    ...inside.place(element),
    children: inside.line(element),
  };
}

function toImage(element: Element, inside: Inside): Image {
  const { src, alt, title, width, height } = element.properties;
  const size = { ...(width && { width }), ...(height && { height }) };
  return {
    type: 'image',
    url: String(src).trim(),
    alt: typeof alt === 'string' ? alt : '',
    ...(typeof title === 'string' && title !== '' && { title }),
    ...(Object.keys(size).length > 0 && { data: { hProperties: size } }),
    ...inside.place(element),
  };
}

/** Whether an element is a heading. */
export function isHeading(tagName: string): tagName is 'h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6' {
  return /^h[1-6]$/.test(tagName);
}

/** A heading of its words, and behind it what has no place in one. */
function toHeading(element: Element, inside: Inside): RootContent[] {
  const { line, rest } = inside.caption(element);
  const heading: Heading = {
    type: 'heading',
    depth: Number(element.tagName.slice(1)) as Heading['depth'],
    ...inside.place(element),
    children: line,
  };
  return line.length === 0 ? [...rest] : [heading, ...rest];
}

function toList(element: Element, inside: Inside): List {
  const items = element.children.filter((child) => isElement(child, 'li'));
  const first = items[0]?.properties['value'] ?? element.properties['start'] ?? 1;
  const start = Math.max(0, Number.parseInt(String(first), 10) || 0);
  const isOrdered = element.tagName === 'ol';
  return {
    type: 'list',
    ordered: isOrdered,
    ...(isOrdered && { start }),
    spread: false,
    ...inside.place(element),
    children: items.map((item) => toItem(item, inside)),
  };
}

/** An item, a task where a box stands at its beginning. */
function toItem(item: Element, inside: Inside): ListItem {
  const box = findBox(item);
  const rest = box === undefined ? item : withoutBox(item, box);
  return {
    type: 'listItem',
    spread: isLoose(item),
    ...(box && { checked: 'checked' in box.properties && box.properties['checked'] !== false }),
    ...inside.place(item),
    children: inside.blocks(rest.children) as ListItem['children'],
  };
}

/** The box to tick that an item begins with. */
function findBox({ children }: Element): Element | undefined {
  const first = children.find((child) => child.type !== 'text' || child.value.trim() !== '');
  if (first?.type !== 'element') return undefined;
  if (first.tagName === 'input') return first.properties['type'] === 'checkbox' ? first : undefined;
  return ['p', 'label', 'span', 'div'].includes(first.tagName) ? findBox(first) : undefined;
}

function withoutBox(element: Element, box: Element): Element {
  const at = element.children.indexOf(box);
  if (at === -1) {
    const children = element.children.map((child) =>
      child.type === 'element' ? withoutBox(child, box) : child,
    );
    return { ...element, children };
  }
  const rest = element.children.slice(at + 1);
  const [next] = rest;
  if (next?.type === 'text') rest[0] = { ...next, value: next.value.trimStart() };
  return { ...element, children: rest };
}

/** Code in a line, whose lines are one. */
function toInlineCode(element: Element, inside: Inside): InlineCode {
  const value = inside
    .line(element)
    .map((node) => toString(node))
    .join('')
    .replaceAll(/[\t ]*[\r\n]+[\t ]*/g, ' ');
  return { type: 'inlineCode', value, ...inside.place(element) };
}

/** Text as it stands; the language is a class of the element or of the `code` that fills it. */
function toCode(element: Element, inside: Inside): Code {
  const text = findCode(element);
  const lang = findLanguage(element);
  const value = text.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
  return {
    type: 'code',
    ...(lang !== undefined && { lang }),
    value: value.replace(/\n$/, ''),
    ...inside.place(element),
  };
}

/** The `code` that fills preformatted text, else that itself. */
export function findCode(pre: Element): Element {
  const [only, ...others] = pre.children;
  return only !== undefined && others.length === 0 && isElement(only, 'code') ? only : pre;
}

function toDetails(element: Element, inside: Inside): Details {
  const summary = element.children.find((child) => isElement(child, 'summary'));
  const { line, rest } = summary === undefined ? { line: [], rest: [] } : inside.caption(summary);
  const others = element.children.filter((child) => child !== summary);
  return {
    type: 'details',
    ...('open' in element.properties && { data: { hProperties: { open: true } } }),
    ...inside.place(element),
    children: [
      { type: 'summary', ...(summary && inside.place(summary)), children: line },
      ...rest,
      ...inside.blocks(others),
    ],
  };
}

function toFigure(element: Element, inside: Inside): Figure {
  const children: Figure['children'] = [];
  let shown: ElementContent[] = [];
  const endShown = (): void => {
    children.push(...inside.shown(shown));
    shown = [];
  };
  for (const child of element.children) {
    if (!isElement(child, 'figcaption')) {
      shown.push(child);
      continue;
    }
    endShown();
    const { line, rest } = inside.caption(child);
    const caption: Figcaption = { type: 'figcaption', ...inside.place(child), children: line };
    children.push(...(line.length > 0 ? [caption] : []), ...rest);
  }
  endShown();
  return { type: 'figure', ...inside.place(element), children };
}

/** Whether a list's item holds paragraphs, which sets the items apart; lists of its own do not. */
function isLoose(item: Element): boolean {
  return item.children.some((child) => isElement(child, 'p'));
}

/** Whether a node is an element of a name. */
export function isElement(node: HtmlContent, name: string): node is Element {
  return node.type === 'element' && node.tagName === name;
}
