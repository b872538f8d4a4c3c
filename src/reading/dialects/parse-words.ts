import type { PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { walk } from '../walk.ts';

/** A value as the markdown it is, in a line. */
export function parseWords(text: string): readonly PhrasingContent[] {
  const [only, ...others] = parseBlocks(text);
  if (only === undefined) return [];
  return only.type === 'paragraph' && others.length === 0 ? only.children : [{ type: 'text', value: text }];
}

/** A value as the markdown it is. */
export function parseBlocks(text: string): readonly RootContent[] {
  const tree = fromMarkdown(text);
  walk(tree, (node) => {
    delete node.position;
  });
  return tree.children;
}
