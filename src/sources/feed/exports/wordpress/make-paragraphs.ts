import type { Element, ElementContent, Root, RootContent } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { blockElements } from '../../../../reading/html/block-elements.ts';
import { makeElement } from '../../../../reading/html/hast.ts';
import { parseBareHtml } from '../../../../reading/html/parse-html.ts';

const printer = unified().use(rehypeStringify).freeze();

/** Elements whose own line ends mean nothing, or just what they are. */
const kept = new Set(['pre', 'script', 'style', 'textarea', 'svg', 'math', 'table', 'tbody', 'thead', 'tr']);

/** Elements in which text is in paragraphs, as it is outside of all. */
const flows = new Set([
  'blockquote',
  'div',
  'section',
  'article',
  'aside',
  'center',
  'details',
  'main',
  'form',
]);

/** Elements that hold paragraphs only where lines in them are left blank. */
const items = new Set(['li', 'dd', 'td', 'th']);

const blankLine = /\n[ \t]*\n\s*/;

/** The HTML of a text of the old editor, which WordPress shows in paragraphs at blank lines, with breaks where lines end. */
export function makeParagraphs(text: string): string {
  if (text.trim() === '') return '';
  try {
    const root = parseBareHtml(text);
    root.children = paragraphsOf(root);
    return printer.stringify(root);
  } catch (fault) {
    // What is nested too deeply to be walked through is refused where it is read, and costs its post alone.
    if (fault instanceof RangeError) return text;
    throw fault;
  }
}

function paragraphsOf(parent: Root | Element): ElementContent[] {
  const made: ElementContent[] = [];
  let line: ElementContent[] = [];
  const end = (): void => {
    const words = trimLine(line);
    line = [];
    if (words.length === 0) return;
    const bare = readAddress(words);
    made.push(
      bare === undefined
        ? makeElement('p', breakLines(words))
        : makeElement('div', [{ type: 'text', value: bare }], { className: ['wp-block-embed__wrapper'] }),
    );
  };
  for (const child of parent.children as ElementContent[]) {
    if (child.type === 'text') {
      const [first = '', ...others] = child.value.split(blankLine);
      line.push({ type: 'text', value: first });
      for (const other of others) {
        end();
        line.push({ type: 'text', value: other });
      }
    } else if (child.type === 'element' && blockElements.has(child.tagName)) {
      end();
      made.push(readBlock(child));
    } else if (child.type === 'element') line.push(child);
  }
  end();
  return made;
}

function readBlock(element: Element): Element {
  if (kept.has(element.tagName)) {
    return element.tagName === 'pre' ? element : { ...element, children: element.children.map(readInside) };
  }
  if (flows.has(element.tagName) || (items.has(element.tagName) && holdsBlankLine(element)))
    return { ...element, children: paragraphsOf(element) };
  if (['ul', 'ol', 'dl', 'figure'].includes(element.tagName))
    return { ...element, children: element.children.map(readInside) };
  return { ...element, children: breakLines(element.children) };
}

function readInside(child: ElementContent): ElementContent {
  return child.type === 'element' ? readBlock(child) : child;
}

function holdsBlankLine({ children }: Element): boolean {
  return children.some((child) => child.type === 'text' && blankLine.test(child.value.trim()));
}

/** An address alone in its paragraph, which WordPress shows the page of. */
function readAddress(words: readonly ElementContent[]): string | undefined {
  const [only, ...others] = words;
  if (only?.type !== 'text' || others.length > 0) return undefined;
  return /^https?:\/\/\S+$/.test(only.value) ? only.value : undefined;
}

/** A line of words without blanks at its ends; nothing where there is nothing else. */
function trimLine(line: readonly ElementContent[]): ElementContent[] {
  const words = line.filter((node) => node.type !== 'text' || node.value !== '');
  const [first] = words;
  if (first?.type === 'text') first.value = first.value.trimStart();
  const last = words.at(-1);
  if (last?.type === 'text') last.value = last.value.trimEnd();
  return words.some((node) => node.type !== 'text' || node.value.trim() !== '') ? words : [];
}

/** Puts a break at each line end, except where there is a break already and at the edge of a block. */
function breakLines(children: readonly RootContent[]): ElementContent[] {
  const made: ElementContent[] = [];
  for (const child of children as readonly ElementContent[]) {
    if (child.type === 'element') {
      made.push(
        isBlock(child)
          ? readBlock(child)
          : { ...child, children: child.tagName === 'svg' ? child.children : breakLines(child.children) },
      );
      continue;
    }
    if (child.type !== 'text') continue;
    const text = isBreak(made.at(-1)) ? child.value.replace(/^\s*\n/, '') : child.value;
    for (const [index, value] of text.split(/[ \t]*\n/).entries()) {
      if (index > 0) made.push(makeElement('br', []));
      if (value !== '') made.push({ type: 'text', value });
    }
  }
  return made.filter((node, index) => {
    const [before, after] = [made[index - 1], made[index + 1]];
    const isEdge = before === undefined || after === undefined || isBlock(before) || isBlock(after);
    return !(isEdge && isBreak(node));
  });
}

function isBlock(node: ElementContent | undefined): boolean {
  return node?.type === 'element' && blockElements.has(node.tagName);
}

function isBreak(node: ElementContent | undefined): boolean {
  return node?.type === 'element' && node.tagName === 'br';
}
