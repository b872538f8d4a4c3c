import type { Code, Node, Parent, Root, RootContent, Text } from 'mdast';
import { blockHolders } from '../block-holders.ts';
import { walk } from '../walk.ts';
import type { Shortcode } from './shortcode-syntax.ts';
import { readTag, type Tag } from './shortcode-tag.ts';

/** From where to where, by offset, tags are shown instead of run. */
export type Range = readonly [start: number, end: number];

interface Found {
  readonly node: Shortcode;
  readonly parent: Parent;
}

/** Makes text of the tags between `{% raw %}` and `{% endraw %}`, and nothing of these two. Returns where they are. */
export function showRaw(tree: Root): readonly Range[] {
  const found: Found[] = [];
  walk(tree, (node, _, parent) => {
    if (node.type === 'shortcode') found.push({ node, parent });
  });
  const ranges: Range[] = [];
  const changed = new Map<Node, readonly Node[]>();
  const parents = new Set<Parent>();
  let start: number | undefined;
  const lastClose = found.findLastIndex(({ node }) => isRawMark(node, 'close'));
  for (const [index, { node, parent }] of found.entries()) {
    const isStart = start === undefined && index < lastClose && isRawMark(node, 'open');
    const isEnd = start !== undefined && isRawMark(node, 'close');
    if (isStart) start = node.position?.end.offset ?? 0;
    if (isEnd && start !== undefined) {
      ranges.push([start, node.position?.start.offset ?? 0]);
      start = undefined;
    }
    if (isStart || isEnd) changed.set(node, []);
    else if (start !== undefined) changed.set(node, [showTag(node, node.value, parent)]);
    else continue;
    parents.add(parent);
  }
  for (const parent of parents) {
    parent.children = mergeTexts(
      parent.children.flatMap((child) => (changed.get(child) ?? [child]) as readonly RootContent[]),
    );
  }
  walk(tree, (node, index, parent) => {
    if (node.type !== 'paragraph' || node.children.length > 0 || !parents.has(node)) return undefined;
    parent.children.splice(index, 1);
    return index;
  });
  return ranges;
}

function isRawMark({ value, whole }: Shortcode, kind: Tag['kind']): boolean {
  const tag = whole ? undefined : readTag(value);
  return tag?.syntax === 'liquid' && tag.name === 'raw' && tag.kind === kind;
}

/** A tag as the text it is written as. */
export function showTag({ position }: Node, value: string, parent: Parent): RootContent {
  const text: Text = { type: 'text', value, ...(position && { position }) };
  return holdsBlocks(parent) ? { type: 'paragraph', children: [text], ...(position && { position }) } : text;
}

/** Nodes without texts that stand side by side. */
export function mergeTexts(nodes: readonly RootContent[]): RootContent[] {
  const merged: RootContent[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if (node.type !== 'text' || last?.type !== 'text') {
      merged.push(node);
      continue;
    }
    last.value += node.value;
    if (last.position && node.position) last.position = { ...last.position, end: node.position.end };
  }
  return merged;
}

/** Whether blocks, and no words, stand in a node. */
export function holdsBlocks(parent: Parent): boolean {
  return blockHolders.has(parent.type);
}

const rawOpen = String.raw`\{%[-+]?\s*raw\s*[-+]?%\}`;
const rawClose = String.raw`\{%[-+]?\s*endraw\s*[-+]?%\}`;
const rawPair = new RegExp(
  String.raw`(^[ \t]*${rawOpen}[ \t]*\n|${rawOpen})([^]*?)(\n[ \t]*${rawClose}[ \t]*$|${rawClose})`,
  'gm',
);

/**
 * Hugo and Liquid run tags even in code: Hugo shows one in its escaped form only, Liquid what stands between `{% raw %}` and
 * `{% endraw %}`, of which it shows nothing.
 */
export function showEscapedInCode(tree: Root): void {
  walk(tree, (node) => {
    if (node.type !== 'code' && node.type !== 'inlineCode') return;
    if (node.value.includes('endraw')) {
      if (node.type === 'code') openRawOnFence(node);
      node.value = node.value.replaceAll(rawPair, '$2');
    }
    node.value = node.value.replaceAll(/\{\{([<%])\/\*((?:(?!\}\})[^])*)\*\/([>%])\}\}/g, '{{$1$2$3}}');
  });
}

/** Takes `{% raw %}` from the line that opens a fence, and its end from the code. */
function openRawOnFence(code: Code): void {
  const head = `${code.lang ?? ''} ${code.meta ?? ''}`.trim();
  const [, before = '', after = ''] = new RegExp(`^(.*?)${rawOpen}(.*)$`).exec(head) ?? [];
  if (before === '' && after === '') return;
  const [lang = '', ...meta] = `${before} ${after}`.trim().split(/\s+/);
  code.lang = lang === '' ? null : lang;
  code.meta = meta.length === 0 ? null : meta.join(' ');
  code.value = code.value.replace(new RegExp(String.raw`\n?[ \t]*${rawClose}[ \t]*`), '');
}

/** A tag that is escaped to be shown, as readers see it. */
export function escapedForm(source: string): string {
  return source.replace(/^(\{\{[<%])\/\*([^]*)\*\/([>%]\}\})$/, '$1$2$3');
}
