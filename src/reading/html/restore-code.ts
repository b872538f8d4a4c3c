import type { Element, ElementContent, Root, RootContent } from 'hast';
import { findLanguage, isLanguageName } from './code-language.ts';
import { classesOf, findElement, makeElement, outermost, propertyOf, textOf } from './hast.ts';

/** Line numbers, as Rouge, Pygments, Chroma, Hexo, Prism and highlight.js write them. */
const gutterClasses = new Set(
  (
    'lineno linenos linenodiv gutter rouge-gutter lnt ln lnlinks hljs-ln-numbers line-numbers-rows ' +
    'line-number linenumber code-line-number react-syntax-highlighter-line-number'
  ).split(' '),
);

const lineClasses = new Set(['line', 'token-line', 'code-line']);

/**
 * Turns highlighted code back to `<pre><code class="language-…">` around its bare text, tables of line numbers included. Preformatted
 * text that is no code keeps the links and marks in it. Returns what a reader will miss, one phrase each.
 */
export function restoreCode(root: Root): readonly string[] {
  const missed = new Set<string>();
  restoreIn(root, [], missed);
  return [...missed];
}

function restoreIn(parent: Root | Element, ancestors: readonly Element[], missed: Set<string>): void {
  parent.children = (parent.children as ElementContent[]).map((child) => {
    if (child.type !== 'element') return child;
    const pre = child.tagName === 'pre' ? child : child.tagName === 'table' ? findNumbered(child) : undefined;
    if (pre) {
      const around = pre === child ? ancestors : [...ancestors, child];
      if (isMarkedText(pre, around)) return pre;
      for (const phrase of listLost(pre, around)) missed.add(phrase);
      return plainCode(pre, around);
    }
    restoreIn(child, [...ancestors, child], missed);
    dropTools(child);
    return child;
  });
}

const textMarks: ReadonlySet<string> = new Set('b strong i em mark u s del ins sup sub'.split(' '));

function isLink(element: Element): boolean {
  return element.tagName === 'a' && /^(?!#)./.test(propertyOf(element, 'href')?.trim() ?? '');
}

/** Whether it is preformatted text rather than code, with a link, a mark or a picture in it that only HTML can show. */
function isMarkedText(pre: Element, ancestors: readonly Element[]): boolean {
  const isCode = (one: Element): boolean =>
    /^(?:code|samp|kbd|tt|button)$/.test(one.tagName) ||
    isGutter(one) ||
    (one.tagName !== 'a' && one !== pre && classesOf(one).length > 0);
  const isMarked = (one: Element): boolean =>
    isLink(one) || one.tagName === 'img' || (textMarks.has(one.tagName) && textOf(one).trim() !== '');
  return (
    findElement(pre, isMarked) !== undefined &&
    findElement(pre, isCode) === undefined &&
    findLanguage(pre, ancestors) === undefined &&
    !ancestors.some(({ tagName }) => /^(?:t[dh]|a|h[1-6]|summary)$/.test(tagName))
  );
}

/** What is lost of code that is no colour of it: where its links lead, its pictures, and its marks where nothing has coloured it. */
function listLost(pre: Element, ancestors: readonly Element[]): readonly string[] {
  const lost: string[] = [];
  const isColoured =
    findLanguage(pre, ancestors) !== undefined ||
    findElement(pre, (one) => one !== pre && one.tagName === 'span') !== undefined;
  const look = (element: Element): void => {
    if (isGutter(element) || element.tagName === 'button') return;
    if (isLink(element))
      lost.push(`a link in code became plain text: ${propertyOf(element, 'href')?.trim()}`);
    if (element.tagName === 'img') lost.push('a picture in code was left out');
    if (!isColoured && textMarks.has(element.tagName) && textOf(element).trim() !== '')
      lost.push('the marks in code, such as bold, were left out');
    for (const child of element.children) if (child.type === 'element') look(child);
  };
  look(pre);
  return lost;
}

const wrapperNames: ReadonlySet<string> = new Set(['div', 'figure', 'section']);
const bareTools = /^(?:code|copy(?: code| to clipboard)?|copied!?|plain text)$/;

/** Takes out of what is around one block of code the name of a language and the word on a button, which say nothing. */
function dropTools(wrapper: Element): void {
  if (!wrapperNames.has(wrapper.tagName) || outermost(wrapper, 'pre').length !== 1) return;
  wrapper.children = wrapper.children.filter((child) => {
    if (child.type !== 'element' || child.tagName === 'figcaption' || child.tagName === 'pre') return true;
    const said = readWords(child).trim().toLowerCase();
    const isTool = said !== '' && (isLanguageName(said) || bareTools.test(said));
    return !isTool || outermost(child, 'pre').length > 0;
  });
}

function readWords(node: RootContent): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element' || node.tagName === 'button') return '';
  return node.children.map(readWords).join('');
}

