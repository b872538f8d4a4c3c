import { groupElements } from '../../../reading/html/block-elements.ts';
import { isTag, readPieces, type Tag } from '../../../reading/html/read-tags.ts';
import {
  escapeAttribute,
  escapeLineStart,
  escapeRawHtmlText,
  escapeUrl,
  joinLines,
  separateBraces,
} from './escape.ts';

/** The elements Forem shows; it takes others away and keeps what is in them (forem/forem app/sanitizers/rendered_markdown_scrubber.rb, checked November 2026). */
const shown = new Set(
  `a abbr b blockquote br cite code col colgroup dd del dl dt em figcaption h1 h2 h3 h4 h5 h6 hr img kbd li
  mark ol p pre q rp rt ruby small source span strong sub sup table tbody td tfoot th thead time tr u ul video`.split(
    /\s+/,
  ),
);

/** The attributes Forem keeps on them. */
const kept = new Set(
  `alt colspan controls data-lang height href id loop muted name poster rel rowspan src start title type value
  width`.split(/\s+/),
);

/** Elements Forem does not show that have a twin it does. */
const twins: Readonly<Record<string, string>> = {
  i: 'em',
  s: 'del',
  strike: 'del',
  ins: 'u',
  tt: 'code',
  samp: 'code',
};

/** Elements whose content means nothing without them, so it is dropped with them. */
const lost = new Set(
  'audio button canvas form iframe math noscript object script select style svg template textarea'.split(' '),
);

/** Those of them that a reader does not miss; frames have become links. */
const unseen = new Set(['iframe', 'noscript', 'script', 'style', 'template']);

const empty = new Set(['br', 'col', 'hr', 'img', 'source', 'embed', 'input', 'link', 'meta', 'wbr', 'track']);
const closedByParent = new Set('li p td th tr dt dd thead tbody tfoot colgroup rt rp'.split(' '));

/** Shown elements with which Redcarpet starts a block of HTML, whose content it leaves alone. */
const startsBlock = /^<(?:p|dl|table|ul|ol|blockquote|h[1-6]|pre|hr)\b/;

/** Elements that are not shown but set what is in them apart from what is around them. */
const dividing = new Set([...groupElements, 'details', 'figure', 'form', 'summary']);

/** Raw HTML, or HTML that is already as Forem shows it. */
export type HtmlPart = { readonly raw: string } | { readonly ready: string };

type Token =
  { readonly kind: 'ready'; readonly html: string } | { readonly kind: 'text'; readonly text: string } | Tag;

function tokenise(html: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const piece of readPieces(html).pieces) {
    const last = tokens.at(-1);
    if (isTag(piece)) {
      tokens.push(piece);
    } else if (piece.kind === 'text') {
      const text = html.slice(piece.start, piece.end);
      if (last?.kind === 'text') tokens[tokens.length - 1] = { kind: 'text', text: last.text + text };
      else tokens.push({ kind: 'text', text });
    }
  }
  return tokens;
}

/** Leaves out the elements that Forem cannot show, with their content; `name` says which. */
function dropLost(tokens: readonly Token[]): {
  readonly left: readonly Token[];
  readonly names: readonly string[];
} {
  const left: Token[] = [];
  const names: string[] = [];
  let within: string | undefined;
  for (const token of tokens) {
    if (within !== undefined) {
      if (token.kind === 'close' && token.name === within) within = undefined;
    } else if (token.kind === 'open' && (lost.has(token.name) || token.name === 'embed')) {
      names.push(token.name);
      if (!token.selfClosing && lost.has(token.name)) within = token.name;
    } else {
      left.push(token);
    }
  }
  return { left, names };
}

/** Which tags have their counterpart in the same piece of HTML, or need none. */
function findPaired(tokens: readonly Token[]): ReadonlySet<Token> {
  const paired = new Set<Token>();
  const open: Tag[] = [];
  for (const token of tokens) {
    if (!isTag(token)) continue;
    if (token.kind === 'open') {
      if (empty.has(token.name)) paired.add(token);
      else open.push(token);
      continue;
    }
    const start = open.findLastIndex(({ name }) => name === token.name);
    if (start === -1) continue;
    for (const [index, closed] of open.splice(start).entries()) {
      if (index === 0 || closedByParent.has(closed.name)) paired.add(closed);
    }
    paired.add(token);
  }
  return paired;
}

function printTag(token: Tag): string {
  const name = twins[token.name] ?? token.name;
  if (!shown.has(name)) return '';
  if (token.kind === 'close') return empty.has(name) ? '' : `</${name}>`;
  const attributes = token.attributes.flatMap(({ name: key, value }): readonly string[] => {
    if (key === 'style') return /^(?:td|th)$/.test(name) ? keepAlignment(value) : [];
    if (!kept.has(key)) return [];
    if (/^(?:href|src|poster)$/.test(key))
      return /^data:/i.test(value) ? [] : [`${key}="${escapeUrl(value)}"`];
    return [value === '' && key !== 'alt' ? key : `${key}="${escapeAttribute(value)}"`];
  });
  if (name === 'img' && !attributes.some((attribute) => attribute.startsWith('src='))) {
    const alt = token.attributes.find((one) => one.name === 'alt')?.value ?? '';
    return escapeRawHtmlText(joinLines(alt));
  }
  return `<${[name, ...attributes].join(' ')}>`;
}

function keepAlignment(style: string): readonly string[] {
  const alignment = /text-align:\s*(left|right|center)/i.exec(style)?.[1];
  return alignment === undefined ? [] : [`style="text-align: ${alignment.toLowerCase()}"`];
}

