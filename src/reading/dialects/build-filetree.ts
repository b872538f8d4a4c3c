import type { List, ListItem, RootContent } from 'mdast';
import { readTag } from './shortcode-tag.ts';

const treeTag = /\{\{[<%]\s*(\/?)\s*filetree\/(folder|file)\b([^{}\n]*?)\/?\s*[>%]\}\}/g;

/** How deep the folders may lie: far deeper than a person draws them. */
const mostFolders = 30;

/**
 * The folders and files of Hextra's `filetree/container`, as a list in lists
 * (https://imfing.github.io/hextra/docs/guide/shortcodes/filetree/, checked December 2026); undefined where something else stands in it.
 */
export function buildFiletree(
  verbatim: string,
  position: RootContent['position'],
): readonly RootContent[] | undefined {
  if (verbatim.replaceAll(treeTag, '').trim() !== '') return undefined;
  const place = position && { position };
  const root: ListItem = { type: 'listItem', spread: false, children: [] };
  const open = [root];
  for (const [, closing, kind, given = ''] of verbatim.matchAll(treeTag)) {
    const parent = open.at(-1);
    if (closing === '/') {
      if (kind === 'folder' && open.length > 1) open.pop();
      continue;
    }
    const name = readTag(`{{< x ${given} >}}`)?.named['name'];
    if (parent === undefined || name === undefined || open.length > mostFolders) return undefined;
    const value = kind === 'folder' ? `${name.replace(/\/$/, '')}/` : name;
    const item: ListItem = {
      type: 'listItem',
      spread: false,
      children: [{ type: 'paragraph', children: [{ type: 'inlineCode', value }], ...place }],
      ...place,
    };
    listIn(parent, place).children.push(item);
    if (kind === 'folder') open.push(item);
  }
  return root.children;
}

function listIn(item: ListItem, place: Pick<List, 'position'> | undefined): List {
  const last = item.children.at(-1);
  if (last?.type === 'list') return last;
  const list: List = { type: 'list', ordered: false, spread: false, children: [], ...place };
  item.children.push(list);
  return list;
}