/** The one block of code in a table that holds nothing else but line numbers. */
function findNumbered(table: Element): Element | undefined {
  const blocks = outermost(table, 'pre').filter(
    (pre) => readCode(pre).trim() !== '' && !isInGutter(table, pre) && !isNumbers(pre),
  );
  const [only] = blocks;
  if (only === undefined || blocks.length > 1) return undefined;
  const numbered = blocks.length < outermost(table, 'pre').length || holdsGutter(table);
  return numbered && !holdsOther(table) ? only : undefined;
}

/** Whether a block of code is nothing but the numbers of lines, one after the other. */
function isNumbers(pre: Element): boolean {
  const numbers = readCode(pre).trim().split(/\s+/);
  const first = Number(numbers[0]);
  return numbers.length > 1 && numbers.every((number, index) => number === String(first + index));
}

function isGutter(element: Element): boolean {
  return classesOf(element).some((name) => gutterClasses.has(name));
}

function holdsGutter(node: RootContent): boolean {
  return node.type === 'element' && (isGutter(node) || node.children.some(holdsGutter));
}

function isInGutter(node: Element, pre: Element): boolean {
  if (node === pre) return false;
  return node.children.some(
    (child) => child.type === 'element' && (isGutter(child) ? holds(child, pre) : isInGutter(child, pre)),
  );
}

function holds(node: RootContent, sought: Element): boolean {
  return node === sought || (node.type === 'element' && node.children.some((child) => holds(child, sought)));
}

function holdsOther(node: RootContent): boolean {
  if (node.type === 'text') return node.value.trim() !== '';
  if (node.type !== 'element' || node.tagName === 'pre' || isGutter(node)) return false;
  return node.children.some(holdsOther);
}

function plainCode(pre: Element, ancestors: readonly Element[]): Element {
  const language = findLanguage(pre, ancestors);
  const text = readCode(pre).replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  return makeElement('pre', [
    makeElement(
      'code',
      [{ type: 'text', value: `${text}\n` }],
      language === undefined ? {} : { className: [`language-${language}`] },
    ),
  ]);
}

/** The text of highlighted code: without line numbers, a line break between lines that are elements. */
function readCode(node: RootContent): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element' || isGutter(node) || node.tagName === 'button') return '';
  if (node.tagName === 'br') return '\n';
  const parts = node.children.map(readCode);
  const lines = node.children.map((child) => isLine(child) && !isGutter(child as Element));
  const isBlank = (part: string, index: number): boolean => part === '\n' && lines[index] === true;
  const apart =
    lines.filter(Boolean).length > 1 &&
    !parts.some((part, index) => part.includes('\n') && !isBlank(part, index));
  if (!apart) return joinBlocks(node.children, parts);
  return parts
    .map((part, index) => {
      const line = isBlank(part, index) ? '' : part;
      const isWords = (at: number): boolean => lines[at] === false && parts[at]?.trim() !== '';
      const begins =
        lines[index] === true && (lines.indexOf(true) !== index || (index > 0 && isWords(index - 1)));
      const follows = lines[index - 1] === true && isWords(index);
      return begins || follows ? `\n${line}` : line;
    })
    .join('');
}

/** Elements that browsers show on lines of their own even in preformatted text. */
const blocks: ReadonlySet<string> = new Set('div p ul ol li'.split(' '));

/** Pieces of code, with a line break where a block begins or ends. */
function joinBlocks(nodes: readonly RootContent[], parts: readonly string[]): string {
  let text = '';
  let wasBlock = false;
  for (const [index, part] of parts.entries()) {
    if (part === '') continue;
    const node = nodes[index];
    const isBlock = node?.type === 'element' && blocks.has(node.tagName);
    const meets = text === '' || text.endsWith('\n') || part.startsWith('\n');
    text += (isBlock || wasBlock) && !meets ? `\n${part}` : part;
    wasBlock = isBlock;
  }
  return text;
}

function isLine(node: RootContent): boolean {
  if (node.type !== 'element') return false;
  return (
    node.tagName === 'tr' ||
    node.tagName === 'div' ||
    node.tagName === 'li' ||
    node.properties['dataLine'] !== undefined ||
    classesOf(node).some((name) => lineClasses.has(name))
  );
}
