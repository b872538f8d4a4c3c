import type { Root } from 'mdast';
import { shorten } from '../../base/shorten.ts';
import { walk } from '../walk.ts';
import { readPieces } from './read-tags.ts';
import { listLines, placeInFile } from './source-lines.ts';

/** How what only programs read begins in HTML, and how it ends: browsers take it for a comment, which they end at the first `>`. */
const programs: readonly (readonly [RegExp, RegExp])[] = [
  [/^<\?/, /\?>|$/g],
  [/^<!\[CDATA\[/i, /\]\]>|$/g],
  [/^<![a-z]/i, />|$/g],
];

/**
 * Notes what in a text's HTML only programs read, such as `<?php … ?>`, a doctype or a CDATA section, and puts blanks in its place:
 * readers see nothing of it. `text` is the whole file.
 */
export function markHidden(tree: Root, _: unknown, text: string): void {
  if (!/<[?!](?!-)/.test(text)) return;
  const lines = listLines(text);
  walk(tree, (node) => {
    if (node.type !== 'html') return;
    for (const [start, end] of listHidden(node.value)) {
      const written = node.value.slice(start, end);
      const place = placeInFile(node, start, listLines(node.value), lines);
      if (place !== undefined) {
        const { line, column } = place;
        const shown = written.split('\n', 1)[0] ?? '';
        const found = { written: shorten(shown, 40), line, column };
        tree.data = {
          ...tree.data,
          leftSyntax: [...(tree.data?.leftSyntax ?? []), { ...found, by: 'programs' }],
        };
      }
      node.value = node.value.slice(0, start) + written.replaceAll(/[^\n]/g, ' ') + node.value.slice(end);
    }
  });
}

function listHidden(value: string): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let last = 0;
  for (const { kind, start } of readPieces(value).pieces) {
    if (kind !== 'comment' || start < last) continue;
    const [, ending] = programs.find(([beginning]) => beginning.test(value.slice(start, start + 10))) ?? [];
    if (ending === undefined) continue;
    ending.lastIndex = start;
    const end = ending.exec(value);
    last = end === null ? value.length : end.index + end[0].length;
    found.push([start, last]);
  }
  return found;
}
