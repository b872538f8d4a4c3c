import type { Root } from 'mdast';

/** Removes the front matter, which no target shows. */
export function dropFrontMatter(tree: Root): void {
  tree.children = tree.children.filter((node) => node.type !== 'yaml' && (node.type as string) !== 'toml');
}
