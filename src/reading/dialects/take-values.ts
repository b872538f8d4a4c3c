import type { PhrasingContent, Root, Text } from 'mdast';
import type { Unknown } from '../nodes.ts';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
import { areTemplatesShown, inlineComponents, templates } from './left-syntax.ts';

/** Leaves values and components in a line that the site fills in as `unknown`, for its page to tell. `source` is the whole file. */
export function takeValues(tree: Root, dialect: Dialect, source: string): void {
  if (dialect.takesValues !== true || areTemplatesShown(dialect, source)) return;
  walk(tree, (node, index, parent) => {
    if (node.type !== 'text' || !/\{\{|:[a-z][\w-]*[[{]/.test(node.value)) return undefined;
    const { start, end } = node.position ?? {};
    if (start?.offset !== undefined && source.slice(start.offset, end?.offset).includes('\\{'))
      return undefined;
    const parts = splitText(node);
    (parent.children as PhrasingContent[]).splice(index, 1, ...parts);
    return index + parts.length;
  });
}

function splitText(text: Text): readonly PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let from = 0;
  const found = [templates, inlineComponents]
    .flatMap((pattern) => [...text.value.matchAll(pattern)])
    .toSorted((a, b) => a.index - b.index);
  for (const { 0: written, index, groups } of found) {
    if (index < from) continue;
    if (index > from) parts.push(cutText(text, from, index));
    const { position } = cutText(text, index, index + written.length);
    const name = groups?.['name'];
    const value: Unknown =
      name === undefined
        ? { type: 'unknown', syntax: 'expression', name: written.slice(1, -1) }
        : { type: 'unknown', syntax: 'component', name };
    parts.push(position === undefined ? value : { ...value, position });
    from = index + written.length;
  }
  if (from < text.value.length) parts.push(cutText(text, from, text.value.length));
  return parts;
}

/** A part of a text, and where it stands. */
export function cutText({ value, position }: Text, from: number, to: number): Text {
  const part = { type: 'text', value: value.slice(from, to) } as const;
  if (position === undefined) return part;
  const [start, end] = [from, to].map((length) => move(position.start, value.slice(0, length)));
  return start && end ? { ...part, position: { start, end } } : part;
}

type Point = NonNullable<Text['position']>['start'];

/** The place behind a text that begins at another. */
function move({ line, column, offset }: Point, text: string): Point {
  const lines = text.split('\n');
  const last = lines.at(-1)?.length ?? 0;
  return {
    line: line + lines.length - 1,
    column: lines.length === 1 ? column + last : last + 1,
    ...(offset !== undefined && { offset: offset + text.length }),
  };
}
