import type { Root, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { linkKeys, urlKey } from '../reading/url-key.ts';
import { walk } from '../reading/walk.ts';

/** Ends the tree with a line that says where the original is, unless the author already wrote one. */
export function addCanonicalNotice(
  tree: Root,
  notice: { readonly url: string; readonly siteTitle: string },
): void {
  if (endsWithNotice(tree, notice.url)) return;
  tree.children.push({
    type: 'paragraph',
    children: [
      {
        type: 'emphasis',
        children: [
          { type: 'text', value: 'Originally published at ' },
          { type: 'link', url: notice.url, children: [{ type: 'text', value: notice.siteTitle }] },
          { type: 'text', value: '.' },
        ],
      },
    ],
  });
}

function endsWithNotice(tree: Root, url: string): boolean {
  const last = tree.children.findLast(
    (node) => node.type !== 'definition' && node.type !== 'footnoteDefinition',
  );
  return (
    last?.type === 'paragraph' &&
    /originally\s+(published|posted|appeared)/i.test(toString(last)) &&
    linksTo(last, url)
  );
}

function linksTo(tree: RootContent, url: string): boolean {
  let found = false;
  walk(tree, (node) => {
    found ||= node.type === 'link' && linkKeys(node.url).includes(urlKey(url));
  });
  return found;
}
