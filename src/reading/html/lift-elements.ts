import type { Element, ElementContent, RootContent as HtmlContent } from 'hast';
import { toString } from 'mdast-util-to-string';
import type {
  BlockContent,
  Code,
  Heading,
  Html,
  Image,
  Link,
  List,
  ListItem,
  Nodes,
  PhrasingContent,
  RootContent,
  Text,
} from 'mdast';
import { isDressing, readFrame, readQuotation, readScript } from './lift-embeds.ts';
import { findImage, printKept, printOpening } from './lift-kept.ts';
import type { Woven } from './lift-weave.ts';
import type { Details, Figure } from '../nodes.ts';
import { isScriptAddress } from './script-address.ts';
import { voidElements } from './scan-tags.ts';

type Line = readonly PhrasingContent[];

/** Which elements have markdown or blocks somewhere in them. */
interface Held {
  readonly nodes: ReadonlySet<Element>;
  readonly blocks: ReadonlySet<Element>;
}

type Lifting = Pick<Woven, 'nodeOf' | 'placeOf'> & { readonly held: Held };

/** Makes blocks of what is woven of blocks. */
export function liftBlocks(woven: Woven): readonly RootContent[] {
  return toBlocks(woven.root.children, { ...woven, held: findHeld(woven) });
}

/** Makes running text of what is woven of running text. */
export function liftText(woven: Woven): Line {
  return toLine(woven.root.children, { ...woven, held: findHeld(woven) });
}

const blockElements: ReadonlySet<string> = new Set(
  `address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3
  h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul`.split(
    /\s+/,
  ),
);

/** Elements that only lay out or group what is in them. */
const groupings: ReadonlySet<string> = new Set(
  'address article aside center div footer header hgroup main nav section span font big'.split(' '),
);

/** Elements whose content is not markdown's, whatever it is written in. */
const closed: ReadonlySet<string> = new Set(
  'button canvas math object script select style svg template textarea'.split(' '),
);

/** Elements that stand in running text only because HTML lets them. */
const apart: ReadonlySet<string> = new Set([
  ...closed,
  ...'audio embed form iframe noscript video'.split(' '),
]);

const marks = {
  b: 'strong',
  strong: 'strong',
  i: 'emphasis',
  em: 'emphasis',
  s: 'delete',
  strike: 'delete',
  del: 'delete',
} as const;

function findHeld({ root, nodeOf }: Woven): Held {
  const nodes = new Set<Element>();
  const blocks = new Set<Element>();
  const look = (children: readonly HtmlContent[], around: Element | undefined): void => {
    for (const child of children) {
      if (child.type !== 'element') continue;
      look(child.children, child);
      if (around === undefined) continue;
      if (nodes.has(child) || nodeOf(child) !== undefined) nodes.add(around);
      if (blocks.has(child) || blockElements.has(child.tagName)) blocks.add(around);
    }
  };
  look(root.children, undefined);
  return { nodes, blocks };
}

function toBlocks(children: readonly HtmlContent[], lifting: Lifting): RootContent[] {
  const blocks: RootContent[] = [];
  let line: HtmlContent[] = [];
  const endLine = (): void => {
    blocks.push(...toParagraphs(toLine(line, lifting)));
    line = [];
  };
  for (const child of children) {
    if (child.type === 'element' && isBlock(child, lifting)) {
      endLine();
      blocks.push(...keepId(child, toBlock(child, lifting)));
    } else {
      line.push(child);
    }
  }
  endLine();
  return blocks;
}

function isBlock(element: Element, { held }: Lifting): boolean {
  return blockElements.has(element.tagName) || held.blocks.has(element);
}

/** The blocks that running text makes: an embedded page or raw HTML alone is a block of its own. */
export function toParagraphs(line: Line): RootContent[] {
  const text = trimLine(line);
  const [first] = text;
  if (first === undefined) return [];
  const standing = text.filter((node) => !isSpace(node));
  if (standing.every((node) => node.type === 'embed')) return standing;
  if (standing.every((node) => node.type === 'html' && isApart(node))) return standing;
  return [{ type: 'paragraph', ...spanOf(text), children: text }];
}

