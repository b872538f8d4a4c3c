import type { Literal } from 'mdast';
import type { CompileContext, Extension as TreeExtension, Token } from 'mdast-util-from-markdown';
import { asciiAlphanumeric, markdownLineEnding, markdownSpace } from 'micromark-util-character';
import { codes } from 'micromark-util-symbol';
import type { Code, Construct, Extension as TokenExtension, State, Tokenizer } from 'micromark-util-types';
import { crossLine, endAlone, openData, type Where } from './flow-or-text.ts';
import { type Ahead, isAhead } from './look-ahead.ts';
import { closingOf, readTag, type Tag } from './shortcode-tag.ts';

/** One tag of Hugo, Liquid, Zola or kramdown, or with `whole` a pair whose content is not markdown; `value` is its source. */
export interface Shortcode extends Literal {
  type: 'shortcode';
  whole: boolean;
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    shortcode: 'shortcode';
    shortcodeData: 'shortcodeData';
    shortcodeWhole: 'shortcodeWhole';
  }
}

declare module 'mdast' {
  interface RootContentMap {
    shortcode: Shortcode;
  }
  interface BlockContentMap {
    shortcode: Shortcode;
  }
  interface PhrasingContentMap {
    shortcode: Shortcode;
  }
}

/** Whether the content of a pair of tags is taken as it stands, as a fence takes it. */
export type IsVerbatim = (tag: Tag) => boolean;

/** Finds tags, `{{< name >}}`, `{{% name %}}`, `{{ name(a=1) }}` and `{% name %}`, wherever markdown has neither code nor HTML. */
export function shortcodeTokens(isVerbatim: IsVerbatim, ahead: Ahead): TokenExtension {
  const flow = (whole: boolean): Construct => ({
    concrete: true,
    name: whole ? 'shortcodeWholeFlow' : 'shortcodeFlow',
    tokenize: tokenizeShortcode('flow', ahead, whole ? isVerbatim : undefined),
  });
  const text = (whole: boolean): Construct => ({
    name: whole ? 'shortcodeWholeText' : 'shortcodeText',
    tokenize: tokenizeShortcode('text', ahead, whole ? isVerbatim : undefined),
  });
  return {
    flow: { [codes.leftCurlyBrace]: [flow(true), flow(false)] },
    text: { [codes.leftCurlyBrace]: [text(true), text(false)] },
  };
}

/** Makes `shortcode` nodes of the tags found. */
export const shortcodeNodes: TreeExtension = {
  enter: { shortcode: enterShortcode, shortcodeWhole: enterShortcode },
  exit: { shortcode: exitShortcode, shortcodeWhole: exitShortcode },
};

function enterShortcode(this: CompileContext, token: Token): undefined {
  const value = this.sliceSerialize(token);
  this.enter({ type: 'shortcode', whole: token.type === 'shortcodeWhole', value }, token);
}

function exitShortcode(this: CompileContext, token: Token): undefined {
  this.exit(token);
}

/**
 * A tag that is alone on its lines (`flow`), or anywhere in a paragraph. With `isVerbatim`, only a tag that it names,
 * and all up to the tag that closes it. No tag holds another opening, so nothing is read twice.
 */
