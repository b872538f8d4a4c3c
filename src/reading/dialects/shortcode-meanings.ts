import type { Image, PhrasingContent, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { buildBlock } from './build-block.ts';
import { knowShortcode } from './known/names.ts';
import {
  isMeaning,
  type Meaning,
  shortcodeMeanings,
  type ShortcodeMeaning,
  type ShortcodeNames,
} from './meanings.ts';
import { parseBlocks, parseWords } from './parse-words.ts';
import { resolveTarget } from './shortcode-address.ts';
import { readPage } from './shortcode-pages.ts';
import { nameTag, readTag, type Tag } from './shortcode-tag.ts';
import { isPhrasing } from '../is-phrasing.ts';

/** What a tag stands for; undefined if neither the names given nor any known site tell. */
export function readMeaning(tag: Tag, names: ShortcodeNames): ShortcodeMeaning | undefined {
  if (tag.syntax === 'liquid' && tag.name === '#') return 'drop';
  if (tag.syntax === 'kramdown') return /^(?:comment|options)$/.test(tag.name) ? 'drop' : undefined;
  const written = nameTag(tag);
  const short = (written.split('/').at(-1) ?? '').replace(/\.\w+$/, '');
  const word = short.toLowerCase().replaceAll(/(?:[-_]?(?:player|embed|lite))$/g, '') || short;
  const given = [written, short].find((name) => Object.hasOwn(names, name));
  if (given !== undefined) return names[given];
  if (tag.syntax === 'liquid' && tag.name === 'video' && tag.values.length === 0) return undefined;
  return knowShortcode(word) ?? (isOwn(word) ? word : undefined);
}

/** Words that are no author's names for what they mean. */
const onlyMeanings: ReadonlySet<string> = new Set(['drop', 'link', 'tab', 'text', 'unwrap']);

function isOwn(word: string): word is ShortcodeMeaning {
  return !onlyMeanings.has(word) && shortcodeMeanings.some((meaning) => meaning === word);
}

const lone: ReadonlySet<ShortcodeMeaning> = new Set([
  'bluesky',
  'embed',
  'figure',
  'gist',
  'github',
  'image',
  'instagram',
  'tweet',
  'vimeo',
  'youtube',
]);

/** Whether what stands between a tag and the tag that closes it belongs to it. */
export function isPaired(meaning: ShortcodeMeaning): boolean {
  return !lone.has(meaning);
}

/** Whether what stands between is no markdown. */
export function isVerbatimTag(tag: Tag, names: ShortcodeNames): boolean {
  if (isRawHtml(tag) || isTabpane(tag, names) || isFiletree(tag, names)) return true;
  const meaning = readMeaning(tag, names);
  return meaning === 'code' || meaning === 'mermaid' || meaning === 'math' || meaning === 'drop';
}

/** Docsy's tabs, all of which hold code unless they are said to hold text (https://www.docsy.dev/docs/content/shortcodes/, checked December 2026). */
export function isTabpane({ syntax, name, named }: Tag, names: ShortcodeNames): boolean {
  return syntax === 'hugo' && name === 'tabpane' && named['text'] !== 'true' && !Object.hasOwn(names, name);
}

/** Hextra's drawing of folders and files. */
export function isFiletree({ syntax, name }: Tag, names: ShortcodeNames): boolean {
  return syntax === 'hugo' && name === 'filetree/container' && !Object.hasOwn(names, name);
}

const tabTag = /\{\{([<%])\s*(tab\b[^{}]*?)\/?\s*[>%]\}\}(?:([^]*?)\{\{[<%]\s*\/\s*tab\s*[>%]\}\})?/g;

/** The tabs in what stands between two of Docsy's tags, each under its title. */
export function buildTabpane(
  tag: Tag,
  verbatim: string,
  position: RootContent['position'],
): readonly RootContent[] {
  return Array.from(verbatim.matchAll(tabTag)).flatMap(([, , opening = '', content]) => {
    const tab = readTag(`{{< ${opening} >}}`);
    if (tab === undefined || content === undefined) return [];
    const value = trimLines(content);
    const lang = readLanguage({ ...tab, values: [] }) ?? readLanguage({ ...tag, values: [] });
    const place = position && { position };
    const children: readonly RootContent[] =
      tab.named['text'] === 'true'
        ? parseBlocks(value)
        : [{ type: 'code', lang, meta: null, value, ...place }];
    const title = parseWords(tab.named['header'] ?? tab.values[0] ?? '');
    return buildBlock('unwrap', { title, attributes: {}, children, position }) ?? [];
  });
}

/** Hugo's themes call the shortcode so that takes HTML as it is, and kramdown what it does not read. */
export function isRawHtml({ syntax, name }: Tag): boolean {
  if (syntax === 'kramdown') return name === 'nomarkdown';
  return syntax === 'hugo' && /^(?:raw|raw-?html|unsafe)$/i.test(name);
}

/** Whether a tag makes a block rather than words in a line. */
export function makesBlock(tag: Tag, meaning: ShortcodeMeaning): boolean {
  if (meaning === 'code') return tag.named['options'] === undefined && !tag.rest.includes('hl_inline=true');
  if (meaning === 'unwrap') return titleOf(tag) !== undefined;
  return meaning === 'math' ? tag.named['display'] === 'true' : !inLine.has(meaning);
}

const inLine: ReadonlySet<ShortcodeMeaning> = new Set(['drop', 'kbd', 'link', 'text']);

/** The title that is written with a name of its own. */
function titleOf({ named }: Tag): string | undefined {
  return ['title', 'label', 'header', 'name', 'summary'].flatMap((name) => named[name] || []).at(0);
}

/** A tag, what stands between it and the one that closes it, and where. */
export interface WrittenTag {
  readonly tag: Tag;
  /** Undefined where nothing closes the tag. */
  readonly children?: readonly RootContent[];
  /** What stands between as it was written, where that is no markdown. */
  readonly verbatim?: string;
  readonly inLine: boolean;
  readonly position: RootContent['position'];
}

/** The nodes that a tag stands for; undefined where it lacks what they need. */
export function buildShortcode(
  meaning: ShortcodeMeaning,
  written: WrittenTag,
): readonly RootContent[] | undefined {
  const { tag, children, verbatim, inLine } = written;
  const position = written.position && { position: written.position };
  switch (meaning) {
    case 'drop':
      return [];
    case 'unwrap':
    case 'tab':
      return buildWrapped(meaning, written);
    case 'kbd':
    case 'link':
    case 'text':
      return buildWords(meaning, written);
    case 'code': {
      if (verbatim === undefined) return undefined;
      const value = trimLines(tag.syntax === 'liquid' ? verbatim.replaceAll(rawMarks, '') : verbatim);
      if (inLine) return [{ type: 'inlineCode', value: value.trim(), ...position }];
      return [{ type: 'code', lang: readLanguage(tag), meta: null, value, ...position }];
    }
    case 'mermaid': {
      if (verbatim === undefined) return undefined;
      // Hexo's theme NexT has the diagram's first line in the tag.
      const head = tag.syntax === 'liquid' && tag.rest !== '' ? `${tag.rest}\n` : '';
      return [{ type: 'code', lang: 'mermaid', meta: null, value: head + trimLines(verbatim), ...position }];
    }
    case 'math':
      if (verbatim === undefined) return tag.rest === '' && tag.syntax === 'hugo' ? [] : undefined;
      return [{ type: inLine ? 'inlineMath' : 'math', value: verbatim.trim(), ...position }];
    case 'figure':
    case 'image':
      return buildPicture(written);
    case 'details':
      return children && buildBlock('details', { ...blockOf(written), title: parseWords(readSummary(tag)) });
    default: {
      if (lone.has(meaning)) return buildPage(meaning, written);
      return isMeaning(meaning) ? buildNote(meaning, written) : undefined;
    }
  }
}

/** What stands in a pair, under its title; undefined where nothing does, so that what is written as values would be lost. */
function buildWrapped(meaning: 'tab' | 'unwrap', written: WrittenTag): readonly RootContent[] | undefined {
  const { tag, children } = written;
  const { named, values } = tag;
  const more = [named['subheader'], named['badge']].filter((part) => part !== undefined);
  const title = titleOf(tag) ?? (meaning === 'tab' ? values[0] : undefined);
  const given = title === undefined ? undefined : [title, ...more].join(', ');
  if (children === undefined && (tag.rest !== '' || given !== undefined)) return buildCard(written);
  if (written.inLine || given === undefined)
    return tag.name === 'columns' ? dropSeparators(children ?? []) : (children ?? []);
  return buildBlock('unwrap', { ...blockOf(written), title: parseWords(given) });
}

/** What a card may be given of which no words are lost (https://imfing.github.io/hextra/docs/guide/shortcodes/cards/, checked December 2026). */
const cardNames: ReadonlySet<string> = new Set(['href', 'icon', 'link', 'subtitle', 'title']);

/** A card that nothing stands in: its title, as a link, and the line below it. */
function buildCard({ tag, inLine: isAmongWords, position }: WrittenTag): readonly RootContent[] | undefined {
  const { name, named, values } = tag;
  const isWhole = values.length === 0 && Object.keys(named).every((one) => cardNames.has(one));
  const title = parseWords(named['title'] ?? '');
  if (name !== 'card' || !isWhole || title.length === 0) return undefined;
  const below = parseWords(named['subtitle'] ?? '');
  const words = [
    ...linkTo(named['link'] ?? named['href'], title),
    ...(below.length > 0 ? [{ type: 'text', value: ': ' } as const, ...below] : []),
  ];
  return isAmongWords ? words : [{ type: 'paragraph', children: words, ...(position && { position }) }];
}

/** What stands between Hugo Book's columns, and is shown by none (https://hugo-book-demo.netlify.app/docs/shortcodes/columns/, checked December 2026). */
const columnSeparator = /(?:^|\n)<--->(?:\n|$)/;

function dropSeparators(children: readonly RootContent[]): readonly RootContent[] {
  return children.flatMap((child): readonly RootContent[] => {
    if (child.type !== 'paragraph') return [child];
    const parts: PhrasingContent[][] = [[]];
    for (const node of child.children) {
      const [first = '', ...more] = node.type === 'text' ? node.value.split(columnSeparator) : [''];
      if (node.type !== 'text' || more.length === 0) parts.at(-1)?.push(node);
      else
        for (const [at, value] of [first, ...more].entries()) {
          if (at > 0) parts.push([]);
          if (value !== '') parts.at(-1)?.push({ ...node, value });
        }
    }
    return parts.filter((part) => part.length > 0).map((part) => ({ ...child, children: part }));
  });
}

/** Words in a line: what stands in a pair, else the values of the tag. */
function buildWords(
  meaning: 'kbd' | 'link' | 'text',
  written: WrittenTag,
): readonly RootContent[] | undefined {
  const { tag, children, inLine: isAmongWords, position } = written;
  const { named, values } = tag;
  const url = ['href', 'url', 'link', 'relref', 'to'].flatMap((name) => named[name] || []).at(0);
  const [first, ...others] = meaning === 'link' && url === undefined ? values : [url, ...values];
  const text = named['text'] ?? named['content'] ?? titleOf(tag) ?? others.at(-1) ?? first;
  const words = children === undefined ? parseWords(text ?? '') : toWords(children);
  if (words === undefined || words.length === 0) return undefined;
  const shown = meaning === 'text' ? words : meaning === 'kbd' ? wrapKeys(words) : linkTo(first, words);
  if (isAmongWords) return shown;
  return [{ type: 'paragraph', children: [...shown], ...(position && { position }) }];
}

function wrapKeys(words: readonly PhrasingContent[]): readonly PhrasingContent[] {
  return [{ type: 'html', value: '<kbd>' }, ...words, { type: 'html', value: '</kbd>' }];
}

/** Content as words in a line; undefined where there is a block in it that is none. */
function toWords(children: readonly RootContent[]): readonly PhrasingContent[] | undefined {
  const words = children.map((child) =>
    child.type === 'paragraph'
      ? child.children
      : child.type === 'html' || isPhrasing(child)
        ? [child]
        : undefined,
  );
  return words.every((part) => part !== undefined) ? words.flat() : undefined;
}

const rawMarks = /\{%-?\s*(?:end)?raw\s*-?%\}/g;

function trimLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}