function isSpace(node: Nodes): boolean {
  return node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
}

/** Whether raw HTML is an element, from its beginning to its end, that is no part of a text; a bare anchor is one. */
function isApart({ value }: Html): boolean {
  const [, name = ''] = /^<([a-z][^\s/>]*)/i.exec(value) ?? [];
  if (/^<(?:a|span)\b[^<>]*><\/(?:a|span)>$/.test(value)) return true;
  return apart.has(name) && (value.endsWith(`</${name}>`) || voidElements.has(name));
}

/** Leaves the id that links within the post call an element by on the first block made of it. */
function keepId({ properties: { id } }: Element, blocks: RootContent[]): RootContent[] {
  const [first, ...rest] = blocks;
  if (typeof id !== 'string' || id === '' || first === undefined || first.type === 'html') return blocks;
  if (first.data !== undefined && 'id' in first.data) return blocks;
  return [{ ...first, data: { ...first.data, id } } as RootContent, ...rest];
}

function toBlock(element: Element, lifting: Lifting): RootContent[] {
  const { tagName, children } = element;
  const node = lifting.nodeOf(element);
  if (node !== undefined) return [node as RootContent];
  const page = readQuotation(element, textOf(element, lifting));
  if (page !== undefined) return [{ type: 'embed', ...page, ...placed(element, lifting) }];
  switch (tagName) {
    case 'details':
      return [toDetails(element, lifting)];
    case 'figure':
      return [toFigure(element, lifting)];
    case 'pre':
      return toCode(element, lifting);
    case 'hr':
      return [{ type: 'thematicBreak', ...placed(element, lifting) }];
    case 'summary':
    case 'figcaption':
      return toBlocks(children, lifting);
    default:
  }
  if (!isPlain(element)) return keepBlock(element, lifting);
  if (groupings.has(tagName) || tagName === 'p') return toBlocks(children, lifting);
  if (/^h[1-6]$/.test(tagName)) return toHeading(element, lifting);
  if (tagName === 'ul' || tagName === 'ol') return toList(element, lifting);
  if (tagName === 'blockquote') {
    const quoted = toBlocks(children, lifting) as BlockContent[];
    return quoted.length === 0 ? [] : [{ type: 'blockquote', ...placed(element, lifting), children: quoted }];
  }
  if (tagName === 'a' && element.properties['href'] === undefined) {
    return [...toParagraphs(keepLine({ ...element, children: [] }, lifting)), ...toBlocks(children, lifting)];
  }
  if (tagName === 'a' || tagName in marks) return wrapBlocks(element, lifting);
  return keepBlock(element, lifting);
}

/** Whether an element says nothing of itself but what its name says; only a language or a direction counts. */
function isPlain({ properties, tagName }: Element): boolean {
  const { lang, dir, title } = properties;
  return lang === undefined && dir === undefined && (title === undefined || tagName === 'a');
}

function keepBlock(element: Element, lifting: Lifting): RootContent[] {
  return keep(element, lifting, () => toBlocks(element.children, lifting));
}

/** Leaves an element as HTML: in one piece, or in two tags around the nodes in it. */
function keep<Child extends Nodes>(
  element: Element,
  lifting: Lifting,
  lift: () => readonly Child[],
): (Html | Child)[] {
  const place = placed(element, lifting);
  const keepWhole = (whole: Element): readonly Html[] => {
    const value = printKept(whole);
    return value === '' ? [] : [{ type: 'html', value, ...place }];
  };
  if (!lifting.held.nodes.has(element)) return [...keepWhole(element)];
  if (closed.has(element.tagName)) return [...keepWhole(fillIn(element, lifting))];
  if (element.tagName === 'form') return [...keepWhole({ ...element, children: [] }), ...lift()];
  return [
    { type: 'html', value: printOpening(element), ...place },
    ...lift(),
    { type: 'html', value: `</${element.tagName}>`, ...place },
  ];
}

