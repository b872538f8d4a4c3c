import type { Element, RootContent as HtmlContent } from 'hast';
import { toString } from 'mdast-util-to-string';
import type { Html, ListItem, Nodes, PhrasingContent, RootContent } from 'mdast';
import { blockElements, groupElements } from './block-elements.ts';
import { findCode, handlers, isElement, isHeading, marks, type Inside } from './handlers.ts';
import { isDressing, readFrame, readQuotation, readScript } from './lift-embeds.ts';
import { findImage, printKept, printOpening } from './lift-kept.ts';
import { isComponent, liftComponent, liftComponentWords, takeComponents } from './lift-components.ts';
import { apart, closed, joinText, toParagraphs, type Line } from './lift-lines.ts';
import type { Woven } from './lift-weave.ts';
import { linkAround } from './link-around.ts';
import { collapse, linesApart, showsNothing, standsApart } from './lift-words.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Details } from '../nodes.ts';
import { chooseSource } from './read-picture.ts';
import { restoreWovenBlocks, restoreWovenText } from './restore-woven.ts';
import { isScriptAddress } from './script-address.ts';

/** Which elements have markdown or blocks somewhere in them. */
interface Held {
  readonly nodes: ReadonlySet<Element>;
  readonly blocks: ReadonlySet<Element>;
}

type Lifting = Omit<Woven, 'root'> & { readonly held: Held; readonly dialect: Dialect };

/** Makes blocks of what is woven of blocks. */
export function liftBlocks(woven: Woven, dialect: Dialect): readonly RootContent[] {
  restoreWovenBlocks(woven);
  return toBlocks(woven.root.children, { ...woven, held: findHeld(woven), dialect });
}

/** Makes running text of what is woven of running text. */
export function liftText(woven: Woven, dialect: Dialect): Line {
  restoreWovenText(woven);
  return toLine(woven.root.children, { ...woven, held: findHeld(woven), dialect });
}

/** Elements that only lay out or group what is in them. */
const groupings: ReadonlySet<string> = new Set([...groupElements, 'span', 'font', 'big']);

/** What the handlers are told of what is in an element. */
function insideOf(lifting: Lifting): Inside {
  return {
    line: (element) => [...toLine(element.children, lifting)],
    caption: (element) => toCaption(element, lifting),
    blocks: (children) => toBlocks(children, lifting),
    shown: (children) => groupPictures(children).flatMap((group) => toBlocks(group, lifting)),
    place: (element) => placed(element, lifting),
  };
}

/** Each picture by itself, and together what stands between two. */
function groupPictures<Child extends HtmlContent>(children: readonly Child[]): readonly (readonly Child[])[] {
  const groups: Child[][] = [];
  let isOpen = false;
  for (const child of children) {
    const isPicture = child.type === 'element' && /^(?:a|img|picture)$/.test(child.tagName);
    if (isPicture || !isOpen) groups.push([child]);
    else groups.at(-1)?.push(child);
    isOpen = !isPicture;
  }
  return groups;
}

