import type { Element, ElementContent, Root, RootContent } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { decodePercent } from '../base/decode-percent.ts';
import { findElement, makeElement, propertyOf, rewriteElements } from '../reading/html/hast.ts';
import { htmlToTree } from '../reading/html/html-to-tree.ts';
import { isNotes } from '../reading/html/restore-footnotes.ts';
import { isScriptAddress } from '../reading/html/script-address.ts';
import type { Piece } from './define.ts';
import { isMedia, isUnseen, seenText } from './leaves.ts';

const printer = unified().use(rehypeStringify).freeze();

/** Makes a piece of what was cut from a page; undefined where readers of the page see nothing of it. */
export function makePiece(
  nodes: readonly RootContent[],
  page: { readonly root: Root; readonly url: string },
): Piece | undefined {
  const cut: Root = { type: 'root', children: structuredClone([...nodes]) };
  dropUnseen(cut);
  dropHandlers(cut);
  const told = linkUnfilled(cut, page.url);
  bringNotes(cut, page.root);
  resolveAddresses(cut, page.url);
  const html = printer.stringify(cut).trim();
  const { tree, missed } = htmlToTree(html);
  if (tree.children.length === 0) return undefined;
  return { seen: 'content', html, page: page.url, told: [...new Set([...told, ...missed])] };
}

const kept: ReadonlySet<string> = new Set(['sup', 'a', 'button', 'input']);

function dropUnseen(root: Root): void {
  rewriteElements(root, (element) => (isUnseen(element) && !kept.has(element.tagName) ? [] : [element]));
}

/** Leaves out what runs when a reader does something: a piece is kept, and whoever reads it may not clean it. */
function dropHandlers(root: Root): void {
  rewriteElements(root, (element) => {
    const { properties } = element;
    for (const [name, value] of Object.entries(properties)) {
      const isRun = /^on/i.test(name) || (typeof value === 'string' && isScriptAddress(value));
      if (isRun || name === 'srcDoc') delete properties[name];
    }
    return [element];
  });
}

/** What is said where only a script of the page shows something. */
const unfilledText = 'See this part on the original page.';

/** Puts a link to the page in the place of what only a script fills. */
function linkUnfilled(root: Root, url: string): readonly string[] {
  const told: string[] = [];
  const isAlone = seenText(root).trim() === '' && findElement(root, isMedia) === undefined;
  const link = (element: Element): readonly ElementContent[] => {
    const id = propertyOf(element, 'id');
    const href = id === undefined ? url : new URL(`#${id}`, url).href;
    const name = ['ariaLabel', 'title', 'dataTitle'].map((one) => propertyOf(element, one)).find(Boolean);
    const text = name ?? unfilledText;
    told.push(`what a script shows in <${element.tagName}> became a link to the page`);
    return [makeElement('p', [makeElement('a', [{ type: 'text', value: text }], { href })])];
  };
  let linked = false;
  rewriteElements(root, (element) => {
    if (linked && isAlone) return [element];
    if (!isUnfilled(element, isAlone)) return [element];
    linked = true;
    return link(element);
  });
  return told;
}

/** Whether an element waits for a script: one with a name of the site's own, or with an id, that has nothing in it. */
function isUnfilled(element: Element, isAlone: boolean): boolean {
  const { tagName, properties } = element;
  if (isMedia(element) && tagName !== 'canvas') return false;
  if (seenText(element).trim() !== '' || findElement(element, (one) => one !== element && isMedia(one)))
    return false;
  if (tagName.includes('-') || tagName === 'canvas') return true;
  if (tagName === 'svg') return isAlone && propertyOf(element, 'ariaHidden') !== 'true';
  const isNamed =
    properties['id'] !== undefined || Object.keys(properties).some((name) => name.startsWith('data'));
  return isAlone && isNamed && ['div', 'section', 'figure', 'span'].includes(tagName);
}

/** Adds the footnotes that a piece refers to, which stand elsewhere on the page. */
function bringNotes(cut: Root, page: Root): void {
  const wanted = new Set<string>();
  rewriteElements(cut, (element) => {
    const href = element.tagName === 'a' ? propertyOf(element, 'href') : undefined;
    if (href?.startsWith('#') === true) wanted.add(href.slice(1));
    return [element];
  });
  if (wanted.size === 0) return;
  const notes = findElement(page, isNotes);
  const items: Element[] = [];
  const look = (node: Element): void => {
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      const id = child.tagName === 'li' ? propertyOf(child, 'id') : undefined;
      if (id !== undefined && (wanted.has(id) || wanted.has(encodeURIComponent(id))))
        items.push(structuredClone(child));
      else look(child);
    }
  };
  if (notes !== undefined && findElement(cut, isNotes) === undefined) look(notes);
  if (items.length === 0) return;
  cut.children.push(makeElement('section', [makeElement('ol', items)], { className: ['footnotes'] }));
}

const addressNames = ['href', 'src', 'poster', 'dataSrc', 'dataLazySrc', 'data', 'cite'] as const;

/** Makes addresses absolute. Links within the page lead to the page, except those to footnotes that came along. */
function resolveAddresses(cut: Root, url: string): void {
  const notes = new Set<string>();
  const section = findElement(cut, isNotes);
  if (section !== undefined) collectIds(section, notes);
  rewriteElements(cut, (element) => {
    for (const name of addressNames) {
      const value = propertyOf(element, name);
      if (value === undefined || (value.startsWith('#') && notes.has(decodePercent(value.slice(1)))))
        continue;
      if (/^#(?:.*-)?fnref/.test(value)) continue;
      element.properties[name] = URL.parse(value, url)?.href ?? value;
    }
    for (const name of ['srcSet', 'dataSrcset'] as const) {
      const set = propertyOf(element, name);
      if (set !== undefined) element.properties[name] = resolveSet(set, url);
    }
    return [element];
  });
}

function collectIds(element: Element, into: Set<string>): void {
  const id = propertyOf(element, 'id');
  if (id !== undefined) into.add(id);
  for (const child of element.children) if (child.type === 'element') collectIds(child, into);
}

function resolveSet(set: string, url: string): string {
  return set
    .split(/,\s+|,(?=https?:|\/)/)
    .map((candidate) =>
      candidate.trim().replace(/^\S+/, (address) => URL.parse(address, url)?.href ?? address),
    )
    .join(', ');
}
