import type { Nodes, Parents } from 'mdast';
import { walk } from '../walk.ts';

/** The source of a block with blanks for what is in its code, for its HTML and its pictures, and for where its links lead. */
export function showSource(node: Parents, text: string, from: number, to: number): string {
  const pieces: string[] = [];
  let place = from;
  const blank = (start: number | undefined, end: number | undefined): void => {
    if (start === undefined || end === undefined || start < place || end < start) return;
    pieces.push(text.slice(place, start), text.slice(start, end).replaceAll(/[^\n]/g, ' '));
    place = end;
  };
  walk(node, (inner) => {
    const [start, end] = offsetsOf(inner);
    if (inner.type === 'inlineCode') blank(start && start + 1, end && end - 1);
    if (inner.type === 'html' || inner.type === 'image') blank(start, end);
    if (inner.type !== 'link') return undefined;
    const [, last] = offsetsOf(inner.children.at(-1));
    // What stands in the link comes first.
    const isWritten = last !== undefined && text.startsWith('](', last);
    if (isWritten && !inner.children.some(({ type }) => type !== 'text')) blank(last + 2, end && end - 1);
    return undefined;
  });
  pieces.push(text.slice(place, to));
  return pieces.join('');
}

function offsetsOf(node: Nodes | undefined): readonly [start: number | undefined, end: number | undefined] {
  return [node?.position?.start.offset, node?.position?.end.offset];
}
