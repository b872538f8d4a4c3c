import type { Html, Node, Paragraph, Parent, PhrasingContent, Root, RootContent, Text } from 'mdast';
import type { Dialect } from './dialect.ts';
import type { Unknown } from '../nodes.ts';
import type { ShortcodeMeaning, ShortcodeNames } from './meanings.ts';
import { holdsTag, resolveTarget } from './shortcode-address.ts';
import {
  buildShortcode,
  isPaired,
  isRawHtml,
  makesBlock,
  nameTag,
  readMeaning,
  type WrittenTag,
} from './shortcode-meanings.ts';
import type { Shortcode } from './shortcode-syntax.ts';
import { readTag, type Tag } from './shortcode-tag.ts';
import { blockHolders } from '../block-holders.ts';
import { walk } from '../walk.ts';

/** Pairs deeper than this are no author's. */
const deepest = 50;

/**
 * Puts what they stand for in the place of Hugo's shortcodes and Liquid's tags, in the text, in the targets of links and
 * in HTML; one that stands for nothing known is left as `unknown`. Content of `{% raw %}` stays as it is written.
 */
export function translateShortcodes(tree: Root, dialect: Dialect): void {
  if (!runsShortcodes(dialect)) return;
  const names = namesOf(dialect);
  const raw = showRaw(tree);
  translateTargets(tree, raw);
  showEscapedInCode(tree);
  translateChildren(tree, names);
}

/** Whether the blog's own site runs tags in a post; in MDX, braces are its own. */
export function runsShortcodes({ mdx, shortcodes }: Dialect): boolean {
  return mdx === undefined && shortcodes !== false;
}

/** What the blog's own names stand for. */
export function namesOf({ shortcodes }: Dialect): ShortcodeNames {
  return typeof shortcodes === 'object' ? shortcodes : {};
}

/** From where to where, by offset, tags are shown instead of run. */
type Range = readonly [start: number, end: number];

interface Found {
  readonly node: Shortcode;
  readonly parent: Parent;
}

/** Makes text of the tags between `{% raw %}` and `{% endraw %}`, and nothing of these two. */
function showRaw(tree: Root): readonly Range[] {
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

function showTag({ position }: Node, value: string, parent: Parent): RootContent {
  const text: Text = { type: 'text', value, ...(position && { position }) };
  return holdsBlocks(parent) ? { type: 'paragraph', children: [text], ...(position && { position }) } : text;
}

function mergeTexts(nodes: readonly RootContent[]): RootContent[] {
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

function holdsBlocks(parent: Parent): boolean {
  return blockHolders.has(parent.type);
}

/** Hugo runs tags even in code, where only the escaped form shows one. */
function showEscapedInCode(tree: Root): void {
  walk(tree, (node) => {
    if (node.type !== 'code' && node.type !== 'inlineCode') return;
    node.value = node.value.replaceAll(/\{\{([<%])\/\*((?:(?!\}\})[^])*)\*\/([>%])\}\}/g, '{{$1$2$3}}');
  });
}

const refRemedy = 'Use it as the target of a link, as in [text]({{< ref "post.md" >}}).';

