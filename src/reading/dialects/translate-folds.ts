import type { Paragraph, Parents, Root, RootContent } from 'mdast';
import { joinLines, splitLines, type Line } from '../split-lines.ts';
import { buildBlock } from './build-block.ts';

const opening = /^\+\+\+[ \t]+(?=\S)/;

/** Makes what readers open of blocks between `+++ A title` and `+++`, as markdown-it-collapsible reads them. */
export function translateFolds(tree: Root): void {
  if (tree.children.some(isFold)) foldChildren(tree);
}

function foldChildren(parent: Parents): void {
  const children = parent.children as RootContent[];
  for (let index = 0; index < children.length; index += 1) {
    const first = children[index];
    if (first === undefined || !isFold(first)) continue;
    const last = children.findIndex((one, at) => at >= index && endsFold(one, at === index));
    const closing = children[last];
    if (closing?.type !== 'paragraph') continue;
    const [title = [], ...lines] = splitLines(first.children);
    const [mark, ...words] = title;
    if (mark?.type !== 'text') continue;
    const isAlone = last === index;
    const blocks = [
      ...toParagraph(first, isAlone ? lines.slice(0, -1) : lines),
      ...(isAlone
        ? []
        : [
            ...children.slice(index + 1, last),
            ...toParagraph(closing, splitLines(closing.children).slice(0, -1)),
          ]),
    ];
    const made = buildBlock('details', {
      title: [{ ...mark, value: mark.value.replace(opening, '') }, ...words],
      attributes: {},
      children: blocks,
      position: first.position,
    });
    children.splice(index, last - index + 1, ...(made ?? []));
  }
}

function isFold(node: RootContent): node is Paragraph {
  const [first] = node.type === 'paragraph' ? node.children : [];
  return first?.type === 'text' && opening.test(first.value);
}

function endsFold(node: RootContent, isFirst: boolean): boolean {
  if (node.type !== 'paragraph') return false;
  const lines = splitLines(node.children);
  const [only, ...others] = lines.at(-1) ?? [];
  const isMark = only?.type === 'text' && others.length === 0 && only.value.trim() === '+++';
  return isMark && (!isFirst || lines.length > 1);
}

function toParagraph(paragraph: Paragraph, lines: readonly Line[]): readonly Paragraph[] {
  const children = joinLines(lines);
  return children.length === 0 ? [] : [{ ...paragraph, children }];
}
