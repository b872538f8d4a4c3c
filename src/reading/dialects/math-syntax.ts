import type { CompileContext, Extension as TreeExtension, Token } from 'mdast-util-from-markdown';
import { markdownLineEnding, markdownLineEndingOrSpace } from 'micromark-util-character';
import { codes } from 'micromark-util-symbol';
import type {
  Code,
  Extension as TokenExtension,
  State,
  TokenizeContext,
  Tokenizer,
} from 'micromark-util-types';
import { type Ahead, isAhead } from './look-ahead.ts';
import { crossLine, endAlone, openData, type Where } from './flow-or-text.ts';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    mathBlock: 'mathBlock';
    mathData: 'mathData';
    mathText: 'mathText';
  }
}

/**
 * Finds TeX between `\\(` and `\\)`, `\\[` and `\\]`, as Hugo and MathJax read it
 * (https://gohugo.io/content-management/mathematics/, checked December 2026), and between dollars by Pandoc's rule (https://pandoc.org/MANUAL.html#math, checked November 2026): no blank after
 * the opening dollar, none before the closing one, and no digit after it. Two dollars open and close a formula of its own.
 */
export function mathTokens(ahead: Ahead): TokenExtension {
  return {
    flow: {
      [codes.dollarSign]: { concrete: true, name: 'mathBlock', tokenize: tokenizeMath('flow', ahead) },
      [codes.backslash]: { concrete: true, name: 'mathBlock', tokenize: tokenizeBracketed('flow', ahead) },
    },
    text: {
      [codes.dollarSign]: { name: 'mathText', previous: isNoDollar, tokenize: tokenizeMath('text', ahead) },
      [codes.backslash]: { name: 'mathText', tokenize: tokenizeBracketed('text', ahead) },
    },
  };
}

/** Makes `math` and `inlineMath` nodes of what was found. */
export const mathNodes: TreeExtension = {
  enter: { mathBlock: enterMath, mathText: enterMath },
  exit: { mathBlock: exitMath, mathText: exitMath },
};

