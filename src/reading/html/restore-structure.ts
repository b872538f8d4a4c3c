import type { Element, ElementContent, ElementData, Root, RootContent } from 'hast';
import { blockElements as htmlBlocks, flatBlocks } from './block-elements.ts';
import { makeElement, outermost, rewriteElements, textOf } from './hast.ts';
import { footnoteText } from './restore-footnotes.ts';

declare module 'hast' {
  interface ElementData {
    /** The marks around code that stands by itself, outermost first: in a cell of a table, where it cannot, they are around its lines. */
    marks?: readonly Element[];
  }
}

const blockElements: ReadonlySet<string> = new Set([...htmlBlocks, 'caption', footnoteText]);

const lists: ReadonlySet<string> = new Set('ul ol menu dir'.split(' '));
const codes: ReadonlySet<string> = new Set('code samp tt var'.split(' '));

/** Elements of running text that mean something of their own inside code. */
const meaningful: ReadonlySet<string> = new Set(
  'a b strong i em s strike del ins u mark sup sub small kbd br img'.split(' '),
);

/** Blocks that have no running text to mark. */
const unmarked: ReadonlySet<string> = new Set(['pre', 'hr']);

/**
 * Puts everything where markdown has a place for it, and browsers show it alike: marks and links inside the blocks they stand around,
 * code inside the marks it holds, the blocks of a heading behind it, all of a list in its items. Changes the tree in place and
 * returns what a reader will miss, one phrase each.
 */
export function restoreStructure(root: Root): readonly string[] {
  const missed = new Set<string>();
  rewriteElements(root, (element) => {
    const { tagName } = element;
    if (tagName === 'table') return restoreTable(element);
    if (lists.has(tagName)) {
      const list = fitList(element);
      for (const phrase of listLostNumbers(list)) missed.add(phrase);
      return [list];
    }
    if (/^(?:h[1-6]|summary)$/.test(tagName)) return fitLine(element);
    if (tagName === 'p' && holdsBlock(element))
      return gatherRuns(element.children, (run) => ({ ...element, children: [...run] }));
    if (!blockElements.has(tagName) && holdsBlock(element)) {
      if (tagName === 'a' && outermost(element, 'pre').length > 0)
        missed.add('a link around code was left out');
      return markBlocks(element.children, element);
    }
    return codes.has(tagName) && element.children.some(isElement)
      ? markCode(element.children, element)
      : [element];
  });
  gatherItems(root);
  partParagraphs(root);
  return [...missed];
}

function isElement(node: RootContent): node is Element {
  return node.type === 'element';
}

function isBlock(node: RootContent): node is Element {
  return isElement(node) && (blockElements.has(node.tagName) || holdsBlock(node));
}

function holdsBlock(element: Element): boolean {
  return element.children.some(isBlock);
}

function isBlank(node: RootContent): boolean {
  return node.type !== 'element' && textOf(node).trim() === '';
}

/** Children with every run of those that are no blocks made into one element; what is blank stays as it is. */
function gatherRuns(
  children: readonly ElementContent[],
  gather: (run: readonly ElementContent[]) => ElementContent,
): ElementContent[] {
  const gathered: ElementContent[] = [];
  let run: ElementContent[] = [];
  const end = (): void => {
    if (run.every(isBlank)) gathered.push(...run);
    else gathered.push(gather(run));
    run = [];
  };
  for (const child of children) {
    if (!isBlock(child)) {
      run.push(child);
      continue;
    }
    end();
    gathered.push(child);
  }
  end();
  return gathered;
}

/** Blocks whose running text has a mark around it. */
function markBlocks(children: readonly ElementContent[], mark: Element): ElementContent[] {
  const isCode = codes.has(mark.tagName);
  const gather = (run: readonly ElementContent[]): ElementContent =>
    isCode && run.some(isElement)
      ? makeElement('span', markCode(run, mark))
      : { ...mark, children: [...run] };
  return gatherRuns(children, gather).map((child) => {
    if (isElement(child) && child.tagName === 'pre' && !isCode) {
      const marks = [mark, ...(child.data?.marks ?? [])];
      return { ...child, data: { ...child.data, marks } as ElementData };
    }
    if (!isElement(child) || !blockElements.has(child.tagName) || unmarked.has(child.tagName)) return child;
    return { ...child, children: markBlocks(child.children, mark) };
  });
}

/** Code whose marks, links, pictures and breaks are around the code, since there is only text in markdown's. */
function markCode(children: readonly ElementContent[], code: Element): ElementContent[] {
  return children.flatMap((child): readonly ElementContent[] => {
    if (child.type === 'text') return child.value === '' ? [] : [{ ...code, children: [child] }];
    if (!isElement(child)) return [];
    if (codes.has(child.tagName)) return [child];
    const inside = markCode(child.children, code);
    return meaningful.has(child.tagName) ? [{ ...child, children: inside }] : inside;
  });
}

/** A list of which everything is in an item: in the one before it, as browsers show it, else in one of its own. */
function fitList(list: Element): Element {
  const items: Element[] = [];
  for (const child of gatherRuns(list.children, (run) => makeElement('div', run))) {
    const last = items.at(-1);
    if (isElement(child) && child.tagName === 'li') items.push(child);
    else if (isBlank(child)) continue;
    else if (last === undefined) items.push(makeElement('li', [child]));
    else last.children.push(child);
  }
  const tagName = list.tagName === 'ol' ? 'ol' : 'ul';
  return { ...list, tagName, children: items };
}

