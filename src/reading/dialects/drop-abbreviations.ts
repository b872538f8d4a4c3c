import type { Root } from 'mdast';
import { joinLines, splitLines, type Line } from '../split-lines.ts';
import { walk } from '../walk.ts';

const definition = /^\*\[[^\]\n]+\]:/;

/** The same as it is written: with a backslash before it, it is text. */
const written = /(?<!\\)\*\[(?:\\.|[^\]\n])+\]:/;

/** Takes out what abbreviations stand for, such as `*[HTML]: Hyper Text Markup Language`, which a site shows on a hover. */
export function dropAbbreviations(tree: Root, _: unknown, text: string): void {
  if (!written.test(text)) return;
  const source = text.split('\n');
  walk(tree, (node, index, parent) => {
    if (node.type !== 'paragraph' || !node.children.some(opensDefinition)) return undefined;
    const from = node.position?.start.line ?? 1;
    const lines = splitLines(node.children).filter(
      (line, at) => !isDefinition(line) || !written.test(source[from - 1 + at] ?? ''),
    );
    node.children = joinLines(lines);
    if (lines.length > 0) return undefined;
    parent.children.splice(index, 1);
    return index;
  });
}

function opensDefinition(node: Line[number]): boolean {
  return node.type === 'text' && node.value.includes('*[');
}

function isDefinition([first]: Line): boolean {
  return first?.type === 'text' && definition.test(first.value);
}
