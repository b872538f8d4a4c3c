import type { PhrasingContent, Root, Text } from 'mdast';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
import { cutText } from './take-values.ts';

const raised = /\^\^(?=\S)([^^\n]*\S)\^\^|(?<=[\p{L}\p{N})])\^([^\s^`]{1,100})\^/gu;

/** Makes subscripts of `H~2~O`, superscripts of `2^10^`, and inserted words of `^^new^^`, where the site reads them. */
export function translateScripts(tree: Root, { scripts, isQuarto }: Dialect, text: string): void {
  if (scripts !== true && isQuarto !== true) return;
  walk(tree, (node, index, parent) => {
    const made = node.type === 'text' ? raise(node) : undefined;
    if (node.type === 'delete') {
      const start = node.position?.start.offset ?? 0;
      if (/^~(?!~)/.test(text.slice(start, start + 2)))
        return put(parent.children as PhrasingContent[], index, surround('sub', node.children));
    }
    return made && put(parent.children as PhrasingContent[], index, made);
  });
}

function put(siblings: PhrasingContent[], index: number, made: readonly PhrasingContent[]): number {
  siblings.splice(index, 1, ...made);
  return index + made.length;
}

function raise(node: Text): readonly PhrasingContent[] | undefined {
  if (!node.value.includes('^')) return undefined;
  const parts: PhrasingContent[] = [];
  let from = 0;
  for (const { 0: written, 1: inserted, index } of node.value.matchAll(raised)) {
    const width = inserted === undefined ? 1 : 2;
    const end = index + written.length;
    if (index > from) parts.push(cutText(node, from, index));
    const inside = cutText(node, index + width, end - width);
    parts.push(...surround(inserted === undefined ? 'sup' : 'ins', [inside]));
    from = end;
  }
  if (from === 0) return undefined;
  if (from < node.value.length) parts.push(cutText(node, from, node.value.length));
  return parts;
}

function surround(element: string, children: readonly PhrasingContent[]): readonly PhrasingContent[] {
  return [{ type: 'html', value: `<${element}>` }, ...children, { type: 'html', value: `</${element}>` }];
}
