import type { Html, Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import remarkMdx from 'remark-mdx';
import { shorten } from '../../base/shorten.ts';
import { buildBlock } from './build-block.ts';
import { buildComponent, buildWords, type Written } from './build-component.ts';
import type { Dialect } from './dialect.ts';
import { findNames, readAttributes, readExpression } from './mdx-values.ts';
import type { Unknown } from '../nodes.ts';
import { isPhrasing } from '../is-phrasing.ts';
import { escapeHtml } from '../../base/escape-html.ts';

type Element = Extract<Nodes, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
type Expression = Extract<Nodes, { type: 'mdxFlowExpression' | 'mdxTextExpression' }>;

interface Context {
  readonly dialect: Dialect;
  /** What names stand for. */
  readonly names: ReadonlyMap<string, string>;
}

/** What a post written in MDX is parsed and translated with. Loaded only for one. */
export const mdx: NonNullable<Dialect['mdx']> = { plugin: remarkMdx, translate: translateMdx };

/**
 * Makes standard nodes of what MDX adds: imports, exports and comments go, plain values become text, elements of HTML
 * what HTML is in markdown, components what the blog says they stand for. All else is left as `unknown`.
 */
function translateMdx(tree: Root, dialect: Dialect): void {
  const context = { dialect, names: findNames(tree, dialect) };
  tree.children = translateBlocks(tree.children, context);
}

function translateBlocks(children: readonly Nodes[], context: Context): RootContent[] {
  if (isRow(children)) return translateRow(children, context);
  const blocks: RootContent[] = [];
  let line: PhrasingContent[] = [];
  const endLine = (): void => {
    if (line.some((node) => !isSpace(node))) blocks.push(makeParagraph(line));
    line = [];
  };
  for (const child of children) {
    if (isPhrasing(child)) {
      line.push(...translatePhrase(child, context));
      continue;
    }
    endLine();
    blocks.push(...translateBlock(child, context));
  }
  endLine();
  return blocks;
}

function translateRow(children: readonly Nodes[], context: Context): RootContent[] {
  return children.flatMap((child): readonly RootContent[] => {
    if (isElement(child)) return translateElement(child, context);
    return isSpace(child) ? [] : translateBlocks([child], context);
  });
}

function translateBlock(node: Nodes, context: Context): readonly RootContent[] {
  switch (node.type) {
    case 'mdxjsEsm':
      return [];
    case 'mdxFlowExpression':
      return translateBlocks(translateExpression(node, context), context);
    case 'mdxJsxFlowElement':
      return translateElement(node, context);
    case 'paragraph': {
      if (isRow(node.children)) return translateRow(node.children, context);
      const children = translatePhrases(node.children, context);
      return children.every(isSpace) ? [] : [{ ...node, children }];
    }
    default:
      return [translateInside(node, context) as RootContent];
  }
}

/** Nodes that are no phrasing and hold some. */
const lines = new Set(['heading', 'tableCell', 'directiveTitle', 'summary', 'figcaption']);

function translateInside(node: Nodes, context: Context): Nodes {
  if (!('children' in node)) return node;
  const isLine = lines.has(node.type) || isPhrasing(node);
  const children = isLine
    ? translatePhrases(node.children, context)
    : translateBlocks(node.children, context);
  return { ...node, children } as Nodes;
}

function translatePhrases(children: readonly Nodes[], context: Context): PhrasingContent[] {
  return children.flatMap((child) => translatePhrase(child, context));
}

function translatePhrase(node: Nodes, context: Context): readonly PhrasingContent[] {
  if (node.type === 'mdxTextExpression') return translateExpression(node, context);
  if (node.type !== 'mdxJsxTextElement') return [translateInside(node, context) as PhrasingContent];
  const children = translatePhrases(node.children, context);
  if (node.name === null) return children;
  const attributes = readAttributes(node, context.names);
  if (!isComponent(node)) {
    const missing = findMissing(node, attributes);
    if (missing !== undefined) return [missing];
    const [open, close] = printTags(node.name, attributes, node);
    return close === undefined ? [open] : [open, ...children, close];
  }
  return buildWords({ name: node.name, attributes, position: node.position }, children, context.dialect);
}

function translateExpression(
  node: Expression,
  { names }: Context,
): readonly (PhrasingContent & RootContent)[] {
  const { program, value } = { program: node.data?.estree, value: node.value };
  if (program?.body.length === 0) return [];
  const text = readExpression(program, names);
  if (text !== undefined) return text === '' ? [] : [{ type: 'text', value: text, ...placeOf(node) }];
  return [leaveExpression(value, node)];
}

function translateElement(element: Element, context: Context): readonly RootContent[] {
  const { name } = element;
  if (name === null) return translateBlocks(element.children, context);
  const attributes = readAttributes(element, context.names);
  if (isComponent(element)) {
    const children = translateBlocks(element.children, context);
    return buildComponent({ name, attributes, position: element.position }, children, context.dialect);
  }
  const missing = findMissing(element, attributes);
  if (missing !== undefined) return [missing];
  if (name === 'details') {
    const [summary, rest] = takeChild(element, 'summary');
    const children = translateBlocks(rest, context);
    const title = translatePhrases(summary ?? [], context);
    return buildBlock('details', { title, attributes: {}, children, position: element.position }) ?? [];
  }
  if (name === 'figure') {
    const [caption, rest] = takeChild(element, 'figcaption');
    const children = translateBlocks(rest, context);
    const title = translatePhrases(caption ?? [], context);
    return buildBlock('figure', { title, attributes: {}, children, position: element.position }) ?? [];
  }
  const html = printPlain(element, context);
  if (html !== undefined && !/^(p|h[1-6])$/.test(name)) {
    return [{ type: 'html', value: html, ...placeOf(element) }];
  }
  const children = translateBlocks(element.children, context);
  const [only, ...others] = children;
  if (/^h[1-6]$/.test(name) && only?.type === 'paragraph' && others.length === 0) {
    const depth = Number(name.slice(1)) as 1 | 2 | 3 | 4 | 5 | 6;
    return [{ type: 'heading', depth, children: only.children, ...placeOf(element) }];
  }
  if (name === 'p') return children;
  const [open, close] = printTags(name, attributes, element);
  return close === undefined ? [open] : [open, ...children, close];
}

function leaveExpression(value: string, node: Nodes): Unknown {
  const line = value.replaceAll(/\s+/g, ' ').trim();
  const name = shorten(line, 40);
  return { type: 'unknown', syntax: 'expression', name, ...placeOf(node) };
}

/** An address of a picture or link that only the site can work out. */
function findMissing(element: Element, { unread }: Written): Unknown | undefined {
  const found = [...unread].find(([name]) => name === 'src' || name === 'href');
  return found && leaveExpression(found[1], element);
}

const voids = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

function printTags(name: string, { texts, flags }: Written, element: Element): readonly [Html, Html?] {
  const written = [
    ...Object.entries(texts).map(([key, value]) => ` ${nameAttribute(key)}="${escapeHtml(value)}"`),
    ...flags.map((key) => ` ${nameAttribute(key)}`),
  ];
  const open: Html = { type: 'html', value: `<${name}${written.join('')}>`, ...placeOf(element) };
  return voids.has(name) ? [open] : [open, { type: 'html', value: `</${name}>`, ...placeOf(element) }];
}

/** What React calls `className` and `htmlFor`, HTML calls otherwise; no other name has capitals. */
function nameAttribute(name: string): string {
  return ({ className: 'class', htmlFor: 'for' } as Record<string, string>)[name] ?? name.toLowerCase();
}

/** An element as HTML, if nothing but elements of HTML and plain text is in it. */
function printPlain(node: Nodes, context: Context, siblings = 1): string | undefined {
  if (node.type === 'text') return escapeHtml(node.value);
  if (node.type === 'mdxTextExpression' || node.type === 'mdxFlowExpression') {
    const [said, ...more] = translateExpression(node, context);
    if (said === undefined) return '';
    return said.type === 'text' && more.length === 0 ? escapeHtml(said.value) : undefined;
  }
  if (node.type !== 'paragraph' && !isElement(node)) return undefined;
  const parts = node.children.map((child) => printPlain(child, context, node.children.length));
  if (parts.includes(undefined)) return undefined;
  const inside = parts.join('');
  if (node.type === 'paragraph') return siblings > 1 && !isRow(node.children) ? `<p>${inside}</p>` : inside;
  if (node.name === null) return inside;
  if (isComponent(node)) return undefined;
  const attributes = readAttributes(node, context.names);
  if (findMissing(node, attributes) !== undefined) return undefined;
  const [open, close] = printTags(node.name, attributes, node);
  return `${open.value}${inside}${close?.value ?? ''}`;
}

/** The words of the first child of this name, and the other children. */
function takeChild(
  element: Element,
  name: string,
): readonly [readonly Nodes[] | undefined, readonly Nodes[]] {
  let words: readonly Nodes[] | undefined;
  const take = (children: readonly Nodes[]): readonly Nodes[] =>
    children.flatMap((child): readonly Nodes[] => {
      if (words === undefined && isElement(child) && child.name === name) {
        words = child.children.flatMap((one): readonly Nodes[] =>
          one.type === 'paragraph' ? one.children : [one],
        );
        return [];
      }
      return child.type === 'paragraph'
        ? [{ ...child, children: take(child.children) } as Paragraph]
        : [child];
    });
  const rest = take(element.children);
  return [words, rest];
}

const inlineNames = new Set(
  'a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

/** Words that are only such because elements share a line. */
function isRow(children: readonly Nodes[]): boolean {
  const elements = children.filter((child) => child.type === 'mdxJsxTextElement');
  return (
    elements.some(({ name }) => name === null || !inlineNames.has(name)) &&
    children.every((child) => isElement(child) || child.type === 'mdxTextExpression' || isSpace(child)) &&
    children.every((child) => isPhrasing(child))
  );
}

function isElement(node: Nodes): node is Element {
  return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
}

function isComponent({ name }: Element): boolean {
  return name !== null && (/^[^a-z]/.test(name) || name.includes('.'));
}

function isSpace(node: Nodes): boolean {
  return node.type === 'text' && toString(node).trim() === '';
}

function makeParagraph(children: PhrasingContent[]): Paragraph {
  const [first] = children;
  return { type: 'paragraph', children, ...(first && placeOf(first)) };
}

function placeOf({ position }: Nodes): Pick<Nodes, 'position'> {
  return position ? { position } : {};
}
