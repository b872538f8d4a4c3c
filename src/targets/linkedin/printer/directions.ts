import type { Nodes, Parents, Root } from 'mdast';
import { blockHolders } from '../../../reading/block-holders.ts';
import { readTags } from '../../../reading/html/read-tags.ts';
import { walk } from '../../../reading/walk.ts';

/** Leaves on each block the direction of the element of HTML that stands around it, whose tags the article does not have. */
export function keepDirections(tree: Root): void {
  setDirections(tree);
  walk(tree, (node) => {
    if (blockHolders.has(node.type) && 'children' in node) setDirections(node);
  });
}

function setDirections({ children }: Parents): void {
  const open: { readonly name: string; readonly dir: string | undefined }[] = [];
  for (const child of children as Nodes[]) {
    if (child.type === 'html') {
      for (const { kind, name, selfClosing, attributes } of readTags(child.value)) {
        if (kind === 'open' && !selfClosing) open.push({ name, dir: findDirection(attributes) });
        const at = kind === 'close' ? open.findLastIndex((one) => one.name === name) : -1;
        if (at !== -1) open.splice(at);
      }
      continue;
    }
    const dir = open.findLast((one) => one.dir !== undefined)?.dir;
    if (dir !== undefined) child.data = { ...child.data, hProperties: { dir } } as Nodes['data'];
  }
}

/** The direction that a piece of HTML has as a whole. */
export function readDirection(html: string): string | undefined {
  const [first] = readTags(html);
  return first === undefined ? undefined : findDirection(first.attributes);
}

function findDirection(
  attributes: readonly { readonly name: string; readonly value: string }[],
): string | undefined {
  const value = attributes.find(({ name }) => name === 'dir')?.value.toLowerCase();
  return value === 'rtl' || value === 'ltr' || value === 'auto' ? value : undefined;
}
