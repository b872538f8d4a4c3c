import type { Blockquote, Heading, Paragraph, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import { buildBlock } from './build-block.ts';
import type { Dialect } from './dialect.ts';
import { jekyllClasses } from './known/jekyll.ts';
import type { Meaning } from './meanings.ts';
import { joinLines, joinTexts, splitLines, type Line } from '../split-lines.ts';

declare module 'mdast' {
  interface HeadingData {
    /** The id that the author gave the heading on their own site. */
    id?: string;
    hProperties?: { readonly id: string };
  }
}

/** What the marks in a paragraph say of the block that it is or ends. */
interface Said {
  /** What kind of note the block is. */
  readonly meaning?: Meaning | undefined;
  readonly id?: string | undefined;
  /** Whether the list that the paragraph ends is where the site puts its table of contents. */
  readonly isContents: boolean;
}

/**
 * Takes out the marks that say how the site shows what stands beside them: `{: .lead}`, `{width=300}`, `{#its-id}`. The ids of
 * headings are kept, a block that is marked as a note becomes one, and a list that is marked as `{:toc}` goes. What stands where
 * no site reads a mark is text.
 */
export function takeAttributes(tree: Root, _dialect: Dialect, source: string): void {
  if (source.includes('{')) takeFromChildren(tree);
}

function takeFromChildren(parent: Parents): Said | undefined {
  let last: Said | undefined;
  const kept: RootContent[] = [];
  for (const child of (parent.children as RootContent[]).flatMap(splitAtMarks)) {
    last = undefined;
    if (child.type === 'heading') takeFromHeading(child);
    else if (child.type === 'paragraph') {
      const said = takeFromParagraph(child, parent.type === 'listItem' && kept.length === 0);
      last = placeParagraph(child, said, parent, kept);
      continue;
    } else if ('children' in child) {
      last = takeFromBlock(child);
      if (last?.isContents === true && child.type === 'list') {
        last = undefined;
        continue;
      }
    }
    kept.push(child);
  }
  parent.children = kept as never;
  return last;
}

/** A paragraph that a line of kramdown's marks ends, though more lines follow it, as the paragraphs that it is. */
function splitAtMarks(block: RootContent): readonly RootContent[] {
  const isParted =
    block.type === 'paragraph' &&
    block.children.some((child) => child.type === 'attributeMark' && child.value.startsWith('{:'));
  if (!isParted) return [block];
  const lines = splitLines(block.children);
  const at = lines.findIndex((line, index) => index > 0 && index < lines.length - 1 && isMarkLine(line));
  if (at === -1) return [block];
  const [before, after] = [lines.slice(0, at + 1), lines.slice(at + 1)].map((part) => joinLines(part));
  const place = (words: readonly PhrasingContent[] = []): Pick<Paragraph, 'position'> => {
    const [start, end] = [words[0]?.position?.start, words.at(-1)?.position?.end];
    return start && end ? { position: { start, end } } : {};
  };
  return [
    { ...block, children: before ?? [], ...place(before) },
    ...splitAtMarks({ ...block, children: after ?? [], ...place(after) }),
  ];
}

/** A block that is neither a heading nor a paragraph; what its last paragraph says is said of it. */
function takeFromBlock(block: Parents): Said | undefined {
  if (isWords(block)) {
    block.children = showMarks(dropSpanMarks(block.children));
    return undefined;
  }
  if (block.type === 'table') {
    for (const row of block.children) takeFromBlock(row);
    block.children = block.children.filter(
      (row) =>
        row.children.length === 0 ||
        !row.children.every(({ children }, index) => isMarkCell(children, index)),
    );
    for (const row of block.children)
      for (const cell of row.children) cell.children = showMarks(cell.children);
    return undefined;
  }
  if (block.type === 'tableRow') {
    for (const cell of block.children) cell.children = dropSpanMarks(cell.children);
    return undefined;
  }
  const said = takeFromChildren(block);
  if (block.type === 'blockquote' && said?.meaning !== undefined) {
    noteQuote(block, said.meaning);
    return undefined;
  }
  return said;
}

function isWords(block: Parents): block is Extract<Parents, { children: PhrasingContent[] }> {
  const [first] = block.children;
  return block.type !== 'tableRow' && first !== undefined && wordTypes.has(first.type);
}

const wordTypes: ReadonlySet<string> = new Set([
  'text',
  'attributeMark',
  'emphasis',
  'strong',
  'inlineCode',
  'link',
]);

function isMarkCell(children: readonly PhrasingContent[], index: number): boolean {
  return index === 0 ? children.length > 0 && isMarkLine(children) : children.every(isBlank);
}

function noteQuote(quote: Blockquote, meaning: Meaning): void {
  const { children, position } = quote;
  const [note] = buildBlock(meaning, { title: [], attributes: {}, children, position }) ?? [];
  if (note?.type === 'blockquote') quote.children = note.children;
}

/** Puts a paragraph without its marks among its siblings. Returns what it says of the block that holds it. */
function placeParagraph(
  paragraph: Paragraph,
  { meaning, id, isContents }: Said,
  parent: Parents,
  kept: RootContent[],
): Said | undefined {
  const isEmpty = paragraph.children.length === 0;
  const before = kept.at(-1);
  if (isContents && isEmpty && before?.type === 'list' && isNextTo(before, paragraph)) kept.pop();
  if (isEmpty && before?.type === 'heading' && isNextTo(before, paragraph)) nameHeading(before, id);
  const holder = isEmpty && before?.type === 'blockquote' && isNextTo(before, paragraph) ? before : undefined;
  if (holder !== undefined && meaning !== undefined) noteQuote(holder, meaning);
  if (isEmpty) return { isContents };
  if (meaning === undefined || parent.type === 'blockquote' || parent.type === 'listItem') {
    kept.push(paragraph);
    return { meaning, isContents };
  }
  const { position } = paragraph;
  kept.push(
    ...(buildBlock(meaning, { title: [], attributes: {}, children: [paragraph], position }) ?? [paragraph]),
  );
  return undefined;
}

function isNextTo(before: RootContent, { position }: Paragraph): boolean {
  return before.position?.end.line === (position?.start.line ?? 0) - 1;
}

/** Takes the marks from the lines of a paragraph, and says what they say of it. */
function takeFromParagraph(paragraph: Paragraph, opensItem: boolean): Said {
  if (!paragraph.children.some((child) => 'children' in child || child.type === 'attributeMark'))
    return { isContents: false };
  const marks: string[] = [];
  const lines = splitLines(dropSpanMarks(paragraph.children));
  const kept = lines.flatMap((line, index): readonly Line[] => {
    if (isMarkLine(line)) {
      marks.push(...line.flatMap((node) => (node.type === 'attributeMark' ? [node.value] : [])));
      return [];
    }
    const [first] = line;
    const opens = opensItem && index === 0 && first?.type === 'attributeMark' && !isBareName(first.value);
    return [opens ? trimStart(line.slice(1)) : line];
  });
  const last = kept.length - 1;
  paragraph.children = showMarks(
    joinLines(kept.map((line, index) => (index === last ? dropLastMark(line) : line))),
  );
  const classes = marks.flatMap((mark) => [...mark.matchAll(/\.([\w-]+)/g)].map(([, name = '']) => name));
  const known = classes.find((name) => Object.hasOwn(jekyllClasses, name));
  return {
    meaning: known === undefined ? undefined : jekyllClasses[known],
    id: marks.map(readId).find((id) => id !== undefined),
    isContents: marks.some((mark) => /^\{:[^"']*\btoc\b/.test(mark)),
  };
}

function isBlank(node: PhrasingContent): boolean {
  return node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
}

function isMarkLine(line: Line): boolean {
  return (
    line.some(({ type }) => type === 'attributeMark') &&
    line.every((node) => node.type === 'attributeMark' || isBlank(node))
  );
}

function trimStart(line: Line): Line {
  const [first, ...rest] = line;
  return first?.type === 'text' ? [{ ...first, value: first.value.trimStart() }, ...rest] : line;
}

/** The last line of a block without the mark at its end, which a blank sets apart: `the words {.lead}`. */
function dropLastMark(line: Line): Line {
  const words = line.filter((node, index) => index < line.length - 1 || !isBlank(node));
  const [before, mark] = words.slice(-2);
  if (mark?.type !== 'attributeMark' || !/^\{:?[ \t]*[.#]/.test(mark.value)) return line;
  if (before?.type !== 'text' || !/[ \t]$/.test(before.value)) return line;
  return [...words.slice(0, -2), { ...before, value: before.value.trimEnd() }];
}

/** Words without the marks that say something of the picture, link, code or emphasis before them. */
function dropSpanMarks(words: readonly PhrasingContent[]): PhrasingContent[] {
  const kept: PhrasingContent[] = [];
  for (const word of words) {
    if ('children' in word) word.children = showMarks(dropSpanMarks(word.children));
    const before = kept.at(-1);
    if (word.type !== 'attributeMark' || before === undefined) {
      kept.push(word);
    } else if (before.type === 'text') {
      // What has a name before it is a component, whose own the mark is.
      const bracketed = /(?<!(?:^|[^\p{L}\p{N}:/\\]):[a-z][\w-]*)\[([^[\]]*)\]$/u.exec(before.value);
      if (bracketed === null) kept.push(word);
      else before.value = `${before.value.slice(0, bracketed.index)}${bracketed[1] ?? ''}`;
    } else if (before.type === 'attributeMark' || before.type === 'break') {
      kept.push(word);
    }
  }
  return kept;
}

/** Whether what looks like a mark of kramdown holds names alone, as values and tags of other languages do: `{:ok, it}`, `{:else}`. */
function isBareName(mark: string): boolean {
  return mark.startsWith('{:') && !/[.#=]|\b(?:no_)?toc\b/.test(mark);
}

/** Words without kramdown's marks of looks, which are for no reader, and with other marks that no site reads as the text that they are. */
function showMarks(words: readonly PhrasingContent[]): PhrasingContent[] {
  const shown: PhrasingContent[] = [];
  for (const [index, word] of words.entries()) {
    const { position } = word;
    const before = shown.at(-1);
    if (word.type === 'attributeMark' && word.value.startsWith('{:') && !isBareName(word.value)) {
      const next = words[index + 1];
      const isGap =
        next === undefined || next.type === 'break' || (next.type === 'text' && /^\s/.test(next.value));
      if (before?.type === 'text' && isGap) before.value = before.value.trimEnd();
      if (before === undefined && next?.type === 'text') next.value = next.value.trimStart();
      continue;
    }
    const text: PhrasingContent =
      word.type === 'attributeMark'
        ? { type: 'text', value: word.value, ...(position && { position }) }
        : word;
    if (text.type === 'text' && before?.type === 'text') shown.splice(-1, 1, joinTexts(before, text));
    else shown.push(text);
  }
  return shown;
}

function readId(mark: string): string | undefined {
  return /(?:^|[\s{:])#([\w:.-]+)/.exec(mark)?.[1];
}

function nameHeading(heading: Heading, id: string | undefined): void {
  if (id !== undefined) heading.data = { ...heading.data, id, hProperties: { id } };
}

/** Takes marks such as `{#id .class}` from the end of a heading, and keeps the id; Docusaurus has it in a comment, too. */
function takeFromHeading(heading: Heading): void {
  const words = [...heading.children];
  const last = words.at(-1);
  const before = words.at(-2);
  if (
    last !== undefined &&
    'value' in last &&
    (last.type === 'attributeMark' || last.type === 'mdxTextExpression')
  ) {
    const source =
      last.type === 'attributeMark' ? last.value : /^\/\*\s*(#[\w:.-]+)\s*\*\/$/.exec(last.value)?.[1];
    if (source !== undefined) {
      words.pop();
      if (before?.type === 'text') before.value = before.value.trimEnd();
      if (before?.type === 'text' && before.value === '') words.pop();
      nameHeading(heading, readId(source));
    }
  }
  heading.children = showMarks(dropSpanMarks(words));
}
