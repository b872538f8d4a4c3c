import type { Html, Paragraph, Parent, PhrasingContent, Root, RootContent } from 'mdast';
import type { Dialect } from './dialects/dialect.ts';
import { walk } from './walk.ts';

type Line = PhrasingContent[];

/** Words that are defined, or a definition of those before. */
interface ListEntry {
  readonly name: 'dt' | 'dd';
  readonly paragraph: Paragraph;
}

/**
 * Makes lists of definitions of paragraphs in which lines begin with a colon and a blank; the line before them is the term,
 * in their paragraph or alone in the one before. Hugo, kramdown and Pandoc read them so
 * (https://pandoc.org/MANUAL.html#definition-lists, checked November 2026). Markdown has no words for such a list, so it
 * becomes HTML around the words.
 */
export function translateDefinitionLists(tree: Root, _: Dialect, text: string): void {
  translateChildren(tree, text);
  walk(tree, (node) => {
    if ('children' in node) translateChildren(node, text);
  });
}

function translateChildren(parent: Parent, text: string): void {
  if (!parent.children.some(opensDefinition)) return;
  const blocks: (RootContent | ListEntry)[] = [];
  for (const child of parent.children) {
    const entries = child.type === 'paragraph' && !isEscaped(child, text) ? readEntries(child) : [];
    if (entries[0]?.name === 'dd' && !takeTerm(blocks)) blocks.push(child);
    else if (entries.length > 0) blocks.push(...entries);
    else blocks.push(child);
  }
  parent.children = printLists(blocks);
}

const opening = /(?:^|\n):[ \t]+/;

function opensDefinition(node: RootContent): boolean {
  return (
    node.type === 'paragraph' &&
    node.children.some((child) => child.type === 'text' && opening.test(child.value))
  );
}

/** Whether a colon that begins a line of a paragraph has a backslash, so that it is no more than a colon. */
function isEscaped({ position }: Paragraph, text: string): boolean {
  const source = text.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
  return /(?:^|\n)[ \t>]*\\:[ \t]/.test(source);
}

/** A paragraph as a term and its definitions, or as definitions alone; empty where it is neither. */
function readEntries(paragraph: Paragraph): readonly ListEntry[] {
  const [before = [], ...definitions] = splitDefinitions(paragraph);
  const isLine = !before.some(
    (node) => node.type === 'break' || (node.type === 'text' && /\n/.test(node.value)),
  );
  if (definitions.length === 0 || !isLine) return [];
  const entry = (name: ListEntry['name'], children: Line): ListEntry => ({
    name,
    paragraph: { ...paragraph, children },
  });
  return [
    ...(before.length > 0 ? [entry('dt', before)] : []),
    ...definitions.map((definition) => entry('dd', definition)),
  ];
}

/** The words before the first line that opens a definition, and those of each definition. */
function splitDefinitions({ children }: Paragraph): readonly Line[] {
  const parts: Line[] = [[]];
  for (const [index, child] of children.entries()) {
    if (child.type !== 'text') {
      parts.at(-1)?.push(child);
      continue;
    }
    const lines = child.value.split(index === 0 ? /(?:^|\n):[ \t]+/ : /\n:[ \t]+/);
    for (const [at, value] of lines.entries()) {
      if (at > 0) parts.push([]);
      if (value !== '') parts.at(-1)?.push({ ...child, value });
    }
  }
  return parts;
}

/** Whether definitions can follow what stands before them; a paragraph of one line there becomes their term. */
function takeTerm(blocks: (RootContent | ListEntry)[]): boolean {
  const last = blocks.at(-1);
  if (last === undefined) return false;
  if ('paragraph' in last) return true;
  if (last.type !== 'paragraph' || opensDefinition(last)) return false;
  const { start, end } = last.position ?? {};
  if (start?.line !== end?.line) return false;
  blocks.splice(-1, 1, { name: 'dt', paragraph: last });
  return true;
}

function printLists(blocks: readonly (RootContent | ListEntry)[]): RootContent[] {
  const isEntry = (block?: RootContent | ListEntry): block is ListEntry =>
    block !== undefined && 'paragraph' in block;
  return blocks.flatMap((block, index): RootContent[] => {
    if (!isEntry(block)) return [block];
    const { name, paragraph } = block;
    const tag = (value: string): Html => ({
      type: 'html',
      value,
      ...(paragraph.position && { position: paragraph.position }),
    });
    return [
      ...(isEntry(blocks[index - 1]) ? [] : [tag('<dl>')]),
      tag(`<${name}>`),
      paragraph,
      tag(`</${name}>`),
      ...(isEntry(blocks[index + 1]) ? [] : [tag('</dl>')]),
    ];
  });
}