function findHeld({ root, nodeOf }: Woven): Held {
  const nodes = new Set<Element>();
  const blocks = new Set<Element>();
  const look = (children: readonly HtmlContent[], around: Element | undefined): void => {
    for (const child of children) {
      if (child.type !== 'element') continue;
      if (child.tagName === 'svg' || child.tagName === 'math') continue;
      look(child.children, child);
      if (around === undefined) continue;
      if (nodes.has(child) || nodeOf(child) !== undefined || isComponent(child, { nodeOf }))
        nodes.add(around);
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
  const isAlone = children.every(
    (child) => isBlank(child) || isComponentIn(child, lifting) || isBlockIn(child, lifting),
  );
  for (const child of children) {
    if (isAlone && isComponentIn(child, lifting)) {
      endLine();
      blocks.push(...liftComponent(child, toBlocks(child.children, lifting), lifting, lifting.dialect));
    } else if (isBlockIn(child, lifting)) {
      endLine();
      blocks.push(...keepId(child, toBlock(child, lifting)));
    } else {
      line.push(child);
    }
  }
  endLine();
  return blocks;
}

function isBlank(child: HtmlContent): boolean {
  return child.type === 'comment' || (child.type === 'text' && child.value.trim() === '');
}

function isComponentIn(child: HtmlContent, lifting: Lifting): child is Element {
  return child.type === 'element' && isComponent(child, lifting);
}

function isBlockIn(child: HtmlContent, lifting: Lifting): child is Element {
  return child.type === 'element' && isBlock(child, lifting);
}

function isBlock(element: Element, { held }: Lifting): boolean {
  return blockElements.has(element.tagName) || held.blocks.has(element);
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
  if (isComponent(element, lifting))
    return [...liftComponent(element, toBlocks(children, lifting), lifting, lifting.dialect)];
  const page = readQuotation(element, textOf(element, lifting));
  if (page !== undefined) return [{ type: 'embed', ...page, ...placed(element, lifting) }];
  switch (tagName) {
    case 'details':
      return [toDetails(element, lifting)];
    case 'figure':
    case 'hr':
      return [handlers[tagName](element, insideOf(lifting))];
    case 'pre':
      return toCode(element, lifting);
    case 'summary':
    case 'figcaption':
      return toBlocks(children, lifting);
    default:
  }
  if (!isPlain(element)) return keepBlock(element, lifting);
  if (groupings.has(tagName) || tagName === 'p') return toBlocks(children, lifting);
  if (isHeading(tagName)) return handlers[tagName](element, insideOf(lifting));
  if (tagName === 'ul' || tagName === 'ol') return toList(element, lifting);
  if (tagName === 'blockquote') {
    const quote = handlers.blockquote(element, insideOf(lifting));
    return quote.children.length === 0 ? [] : [quote];
  }
  if (tagName === 'a' && element.properties['href'] === undefined) {
    return [...toParagraphs(keepLine({ ...element, children: [] }, lifting)), ...toBlocks(children, lifting)];
  }
  if (marks.has(tagName)) return wrapBlocks(element, lifting);
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
  isSplit = lifting.held.nodes.has(element),
): (Html | Child)[] {
  const place = placed(element, lifting);
  const keepWhole = (whole: Element): readonly Html[] => {
    const value = printKept(whole);
    return value === '' ? [] : [{ type: 'html', value, ...place }];
  };
  if (closed.has(element.tagName)) return [...keepWhole(fillIn(element, lifting))];
  if (!isSplit) return [...keepWhole(element)];
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
  const wrapIn = (block: RootContent): RootContent => {
    if (block.type === 'paragraph' || block.type === 'heading')
      return { ...block, children: [...wrap(element, block.children, lifting)] };
    if (block.type !== 'list' && block.type !== 'listItem' && block.type !== 'blockquote') return block;
    return { ...block, children: (block.children as readonly RootContent[]).map(wrapIn) } as RootContent;
  };
  return toBlocks(element.children, lifting).map(wrapIn);
}

/** Running text in the mark or the link that an element is. */
function wrap(element: Element, content: Line, lifting: Lifting): Line {
  const { tagName, properties } = element;
  const leads = typeof properties['href'] === 'string' && !isScriptAddress(properties['href']);
  const isBlank = content.every((node) => node.type === 'text' && node.value.trim() === '');
  if (isBlank || (tagName === 'a' && !leads)) return content;
  const handle = handlers[tagName as keyof typeof handlers];
  const make = (line: Line): PhrasingContent =>
    handle(element, { ...insideOf(lifting), line: () => [...line] }) as PhrasingContent;
  const made = tagName === 'a' ? linkAround(content, make) : [make(content)];
  const { id } = properties;
  if (typeof id !== 'string' || id === '') return made;
  const anchor: Element = { type: 'element', tagName: 'span', properties: { id }, children: [] };
  return [{ type: 'html', value: printKept(anchor), ...placed(element, lifting) }, ...made];
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

/** A summary without words gets one, for readers to open what it hides. */
function toDetails(element: Element, lifting: Lifting): Details {
  const details = handlers.details(element, insideOf(lifting));
  const [summary] = details.children;
  const isUnnamed = summary?.type === 'summary' && summary.children.length === 0;
  if (isUnnamed) summary.children.push({ type: 'text', value: 'Details' });
  return details;
}

/** Code without markup of its own; other preformatted text stays as it is. What looks like components in it is told beside it. */
function toCode(element: Element, lifting: Lifting): RootContent[] {
  const { plain, told } = takeComponents(element, lifting);
  const isMarked = findCode(plain).children.some(({ type }) => type === 'element');
  const isKept = lifting.held.nodes.has(plain) || isMarked;
  return [...told, ...(isKept ? keepBlock(plain, lifting) : [handlers.pre(plain, insideOf(lifting))])];
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
  const list = handlers[tagName === 'ol' ? 'ol' : 'ul'](element, insideOf(lifting));
  const withIds = list.children.map((item, index): ListItem => {
    const from = items[index];
    const blocks = from?.type === 'element' ? keepId(from, item.children) : item.children;
    return { ...item, children: blocks as ListItem['children'] };
  });
  return [{ ...list, children: withIds }];
}

function toLine(children: readonly HtmlContent[], lifting: Lifting): Line {
  const space = { type: 'text', value: ' ' } as const;
  const parts = children.flatMap((child, index): Line => {
    const before = index > 0 && standsApart(child, 'first') ? [space] : [];
    const after = index < children.length - 1 && standsApart(child, 'last') ? [space] : [];
    return [...before, ...toText(child, lifting), ...after];
  });
  return joinText(parts);
}

function toText(child: HtmlContent, lifting: Lifting): Line {
  if (child.type === 'text')
    return [{ type: 'text', value: collapse(child.value), ...placed(child, lifting) }];
  if (child.type !== 'element') return [];
  const node = lifting.nodeOf(child);
  if (node !== undefined) return [node as PhrasingContent];
  if (isComponent(child, lifting))
    return liftComponentWords(child, toLine(child.children, lifting), lifting, lifting.dialect);
  const place = placed(child, lifting);
  switch (child.tagName) {
    case 'br':
      return [handlers.br(child, insideOf(lifting))];
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
  if (isGrouping || linesApart.has(child.tagName)) return toLine(child.children, lifting);
  if (child.tagName === 'code' || child.tagName === 'tt') return toInlineCode(child, lifting);
  const isAnchor = child.tagName === 'a' && !('href' in child.properties);
  if (marks.has(child.tagName) && !isAnchor) {
    return wrap(child, toLine(child.children, lifting), lifting);
  }
  return keepLine(child, lifting);
}

/** An element in a line: its tags around what is in it, or in one piece where that is no text. */
function keepLine(element: Element, lifting: Lifting): Line {
  if (showsNothing(element)) return [];
  const isWhole = apart.has(element.tagName) || element.children.length === 0;
  const isSplit = !isWhole || lifting.held.nodes.has(element);
  return keep(element, lifting, () => toLine(element.children, lifting), isSplit);
}

/** Code in a line, if there is only text in it. */
function toInlineCode(element: Element, lifting: Lifting): Line {
  const content = toLine(element.children, lifting);
  if (content.some(({ type }) => type !== 'text')) return keepLine(element, lifting);
  const code = handlers.code(element, { ...insideOf(lifting), line: () => [...content] });
  return code.value === '' ? [] : [code];
}

/** A picture; one that says more than markdown's pictures can stays HTML, and of one without an address its words are left. */
function toImage(element: Element, lifting: Lifting): Line {
  const { alt, ...given } = element.properties;
  const src = chooseSource(element);
  if (src === undefined) {
    const words = typeof alt === 'string' ? collapse(alt).trim() : '';
    return words === '' ? [] : [{ type: 'text', value: words, ...placed(element, lifting) }];
  }
  const isSimple = ['srcSet', 'useMap', 'lang', 'dir'].every((name) => given[name] === undefined);
  const shown = { ...element, properties: { ...element.properties, src } };
  return isSimple ? [handlers.img(shown, insideOf(lifting))] : keepLine(shown, lifting);
}

function toPicture(element: Element, lifting: Lifting): Line {
  const image = findImage(element);
  if (image === undefined) return [];
  const { srcSet, ...properties } = image.properties;
  return toImage({ ...image, properties: { ...properties, src: properties['src'] ?? srcSet } }, lifting);
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

function placed(node: HtmlContent, { placeOf }: Lifting): Pick<RootContent, 'position'> {
  const position = placeOf(node);
  return position === undefined ? {} : { position };
}
