import { Tokenizer, TokenizerMode, type Token } from 'parse5';

/** A tag in HTML; `start` and `end` are offsets in it. */
export interface Tag {
  readonly kind: 'open' | 'close';
  readonly start: number;
  readonly end: number;
  /** In lower case. */
  readonly name: string;
  /** Written as `<name/>`. */
  readonly selfClosing: boolean;
  readonly attributes: readonly Attribute[];
}

/** An attribute, its name in lower case and its value decoded; `start` and `end` are offsets in the HTML. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Elements in which a browser reads no tags but their own end. */
export const rawTextElements: ReadonlySet<string> = new Set(
  'script style textarea title iframe noembed noframes xmp plaintext'.split(' '),
);

/** Those of them in which references are read. */
const decoding: ReadonlySet<string> = new Set(['textarea', 'title']);

/** Elements without content, whose tag stands alone. */
export const voidElements: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** What stands between tags: text, or a comment or declaration, which nobody sees. */
export type Between = Words | Comment;

/** Text between tags; `text` is what it reads as, decoded. */
export interface Words {
  readonly kind: 'text';
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Comment {
  readonly kind: 'comment';
  readonly start: number;
  readonly end: number;
}

/** HTML in pieces; `end` is where a tag or comment begins that is never finished, else the HTML's length. */
export interface Pieces {
  readonly pieces: readonly (Tag | Between)[];
  readonly end: number;
}

/**
 * Reads HTML as a browser does, in one pass however broken it is. In raw text there are no tags, unless its own end is missing, as it is
 * where markdown stands between the two.
 */
export function readPieces(html: string): Pieces {
  const pieces: (Tag | Between)[] = [];
  visitPieces(html, (piece) => void pieces.push(piece));
  const end = pieces.at(-1)?.end ?? 0;
  return { pieces, end: html.endsWith('</') && end === html.length ? end - 2 : end };
}

/** Reads HTML as `readPieces` does, piece by piece, until `visit` says `enough`. */
export function visitPieces(
  html: string,
  visit: (piece: Tag | Between) => 'enough' | undefined | void,
): void {
  const unclosed = new Set<string>();
  let isEnough = false;
  const add = (piece: Tag | Between): void => {
    // What the end of the HTML cuts off ends behind it.
    if (piece.end > html.length || isEnough) return;
    isEnough = visit(piece) === 'enough';
    if (isEnough) tokenizer.pause();
  };
  const addText = ({ location, chars }: Token.CharacterToken): void => {
    if (location === null) return;
    add({ kind: 'text', start: location.startOffset, end: location.endOffset, text: chars });
  };
  const addComment = ({ location }: Token.CommentToken | Token.DoctypeToken): void => {
    if (location !== null) add({ kind: 'comment', start: location.startOffset, end: location.endOffset });
  };
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        const tag = readTag(token, 'open');
        add(tag);
        const isRaw = rawTextElements.has(tag.name) && !tag.selfClosing && !unclosed.has(tag.name);
        if (isRaw && hasEnd(html, tag))
          tokenizer.state = decoding.has(tag.name) ? TokenizerMode.RCDATA : TokenizerMode.RAWTEXT;
        else if (isRaw) unclosed.add(tag.name);
      },
      onEndTag: (token) => add(readTag(token, 'close')),
      onComment: addComment,
      onDoctype: addComment,
      onCharacter: addText,
      onNullCharacter: addText,
      onWhitespaceCharacter: addText,
      onEof: () => undefined,
    },
  );
  tokenizer.write(html, true);
}

/** The tags of HTML. */
export function readTags(html: string): readonly Tag[] {
  return readPieces(html).pieces.filter(isTag);
}

/** Whether a piece of HTML is a tag. */
export function isTag(piece: { readonly kind: string }): piece is Tag {
  return piece.kind === 'open' || piece.kind === 'close';
}

function readTag({ tagName, selfClosing, attrs, location }: Token.TagToken, kind: Tag['kind']): Tag {
  return {
    kind,
    start: location?.startOffset ?? 0,
    end: location?.endOffset ?? 0,
    name: tagName,
    selfClosing: selfClosing && kind === 'open',
    attributes: attrs.map(({ name, value }) => ({
      name,
      value,
      start: location?.attrs?.[name]?.startOffset ?? 0,
      end: location?.attrs?.[name]?.endOffset ?? 0,
    })),
  };
}

/** Whether the end of a raw text is there: a look for a name, since there are no tags in it. */
function hasEnd(html: string, { name, end }: Tag): boolean {
  const close = new RegExp(String.raw`</${name}[\s/>]`, 'gi');
  close.lastIndex = end;
  return close.test(html);
}
