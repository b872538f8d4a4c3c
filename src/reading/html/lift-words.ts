import { toString } from 'mdast-util-to-string';
import type { Element, RootContent } from 'hast';
import { flatBlocks } from './block-elements.ts';
import type { Woven } from './lift-weave.ts';

/** Blocks of which running text holds the words. */
export const linesApart: ReadonlySet<string> = new Set(['p', 'li', 'dt', 'dd']);

/** Others that a browser shows on lines of their own, wherever they stand. */
const set: ReadonlySet<string> = new Set(['summary', 'legend', 'option']);

const wordMarks: ReadonlySet<string> = new Set(
  'abbr b big cite code del dfn em font i ins kbd mark q s samp small strike strong sub sup tt u var'.split(
    ' ',
  ),
);

/** Whether an element marks words, and has none. */
export function showsNothing({ tagName, properties, children }: Element): boolean {
  return children.length === 0 && wordMarks.has(tagName) && !('id' in properties) && !('name' in properties);
}

/** Whether a browser shows a node of running text on a line of its own, at its beginning or at its end. */
export function standsApart(node: RootContent | undefined, side: 'first' | 'last'): boolean {
  if (node?.type !== 'element') return false;
  if (linesApart.has(node.tagName) || flatBlocks.has(node.tagName) || set.has(node.tagName)) return true;
  if (!wordMarks.has(node.tagName) && node.tagName !== 'span' && node.tagName !== 'a') return false;
  return standsApart(side === 'first' ? node.children[0] : node.children.at(-1), side);
}

/** White space as markdown keeps it: lines stay lines, so that places in them can be told. */
export function collapse(text: string): string {
  return text.replaceAll(/[ \t\r\f]*\n\s*/g, '\n').replaceAll(/[ \t\r\f]+/g, ' ');
}

/** The words in an element, those of the markdown in it too. */
export function readWords(element: Element, { nodeOf }: Pick<Woven, 'nodeOf'>): string {
  const node = nodeOf(element);
  if (node !== undefined) return toString(node);
  const words = element.children.map((child) => {
    if (child.type === 'element') return readWords(child, { nodeOf });
    return child.type === 'text' ? child.value : '';
  });
  return words.join('');
}
