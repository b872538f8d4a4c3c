import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';

/** Names the language of each block of code by one word: of `js{2}` or `{.python .numberLines}`, the one that says it. */
export function settleLanguages(tree: Root): void {
  visit(tree, 'code', (code) => {
    code.lang = /^\{?\.?([\w+#-]+)/.exec(code.lang ?? '')?.[1] ?? null;
  });
}
