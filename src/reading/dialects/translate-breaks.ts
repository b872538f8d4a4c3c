import type { PhrasingContent, Root } from 'mdast';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
import { cutText } from './take-values.ts';

/** Ends a line where the author does, where the site shows lines as they are written. */
export function translateBreaks(tree: Root, { breaks }: Dialect): void {
  if (breaks !== true) return;
  walk(tree, (node, index, parent) => {
    if (node.type !== 'text' || !node.value.includes('\n')) return undefined;
    const parts: PhrasingContent[] = [];
    let from = 0;
    for (const { index: at } of node.value.matchAll(/\n/g)) {
      if (at > from) parts.push(cutText(node, from, at));
      parts.push({ type: 'break' });
      from = at + 1;
    }
    if (from < node.value.length) parts.push(cutText(node, from, node.value.length));
    (parent.children as PhrasingContent[]).splice(index, 1, ...parts);
    return index + parts.length;
  });
}