function blockOf({ children = [], position }: WrittenTag): Parameters<typeof buildBlock>[1] {
  return { title: [], attributes: {}, children, position };
}

function readLanguage({ rest, values, named }: Tag): string | null {
  const word = named['lang'] ?? named['language'] ?? /\blang:(\S+)/.exec(rest)?.[1] ?? values[0];
  return word !== undefined && /^[\w+#.-]+$/.test(word) ? word : null;
}

function readSummary({ syntax, rest, values, named }: Tag): string {
  const given = named['summary'] ?? named['title'];
  if (given !== undefined) return given;
  return (syntax === 'liquid' ? rest.replace(/^(["'])(.*)\1$/s, '$2') : values[0]) ?? '';
}

const noteKinds: Readonly<Record<string, Meaning>> = {
  warn: 'warning',
  notice: 'note',
  idea: 'tip',
  primary: 'note',
};

function buildNote(meaning: Meaning, written: WrittenTag): readonly RootContent[] | undefined {
  const { values, named } = written.tag;
  const isGeneral = /^(?:admonition|alert|callout|hint|message)$/.test(meaning);
  const [kind] = [named['type'], named['style'], named['kind'], named['color'], values[0]].flatMap((word) => {
    const lower = word?.toLowerCase() ?? '';
    const found = Object.hasOwn(noteKinds, lower) ? noteKinds[lower] : lower;
    return isGeneral && found !== undefined && isNote(found) ? [found] : [];
  });
  const others = values.filter(
    (word) => word.toLowerCase() !== kind && (!isGeneral || /[\s\p{Lu}]/u.test(word)),
  );
  const text = named['content'] ?? named['text'];
  const [said, ...more] = written.children === undefined && text === undefined ? others.toReversed() : [text];
  const heading = named['title'] ?? (written.children === undefined ? more[0] : others[0]);
  const children = written.children ?? (said === undefined ? undefined : parseBlocks(said));
  if (children === undefined) return undefined;
  const block = {
    ...blockOf(written),
    children: [...children, ...nameSource(written)],
    title: parseWords(heading ?? ''),
  };
  return buildBlock(kind ?? (isGeneral && meaning !== 'hint' ? 'aside' : meaning), block);
}

/** Who said what is quoted, and where, in a line after it. */
function nameSource({ tag: { named } }: WrittenTag): readonly RootContent[] {
  const [author, source] = [named['author'] ?? named['cite'], named['source']].map((words) =>
    parseWords(words ?? ''),
  );
  const linked = linkTo(
    named['url'] ?? named['link'] ?? named['href'],
    source?.length ? source : (author ?? []),
  );
  const words =
    source?.length && author?.length
      ? [...author, { type: 'text', value: ', ' } as const, ...linked]
      : linked;
  return words.length === 0
    ? []
    : [{ type: 'paragraph', children: [{ type: 'text', value: '— ' }, ...words] }];
}

const titledNote =
  /^(?:attention|caution|danger|error|example|hint|important|info|note|question|success|tip|warning)$/;

function isNote(word: string): word is Meaning {
  return titledNote.test(word);
}

/** Whether a value without a name is what a picture shows, and not a size, a list of sizes or a condition. */
function isWords(value: string): boolean {
  return /^\p{L}[\p{L} ]/u.test(value) && !/^(?:left|right|center)$/.test(value);
}

function buildPicture({ tag, position }: WrittenTag): readonly RootContent[] | undefined {
  const { values, named } = tag;
  const isInclude = tag.syntax === 'liquid' && tag.name.startsWith('include');
  const source = ['src', 'url', 'image', 'image_path', 'path', 'file', 'filename'].flatMap(
    (name) => named[name] || [],
  );
  const given = isInclude ? values.slice(1) : values;
  const first = given.findIndex((value) => /[./]/.test(value));
  const url = source[0] ?? given[Math.max(first, 0)];
  if (url === undefined || !isKnown(url)) return undefined;
  const words = [named['title'], named['caption'] ?? named['description'] ?? named['cap']];
  const credit = named['attr'];
  if ([...words, named['alt'], credit].some((word) => word !== undefined && !isKnown(word))) return undefined;
  const [title, caption] = words.map((word) => parseWords(word ?? ''));
  const [said] = tag.syntax === 'liquid' && source.length === 0 ? given.slice(first + 1).filter(isWords) : [];
  const alt = named['alt'] ?? (caption?.length ? toString(caption) : (said ?? ''));
  const image: Image = { type: 'image', url: resolveTarget(url), alt, ...(position && { position }) };
  const shown = linkTo(named['link'] ?? named['href'], [image]);
  const source_ = linkTo(named['attrlink'], parseWords(credit ?? ''));
  const parts: readonly (readonly PhrasingContent[])[] = [
    title !== undefined && title.length > 0 ? [{ type: 'strong', children: [...title] }] : [],
    caption ?? [],
    source_,
  ];
  const figcaption = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index): readonly PhrasingContent[] =>
      index === 0 ? part : [{ type: 'text', value: ' ' }, ...part],
    );
  const paragraph: RootContent = { type: 'paragraph', children: [...shown], ...(position && { position }) };
  if (figcaption.length === 0) return [paragraph];
  return [
    {
      type: 'figure',
      children: [paragraph, { type: 'figcaption', children: figcaption }],
      ...(position && { position }),
    },
  ];
}

function linkTo(url: string | undefined, children: readonly PhrasingContent[]): readonly PhrasingContent[] {
  if (url === undefined || url === '' || children.length === 0) return children;
  return [{ type: 'link', url: resolveTarget(url), children: children as Extract<PhrasingContent, Image>[] }];
}

/** Whether a value is written out, and not one that only the site knows, such as `page.cover`. */
function isKnown(text: string): boolean {
  return !/^(?:page|include|site|post|layout)\.\w/.test(text) && !/\{\{|\{%/.test(resolveTarget(text));
}

function buildPage(meaning: ShortcodeMeaning, written: WrittenTag): readonly RootContent[] | undefined {
  const { tag, position } = written;
  const url = readPage(meaning, tag);
  const { title } = tag.named;
  return url === undefined
    ? undefined
    : [{ type: 'embed', url, ...(title && { title }), ...(position && { position }) }];
}
