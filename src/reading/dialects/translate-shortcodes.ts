import type { Node, Paragraph, Parent, PhrasingContent, Root, RootContent } from 'mdast';
import { buildFiletree } from './build-filetree.ts';
import type { Dialect } from './dialect.ts';
import type { ShortcodeMeaning, ShortcodeNames } from './meanings.ts';
import {
  buildShortcode,
  buildTabpane,
  isPaired,
  isRawHtml,
  isFiletree,
  isTabpane,
  makesBlock,
  readMeaning,
  type WrittenTag,
} from './shortcode-meanings.ts';
import { readReference } from './shortcode-address.ts';
import { readForemName } from './shortcode-pages.ts';
import type { Shortcode } from './shortcode-syntax.ts';
import { nameTag, readTag, type Tag } from './shortcode-tag.ts';
import { translateTargets } from './shortcode-targets.ts';
import {
  escapedForm,
  holdsBlocks,
  mergeTexts,
  showEscapedInCode,
  showRaw,
  showTag,
} from './shown-shortcodes.ts';
import type { Unknown } from '../nodes.ts';
import { readHexoTag } from './hexo-tags.ts';
import { onlyWraps } from './only-wraps.ts';
import { joinInHtml } from './join-in-html.ts';
import { leave } from './unknown-shortcode.ts';

/** The tag that a pair begins with. */
const opening = /^(?:\{\{<[^]*?>\}\}|\{\{%[^]*?%\}\}|\{%[^]*?%\}|\{::[^{}]*\})/;

/** Pairs deeper than this are no author's. */
const deepest = 50;

/**
 * Puts what they stand for in the place of Hugo's shortcodes and Liquid's tags, in the text, in the targets of links and
 * in HTML; one that stands for nothing known is left as `unknown`. Content of `{% raw %}` stays as it is written.
 */
export function translateShortcodes(tree: Root, dialect: Dialect, text = ''): void {
  if (!runsShortcodes(dialect)) return;
  const names = namesOf(dialect);
  if (text.includes('{%')) joinInHtml(tree, names, text);
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

/** A pair whose end was not met yet. */
interface OpenPair {
  readonly tag?: Tag;
  readonly node?: Shortcode;
  readonly meaning?: ShortcodeMeaning;
  readonly nodes: RootContent[];
  /** How many tabs in it were closed. */
  tabs?: number;
}

/** A tab with the name that the tag around it has for it in `items`, as Hextra writes tabs. */
function nameTab(tag: Tag, around: OpenPair): Tag {
  const items = around.tag?.named['items'];
  if (tag.name !== 'tab' || items === undefined || tag.rest !== '') return tag;
  around.tabs = (around.tabs ?? 0) + 1;
  const title = items.split(',')[around.tabs - 1]?.trim();
  return title === undefined || title === '' ? tag : { ...tag, named: { title } };
}

function translateChildren(parent: Parent, names: ShortcodeNames): void {
  const inLine = !holdsBlocks(parent);
  const children: readonly RootContent[] = inLine
    ? parent.children
    : parent.children.flatMap((child) => (child.type === 'paragraph' ? liftBlocks(child, names) : [child]));
  if (!children.some(({ type }) => type === 'shortcode')) {
    parent.children = [...children];
    for (const child of children) if ('children' in child) translateChildren(child, names);
    if (!inLine) parent.children = parent.children.filter(saysSomething);
    return;
  }
  const frames: OpenPair[] = [{ nodes: [] }];
  const top = (): OpenPair => frames.at(-1) as OpenPair;
  const open = new Map<string, number>();
  const opened = new Set<string>();
  const unknown = new Map<string, Unknown[]>();
  const calls: string[] = [];
  const count = (tag: Tag | undefined, by: number): void => {
    if (tag !== undefined) open.set(keyOf(tag), (open.get(keyOf(tag)) ?? 0) + by);
  };
  /** Takes the frames above `depth` for tags that nothing closes. */
  const flatten = (depth: number): void => {
    const into = frames[depth] as OpenPair;
    for (const { tag, node, meaning, nodes } of frames.splice(depth + 1)) {
      count(tag, -1);
      if (tag && node) into.nodes.push(...translateTag({ tag, inLine, position: node.position }, meaning));
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
      top().nodes.push(...translateWhole(child, names, parent));
      continue;
    }
    const tag = nameClosed(readTag(child.value), child.value, calls);
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
        const made = translateTag({ tag, inLine, position: child.position }, meaning);
        top().nodes.push(...made);
        if (!tag.isSelfClosing) for (const node of made) keepOpen(unknown, tag, node);
      }
      continue;
    }
    if ((open.get(keyOf(tag)) ?? 0) > 0) {
      flatten(frames.findLastIndex((frame) => frame.tag !== undefined && keyOf(frame.tag) === keyOf(tag)));
      const closed = frames.pop() as Required<OpenPair>;
      count(closed.tag, -1);
      const named = nameTab(closed.tag, top());
      const position = spanOf(closed.node, child);
      const written = { tag: named, inLine, position, children: closed.nodes };
      top().nodes.push(...translateTag(written, closed.meaning));
    } else if (opened.has(keyOf(tag))) {
      const left = unknown.get(keyOf(tag))?.pop();
      if (left && child.position) left.closedAt = child.position.end;
      const inside = left === undefined ? [] : top().nodes.slice(top().nodes.indexOf(left) + 1);
      if (left?.hasValues === false && onlyWraps(left.name, inside)) left.wrapped = [];
    } else {
      top().nodes.push(leave({ name: tag.name, fault: 'unopened', position: child.position }));
    }
  }
  flatten(0);
  const made = mergeTexts(top().nodes);
  parent.children =
    parent.type === 'paragraph' ? trimWords(made as PhrasingContent[]) : made.filter(saysSomething);
}