/** An element with the words of the markdown in it instead of the markdown. */
function fillIn(element: Element, lifting: Lifting): Element {
  return {
    ...element,
    children: element.children.map((child) => {
      if (child.type !== 'element') return child;
      const node = lifting.nodeOf(child);
      return node === undefined ? fillIn(child, lifting) : { type: 'text', value: toString(node) };
    }),
  };
}

/** Puts a mark or a link that stands around blocks into each of their paragraphs. */
function wrapBlocks(element: Element, lifting: Lifting): RootContent[] {
  return toBlocks(element.children, lifting).map((block) =>
    block.type === 'paragraph' || block.type === 'heading'
      ? { ...block, children: [...wrap(element, block.children, lifting)] }
      : block,
  );
}

/** Running text in the mark or the link that an element is. */
function wrap(element: Element, content: Line, lifting: Lifting): Line {
  const { tagName, properties } = element;
  const place = placed(element, lifting);
  if (tagName in marks) {
    const type = marks[tagName as keyof typeof marks];
    return content.length === 0 ? [] : [{ type, ...place, children: [...content] }];
  }
  const { href, title } = properties;
  if (typeof href !== 'string' || isScriptAddress(href)) return content;
  const link: Link = {
    type: 'link',
    url: href.trim(),
    ...(typeof title === 'string' && { title }),
    ...place,
    children: content as Link['children'],
  };
  return content.length === 0 ? [] : [link];
}

function toHeading(element: Element, lifting: Lifting): RootContent[] {
  const { line, rest } = toCaption(element, lifting);
  const heading: Heading = {
    type: 'heading',
    depth: Number(element.tagName.slice(1)) as Heading['depth'],
    ...placed(element, lifting),
    children: line,
  };
  return line.length === 0 ? rest : [heading, ...rest];
}

/** Running text of an element that may hold blocks, and the blocks that have no place in it. */
function toCaption(
  { children }: Element,
  lifting: Lifting,
): { readonly line: PhrasingContent[]; readonly rest: RootContent[] } {
  const line: PhrasingContent[] = [];
  const rest: RootContent[] = [];
  for (const block of toBlocks(children, lifting)) {
    if (block.type === 'paragraph' || block.type === 'heading') {
      line.push(...(line.length === 0 ? [] : [{ type: 'text', value: ' ' } as const]), ...block.children);
    } else if (block.type === 'html') {
      line.push(block);
    } else {
      rest.push(block);
    }
  }
  return { line, rest };
}

function toDetails(element: Element, lifting: Lifting): Details {
  const summary = element.children.find((child) => isElement(child, 'summary'));
  const { line, rest } = summary === undefined ? { line: [], rest: [] } : toCaption(summary, lifting);
  const others = element.children.filter((child) => child !== summary);
  return {
    type: 'details',
    ...('open' in element.properties && { data: { hProperties: { open: true } } }),
    ...placed(element, lifting),
    children: [
      {
        type: 'summary',
        ...(summary && placed(summary, lifting)),
        children: line.length > 0 ? line : [{ type: 'text', value: 'Details' }],
      },
      ...rest,
      ...toBlocks(others, lifting),
    ],
  };
}

function toFigure(element: Element, lifting: Lifting): Figure {
  return {
    type: 'figure',
    ...placed(element, lifting),
    children: element.children.flatMap((child): RootContent[] => {
      if (!isElement(child, 'figcaption')) return toBlocks([child], lifting);
      const { line, rest } = toCaption(child, lifting);
      return [
        ...(line.length > 0
          ? [{ type: 'figcaption', ...placed(child, lifting), children: line } as const]
          : []),
        ...rest,
      ];
    }),
  };
}

function isElement(node: HtmlContent, name: string): node is Element {
  return node.type === 'element' && node.tagName === name;
}

