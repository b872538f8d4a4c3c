import type { Element, ElementContent, Root, RootContent } from 'hast';
import { classesOf, findElement, propertyOf, textOf } from '../reading/html/hast.ts';
import { gap, keyOf, wordsOf } from './likeness.ts';

/** The smallest part of a text that is aligned as a whole: a paragraph, a heading, a cell, an item, code, a picture, a rule. */
export interface Leaf {
  readonly kind: 'text' | 'code' | 'media' | 'rule';
  /** Its letters and digits; of a text without any, its signs. */
  readonly key: string;
  readonly text: string;
  readonly words: readonly string[];
  /** Of one with gaps, the keys of what stands around them. */
  readonly parts?: readonly string[];
  /** How much finding it says about the place. */
  readonly weight: number;
  /** The element it stands in, by name. */
  readonly tagName: string;
  /** Of what is seen or played, its address; of a text that is nothing but a link, where that leads. */
  readonly address: string;
  /** The nodes it is made of, side by side. */
  readonly nodes: readonly RootContent[];
  /** The mark it belongs to, by its place among the marks of the post. */
  readonly mark?: number;
}

/** The element that stands for a mark on the known side, and the attribute that says which. */
export const markElement = 'broadside-mark';
export const markAttribute = 'dataMark';

const blockNames: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre search section summary table tbody td tfoot th ' +
    `thead tr ul ${markElement}`
  ).split(' '),
);
const silentNames: ReadonlySet<string> = new Set(
  'script style template noscript button head title link meta dialog select datalist textarea input'.split(
    ' ',
  ),
);
const mediaNames: ReadonlySet<string> = new Set('img iframe video audio canvas object embed'.split(' '));
const unseen =
  /^(?:sr-only|visually-hidden|screen-reader-text|ln|lnt|lineno|linenos|line-numbers?(?:-rows)?|gutter)$/;
const anchor =
  /^(?:hash-link|header-?link|header-anchor|heading-anchor|direct-link|anchor(?:js-link)?|permalink)$/;
const inlineNames: ReadonlySet<string> = new Set('a i small span sup svg'.split(' '));

/** Whether readers of a page see nothing of an element. */
export function isUnseen(element: Element): boolean {
  const { tagName } = element;
  if (silentNames.has(tagName)) return true;
  if (inlineNames.has(tagName) && propertyOf(element, 'ariaHidden') === 'true') return true;
  if (tagName === 'sup' || tagName === 'a') return isNoteMark(element) || isAnchor(element);
  const isContent = /^(?:p|li|figure|pre|section)$/.test(tagName);
  return !isContent && classesOf(element).some((name) => unseen.test(name));
}

/** The number that leads to a footnote, which each site writes as it likes. */
function isNoteMark(element: Element): boolean {
  if (element.tagName === 'a') return 'dataFootnoteRef' in element.properties || isBackLink(element);
  const [only, ...others] = element.children.filter(
    (child) => child.type !== 'text' || child.value.trim() !== '',
  );
  return only?.type === 'element' && others.length === 0 && (propertyOf(only, 'href') ?? '').startsWith('#');
}

function isBackLink(element: Element): boolean {
  return 'dataFootnoteBackref' in element.properties || propertyOf(element, 'role') === 'doc-backlink';
}

/** A sign beside a heading that leads to the heading. */
function isAnchor(element: Element): boolean {
  return (
    classesOf(element).some((name) => anchor.test(name)) &&
    /^(?:\W*|(?:permalink|link|anchor|direct link)\b.*)$/iu.test(textOf(element).trim())
  );
}

/** What readers see or hear by itself: a picture, a frame, a player. */
export function isMedia({ tagName }: Element): boolean {
  return mediaNames.has(tagName) || tagName.startsWith('lite-');
}

/** The address of what is seen or played. */
export function addressOf(element: Element): string {
  const named = ['src', 'dataSrc', 'dataLazySrc', 'data', 'videoid', 'videoId', 'dataVideoId']
    .map((name) => propertyOf(element, name))
    .find((value) => value !== undefined && value !== '' && !value.startsWith('data:'));
  const source = named ?? propertyOf(element, 'srcSet')?.trim().split(/\s/)[0];
  if (source !== undefined) return source;
  const inner = findElement(element, (one) => one.tagName === 'source');
  return (inner && propertyOf(inner, 'src')) ?? '';
}

/** The text that readers of a page see in a node. */
export function seenText(node: Root | RootContent): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'root') return node.children.map(seenText).join('');
  if (node.type !== 'element' || isUnseen(node)) return '';
  if (node.tagName === 'br') return ' ';
  if (node.tagName === 'annotation') return '';
  if (node.tagName === 'math' || classesOf(node).includes('katex')) return readFormula(node);
  return node.children.map(seenText).join('');
}

