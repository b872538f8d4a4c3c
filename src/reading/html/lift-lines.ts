import type { Html, Nodes, PhrasingContent, RootContent, Text } from 'mdast';
import { readTags, voidElements } from './read-tags.ts';

/** Running text. */
export type Line = readonly PhrasingContent[];

/** Elements whose content is not markdown's, whatever it is written in. */
export const closed: ReadonlySet<string> = new Set(
  'button canvas math object script select style svg template textarea'.split(' '),
);

/** Elements that stand in running text only because HTML lets them. */
export const apart: ReadonlySet<string> = new Set([
  ...closed,
  ...'audio embed form iframe noscript video'.split(' '),
]);

/** The blocks that running text makes: an embedded page or raw HTML alone is a block of its own. */
export function toParagraphs(line: Line): RootContent[] {
  const text = trimLine(line);
  const [first] = text;
  if (first === undefined) return [];
  const standing = text.filter((node) => !isSpace(node));
  if (standing.every((node) => node.type === 'embed')) return standing;
  if (standing.every((node) => node.type === 'html' && isApart(node))) return standing;
  return [{ type: 'paragraph', ...spanOf(text), children: text }];
}

function isSpace(node: Nodes): boolean {
  return node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
}

/** Whether raw HTML is an element, from its beginning to its end, that is no part of a text; a bare anchor is one. */
function isApart({ value }: Html): boolean {
  const tags = readTags(value);
  const [first, second] = tags;
  if (first?.start !== 0 || first.kind !== 'open' || tags.at(-1)?.end !== value.length) return false;
  const { name } = first;
  const isBare = tags.length === 2 && second?.start === first.end && (name === 'a' || name === 'span');
  return isBare || (apart.has(name) && (tags.at(-1)?.name === name || voidElements.has(name)));
}

/** Joins texts that now follow each other, without the white space that surrounded what stood between them. */
export function joinText(line: Line): Line {
  const joined: PhrasingContent[] = [];
  for (const node of line) {
    const last = joined.at(-1);
    if (node.type === 'text' && last?.type === 'text') {
      const value = /\s$/.test(last.value) ? node.value.replace(/^[ \t]+/, '') : node.value;
      joined[joined.length - 1] = { ...last, value: last.value + value, ...spanOf([last, node]) };
    } else if (node.type === 'text' && last?.type === 'break') {
      const text = trimStart(node);
      if (text.value !== '') joined.push(text);
    } else {
      joined.push(node);
    }
  }
  return joined;
}

/** Running text without white space, breaks and empty text at its ends. */
function trimLine(line: Line): PhrasingContent[] {
  const start = line.findIndex((node) => !isSpace(node));
  if (start === -1) return [];
  const end = line.findLastIndex((node) => !isSpace(node));
  const trimmed = line.slice(start, end + 1);
  const first = trimmed[0];
  if (first?.type === 'text') trimmed[0] = trimStart(first);
  const last = trimmed.at(-1);
  if (last?.type === 'text') trimmed[trimmed.length - 1] = { ...last, value: last.value.trimEnd() };
  return trimmed;
}

/** Text without the white space it begins with, which may be lines. */
function trimStart(text: Text): Text {
  const { value, position } = text;
  const trimmed = value.trimStart();
  const lines = value.slice(0, value.length - trimmed.length).split('\n');
  const inLine = lines.at(-1)?.length ?? 0;
  if (position === undefined || trimmed === value) return { ...text, value: trimmed };
  const { line, column, offset } = position.start;
  const start = {
    line: line + lines.length - 1,
    column: (lines.length === 1 ? column : 1) + inLine,
    ...(offset !== undefined && { offset: offset + value.length - trimmed.length }),
  };
  return { ...text, value: trimmed, position: { ...position, start } };
}

function spanOf(line: Line): Pick<RootContent, 'position'> {
  const start = line.find(({ position }) => position !== undefined)?.position?.start;
  const end = line.findLast(({ position }) => position !== undefined)?.position?.end;
  return start && end ? { position: { start, end } } : {};
}