function enterMath(this: CompileContext, token: Token): undefined {
  const source = this.sliceSerialize(token);
  const marks = /^(?:\$\$?|\\{1,2}[([])/.exec(source)?.[0].length ?? 0;
  const value = source.slice(marks, -marks).trim();
  this.enter({ type: token.type === 'mathBlock' ? 'math' : 'inlineMath', value }, token);
}

function exitMath(this: CompileContext, token: Token): undefined {
  this.exit(token);
}

/** Whether a dollar is the first in a row; an escaped one before it is text. */
function isNoDollar(this: TokenizeContext, previous: Code): boolean {
  return previous !== codes.dollarSign || this.events.at(-1)?.[1].type === 'characterEscape';
}

/** One formula in a text, or one of two dollars that is alone on its lines (`flow`). */
function tokenizeMath(where: Where, ahead: Ahead): Tokenizer {
  const type = where === 'flow' ? 'mathBlock' : 'mathText';
  return function tokenize(effects, ok, nok): State {
    let marks = 0;
    let previous: Code = null;
    let isEscaped = false;
    let isEmpty = true;
    const data = openData(effects, 'mathData');

    const consume = (code: Code): void => {
      data.consume(code);
      previous = code;
    };

    const start: State = (code) => {
      effects.enter(type);
      consume(code);
      marks = 1;
      return afterDollar;
    };

    const afterDollar: State = (code) => {
      if (code === codes.dollarSign) {
        consume(code);
        marks = 2;
        return isAhead(ahead, '$$', this.now().offset) ? inside : nok;
      }
      return where === 'flow' || markdownLineEndingOrSpace(code) ? nok(code) : inside(code);
    };

    const inside: State = (code) => {
      if (code === codes.eof) return nok(code);
      if (markdownLineEnding(code)) return breakLine(code);
      if (code === codes.dollarSign && !isEscaped) {
        if (marks === 2) {
          consume(code);
          return secondDollar;
        }
        if (markdownLineEndingOrSpace(previous)) return nok(code);
        consume(code);
        return afterClosing;
      }
      isEscaped = code === codes.backslash && !isEscaped;
      isEmpty &&= markdownLineEndingOrSpace(code);
      consume(code);
      return inside;
    };

    const breakLine: State = (code) => {
      isEscaped = false;
      previous = code;
      data.end();
      if (where === 'flow' && this.interrupt === true) return ok(code);
      return crossLine(effects, where, inside, nok)(code);
    };

    const secondDollar: State = (code) => {
      if (code !== codes.dollarSign) return inside(code);
      consume(code);
      return isEmpty ? nok : finish;
    };

    const afterClosing: State = (code) => (isDigit(code) ? nok(code) : finish(code));

    const finish: State = (code) => {
      data.end();
      effects.exit(type);
      return endAlone(effects, where, ok, nok)(code);
    };

    return start;
  };
}

/**
 * What makes a formula of words between escaped brackets, which may be no more than that. A sign that prose has, too, makes none of what
 * has a whole word in it: `and/or`.
 */
const looksLikeTex = /\\[a-zA-Z]|[_^={}]|^\s*\S\s*$|^(?![^]*\p{L}{3})[^]*[<>+*/|]/u;

/** The same between round ones, which few escape in words: a number, or names of a letter or two. */
const looksLikeTerm = /^(?![^]*\p{L}{3})[^]*\d|^\s*\p{L}{1,2}(?:[\s,-]+\p{L}{1,2})*\s*$/u;

/**
 * One formula between backslashed brackets, or one between square ones that is alone on its lines (`flow`). Where a generator takes a
 * backslash away first, both stand twice.
 */
function tokenizeBracketed(where: Where, ahead: Ahead): Tokenizer {
  const type = where === 'flow' ? 'mathBlock' : 'mathText';
  return function tokenize(effects, ok, nok): State {
    let slashes = 0;
    let closing: Code = null;
    let run = 0;
    let seen = '';
    const data = openData(effects, 'mathData');

    const start: State = (code) => {
      effects.enter(type);
      return opening(code);
    };

    const opening: State = (code) => {
      if (code === codes.backslash && slashes < 2) {
        slashes += 1;
        data.consume(code);
        return opening;
      }
      const isSquare = code === codes.leftSquareBracket;
      if (!isSquare && (code !== codes.leftParenthesis || where === 'flow')) return nok(code);
      closing = isSquare ? codes.rightSquareBracket : codes.rightParenthesis;
      data.consume(code);
      return isAhead(ahead, isSquare ? '\\]' : '\\)', this.now().offset) ? inside : nok;
    };

    const inside: State = (code) => {
      if (code === codes.eof) return nok(code);
      if (markdownLineEnding(code)) {
        data.end();
        run = 0;
        seen += '\n';
        if (where === 'flow' && this.interrupt === true) return ok(code);
        return crossLine(effects, where, inside, nok)(code);
      }
      const isEnd = code === closing && run === slashes;
      data.consume(code);
      run = code === codes.backslash ? run + 1 : 0;
      seen += code > 0 ? String.fromCharCode(code) : ' ';
      if (!isEnd) return inside;
      const words = seen.slice(0, -slashes - 1);
      const isAlone = where === 'flow' && /^[ \t]*\n/.test(words);
      const isTerm = closing === codes.rightParenthesis && looksLikeTerm.test(words);
      return isAlone || isTerm || looksLikeTex.test(words) ? finish : nok;
    };

    const finish: State = (code) => {
      data.end();
      effects.exit(type);
      return endAlone(effects, where, ok, nok)(code);
    };

    return start;
  };
}

function isDigit(code: Code): boolean {
  return code !== null && code >= codes.digit0 && code <= codes.digit9;
}