/** A tag that closes whichever of Zola's pairs was opened last, with the name of that pair. */
function nameClosed(tag: Tag | undefined, written: string, calls: string[]): Tag | undefined {
  if (tag?.syntax !== 'liquid') return tag;
  if (/^\{%[-+]?\s*\w+\(/.test(written)) calls.push(tag.name);
  return tag.name === '' ? { ...tag, name: calls.pop() ?? 'end' } : tag;
}

/** Remembers a tag that stands for nothing known until one that closes it is met. */
function keepOpen(unknown: Map<string, Unknown[]>, tag: Tag, node: RootContent): void {
  if (node.type !== 'unknown') return;
  const open = unknown.get(keyOf(tag));
  if (open === undefined) unknown.set(keyOf(tag), [node]);
  else open.push(node);
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

const refRemedy = 'Name the file of a post in it, as in {{< ref "post.md" >}}.';

function translateTag(written: WrittenTag, meaning: ShortcodeMeaning | undefined): readonly RootContent[] {
  const { tag, position, children } = written;
  const name = nameTag(tag);
  if (/^(?:ref|relref|post_url)$/.test(tag.name) || isLinkTag(tag))
    return refer(written) ?? [leave({ name, fault: 'incomplete', remedy: refRemedy, position })];
  const shown = children === undefined ? readHexoTag(tag) : undefined;
  if (shown !== undefined) return placeWords(shown, written);
  const person = meaning === undefined ? readForemName(tag) : undefined;
  if (person !== undefined) {
    const { url, text } = person;
    return placeWords([{ type: 'link', url, children: [{ type: 'text', value: text }] }], written);
  }
  if (meaning === undefined) return [leave({ name, hasValues: tag.rest !== '', position })];
  return build(meaning, written);
}

/** Words in the place of a tag: a paragraph where there are blocks around. */
function placeWords(
  words: readonly PhrasingContent[],
  { inLine, position }: WrittenTag,
): readonly RootContent[] {
  const place = position && { position };
  const children = words.map((node) => ({ ...node, ...place }));
  return inLine ? children : [{ type: 'paragraph', children, ...place }];
}

/** Jekyll's tag for the address of a file; Forem's of the same name shows a post. */
function isLinkTag({ syntax, name, values: [path = ''] }: Tag): boolean {
  return syntax === 'liquid' && name === 'link' && /\.(?:md|markdown)$/.test(path);
}

/** What stands for the address of another post among words: a link that shows the address. */
function refer(written: WrittenTag): readonly RootContent[] | undefined {
  const { tag, position } = written;
  const url = readReference(tag);
  if (url === undefined) return undefined;
  const place = position && { position };
  const text: PhrasingContent = { type: 'text', value: tag.named['path'] ?? tag.values[0] ?? '', ...place };
  return placeWords([{ type: 'link', url, children: [text], data: { showsAddress: true } }], written);
}

function translateWhole(
  { value, position }: Shortcode,
  names: ShortcodeNames,
  parent: Parent,
): readonly RootContent[] {
  const inLine = !holdsBlocks(parent);
  const [first = ''] = opening.exec(value) ?? [];
  const tag = readTag(first);
  if (tag === undefined) return [leave({ name: value, position })];
  const verbatim = value.slice(first.length).replace(/\{[{%:](?:(?!\{[{%:])[^])*$/, '');
  if (isRawHtml(tag)) return [{ type: 'html', value: verbatim.trim(), ...(position && { position }) }];
  if (isTabpane(tag, names)) return buildTabpane(tag, verbatim, position);
  const drawn = isFiletree(tag, names) && !inLine ? buildFiletree(verbatim, position) : undefined;
  if (drawn !== undefined) return drawn;
  const meaning = readMeaning(tag, names);
  if (meaning === undefined) return [leave({ name: nameTag(tag), position })];
  return build(meaning, { tag, verbatim, inLine, position });
}

function build(meaning: ShortcodeMeaning, written: WrittenTag): readonly RootContent[] {
  const { tag, inLine, position } = written;
  const name = nameTag(tag);
  if (inLine && makesBlock(tag, meaning) && meaning !== 'code' && meaning !== 'unwrap') {
    const remedy = `Give ${name} a line of its own, outside headings, tables and links.`;
    return [leave({ name, fault: 'incomplete', remedy, position })];
  }
  if (isForemComment(written)) {
    const remedy = 'Quote what the comment says, or give its address in `{% embed … %}`.';
    return [leave({ name, fault: 'incomplete', remedy, position })];
  }
  const built = buildShortcode(meaning, written);
  if (built !== undefined) return built;
  if ((meaning === 'unwrap' || meaning === 'tab') && tag.rest !== '' && written.children === undefined) {
    const remedy = `Say \`text\` in \`syntax.shortcodes\` of the source, which shows ${tag.rest}, or \`drop\`, which leaves it out.`;
    return [leave({ name, fault: 'incomplete', remedy, position })];
  }
  const isUnclosed = isPaired(meaning) && written.children === undefined && written.verbatim === undefined;
  return [leave({ name, fault: isUnclosed ? 'unclosed' : 'incomplete', position })];
}

/** Whether a tag shows a comment of dev.to by its id; one that is closed hides what is in it. */
function isForemComment({ tag, children, verbatim }: WrittenTag): boolean {
  const isClosed = children !== undefined || verbatim !== undefined;
  return tag.syntax === 'liquid' && tag.name === 'comment' && tag.rest !== '' && !isClosed;
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
  const source = whole ? (opening.exec(value)?.[0] ?? '') : value;
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
