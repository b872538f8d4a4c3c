import type { Root } from 'mdast';
import type { Cover } from '../model/post.ts';
import { listElements } from '../reading/html/parse-html.ts';
import { walk } from '../reading/walk.ts';

/** Puts a post's cover before its text, unless the tree, its addresses absolute, shows that picture already. */
export function addCover(tree: Root, { url, alt = '' }: Cover): void {
  if (showsImage(tree, url)) return;
  tree.children.unshift({ type: 'paragraph', children: [{ type: 'image', url, alt }] });
}

function showsImage(tree: Root, url: string): boolean {
  let shows = false;
  walk(tree, (node) => {
    if (node.type === 'image' || node.type === 'definition') shows ||= node.url === url;
    if (node.type !== 'html') return;
    shows ||= listElements(node.value).some(
      ({ tagName, properties }) => tagName === 'img' && properties['src'] === url,
    );
  });
  return shows;
}