/** What is lost of the numbers of a list, whose items markdown counts up from the first one's, in digits. */
function listLostNumbers({ tagName, properties, children }: Element): readonly string[] {
  if (tagName !== 'ol') return [];
  if ('reversed' in properties) return ['a list that counts down counts up'];
  const type = properties['type'] ?? '1';
  const lost = /^[ai]$/i.test(type) ? ['a list with letters or Roman numerals has digits'] : [];
  const [own, ...others] = children.map((item) => (isElement(item) ? item.properties['value'] : undefined));
  const first = Number(own ?? properties['start'] ?? 1);
  if (first < 0) lost.push(`a list that counts from ${first} counts from 0`);
  const given = others.find((value, index) => value !== undefined && Number(value) !== first + index + 1);
  return given === undefined ? lost : [...lost, `a list's item lost its own number, ${String(given)}`];
}

/** A heading or summary of one line; the blocks in it that have no place there are behind it, and what follows them is one again. */
function fitLine(line: Element): readonly ElementContent[] {
  if (!holdsBlock(line)) return [line];
  const fitted: ElementContent[] = [];
  let words: ElementContent[] = [];
  const end = (): void => {
    const isAgain = line.tagName === 'summary' && fitted.length > 0;
    if (words.length > 0) fitted.push(isAgain ? makeElement('p', words) : { ...line, children: words });
    words = [];
  };
  const read = (children: readonly ElementContent[]): void => {
    for (const child of gatherRuns(children, (run) => makeElement('span', run))) {
      if (isElement(child) && child.tagName === 'span') {
        words.push(...(words.length === 0 ? [] : [{ type: 'text', value: ' ' } as const]), ...child.children);
      } else if (isElement(child) && flatBlocks.has(child.tagName)) {
        read(child.children);
      } else if (!isBlank(child)) {
        end();
        fitted.push(child);
      }
    }
  };
  read(line.children);
  end();
  return fitted;
}

/** Items, terms and descriptions outside a list are put into one. Changes the tree in place. */
export function gatherItems(parent: Root | Element): void {
  const children: ElementContent[] = [];
  let open: Element | undefined;
  for (const child of parent.children as ElementContent[]) {
    if (isElement(child)) gatherItems(child);
    const name = 'tagName' in parent ? parent.tagName : '';
    const home = isElement(child) ? homeOf(child.tagName, name) : undefined;
    if (home === undefined) {
      if (!isBlank(child)) open = undefined;
      children.push(child);
    } else {
      if (open?.tagName !== home) children.push((open = makeElement(home, [])));
      open.children.push(child);
    }
  }
  parent.children = children;
}

function homeOf(name: string, parent: string): string | undefined {
  if (name === 'li') return parent === 'ul' || parent === 'ol' ? undefined : 'ul';
  if (name === 'dt' || name === 'dd') return parent === 'dl' || parent === 'div' ? undefined : 'dl';
  return undefined;
}

/** Running text that only an empty block parts, which would be lost, is made blocks of. */
function partParagraphs(parent: Root | Element): void {
  const children = parent.children as ElementContent[];
  for (const child of children) if (isElement(child)) partParagraphs(child);
  const isParted = children.some(
    (child, index) =>
      index > 0 &&
      isEmptyBlock(child) &&
      children.slice(0, index).some(isWords) &&
      children.slice(index).some(isWords),
  );
  if (isParted) parent.children = gatherRuns(children, (run) => makeElement('div', run));
}

function isEmptyBlock(node: RootContent): boolean {
  return isElement(node) && flatBlocks.has(node.tagName) && node.children.every(isBlank);
}

function isWords(node: RootContent): boolean {
  return !isBlock(node) && !isBlank(node);
}

/** A table that only lays out one thing is that; any other has its caption before it, and says by its cells how its columns are aligned. */
function restoreTable(table: Element): readonly ElementContent[] {
  const cells = listCells(table);
  const captions = outermost(table, 'caption').filter((caption) => textOf(caption).trim() !== '');
  const before = captions.map((caption) => makeElement('div', caption.children));
  rewriteElements(table, (element) => (element.tagName === 'caption' ? [] : [element]));
  if (cells.length === 0) return before;
  nameRows(table);
  const [only] = cells;
  if (only !== undefined && cells.length === 1) return [...before, makeElement('div', only.children)];
  for (const cell of cells) alignCell(cell);
  return [...before, table];
}

function listCells(node: Element): readonly Element[] {
  return [...outermost(node, 'td'), ...outermost(node, 'th')];
}

/** Where each row has a heading of its own, the first row is none: markdown would make one of it. */
function nameRows(table: Element): void {
  const rows = outermost(table, 'tr').map(({ children }) => children.filter(isElement));
  const isNamed = rows.every(
    ([heading, ...others]) =>
      heading?.tagName === 'th' && others.length > 0 && others.every(({ tagName }) => tagName === 'td'),
  );
  const [heading] = rows[0] ?? [];
  if (isNamed && rows.length > 1 && heading && outermost(table, 'thead').length === 0) heading.tagName = 'td';
}

function alignCell(cell: Element): void {
  const { style = '', className } = cell.properties;
  const classes = Array.isArray(className) ? className.map(String) : [];
  const styled = /(?:^|[;\s])text-align\s*:\s*(?:-\w+-)?(left|center|right|start|end)/i.exec(style)?.[1];
  const named = classes.flatMap(
    (name) => /^(?:has-)?(?:text-)?(?:align-)?(left|center|right)$/.exec(name)?.[1] ?? [],
  )[0];
  const side = (styled?.toLowerCase() ?? named)?.replace('start', 'left').replace('end', 'right');
  if (side !== undefined && cell.properties['align'] === undefined) cell.properties['align'] = side;
}
