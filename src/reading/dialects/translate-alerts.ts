import type { Blockquote, Paragraph, Root, RootContent } from 'mdast';
import { walk } from '../walk.ts';
import { buildBlock, nameNote } from './build-block.ts';
import { joinLines, splitLines } from '../split-lines.ts';

/** GitHub's mark with what Obsidian, Hugo and others add to it: any word, a sign that folds it, and a title after it. */
const alertMark = /^\[!(\p{L}[\p{L}\p{N}_ -]*)(?:\|[^\]\n]*)?\][+-]?(?:[ \t]+|$)/u;

/** Makes notes of quotes that begin with a mark such as `[!TIP]`, under the title after it or else under its word. */
export function translateAlerts(tree: Root): void {
  walk(tree, (node) => {
    if (node.type !== 'blockquote') return;
    const [first, ...others] = node.children;
    const note = first?.type === 'paragraph' ? readAlert(first, others, node) : undefined;
    if (note !== undefined) node.children = note.children;
  });
}

function readAlert(
  first: Paragraph,
  others: readonly RootContent[],
  { position }: Blockquote,
): Blockquote | undefined {
  const [opening = [], ...rest] = splitLines(first.children);
  const [mark, ...words] = opening;
  const [whole, kind] = mark?.type === 'text' ? (alertMark.exec(mark.value) ?? []) : [];
  if (mark?.type !== 'text' || whole === undefined || kind === undefined) return undefined;
  const title = joinLines([[{ ...mark, value: mark.value.slice(whole.length) }, ...words]]).filter(
    (node) => node.type !== 'text' || node.value !== '',
  );
  const text = joinLines(rest);
  const children = text.length === 0 ? others : [{ ...first, children: text }, ...others];
  const named = title.length > 0 ? title : [{ type: 'text', value: nameNote(kind) } as const];
  const [note] = buildBlock('callout', { title: named, attributes: {}, children, position }) ?? [];
  return note?.type === 'blockquote' ? note : undefined;
}
