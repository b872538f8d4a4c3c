import type { Root } from 'mdast';
import { walk } from '../walk.ts';

const mark = /<!--\s*(?:more|excerpt|truncate|end[-_ ]?excerpt|read[-_ ]?more)\s*-->/gi;

/** Takes out the comments that end a post's excerpt on the author's site, such as `<!-- more -->`. */
export function dropMoreMarks(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (node.type !== 'html') return undefined;
    const value = node.value.replaceAll(mark, '');
    if (value === node.value) return undefined;
    node.value = value;
    if (value.trim() !== '') return undefined;
    parent.children.splice(index, 1);
    return index;
  });
}
