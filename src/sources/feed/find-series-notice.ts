import type { Root, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { readHttpUrl } from '../../reading/html/read-text.ts';
import { walk } from '../../reading/walk.ts';

/** How a line says that a text is one of several. */
const notice =
  /\bpart\b.{0,200}\bseries\b|\b(?:more|others?|rest|next|previous|read|all)\b.{0,60}\bseries\b|\bseries\s*:/i;

/** Whether a text says what series it is part of, with a link: in a line of its own, or by a page of a series. */
export function namesSeries(tree: Root): boolean {
  return tree.children.some((block) => {
    const urls = listLinks(block);
    if (urls.some((url) => /\/series(?:\/|$)/i.test(new URL(url).pathname))) return true;
    if (urls.length === 0 || !['paragraph', 'blockquote', 'heading', 'list'].includes(block.type))
      return false;
    const said = toString(block);
    return said.length <= 1000 && notice.test(said);
  });
}

/** Every web address that a tree links to. */
export function listLinks(node: Root | RootContent): readonly string[] {
  const urls: string[] = [];
  walk(node, (inner) => {
    const address = inner.type === 'link' ? readHttpUrl(inner.url, undefined) : undefined;
    if (address !== undefined) urls.push(address);
  });
  return urls;
}
