import type { Element, ElementContent, Root } from 'hast';
import { blockElements } from './block-elements.ts';
import { makeElement, propertyOf, rewriteElements, textOf } from './hast.ts';

/** Makes one line of what is in each cell of a table, since it holds no more: blocks inside it become lines separated by breaks. */
export function fitCells(root: Root): void {
  rewriteElements(root, (element) => {
    if (element.tagName === 'td' || element.tagName === 'th') element.children = fitCell(element);
    return [element];
  });
}

function fitCell(cell: Element): ElementContent[] {
  const lines: ElementContent[][] = [[]];
  const lineOf = (): ElementContent[] => lines.at(-1) ?? [];
  const begin = (): void => {
    if (lineOf().some((node) => textOf(node).trim() !== '' || node.type === 'element')) lines.push([]);
  };
  const add = (node: ElementContent, mark: string): void => {
    if (node.type !== 'element' || !(blockElements.has(node.tagName) || node.tagName === 'table')) {
      if (node.type !== 'text' || node.value.trim() !== '' || lineOf().length > 0) lineOf().push(node);
      return;
    }
    if (node.tagName === 'td' || node.tagName === 'th') {
      if (lineOf().length > 0) lineOf().push({ type: 'text', value: ' · ' });
      lineOf().push(...node.children);
      return;
    }
    begin();
    if (node.tagName === 'li') lineOf().push({ type: 'text', value: mark });
    if (node.tagName === 'pre') {
      for (const line of readLines(node)) {
        begin();
        const code = makeElement('code', [{ type: 'text', value: line }]);
        const { marks = [] } = node.data ?? {};
        lineOf().push(marks.reduceRight((inside, mark) => ({ ...mark, children: [inside] }), code));
      }
    } else {
      addAll(node);
    }
    begin();
  };
  const addAll = (node: Element): void => {
    let number = Number(propertyOf(node, 'start') ?? 1);
    for (const child of node.children) {
      add(child, node.tagName === 'ol' ? `${number}. ` : '• ');
      if (child.type === 'element' && child.tagName === 'li') number += 1;
    }
  };
  for (const child of cell.children) add(child, '');
  const filled = lines.filter((line) => line.length > 0);
  for (const line of filled.slice(1)) line.unshift(makeElement('br', []));
  return filled.flat();
}

/** The lines of code, indented by spaces that a line of text keeps; one that is empty shows nothing. */
function readLines(code: Element): readonly string[] {
  return textOf(code)
    .trimEnd()
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) =>
      line.replace(/^[ \t]+/, (indent) => indent.replaceAll('\t', '    ').replaceAll(' ', '\u00A0')),
    );
}