function translateTargets(tree: Root, raw: readonly Range[]): void {
  let next = 0;
  const isRaw = ({ position }: Node): boolean => {
    const offset = position?.start.offset ?? 0;
    while (next < raw.length && (raw[next]?.[1] ?? 0) <= offset) next += 1;
    return offset >= (raw[next]?.[0] ?? Infinity);
  };
  walk(tree, (node, index, parent) => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      if (!node.url.includes('{') || isRaw(node)) return undefined;
      const url = resolveTarget(node.url);
      const isAutolink = node.type === 'link' && node.url === onlyText(node);
      if (isAutolink || !holdsTag(url)) {
        node.url = isAutolink ? node.url : url;
        return undefined;
      }
      const name = nameIn(url);
      parent.children.splice(index, 1, leave({ name, position: node.position }) as RootContent);
      return index + 1;
    }
    if (node.type !== 'html' || !/\{\{|\{%/.test(node.value) || isRaw(node)) return undefined;
    node.value = resolveAttributes(node.value);
    const pieces = splitHtml(node, holdsBlocks(parent));
    parent.children.splice(index, 1, ...pieces);
    return index + pieces.length;
  });
}

function onlyText({ children }: Parent): string | undefined {
  const [only] = children;
  return children.length === 1 && only?.type === 'text' ? only.value : undefined;
}

function nameIn(text: string): string {
  const tag = readTag(/\{\{[<%][^{}]*[>%]\}\}|\{%[^{}]*%\}/.exec(text)?.[0] ?? '');
  return tag === undefined ? text : nameTag(tag);
}

const attribute =
  /(?<=\s(?:href|src|poster)\s*=\s*)(?:"((?:\{\{[^{}]*\}\}|\{%[^{}]*%\})[^"]*)"|'((?:\{\{[^{}]*\}\}|\{%[^{}]*%\})[^']*)'|((?:\{\{[^{}]*\}\}|\{%[^{}]*%\})[^\s"'>]*))/gi;

function resolveAttributes(html: string): string {
  return html.replaceAll(attribute, (whole: string, double?: string, single?: string, bare?: string) => {
    const url = double ?? single ?? bare ?? '';
    const made = resolveTarget(url);
    return made === url ? whole : `"${made.replaceAll('"', '&quot;')}"`;
  });
}

