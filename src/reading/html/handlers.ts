import type { Element, ElementContent, RootContent as HtmlContent } from 'hast';
import type {
  Blockquote,
  Break,
  Code,
  Delete,
  Emphasis,
  Image,
  Link,
  PhrasingContent,
  RootContent,
  Strong,
  ThematicBreak,
} from 'mdast';
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
type Handler<Node = RootContent> = (element: Element, inside: Inside) => Node;

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

/** Text as it stands; the language is a class of the element or of the `code` that fills it. */
function toCode(element: Element, inside: Inside): Code {
  const text = findCode(element);
  const classes = [element, text].flatMap(({ properties: { className } }) =>
    Array.isArray(className) ? className : [],
  );
  const [lang] = classes.flatMap((name) => /^lang(?:uage)?-([^\s{]+)/.exec(name)?.[1] ?? []);
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
export function isLoose(item: Element): boolean {
  return item.children.some((child) => isElement(child, 'p'));
}

/** Whether a node is an element of a name. */
export function isElement(node: HtmlContent, name: string): node is Element {
  return node.type === 'element' && node.tagName === name;
}
