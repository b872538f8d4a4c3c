import type { Nodes, Root } from 'mdast';
import { listElements } from '../reading/html/parse-html.ts';
import { walk } from '../reading/walk.ts';

/** Whether an address holds the data itself. */
export function isDataUrl(url: string): boolean {
  return /^data:/i.test(url.trim());
}

/** The nodes of a tree that show a picture whose address holds its data. */
export function listDataImages(tree: Root): readonly Nodes[] {
  const found: Nodes[] = [];
  walk(tree, (node) => {
    if (holdsDataImage(node)) found.push(node);
  });
  return found;
}

function holdsDataImage(node: Nodes): boolean {
  if (node.type === 'image' || node.type === 'definition') return isDataUrl(node.url);
  if (node.type !== 'html') return false;
  return listElements(node.value).some(
    ({ tagName, properties }) =>
      tagName === 'img' && typeof properties['src'] === 'string' && isDataUrl(properties['src']),
  );
}
