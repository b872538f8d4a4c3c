import type { Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';

const mark = /<!--\s*(?:more|excerpt|truncate|end[-_ ]?excerpt|read[-_ ]?more)\s*-->/gi;

/** Takes out the comments that end a post's excerpt on the author's site, such as `<!-- more -->`. */
export function dropMoreMarks(tree: Root): void {
  visit(tree, 'html', (node, index, parent) => {
    const value = node.value.replaceAll(mark, '');
    if (value === node.value || parent === undefined || index === undefined) return undefined;
    node.value = value;
    if (value.trim() !== '') return undefined;
    parent.children.splice(index, 1);
    return [SKIP, index] as const;
  });
}
