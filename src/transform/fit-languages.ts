import type { Root } from 'mdast';
import { walk } from '../reading/walk.ts';

/** Names the language of each block of code by one word: of `js{2}` or `{.python .numberLines}`, the one that says it. */
export function fitLanguages(tree: Root): void {
  walk(tree, (node) => {
    if (node.type === 'code') node.lang = /^\{?\.?([\w+#-]+)/.exec(node.lang ?? '')?.[1] ?? null;
  });
}
