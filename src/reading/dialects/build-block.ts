import type { Image, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { type Meaning, titledNotes, untitledNotes } from './meanings.ts';
import { titleNote } from './title-note.ts';

/** A block as its author wrote it: a directive or a component. */
export interface WrittenBlock {
  readonly title: readonly PhrasingContent[];
  /** Those that are plain text, by name. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly RootContent[];
  readonly position: RootContent['position'];
}

const words: Readonly<Record<string, string>> = {
  faq: 'FAQ',
  seealso: 'See also',
  tldr: 'TL;DR',
  todo: 'To do',
};

/** The title of a note that has none of its own, from the word for its kind. */
export function nameNote(kind: string): string {
  const word = kind.toLowerCase();
  const name = word.replaceAll(/[\s_-]+/g, ' ').trim();
  return Object.hasOwn(words, word) ? (words[word] ?? name) : name.charAt(0).toUpperCase() + name.slice(1);
}

/** The nodes that a block stands for; undefined where it lacks what they need, such as an address. */
export function buildBlock(meaning: Meaning, block: WrittenBlock): readonly RootContent[] | undefined {
  const { children, position } = block;
  const place = position && { position };
  switch (meaning) {
    case 'drop':
      return [];
    case 'unwrap':
    case 'tab': {
      const isEmpty =
        children.length === 0 && Object.keys(block.attributes).some((name) => !looks.test(name));
      const more = meaning === 'tab' ? ['value', 'name'] : [];
      return isEmpty ? undefined : [...boldTitle(titleOf(block, 'title', 'label', ...more)), ...children];
    }
    case 'code':
      return buildCode(block);
    case 'kbd':
    case 'link':
    case 'text':
      return buildWords(meaning, block);
    case 'details': {
      const title = titleOf(block, 'title', 'summary', 'label');
      const summary = title.length > 0 ? title : [{ type: 'text', value: 'Details' } as const];
      return [
        { type: 'details', ...place, children: [{ type: 'summary', children: [...summary] }, ...children] },
      ];
    }
    case 'figure':
      return buildFigure(block);
    case 'image': {
      const image = readImage(block);
      return image && [{ type: 'paragraph', ...place, children: [image] }];
    }
    case 'embed':
    case 'youtube':
    case 'vimeo':
    case 'tweet':
      return buildEmbed(meaning, block);
    default: {
      const kind = readKind(block, meaning);
      const word = untitledNotes.some((name) => name === kind) ? '' : nameNote(kind);
      const given = titleOf(block, 'title');
      const title = given.length > 0 || word === '' ? given : [{ type: 'text', value: word } as const];
      return [{ type: 'blockquote', ...place, children: [...boldTitle(title), ...toBlocks(children)] }];
    }
  }
}

/** Attributes that only say how something looks. */
const looks =
  /^(?:class|classname|style|id|key|slot|type|variant|color|colour|size|align|width|height|cols?|gap|icon|client:.*)$/i;

/** Whether an attribute says nothing that readers would miss. */
export function isLook(name: string): boolean {
  return looks.test(name);
}

function readValue({ attributes }: WrittenBlock, ...names: readonly string[]): string | undefined {
  return names.flatMap((name) => attributes[name] || []).at(0);
}

/** A fence: its lines are in an attribute, or are the block's words or its only fence. */
function buildCode(block: WrittenBlock): readonly RootContent[] | undefined {
  const { children, position } = block;
  const [only, ...others] = children;
  const title = boldTitle(titleOf(block, 'title', 'filename', 'label'));
  if (only?.type === 'code' && others.length === 0) return [...title, only];
  const words = children.every(({ type }) => type === 'paragraph')
    ? children.map((child) => toString(child))
    : [];
  const value = readValue(block, 'code', 'content') ?? words.join('\n\n');
  if (value === '') return undefined;
  const lang = readValue(block, 'lang', 'language') ?? null;
  return [
    ...title,
    { type: 'code', lang, meta: null, value: value.trimEnd(), ...(position && { position }) },
  ];
}

/** Words in a paragraph: the block's own, or those of an attribute; as a link where the block names a page. */
function buildWords(
  meaning: 'kbd' | 'link' | 'text',
  block: WrittenBlock,
): readonly RootContent[] | undefined {
  const { children, position } = block;
  const isParagraph = children.length === 1 && children[0]?.type === 'paragraph';
  if (children.length > 0 && !isParagraph && meaning !== 'link')
    return meaning === 'text' ? children : undefined;
  const inside = isParagraph && children[0]?.type === 'paragraph' ? children[0].children : [];
  const words = findWords(meaning, block, inside);
  if (words.length === 0) return undefined;
  const description = meaning === 'link' ? readValue(block, 'description') : undefined;
  const rest = children.length > 0 && !isParagraph ? children : [];
  const said = description === undefined ? [] : [{ type: 'text', value: `: ${description}` } as const];
  return [{ type: 'paragraph', children: [...words, ...said], ...(position && { position }) }, ...rest];
}

/** The words of a block that stands in a line: its own, or those of an attribute. */
export function findWords(
  meaning: 'kbd' | 'link' | 'text',
  block: WrittenBlock,
  inside: readonly PhrasingContent[],
): readonly PhrasingContent[] {
  const given = titleOf(block, 'title', 'text', 'label', 'name', 'value', 'content', 'keys');
  const words = inside.length > 0 ? inside : given;
  if (words.length === 0 || meaning === 'text') return words;
  if (meaning === 'kbd')
    return [{ type: 'html', value: '<kbd>' }, ...words, { type: 'html', value: '</kbd>' }];
  const url = readValue(block, 'href', 'to', 'url', 'link');
  if (url === undefined) return [];
  return [{ type: 'link', url, children: words as Extract<PhrasingContent, Image>[] }];
}

/** The meanings that an attribute can narrow, and what they stand for without one: a note is one of the kinds of notes. */
const general: Readonly<Record<string, string>> = { admonition: 'callout', callout: 'callout', note: 'note' };

/** The kind of note that an attribute names, where the block may be any. */
function readKind({ attributes }: WrittenBlock, meaning: string): string {
  const usual = Object.hasOwn(general, meaning) ? general[meaning] : undefined;
  if (usual === undefined) return meaning;
  const [kind] = ['type', 'kind', 'variant', 'class'].flatMap(
    (name) => attributes[name]?.toLowerCase() ?? [],
  );
  return titledNotes.find((name) => name === kind) ?? usual;
}

function titleOf(
  { title, attributes }: WrittenBlock,
  ...names: readonly string[]
): readonly PhrasingContent[] {
  if (title.length > 0) return title;
  const [value] = names.flatMap((name) => attributes[name] || []);
  return value === undefined ? [] : [{ type: 'text', value }];
}

function boldTitle(title: readonly PhrasingContent[]): readonly Paragraph[] {
  return title.length > 0 ? [titleNote(title)] : [];
}

function toBlocks(children: readonly RootContent[]) {
  return children as Extract<RootContent, { type: 'paragraph' }>[];
}

function buildFigure(block: WrittenBlock): readonly RootContent[] | undefined {
  const image = readImage(block);
  const children: RootContent[] = [...block.children];
  if (image) children.unshift({ type: 'paragraph', children: [image] });
  if (children.length === 0) return undefined;
  const caption = titleOf(block, 'caption', 'title');
  if (caption.length > 0) children.push({ type: 'figcaption', children: [...caption] });
  const { position } = block;
  return [{ type: 'figure', ...(position && { position }), children }];
}

function readImage({ attributes, position }: WrittenBlock): Image | undefined {
  const url = attributes['src'] ?? attributes['url'];
  if (url === undefined || url === '') return undefined;
  return { type: 'image', url, alt: attributes['alt'] ?? '', ...(position && { position }) };
}

const pages = {
  embed: undefined,
  youtube: 'https://www.youtube.com/watch?v=',
  vimeo: 'https://vimeo.com/',
  tweet: 'https://twitter.com/i/web/status/',
} as const;

const addressNames = ['url', 'href', 'src', 'link'];
const idNames = ['id', 'v', 'videoid', 'video', 'youtubeid', 'vimeoid', 'tweetid', 'code'];

function buildEmbed(kind: keyof typeof pages, block: WrittenBlock): readonly RootContent[] | undefined {
  const given = new Map(Object.entries(block.attributes).map(([name, value]) => [name.toLowerCase(), value]));
  const label = toString(block.title).trim();
  const written = [...addressNames, ...(pages[kind] === undefined ? [] : idNames)].flatMap(
    (name) => given.get(name) || [],
  );
  const [name = label] = written;
  const url = readPage(kind, name);
  if (url === undefined) return undefined;
  const title = (label === name ? '' : label) || given.get('title');
  const { position } = block;
  return [{ type: 'embed', url, ...(title && { title }), ...(position && { position }) }];
}

function readPage(kind: keyof typeof pages, name: string): string | undefined {
  if (/^https?:\/\/\S+$/i.test(name)) return name;
  const page = pages[kind];
  if (page !== undefined) return /^[\w-]+$/.test(name) ? `${page}${name}` : undefined;
  return /^\.{0,2}\/[^\s]+$/.test(name) ? name : undefined;
}