/** Code without markup of its own; other preformatted text stays as it is. */
function toCode(element: Element, lifting: Lifting): RootContent[] {
  const [only, ...others] = element.children;
  const inner = only && others.length === 0 && isElement(only, 'code') ? only : element;
  if (lifting.held.nodes.has(element) || inner.children.some(({ type }) => type === 'element')) {
    return keepBlock(element, lifting);
  }
  const classes = [element, inner].flatMap(({ properties: { className } }) =>
    Array.isArray(className) ? className : [],
  );
  const [lang] = classes.flatMap((name) => /^lang(?:uage)?-([^\s{]+)/.exec(name)?.[1] ?? []);
  const value = rawText(inner.children).replace(/\n$/, '');
  const code: Code = {
    type: 'code',
    ...(lang !== undefined && { lang }),
    value,
    ...placed(element, lifting),
  };
  return [code];
}

function toList(element: Element, lifting: Lifting): RootContent[] {
  const { tagName, properties, children } = element;
  const items = children.filter(({ type }) => type === 'element');
  const isSimple =
    items.length > 0 &&
    items.every(
      (child): child is Element => isElement(child, 'li') && !('value' in child.properties) && isPlain(child),
    ) &&
    children.every((child) => child.type !== 'text' || child.value.trim() === '') &&
    !('reversed' in properties) &&
    !('type' in properties);
  if (!isSimple) return keepBlock(element, lifting);
  const list: List = {
    type: 'list',
    ordered: tagName === 'ol',
    ...(tagName === 'ol' && { start: Number(properties['start'] ?? 1) || 0 }),
    spread: false,
    ...placed(element, lifting),
    children: items.map((item) => toItem(item, lifting)),
  };
  return [list];
}

function toItem(item: Element, lifting: Lifting): ListItem {
  return {
    type: 'listItem',
    spread: item.children.some((child) => isElement(child, 'p')),
    ...placed(item, lifting),
    children: toBlocks(item.children, lifting) as BlockContent[],
  };
}

function toLine(children: readonly HtmlContent[], lifting: Lifting): Line {
  return joinText(children.flatMap((child) => toText(child, lifting)));
}

function toText(child: HtmlContent, lifting: Lifting): Line {
  if (child.type === 'text')
    return [{ type: 'text', value: collapse(child.value), ...placed(child, lifting) }];
  if (child.type !== 'element') return [];
  const node = lifting.nodeOf(child);
  if (node !== undefined) return [node as PhrasingContent];
  const place = placed(child, lifting);
  switch (child.tagName) {
    case 'br':
      return [{ type: 'break', ...place }];
    case 'wbr':
      return [];
    case 'img':
      return toImage(child, lifting);
    case 'picture':
      return toPicture(child, lifting);
    case 'iframe':
    case 'script': {
      const page = child.tagName === 'iframe' ? readFrame(child) : readScript(child);
      if (page !== undefined) return [{ type: 'embed', ...page, ...place }];
      return isDressing(child) ? [] : keepLine(child, lifting);
    }
    default:
  }
  if (!isPlain(child)) return keepLine(child, lifting);
  const isGrouping = groupings.has(child.tagName) && child.properties['id'] === undefined;
  if (isGrouping || child.tagName === 'p') return toLine(child.children, lifting);
  if (child.tagName === 'code' || child.tagName === 'tt') return toInlineCode(child, lifting);
  const isAnchor = child.tagName === 'a' && !('href' in child.properties);
  if ((child.tagName === 'a' && !isAnchor) || child.tagName in marks) {
    return wrap(child, toLine(child.children, lifting), lifting);
  }
  return keepLine(child, lifting);
}

/** White space as markdown keeps it: lines stay lines, so that places in them can be told. */
function collapse(text: string): string {
  return text.replaceAll(/[ \t\r\f]*\n\s*/g, '\n').replaceAll(/[ \t\r\f]+/g, ' ');
}

function keepLine(element: Element, lifting: Lifting): Line {
  return keep(element, lifting, () => toLine(element.children, lifting));
}

/** Code in a line, if there is only text in it. */
function toInlineCode(element: Element, lifting: Lifting): Line {
  const content = toLine(element.children, lifting);
  if (content.some(({ type }) => type !== 'text')) return keepLine(element, lifting);
  const value = content.map((node) => toString(node)).join('');
  return value === '' ? [] : [{ type: 'inlineCode', value, ...placed(element, lifting) }];
}

/** A picture; one that says more than markdown's pictures can stays HTML, and one without an address shows nothing. */
function toImage(element: Element, lifting: Lifting): Line {
  const { properties } = element;
  if (typeof properties['src'] !== 'string' || properties['src'] === '') return [];
  const isSimple = ['srcSet', 'useMap', 'lang', 'dir'].every((name) => properties[name] === undefined);
  return isSimple ? [makeImage(element, lifting)] : keepLine(element, lifting);
}

function toPicture(element: Element, lifting: Lifting): Line {
  const image = findImage(element);
  return image?.properties['src'] ? [makeImage(image, lifting)] : [];
}

function makeImage(element: Element, lifting: Lifting): Image {
  const { src, alt, title, width, height } = element.properties;
  const size = { ...(width && { width }), ...(height && { height }) };
  return {
    type: 'image',
    url: String(src).trim(),
    alt: typeof alt === 'string' ? alt : '',
    ...(typeof title === 'string' && title !== '' && { title }),
    ...(Object.keys(size).length > 0 && { data: { hProperties: size } }),
    ...placed(element, lifting),
  };
}

/** Joins texts that now follow each other, without the white space that surrounded what stood between them. */
function joinText(line: Line): Line {
  const joined: PhrasingContent[] = [];
  for (const node of line) {
    const last = joined.at(-1);
    if (node.type === 'text' && last?.type === 'text') {
      const value = /\s$/.test(last.value) ? node.value.replace(/^[ \t]+/, '') : node.value;
      joined[joined.length - 1] = { ...last, value: last.value + value, ...spanOf([last, node]) };
    } else if (node.type === 'text' && last?.type === 'break') {
      const text = trimStart(node);
      if (text.value !== '') joined.push(text);
    } else {
      joined.push(node);
    }
  }
  return joined;
}

/** Running text without white space, breaks and empty text at its ends. */
function trimLine(line: Line): PhrasingContent[] {
  const start = line.findIndex((node) => !isSpace(node));
  if (start === -1) return [];
  const end = line.findLastIndex((node) => !isSpace(node));
  const trimmed = line.slice(start, end + 1);
  const first = trimmed[0];
  if (first?.type === 'text') trimmed[0] = trimStart(first);
  const last = trimmed.at(-1);
  if (last?.type === 'text') trimmed[trimmed.length - 1] = { ...last, value: last.value.trimEnd() };
  return trimmed;
}

/** Text without the white space it begins with, which may be lines. */
function trimStart(text: Text): Text {
  const { value, position } = text;
  const trimmed = value.trimStart();
  const lines = value.slice(0, value.length - trimmed.length).split('\n');
  const inLine = lines.at(-1)?.length ?? 0;
  if (position === undefined || trimmed === value) return { ...text, value: trimmed };
  const { line, column, offset } = position.start;
  const start = {
    line: line + lines.length - 1,
    column: (lines.length === 1 ? column : 1) + inLine,
    ...(offset !== undefined && { offset: offset + value.length - trimmed.length }),
  };
  return { ...text, value: trimmed, position: { ...position, start } };
}

function textOf(element: Element, lifting: Lifting): string {
  const node = lifting.nodeOf(element);
  if (node !== undefined) return toString(node);
  return element.children
    .map((child) => {
      if (child.type !== 'element') return child.type === 'text' ? child.value : '';
      const text = textOf(child, lifting);
      return isBlock(child, lifting) || child.tagName === 'br' ? ` ${text} ` : text;
    })
    .join('');
}

function rawText(children: readonly ElementContent[]): string {
  return children.map((child) => (child.type === 'text' ? child.value : '')).join('');
}

function placed(node: HtmlContent, { placeOf }: Lifting): Pick<RootContent, 'position'> {
  const position = placeOf(node);
  return position === undefined ? {} : { position };
}

function spanOf(line: Line): Pick<RootContent, 'position'> {
  const start = line.find(({ position }) => position !== undefined)?.position?.start;
  const end = line.findLast(({ position }) => position !== undefined)?.position?.end;
  return start && end ? { position: { start, end } } : {};
}
