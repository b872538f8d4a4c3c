import type { FootnoteReference, Heading, PhrasingContent } from 'mdast';
import { fitsBackticks } from './code.ts';
import {
  escapeAttribute,
  escapeHtmlCode,
  escapeLineStart,
  escapeMath,
  escapeText,
  escapeUrl,
  joinLines,
  separateBraces,
  startsDefinition,
} from './escape.ts';
import { filterInlineHtml, isLineBreak, readLostTag } from './raw-html.ts';
import { listChildren, resolveReference, type ForemScope } from './scope.ts';

/** Where running text stands on Forem. */
export interface InlinePlace {
  readonly scope: ForemScope;
  readonly inTable: boolean;
  readonly inLink: boolean;
  readonly inEmphasis: boolean;
  /** Whether it is in a Liquid tag, which the mark that Forem puts around code would end. */
  readonly inTag: boolean;
  /** How a hard break is written here; Forem makes a `<br>` of every line end in a paragraph. */
  readonly lineBreak: '\n' | '<br>';
}

/** Running text at the top of a block that can hold several lines. */
export function inParagraph(scope: ForemScope): InlinePlace {
  return { scope, inTable: false, inLink: false, inEmphasis: false, inTag: false, lineBreak: '\n' };
}

/** Prints a paragraph's text so that no line of it can start another block. */
export function printLines(nodes: readonly PhrasingContent[], place: InlinePlace): string {
  return printInline(nodes, place)
    .split('\n')
    .map((line, index) => {
      const definition = index === 0 ? /^\[[^\]]*\]:/ : startsDefinition;
      return escapeLineStart(line.trim()).replace(definition, '<span></span>$&');
    })
    .filter((line) => line !== '')
    .join('\n');
}

