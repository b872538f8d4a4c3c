import type { Paragraph, Root } from 'mdast';
import { walk } from '../walk.ts';

/** A mark at the end of a block by which notes link to it, as Obsidian writes it. */
const blockId = /(?:^|[ \t\n])\^(?=[\d-]*[a-z])[a-z\d-]{1,60}$/i;

/** Takes out the marks that name a block for links of a site's own, such as `^the-plan` behind a paragraph. */
export function dropBlockIds(tree: Root, _: unknown, text: string): void {
  if (!/(?:^|\s)\^[a-z\d-]+\s*$/im.test(text)) return;
  walk(tree, (node, index, parent) => {
    if (node.type !== 'paragraph' || !dropId(node)) return undefined;
    if (node.children.length > 0) return index + 1;
    parent.children.splice(index, 1);
    return index;
  });
}

function dropId({ children }: Paragraph): boolean {
  const last = children.at(-1);
  if (last?.type !== 'text' || !blockId.test(last.value)) return false;
  last.value = last.value.replace(blockId, '');
  if (last.value === '') children.pop();
  return true;
}
