import type { Element, Root as HtmlRoot } from 'hast';
import type { List, ListItem, Nodes, Paragraph, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import { defaultNodeHandlers, toMdast, type Options } from 'hast-util-to-mdast';
import type { Details, Figcaption } from '../nodes.ts';
import { cleanHtml } from './clean-html.ts';
import { collapseSpace } from './collapse-space.ts';
import { escapeHtml, escapeText } from '../../base/escape-html.ts';
import { once } from '../../base/once.ts';
import { handlers, type Inside } from './handlers.ts';
import { printKept } from './lift-kept.ts';
import { listPrograms } from './list-programs.ts';
import { parseBareHtml } from './parse-html.ts';
import { outermost, propertyOf } from './hast.ts';
import { dropControls } from './read-text.ts';
import { anchorMark, leadToHeadings, restoreAnchors } from './restore-anchors.ts';
import { restoreBoxes } from './restore-boxes.ts';
import { restoreCaptions } from './restore-captions.ts';
import { restoreCode } from './restore-code.ts';
import { restoreEmbeds } from './restore-embeds.ts';
import { footnoteMark, footnoteText, restoreFootnotes } from './restore-footnotes.ts';
import { fitCells } from './fit-cells.ts';
import { fitMarks } from './fit-marks.ts';
import { restoreMath } from './restore-math.ts';
import { restoreMedia } from './restore-media.ts';
import { restoreStructure } from './restore-structure.ts';
import { restoreStyles } from './restore-styles.ts';
import { walk } from '../walk.ts';

/** A body as a tree, and what of its HTML a reader will miss, one phrase each. */
export interface Body {
  readonly tree: Root;
  readonly missed: readonly string[];
}

declare module 'mdast' {
  interface EmphasisData {
    /** The HTML element that stands here because markdown has no sign for it. */
    tagName?: string | undefined;
    /** Its attributes as they are written, a space before each. */
    attributes?: string | undefined;
  }
}

const elementHandlers: Readonly<Record<string, Handle>> = Object.fromEntries([
  ...['sup', 'sub', 'kbd', 'mark', 'u', 'ins', 'small', 'ruby', 'rt', 'rp', 'bdi', 'bdo'].map((name) => [
    name,
    keepInline,
  ]),
  ...['span', 'abbr'].map((name) => [name, keepNamed]),
  ...Object.entries(handlers).map(([name, handle]) => [
    name,
    (state: State, node: Element): Nodes | Nodes[] => [handle(node, insideOf(state))].flat(),
  ]),
  ...['samp', 'tt', 'var'].map((name) => [name, handleCode]),
  ['pre', handlePre],
  [footnoteText, writeFootnote],
  [anchorMark, writeAnchor],
]) as Record<string, Handle>;

/**
 * What a conversion begins with. An empty root is converted for it, once: the conversion would make a copy of each body, and at last
 * walk through it twice, which takes longer than all else.
 */
const openState = once((): State => {
  const opened: State[] = [];
  const root = (state: State): Root => {
    opened.push(state);
    return { type: 'root', children: [] };
  };
  toMdast(
    { type: 'root', children: [] },
    { document: true, handlers: elementHandlers, nodeHandlers: { root } },
  );
  return opened[0] as State;
});

/** HTML as markdown's tree; changes the HTML. */
function convert(source: HtmlRoot): Root {
  collapseSpace(source);
  const tree = defaultNodeHandlers.root({ ...openState() }, source);
  joinTexts(tree);
  return tree;
}

/** Joins texts that stand side by side, with one break of a line where there are blanks around it, and none where nothing shows it. */
function joinTexts(parent: Parents): void {
  const made: RootContent[] = [];
  for (const child of parent.children) {
    const last = made.at(-1);
    if (child.type === 'text' && last?.type === 'text') last.value += child.value;
    else made.push(child);
  }
  const isEdged = ['heading', 'paragraph', 'root'].includes(parent.type);
  const kept = made.filter((child, index) => {
    if ('children' in child) joinTexts(child);
    if (child.type !== 'text') return true;
    child.value = child.value.replace(/[\t ]*(\r?\n|\r)[\t ]*/, '$1');
    if (isEdged && index === 0) child.value = child.value.replace(/^[\t ]+/, '');
    if (isEdged && index === made.length - 1) child.value = child.value.replace(/[\t ]+$/, '');
    return child.value !== '';
  });
  (parent as { children: RootContent[] }).children = kept;
}

type Handle = NonNullable<NonNullable<Options['handlers']>[string]>;
type State = Parameters<Handle>[0];

function keepInline(state: State, node: Element): Nodes {
  const label = propertyOf(node, footnoteMark);
  if (label !== undefined) return { type: 'footnoteReference', identifier: label, label };
  return {
    type: 'emphasis',
    data: { tagName: node.tagName, attributes: printAttributes(node) },
    children: state.all(node) as PhrasingContent[],
  };
}

/** What a reader's program needs to know of words: their language and direction, and what they stand for. */
function printAttributes(node: Element): string {
  return ['lang', 'dir', 'title']
    .map((name) => {
      const value = propertyOf(node, name);
      return value === undefined ? '' : ` ${name}="${escapeHtml(value)}"`;
    })
    .join('');
}

/** An element that only says such things; without any, it is nothing but its words. */
function keepNamed(state: State, node: Element): Nodes | Nodes[] {
  return printAttributes(node) === '' ? state.all(node) : keepInline(state, node);
}

/** What the handlers are told of what is in an element. */
function insideOf(state: State): Inside {
  const blocks = (children: Element['children']): RootContent[] =>
    state.toFlow(state.all({ type: 'root', children }));
  return {
    line: (element) => state.all(element) as PhrasingContent[],
    caption: (element) => ({ line: state.all(element) as PhrasingContent[], rest: [] }),
    blocks,
    shown: blocks,
    place: () => ({}),
  };
}

function handleCode(state: State, node: Element): Nodes {
  return handlers.code(node, insideOf(state));
}

/** Code, or preformatted text with marks in it, which stays HTML. */
function handlePre(state: State, node: Element): Nodes {
  const isCode = node.children.every((child) => child.type === 'element' && child.tagName === 'code');
  return isCode
    ? handlers.pre(node, insideOf(state))
    : { type: 'html', value: printKept({ ...node, properties: {} }) };
}

/** A place that links lead to: an anchor without words, which stays HTML. */
function writeAnchor(_state: State, node: Element): Nodes {
  const attributes = ` id="${escapeHtml(propertyOf(node, 'id') ?? '')}"`;
  return { type: 'emphasis', data: { tagName: 'a', attributes }, children: [] };
}

function writeFootnote(state: State, node: Element): Nodes {
  const label = propertyOf(node, 'label') ?? '';
  const children = state.toFlow(state.all(node)) as never;
  return { type: 'footnoteDefinition', identifier: label, label, children };
}

/** The deepest a tree may be: far beyond what a person writes, and safe for everything that walks it. */
const depthLimit = 100;

/**
 * Turns a body's HTML into a markdown tree; `base` is what relative addresses are relative to. Throws a `RangeError` for HTML
 * nested beyond reason.
 */
export function htmlToTree(html: string, base?: string): Body {
  const source = parseBareHtml(html);
  refuseCrowds(source);
  const hidden = listPrograms(source);
  const lost = restoreCode(source);
  restoreStyles(source);
  restoreMath(source);
  restoreMedia(source);
  const told = restoreEmbeds(source);
  restoreCaptions(source);
  restoreFootnotes(source);
  restoreBoxes(source);
  restoreAnchors(source, base);
  const missed = [
    ...new Set([...hidden, ...lost, ...told, ...cleanHtml(source, base), ...restoreStructure(source)]),
  ];
  leadToHeadings(source);
  fitCells(source);
  refuseTables(source);
  const tree = convert(source);
  refuseDepth(tree, depthLimit);
  fitMarks(tree);
  tidy(tree);
  return { tree, missed };
}

function refuseDepth(node: Nodes, left: number): void {
  if (left === 0) throw new RangeError('nested too deeply');
  if ('children' in node) for (const child of node.children) refuseDepth(child, left - 1);
}

/** The most elements of one text: highlighted code has many, and no post that a person wrote as many as these. */
const mostElements = 50_000;

function refuseCrowds(source: HtmlRoot): void {
  let count = 0;
  walk(source, ({ type }) => {
    if (type === 'element') count += 1;
    if (count > mostElements) throw new RangeError('too many elements');
  });
}

/** A table is made of every place in it, filled or not: the most that one may have. */
const mostPlaces = 200_000;

function refuseTables(source: HtmlRoot): void {
  for (const table of outermost(source, 'table')) {
    const rows = outermost(table, 'tr').map(({ children }) =>
      children.filter((child) => child.type === 'element'),
    );
    const widest = rows.reduce((most, cells) => Math.max(most, cells.length), 0);
    const spanned = rows.flat().reduce((sum, cell) => sum + reachOf(cell), 0);
    if (rows.length * (widest + spanned) > mostPlaces) throw new RangeError('too large a table');
  }
}

/** How many places beside its own a cell makes in a row. */
function reachOf({ properties }: Element): number {
  const span = (name: string) => Number(properties[name] ?? 1) || 1;
  return span('rowSpan') > 1 ? span('colSpan') : span('colSpan') - 1;
}

/** Restores what markdown says in HTML, takes out edges that show nothing, and forgets places in the HTML. */
function tidy(parent: Parents): void {
  const made: RootContent[] = [];
  for (const child of parent.children) {
    delete child.position;
    if ('value' in child) child.value = dropControls(child.value);
    const said = child.type === 'details' ? readSummary(child) : '';
    if (child.type === 'list') markLoose(child);
    if ('children' in child) tidy(child);
    if (child.type === 'emphasis' && child.data?.tagName !== undefined) {
      const { tagName, attributes = '' } = child.data;
      made.push(html(`<${tagName}${attributes}>`), ...child.children, html(`</${tagName}>`));
    } else if (child.type === 'details') {
      const opening = `<details>\n<summary>${said}</summary>`;
      made.push(
        html(opening),
        ...child.children.filter(({ type }) => type !== 'summary'),
        html('</details>'),
      );
    } else if (child.type === 'figure') {
      const caption = child.children.find(({ type }) => type === 'figcaption') as Figcaption | undefined;
      made.push(html('<figure>'), ...child.children.filter((part) => part !== caption));
      made.push(html('<figcaption>'), { type: 'paragraph', children: caption?.children ?? [] });
      made.push(html('</figcaption>\n</figure>'));
    } else if (child.type === 'summary' && parent.type !== 'details') {
      made.push(...child.children);
    } else if (child.type === 'figcaption' && parent.type !== 'figure') {
      made.push(...child.children);
    } else if (child.type === 'paragraph') {
      made.push(...splitParagraph(child));
    } else if (!isEmpty(child)) {
      made.push(child);
    }
  }
  while (isEdge(made.at(-1), parent)) made.pop();
  while (isEdge(made[0], parent)) made.shift();
  trimEdges(made, parent);
  if (parent.type === 'listItem') takeTaskBox(parent, made[0]);
  (parent as { children: RootContent[] }).children = made;
}

/** A list is loose where an item is; one item of one block cannot show that it is. */
function markLoose(list: List): void {
  const [first, ...others] = list.children;
  if (first !== undefined && others.length === 0 && first.children.length < 2) first.spread = false;
  list.spread = list.children.some(({ spread }) => spread === true);
}

/** The line that a collapsed passage shows, as HTML. */
function readSummary({ children: [summary] }: Details): string {
  return summary?.type === 'summary' ? summary.children.map(printLine).join('').trim() : '';
}

const lineTags: Readonly<Record<string, string>> = {
  strong: 'strong',
  emphasis: 'em',
  delete: 'del',
  inlineCode: 'code',
};

function printLine(node: Nodes): string {
  if (node.type === 'html') return node.value;
  if (node.type === 'break') return '<br>';
  const inside =
    'children' in node
      ? node.children.map(printLine).join('')
      : escapeText('value' in node ? node.value : '');
  if (node.type === 'link') return `<a href="${escapeHtml(node.url)}">${inside}</a>`;
  if (node.type === 'image') return escapeText(node.alt ?? '');
  if (node.type === 'emphasis' && node.data?.tagName !== undefined) {
    const { tagName, attributes = '' } = node.data;
    return `<${tagName}${attributes}>${inside}</${tagName}>`;
  }
  const tag = lineTags[node.type];
  return tag === undefined ? inside : `<${tag}>${inside}</${tag}>`;
}

/** Where boxes cannot be ticked, feeds show tasks by a sign. */
function takeTaskBox(item: ListItem, first: RootContent | undefined): void {
  const text = first?.type === 'paragraph' ? first.children[0] : undefined;
  const sign = text?.type === 'text' ? /^[☐☑]\s/.exec(text.value)?.[0] : undefined;
  if (text?.type !== 'text' || sign === undefined || typeof item.checked === 'boolean') return;
  item.checked = sign.startsWith('☑');
  text.value = text.value.slice(sign.length);
  if (text.value === '' && first?.type === 'paragraph') first.children.shift();
}

function trimEdges(children: readonly RootContent[], parent: Parents): void {
  if (!['paragraph', 'heading', 'figcaption'].includes(parent.type)) return;
  const [first, last] = [children[0], children.at(-1)];
  if (first?.type === 'text') first.value = first.value.trimStart();
  if (last?.type === 'text') last.value = last.value.trimEnd();
}

/** Two line breaks in a row are how some editors write paragraphs. */
function splitParagraph(paragraph: Paragraph): readonly Paragraph[] {
  const parts: PhrasingContent[][] = [[]];
  let breaks: PhrasingContent[] = [];
  for (const child of paragraph.children) {
    if (child.type === 'break' || (breaks.length > 0 && child.type === 'text' && child.value.trim() === '')) {
      breaks.push(child);
      continue;
    }
    if (breaks.filter(({ type }) => type === 'break').length > 1) parts.push([]);
    else parts.at(-1)?.push(...breaks);
    breaks = [];
    parts.at(-1)?.push(child);
  }
  return parts.filter((children) => children.length > 0).map((children) => ({ type: 'paragraph', children }));
}

function html(value: string): RootContent {
  return { type: 'html', value };
}

const pointless = new Set(['paragraph', 'heading', 'emphasis', 'strong', 'delete', 'blockquote', 'list']);

function isEmpty(node: RootContent): boolean {
  if (node.type === 'text') return node.value === '';
  if (!('children' in node) || node.children.length > 0) return false;
  return pointless.has(node.type) || (node.type === 'link' && node.url.startsWith('#'));
}

function isEdge(node: RootContent | undefined, parent: Parents): boolean {
  if (node === undefined || !['paragraph', 'heading', 'tableCell', 'figcaption'].includes(parent.type))
    return false;
  return (
    node.type === 'break' ||
    (node.type === 'html' && node.value === '<br>') ||
    (node.type === 'text' && node.value.trim() === '')
  );
}