/** Prints a heading's text, on one line. */
export function printHeading({ children }: Heading, scope: ForemScope): string {
  return printInline(children, { ...inParagraph(scope), lineBreak: '<br>' })
    .trim()
    .replace(startsDefinition, '<span></span>$&')
    .replace(/#$/, '&#35;');
}

/** Prints running text. */
export function printInline(nodes: readonly PhrasingContent[], place: InlinePlace): string {
  const seen = withoutLostElements(nodes);
  const pieces: string[] = [];
  for (const [index, node] of seen.entries()) {
    const before = pieces.at(-1) ?? '';
    const piece = printPiece(node, place, before, seen[index + 1]);
    if (piece === '') continue;
    if (pieces.length > 0) pieces[pieces.length - 1] = separate(before, piece);
    pieces.push(piece);
  }
  return pieces.join('');
}

/** Marks that only mean something together must not meet by chance. */
function separate(before: string, piece: string): string {
  if (before.endsWith('!') && piece.startsWith('[')) return `${before.slice(0, -1)}\\!`;
  return separateBraces(before, piece);
}

function printPiece(
  node: PhrasingContent,
  place: InlinePlace,
  before: string,
  next: PhrasingContent | undefined,
): string {
  switch (node.type) {
    case 'text':
      return escapeText(node.value, place);
    case 'emphasis':
      return printEmphasis({ mark: '*', tag: 'em' }, node.children, place, before, next);
    case 'strong':
      return printEmphasis({ mark: '**', tag: 'strong' }, node.children, place, before, next);
    case 'delete':
      return printEmphasis({ mark: '~~', tag: 'del' }, node.children, place, before, next);
    case 'inlineCode':
      return printCode(node.value, place, before);
    case 'inlineMath':
      return `{% katex inline %}${escapeMath(joinLines(node.value))}{% endkatex %}`;
    case 'break':
      return place.lineBreak;
    case 'html':
      return isLineBreak(node.value) ? place.lineBreak : filterInlineHtml(node.value);
    case 'footnoteReference':
      return printFootnoteReference(node, place);
    default:
      return printReference(node, place);
  }
}

interface EmphasisKind {
  readonly mark: '*' | '**' | '~~';
  readonly tag: 'em' | 'strong' | 'del';
}

/** Forem pairs marks only between words, and not within other marks. Elsewhere, HTML tags are written. */
function printEmphasis(
  { mark, tag }: EmphasisKind,
  children: readonly PhrasingContent[],
  place: InlinePlace,
  before: string,
  next: PhrasingContent | undefined,
): string {
  const content = printInline(children, { ...place, inEmphasis: true, lineBreak: '<br>' });
  if (content.trim() === '') return content;
  const standsFree = /^[\s(]?$/.test(before.at(-1) ?? '') && /^(?:$|[\s.,;:!?)])/.test(firstCharacter(next));
  const isWhole = /^[^\s\\].*[^\s\\]$|^[^\s\\]$/s.test(content) && !content.includes(mark.charAt(0));
  return standsFree && isWhole && !place.inEmphasis
    ? `${mark}${content}${mark}`
    : `<${tag}>${content}</${tag}>`;
}

function firstCharacter(node: PhrasingContent | undefined): string {
  if (node === undefined) return '';
  if (node.type === 'text') return node.value.charAt(0);
  return node.type === 'break' ? '\n' : 'x';
}

function printCode(code: string, place: InlinePlace, before: string): string {
  const line = joinLines(code);
  const breaksOut =
    place.inTag ||
    (place.inTable && line.includes('|')) ||
    (place.inLink && /[[\]]/.test(line)) ||
    before.endsWith('`');
  if (breaksOut || !fitsBackticks(line)) return `<code>${escapeHtmlCode(line)}</code>`;
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

function printFootnoteReference({ identifier }: FootnoteReference, { scope }: InlinePlace): string {
  return `[^${scope.numbers.get(identifier) ?? identifier}]`;
}

function printReference(node: PhrasingContent, place: InlinePlace): string {
  const resolved = resolveReference(node, place.scope);
  if (resolved === undefined) return printInline(listChildren(node) as readonly PhrasingContent[], place);
  if (resolved.kind === 'image') return printImage(resolved);
  return printLink(resolved, place);
}

/** An image; a description with marks in it needs the tag, whose attribute can hold them. */
function printImage({ url, alt }: { readonly url: string; readonly alt: string }): string {
  const isPlain = /^(?!\^)[^"<>[\]&\\`{}|\n]*$/.test(alt) && !/^image description$/i.test(alt);
  return isPlain
    ? `![${alt}](${escapeUrl(url)})`
    : `<img src="${escapeUrl(url)}" alt="${escapeAttribute(alt)}">`;
}

/** A link; Forem loses the text beside an image in a link, so each gets a link of its own. */
function printLink(
  { url, children }: { readonly url: string; readonly children: readonly PhrasingContent[] },
  place: InlinePlace,
): string {
  const [only] = children;
  if (children.length === 1 && only?.type === 'text' && isPlainAddress(only.value, url))
    return `<${only.value}>`;
  return groupByImage(children)
    .map((group) => {
      const content = printInline(group, { ...place, inLink: true, lineBreak: '<br>' });
      if (content.trim() === '') return content;
      if (/^<img [^>]*>$/.test(content)) return `<a href="${escapeUrl(url)}">${content}</a>`;
      const [, lead = '', text = '', tail = ''] = /^(\s*)(.*?)(\s*)$/s.exec(content) ?? [];
      return `${lead}[${text.replace(/^\^/, '&#94;')}](${escapeUrl(url)})${tail}`;
    })
    .join('');
}

function isPlainAddress(text: string, url: string): boolean {
  if (`mailto:${text}` === url) return /^[a-z\d.]+@[a-z\d.-]+$/i.test(text);
  return text === url && /^https?:\/\/[\w./?=&%+,;@!$~:#-]+$/.test(text) && escapeUrl(text) === text;
}

function groupByImage(children: readonly PhrasingContent[]): readonly (readonly PhrasingContent[])[] {
  const groups: PhrasingContent[][] = [];
  let current: PhrasingContent[] = [];
  for (const child of children) {
    if (child.type === 'image' || child.type === 'imageReference') {
      if (current.length > 0) groups.push(current);
      groups.push([child]);
      current = [];
    } else {
      current.push(child);
    }
  }
  return current.length > 0 ? [...groups, current] : groups;
}

/** Leaves out what stands between the tags of an element that Forem cannot show. */
function withoutLostElements(nodes: readonly PhrasingContent[]): readonly PhrasingContent[] {
  let within: string | undefined;
  return nodes.filter((node) => {
    const tag = node.type === 'html' ? readLostTag(node.value) : undefined;
    if (within !== undefined) {
      if (tag?.kind === 'close' && tag.name === within) within = undefined;
      return false;
    }
    if (
      tag?.kind === 'open' &&
      nodes.some((other) => other.type === 'html' && closes(other.value, tag.name))
    ) {
      within = tag.name;
    }
    return tag === undefined;
  });
}

function closes(html: string, name: string): boolean {
  const tag = readLostTag(html);
  return tag?.kind === 'close' && tag.name === name;
}