function tokenizeShortcode(where: Where, ahead: Ahead, isVerbatim?: IsVerbatim): Tokenizer {
  const type = isVerbatim === undefined ? 'shortcode' : 'shortcodeWhole';
  return function tokenize(effects, ok, nok): State {
    let seen = '';
    let opening: Tag | undefined;
    let lineIsBlank = false;
    const data = openData(effects, 'shortcodeData');

    const consume = (code: Code): void => {
      data.consume(code);
      seen += code !== null && code >= 0 ? String.fromCharCode(code) : ' ';
      lineIsBlank &&= markdownSpace(code);
    };

    const breakLine = (code: Code, then: State): State | undefined => {
      data.end();
      seen += '\n';
      lineIsBlank = true;
      return crossLine(effects, where, then, nok)(code);
    };

    const start: State = (code) => {
      effects.enter(type);
      consume(code);
      return opener;
    };

    const opener: State = (code) => {
      const next = followOpening(seen, code);
      if (next === undefined) return nok(code);
      consume(code);
      return next === 'opening' ? opener : inside;
    };

    const inside: State = (code) => {
      if (code === codes.eof) return nok(code);
      if (markdownLineEnding(code)) {
        const isHugo = /^\{\{[<%]/.test(seen);
        if (!isHugo && lineIsBlank) return nok(code);
        if (where === 'flow' && this.interrupt === true) return isHugo ? ok(code) : nok(code);
        return breakLine(code, inside);
      }
      consume(code);
      if (code === codes.rightCurlyBrace && isClosed(seen)) return afterTag;
      if (seen.length > 3 && isOpened(seen)) return nok;
      return inside;
    };

    const afterTag: State = (code) => {
      const tag = readTag(seen);
      if (tag === undefined || (where === 'flow' && tag.isEscaped)) return nok(code);
      if (isVerbatim === undefined) return finish(code);
      if (tag.isEscaped || tag.kind === 'close' || tag.isSelfClosing || !isVerbatim(tag)) return nok(code);
      if (!isAhead(ahead, closingOf(tag), this.now().offset)) return nok(code);
      opening = tag;
      seen = '';
      return content(code);
    };

    const content: State = (code) => {
      if (code === codes.eof) return nok(code);
      if (markdownLineEnding(code)) {
        return where === 'flow' && this.interrupt === true ? ok(code) : breakLine(code, content);
      }
      consume(code);
      if (code !== codes.rightCurlyBrace) return content;
      const last = readLastTag(seen);
      if (last === undefined || !isOfPair(last, opening)) return content;
      return last.kind === 'close' && !isFenced(opening, seen) ? finish : nok;
    };

    const finish: State = (code) => {
      data.end();
      effects.exit(type);
      return endAlone(effects, where, ok, nok)(code);
    };

    return start;
  };
}

/** Whether fences say what is code where all of it may be: then the rest is markdown. */
function isFenced(opening: Tag | undefined, content: string): boolean {
  return opening?.name === 'tabpane' && /^[ \t]*(?:```|~~~)/m.test(content);
}

/** What a character after the first signs of a tag belongs to: its opening or what is inside; undefined where it begins no tag. */
function followOpening(seen: string, code: Code): 'opening' | 'inside' | undefined {
  if (seen === '{:') return code === codes.colon || code === codes.slash ? 'inside' : undefined;
  if (seen === '{' && code === codes.colon) return 'opening';
  if (code === codes.percentSign) return seen === '{' || seen === '{{' ? 'inside' : undefined;
  if (seen.startsWith('{{'))
    return seen === '{{' && code === codes.lessThan ? 'inside' : followCall(seen, code);
  return code === codes.leftCurlyBrace ? 'opening' : undefined;
}

/** The same for a call of Zola's, `{{ name(`. */
function followCall(seen: string, code: Code): 'opening' | 'inside' | undefined {
  const isNamed = /[\w:] *$/.test(seen);
  if (code === codes.leftParenthesis) return isNamed ? 'inside' : undefined;
  if (markdownSpace(code) || (seen === '{{' && code === codes.dash)) return 'opening';
  const isWord = asciiAlphanumeric(code) || code === codes.underscore || code === codes.colon;
  return isWord && !/[\w:] +$/.test(seen) ? 'opening' : undefined;
}

function isClosed(source: string): boolean {
  if (source.startsWith('{:')) return true;
  if (isCall(source)) return source.endsWith('}}');
  return source.startsWith('{{')
    ? source.endsWith(`${source.charAt(2) === '<' ? '>' : '%'}}}`)
    : source.endsWith('%}');
}

function isCall(source: string): boolean {
  return /^\{\{[^<%]/.test(source);
}

function isOpened(source: string): boolean {
  if (isCall(source)) return source.endsWith('{{');
  return source.startsWith('{{') ? source.endsWith('{{<') || source.endsWith('{{%') : source.endsWith('{%');
}

function isOfPair(tag: Tag, opening: Tag | undefined): boolean {
  if (tag.syntax !== opening?.syntax) return false;
  return tag.name === opening.name || (tag.kind === 'close' && tag.name === '');
}

/** How far back the end of a pair, or another beginning of it, is looked for. */
const tailLength = 100;

function readLastTag(source: string): Tag | undefined {
  return readTag(/\{[{%:](?:(?!\{[{%:]).)*$/s.exec(source.slice(-tailLength))?.[0] ?? '');
}
