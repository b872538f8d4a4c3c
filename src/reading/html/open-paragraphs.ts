import type { Nodes } from 'mdast';
import { blockElements } from './block-elements.ts';
import { readTags, voidElements, type Tag } from './read-tags.ts';

/** Blocks that say nothing of what is in them, so that a paragraph may hold them. */
const plain: ReadonlySet<string> = new Set(
  'address article aside center div footer header main nav p section'.split(' '),
);

/**
 * The paragraphs that a browser does not read by themselves, since raw HTML in them closes what was opened before them,
 * opens what is closed after them, or begins a block.
 */
export function findOpenParagraphs(siblings: readonly Nodes[]): ReadonlySet<Nodes> {
  const found = new Set<Nodes>();
  const open: { readonly name: string; readonly node: Nodes }[] = [];
  const counts = new Map<string, number>();
  const count = (name: string, by: number): number => {
    const now = (counts.get(name) ?? 0) + by;
    counts.set(name, now);
    return now;
  };
  for (const node of siblings) {
    for (const { name, kind, selfClosing } of tagsOf(node)) {
      if (node.type === 'paragraph' && blockElements.has(name) && !plain.has(name)) found.add(node);
      if (selfClosing || voidElements.has(name)) continue;
      if (kind === 'open') {
        open.push({ name, node });
        count(name, 1);
        continue;
      }
      if (count(name, 0) === 0) continue;
      const start = open.findLastIndex((one) => one.name === name);
      const opener = open[start]?.node;
      for (const closed of open.splice(start)) count(closed.name, -1);
      for (const one of opener === node ? [] : [opener, node]) if (one?.type === 'paragraph') found.add(one);
    }
  }
  return found;
}

/** The tags of raw HTML, or of that in a paragraph itself. */
export function tagsOf(node: Nodes): readonly Tag[] {
  if (node.type === 'html') return readTags(node.value);
  return node.type === 'paragraph' ? node.children.flatMap((child) => tagsOf(child)) : [];
}