function readFormula(element: Element): string {
  const source = findElement(element, (one) => propertyOf(one, 'encoding') === 'application/x-tex');
  if (source !== undefined)
    return source.children.map((child) => ('value' in child ? child.value : '')).join('');
  return element.children.map(seenText).join('');
}

/** The leaves of a tree, in its order. Throws a `RangeError` where it is too deep. */
export function listLeaves(root: Root): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const holding = findHolders(root);
  const walk = (node: Root | Element, mark: number | undefined): void => {
    if (node.type === 'element') {
      if (isUnseen(node)) return;
      const { tagName } = node;
      if (tagName === 'hr') return void leaves.push(makeRule(node, mark));
      if (tagName === 'pre' || (tagName !== markElement && !holding.has(node)))
        return addLeaves([node], tagName, mark);
    }
    const own =
      node.type === 'element' && node.tagName === markElement ? Number(node.properties[markAttribute]) : mark;
    const name = node.type === 'element' ? node.tagName : 'root';
    let run: ElementContent[] = [];
    const endRun = (): void => {
      if (run.length > 0) addLeaves(run, name, own);
      run = [];
    };
    const before = leaves.length;
    for (const child of node.children) {
      if (child.type === 'element' && isBlock(child, holding)) {
        endRun();
        walk(child, own);
      } else if (child.type === 'element' || child.type === 'text') run.push(child);
    }
    endRun();
    if (own !== mark && leaves.length === before) leaves.push(makeEmpty(node, own));
  };
  const addLeaves = (nodes: readonly ElementContent[], tagName: string, mark: number | undefined): void => {
    leaves.push(...readLeaves(nodes, tagName, mark));
  };
  walk(root, undefined);
  return leaves;
}

function isBlock(element: Element, holding: ReadonlySet<Root | Element>): boolean {
  return blockNames.has(element.tagName) || holding.has(element);
}

/** The nodes that have blocks in them. */
function findHolders(root: Root): ReadonlySet<Root | Element> {
  const holding = new Set<Root | Element>();
  const look = (node: Root | Element): boolean => {
    let holds = false;
    for (const child of node.children) {
      if (child.type !== 'element' || silentNames.has(child.tagName)) continue;
      const inner = look(child);
      holds ||= inner || blockNames.has(child.tagName);
    }
    if (holds) holding.add(node);
    return holds;
  };
  look(root);
  return holding;
}

function readLeaves(
  nodes: readonly ElementContent[],
  tagName: string,
  mark: number | undefined,
): readonly Leaf[] {
  const text = nodes.map(seenText).join('');
  const kind = tagName === 'pre' ? 'code' : 'text';
  const media = nodes.flatMap(listMedia);
  const known = text.replaceAll(gap, '');
  const key = keyOf(known) || (media.length === 0 ? known.replaceAll(/\s/g, '') : '');
  if (key !== '') {
    const parts = text.includes(gap) ? text.split(gap).map(keyOf) : undefined;
    return [
      {
        kind,
        key,
        text,
        words: wordsOf(text),
        ...(parts && { parts }),
        weight: weigh(key),
        tagName,
        address: linkOf(nodes),
        nodes,
        ...(mark !== undefined && { mark }),
      },
    ];
  }
  return media.map((element) => ({
    kind: 'media',
    key: '',
    text: '',
    words: [],
    weight: 1,
    tagName,
    address: addressOf(element),
    nodes: media.length === 1 ? nodes : [element],
    ...(mark !== undefined && { mark }),
  }));
}

/** Where a line leads that is one link. */
function linkOf(nodes: readonly ElementContent[]): string {
  const [only, ...others] = nodes.filter((node) => node.type !== 'text' || node.value.trim() !== '');
  if (only?.type !== 'element' || others.length > 0) return '';
  return only.tagName === 'a' ? (propertyOf(only, 'href') ?? '') : linkOf(only.children);
}

/** What of a node a page shows that is no text, such as its pictures. */
export function listMedia(node: RootContent): readonly Element[] {
  if (node.type !== 'element' || isUnseen(node)) return [];
  return isMedia(node) ? [node] : node.children.flatMap(listMedia);
}

/** The weight of a leaf. A long text is found in one place only, and a longer text is no surer. */
function weigh(key: string): number {
  return key.length < 4 ? 0.4 : 1 + Math.min(4, key.length / 15);
}

const bare = { key: '', text: '', words: [], address: '' } as const;

function makeRule(node: Element, mark: number | undefined): Leaf {
  return {
    ...bare,
    kind: 'rule',
    weight: 0.3,
    tagName: 'hr',
    nodes: [node],
    ...(mark !== undefined && { mark }),
  };
}

/** The leaf of a mark that nothing known stands in. */
function makeEmpty(node: Root | Element, mark: number | undefined): Leaf {
  const nodes = node.type === 'element' ? [node] : [];
  return {
    ...bare,
    kind: 'text',
    weight: 0,
    tagName: markElement,
    nodes,
    ...(mark !== undefined && { mark }),
  };
}
