import type { RootContent } from 'mdast';
import { followOpenElements } from './raw-html.ts';

/** Puts together what stands between raw HTML that opens an element and the raw HTML that closes it. */
export function groupHtml(nodes: readonly RootContent[]): readonly (readonly RootContent[])[] {
  const groups: (readonly RootContent[])[] = [];
  for (let index = 0; index < nodes.length; index += groups.at(-1)?.length ?? 1) {
    groups.push(nodes.slice(index, findHtmlEnd(nodes, index)));
  }
  return groups;
}

function findHtmlEnd(nodes: readonly RootContent[], start: number): number {
  let open: readonly string[] = [];
  for (let index = start; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node?.type === 'html') open = followOpenElements(open, node.value);
    if (open.length === 0) return index + 1;
  }
  return start + 1;
}