/** Takes the tags out of raw HTML, comments aside; among blocks, what stands before and after becomes HTML of its own. */
function splitHtml(node: Html, amongBlocks: boolean): RootContent[] {
  const pieces: RootContent[] = [];
  let from = 0;
  const html = (value: string): void => {
    if (value.trim() !== '') pieces.push({ ...node, value });
  };
  for (const match of node.value.matchAll(
    /<!--[^]*?(?:-->|$)|\{\{[<%](?:(?!\{\{)[^])*?[>%]\}\}|\{%(?:(?!\{%)[^])*?%\}/g,
  )) {
    const [source] = match;
    const tag = source.startsWith('<') ? undefined : readTag(source);
    if (tag === undefined) continue;
    const before = node.value.slice(0, match.index);
    const start = placeAfter(node, before);
    const position = { start, end: { ...start, column: start.column + source.length } };
    html(node.value.slice(from, match.index));
    from = match.index + source.length;
    if (tag.isEscaped) pieces.push({ ...node, value: escapedForm(source).replaceAll('<', '&lt;') });
    else if (amongBlocks) pieces.push({ type: 'shortcode', whole: false, value: source, position });
    else pieces.push(leave({ name: nameTag(tag), position }));
  }
  if (from === 0) return [node];
  html(node.value.slice(from));
  return pieces;
}

function placeAfter({ position }: Node, before: string): { line: number; column: number } {
  const lines = before.split('\n');
  const last = lines.at(-1) ?? '';
  const { line, column } = position?.start ?? { line: 1, column: 1 };
  return lines.length === 1
    ? { line, column: column + last.length }
    : { line: line + lines.length - 1, column: last.length + 1 };
}

function escapedForm(source: string): string {
  return source.replace(/^(\{\{[<%])\/\*([^]*)\*\/([>%]\}\})$/, '$1$2$3');
}

const remedies: Readonly<Record<Exclude<Unknown['fault'], undefined> | 'unknown', string>> = {
  unknown: 'Say what it stands for in `syntax.shortcodes` of the source, or write it in markdown.',
  unclosed: 'Close it, in the same paragraph or among the same blocks, or write it in markdown.',
  unopened: 'Remove it, or open it in the same paragraph or among the same blocks.',
  incomplete: 'Give it what it needs, written out, or write it in markdown.',
};

function leave(found: Omit<Unknown, 'type' | 'syntax' | 'position'> & Pick<Node, 'position'>): Unknown {
  const { position, name, fault, remedy = remedies[fault ?? 'unknown'] } = found;
  return {
    type: 'unknown',
    syntax: 'shortcode',
    name,
    ...(fault && { fault }),
    remedy,
    ...(position && { position }),
  };
}

/** A pair whose end was not met yet. */
interface Frame {
  readonly tag?: Tag;
  readonly node?: Shortcode;
  readonly meaning?: ShortcodeMeaning;
  readonly nodes: RootContent[];
}

function translateChildren(parent: Parent, names: ShortcodeNames): void {
  const amongBlocks = holdsBlocks(parent);
  const children: readonly RootContent[] = amongBlocks
    ? parent.children.flatMap((child) => (child.type === 'paragraph' ? liftBlocks(child, names) : [child]))
    : parent.children;
  if (!children.some(({ type }) => type === 'shortcode')) {
    parent.children = [...children];
    for (const child of children) if ('children' in child) translateChildren(child, names);
    if (amongBlocks) parent.children = parent.children.filter(saysSomething);
    return;
  }
  const frames: Frame[] = [{ nodes: [] }];
  const top = (): Frame => frames.at(-1) as Frame;
  const open = new Map<string, number>();
  const opened = new Set<string>();
  const count = (tag: Tag | undefined, by: number): void => {
    if (tag !== undefined) open.set(keyOf(tag), (open.get(keyOf(tag)) ?? 0) + by);
  };
  /** Takes the frames above `depth` for tags that nothing closes. */
  const flatten = (depth: number): void => {
    const into = frames[depth] as Frame;
    for (const { tag, node, meaning, nodes } of frames.splice(depth + 1)) {
      count(tag, -1);
      if (tag && node) into.nodes.push(...translateTag(tag, node, meaning, amongBlocks));
      for (const child of nodes) into.nodes.push(child);
    }
  };
  for (const child of children) {
    if (child.type !== 'shortcode') {
      if ('children' in child) translateChildren(child, names);
      top().nodes.push(child);
      continue;
    }
    if (child.whole) {
      top().nodes.push(...translateWhole(child, names, amongBlocks));
      continue;
    }
    const tag = readTag(child.value);
    if (tag === undefined || tag.isEscaped) {
      top().nodes.push(showTag(child, escapedForm(child.value), parent));
      continue;
    }
    const meaning = readMeaning(tag, names);
    if (tag.kind === 'open') {
      opened.add(keyOf(tag));
      if (meaning !== undefined && isPaired(meaning) && !tag.isSelfClosing && frames.length <= deepest) {
        count(tag, 1);
        frames.push({ tag, node: child, meaning, nodes: [] });
      } else {
        top().nodes.push(...translateTag(tag, child, meaning, amongBlocks));
      }
      continue;
    }
    if ((open.get(keyOf(tag)) ?? 0) > 0) {
      flatten(frames.findLastIndex((frame) => frame.tag !== undefined && keyOf(frame.tag) === keyOf(tag)));
      const closed = frames.pop() as Required<Frame>;
      count(closed.tag, -1);
      const position = spanOf(closed.node, child);
      top().nodes.push(
        ...translateTag(closed.tag, { ...closed.node, position }, closed.meaning, amongBlocks, closed.nodes),
      );
    } else if (!opened.has(keyOf(tag))) {
      top().nodes.push(leave({ name: tag.name, fault: 'unopened', position: child.position }));
    }
  }
  flatten(0);
  const made = mergeTexts(top().nodes);
  parent.children =
    parent.type === 'paragraph' ? trimWords(made as PhrasingContent[]) : made.filter(saysSomething);
}

/** Whether a block is more than a paragraph from which everything was taken. */
function saysSomething(node: RootContent): boolean {
  return node.type !== 'paragraph' || node.children.length > 0;
}

function keyOf({ syntax, name }: Tag): string {
  return `${syntax} ${name}`;
}

function spanOf(first: Node, last: Node): Node['position'] {
  return first.position && last.position && { start: first.position.start, end: last.position.end };
}

function translateTag(
  tag: Tag,
  { position }: Node,
  meaning: ShortcodeMeaning | undefined,
  amongBlocks: boolean,
  children?: readonly RootContent[],
): readonly RootContent[] {
  const name = nameTag(tag);
  if (/^(?:ref|relref|post_url)$/.test(tag.name)) {
    return [leave({ name, fault: 'incomplete', remedy: refRemedy, position })];
  }
  if (meaning === undefined) return [leave({ name, position })];
  return build(meaning, { tag, inLine: !amongBlocks, position, ...(children && { children }) }, amongBlocks);
}

function translateWhole(
  { value, position }: Shortcode,
  names: ShortcodeNames,
  amongBlocks: boolean,
): readonly RootContent[] {
  const [opening = ''] = /^(?:\{\{<[^]*?>\}\}|\{\{%[^]*?%\}\}|\{%[^]*?%\})/.exec(value) ?? [];
  const tag = readTag(opening);
  if (tag === undefined) return [leave({ name: value, position })];
  const verbatim = value.slice(opening.length).replace(/\{[{%](?:(?!\{[{%])[^])*$/, '');
  if (isRawHtml(tag)) return [{ type: 'html', value: verbatim.trim(), ...(position && { position }) }];
  const meaning = readMeaning(tag, names);
  if (meaning === undefined) return [leave({ name: nameTag(tag), position })];
  return build(meaning, { tag, verbatim, inLine: !amongBlocks, position }, amongBlocks);
}

function build(meaning: ShortcodeMeaning, written: WrittenTag, amongBlocks: boolean): readonly RootContent[] {
  const { tag, position } = written;
  const name = nameTag(tag);
  if (!amongBlocks && makesBlock(tag, meaning) && meaning !== 'code' && meaning !== 'unwrap') {
    const remedy = `Give ${name} a line of its own, outside headings, tables and links.`;
    return [leave({ name, fault: 'incomplete', remedy, position })];
  }
  const built = buildShortcode(meaning, written);
  if (built !== undefined) return built;
  const isUnclosed = isPaired(meaning) && written.children === undefined && written.verbatim === undefined;
  return [leave({ name, fault: isUnclosed ? 'unclosed' : 'incomplete', position })];
}

/** Cuts a paragraph at the tags in it that make blocks. */
function liftBlocks(paragraph: Paragraph, names: ShortcodeNames): readonly RootContent[] {
  if (!paragraph.children.some((child) => child.type === 'shortcode' && isBlock(child, names)))
    return [paragraph];
  const blocks: RootContent[] = [];
  let words: PhrasingContent[] = [];
  const end = (): void => {
    const kept = trimWords(words);
    const [first] = kept;
    const last = kept.at(-1);
    if (first && last) {
      const position = spanOf(first, last);
      blocks.push({ type: 'paragraph', children: kept, ...(position && { position }) });
    }
    words = [];
  };
  for (const child of paragraph.children) {
    if (child.type === 'shortcode' && isBlock(child, names)) {
      end();
      blocks.push(child);
    } else {
      words.push(child);
    }
  }
  end();
  return blocks;
}

function isBlock({ value, whole }: Shortcode, names: ShortcodeNames): boolean {
  const source = whole ? (/^(?:\{\{<[^]*?>\}\}|\{\{%[^]*?%\}\}|\{%[^]*?%\})/.exec(value)?.[0] ?? '') : value;
  const tag = readTag(source);
  if (tag === undefined || tag.isEscaped) return false;
  const meaning = readMeaning(tag, names);
  return meaning !== undefined && makesBlock(tag, meaning);
}

/** Running text without breaks and blanks at its ends. */
function trimWords(words: readonly PhrasingContent[]): PhrasingContent[] {
  const isBlank = (node: PhrasingContent): boolean =>
    node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
  const first = words.findIndex((node) => !isBlank(node));
  if (first === -1) return [];
  const kept = words.slice(first, words.findLastIndex((node) => !isBlank(node)) + 1);
  return kept.map((node, index) => {
    if (node.type !== 'text') return node;
    const begun = index === 0 ? node.value.trimStart() : node.value;
    return { ...node, value: index === kept.length - 1 ? begun.trimEnd() : begun };
  });
}
