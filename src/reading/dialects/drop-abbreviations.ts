import type { Root } from 'mdast';
import { joinLines, splitLines, type Line } from '../split-lines.ts';
import { walk } from '../walk.ts';

const definition = /^\*\[[^\]\n]+\]:/;

/** Takes out what abbreviations stand for, such as `*[HTML]: Hyper Text Markup Language`, which a site shows on a hover. */
export function dropAbbreviations(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (node.type !== 'paragraph' || !node.children.some(opensDefinition)) return undefined;
    const lines = splitLines(node.children).filter((line) => !isDefinition(line));
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