/** HTML among running text, mostly one tag, as Forem shows it; nothing for comments and tags it does not know. */
export function filterInlineHtml(html: string): string {
  return dropLost(tokenise(html))
    .left.map((token) => (isTag(token) ? printTag(token) : printText(token)))
    .join('');
}

function printText(token: Exclude<Token, Tag>): string {
  return token.kind === 'ready' ? token.html : escapeRawHtmlText(joinLines(token.text));
}

/** Elements whose parts mean nothing alone, so that blank lines and markdown between their tags stay in them. */
const holding = new Set('table ul ol dl blockquote pre video'.split(' '));

/** Which of the elements that hold what follows are open after raw HTML, given those open before it. */
export function followOpenElements(open: readonly string[], html: string): readonly string[] {
  const names = [...open];
  for (const token of tokenise(html)) {
    if (!isTag(token) || !holding.has(token.name)) continue;
    if (token.kind === 'open') names.push(token.name);
    else if (names.includes(token.name)) names.length = names.lastIndexOf(token.name);
  }
  return names;
}

/** Raw HTML as the blocks Forem shows of it: an element it reads as a block, or what else makes a paragraph. */
export function filterBlockHtml(parts: readonly HtmlPart[]): readonly string[] {
  const { left } = dropLost(
    parts.flatMap((part): readonly Token[] =>
      'raw' in part ? tokenise(part.raw) : [{ kind: 'ready', html: part.ready }],
    ),
  );
  const paired = findPaired(left);
  const showsVideo = left.some((token) => token.kind === 'open' && token.name === 'video');
  const blocks: string[] = [];
  let current = '';
  let depth = 0;
  let preformatted = false;
  /** The elements in a line that are open: each block that they reach into has them anew. */
  const open: Tag[] = [];
  const endBlock = (): void => {
    for (const tag of open.toReversed()) current += printTag({ ...tag, kind: 'close' });
    const block = current.replaceAll(/\s+<\/pre>/g, '</pre>').trim();
    if (isSeen(block)) blocks.push(startsBlock.test(block) ? breakBeforeEnd(block) : escapeLineStart(block));
    current = '';
  };
  /** Whether an element that is not shown has separated what was before from what comes. */
  let isApart = false;
  const begin = (): void => {
    if (current === '' && depth === 0) current = open.map((tag) => printTag(tag)).join('');
  };
  const add = (piece: string): void => {
    begin();
    if (isApart && piece.trim() !== '') {
      if (endsWithWords(current)) current += '<br>';
      isApart = false;
    }
    current = separateBraces(current, piece) + piece;
  };
  for (const token of left) {
    if (token.kind === 'text') {
      const text = escapeRawHtmlText(token.text);
      add(preformatted ? text : text.replaceAll(/\s+/g, ' '));
      continue;
    }
    if (token.kind === 'ready') {
      add(token.html);
      continue;
    }
    if (token.name === 'pre') preformatted = token.kind === 'open';
    const isRule = token.name === 'hr';
    const isBlock = startsBlock.test(`<${token.name}>`) && !isRule;
    const divides = isBlock || isRule || dividing.has(token.name);
    if (divides && depth === 0) endBlock();
    isApart = depth > 0 && (isApart || (divides && !isBlock));
    if (token.name === 'figcaption') isApart = false;
    if (!divides && token.kind === 'open' && isApart && endsWithWords(current)) {
      current += '<br>';
      isApart = false;
    }
    if (paired.has(token) && (token.name !== 'source' || showsVideo)) {
      if (isBlock && token.kind === 'open') depth += 1;
      if (!divides) begin();
      current += printTag(token);
      if (isBlock && token.kind === 'close') depth -= 1;
      if (!divides && depth === 0 && !empty.has(token.name)) {
        const start = token.kind === 'open' ? -1 : open.findLastIndex(({ name }) => name === token.name);
        if (token.kind === 'open') open.push(token);
        else if (start !== -1) open.splice(start, 1);
      }
    }
    if (divides && depth === 0 && (token.kind === 'close' || isRule)) endBlock();
  }
  endBlock();
  return blocks;
}

/** Whether words or a picture stand at the end of HTML, behind which tags of marks may be closed. */
function endsWithWords(html: string): boolean {
  return /(?:[^\s>]|<img\b[^>]*>)\s*(?:<\/(?!(?:p|dl|table|ul|ol|blockquote|h[1-6]|pre|t[dhr]|li|d[dt]|figcaption)\b)[a-z\d]+>\s*)*$/.test(
    html,
  );
}

function isSeen(block: string): boolean {
  return block.replaceAll(/<(?!img|video|hr)[^>]*>/g, '').trim() !== '';
}

/** Redcarpet finds the end of a block of several lines only where its tag starts a line. */
function breakBeforeEnd(block: string): string {
  return block.includes('\n') && !block.endsWith('</pre>') ? block.replace(/<\/[a-z\d]+>$/, '\n$&') : block;
}

/** Whether an inline tag opens or closes an element whose content goes with it. */
export function readLostTag(
  html: string,
): { readonly kind: 'open' | 'close'; readonly name: string } | undefined {
  const [token] = tokenise(html);
  if (token === undefined || !isTag(token) || !lost.has(token.name)) return undefined;
  return token.selfClosing ? undefined : token;
}

/** The elements of raw HTML that a reader on Forem would miss, by name. */
export function nameLostElements(html: string): readonly string[] {
  return [...new Set(dropLost(tokenise(html)).names.filter((name) => !unseen.has(name)))];
}

/** Text of raw HTML in one line, as `<br>`, or nothing. */
export function isLineBreak(html: string): boolean {
  return /^<br\s*\/?>$/i.test(joinLines(html));
}
