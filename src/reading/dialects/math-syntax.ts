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
import { crossLine, endAlone, openData, type Where } from './flow-or-text.ts';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    mathBlock: 'mathBlock';
    mathData: 'mathData';
    mathText: 'mathText';
  }
}

/**
 * Finds TeX between dollars by Pandoc's rule (https://pandoc.org/MANUAL.html#math, checked November 2026): no blank after
 * the opening dollar, none before the closing one, and no digit after it. Two dollars open and close a formula of its own.
 */
export const mathTokens: TokenExtension = {
  flow: { [codes.dollarSign]: { concrete: true, name: 'mathBlock', tokenize: tokenizeMath('flow') } },
  text: { [codes.dollarSign]: { name: 'mathText', previous: isNoDollar, tokenize: tokenizeMath('text') } },
};

/** Makes `math` and `inlineMath` nodes of what was found. */
export const mathNodes: TreeExtension = {
  enter: { mathBlock: enterMath, mathText: enterMath },
  exit: { mathBlock: exitMath, mathText: exitMath },
};

function enterMath(this: CompileContext, token: Token): undefined {
  const source = this.sliceSerialize(token);
  const marks = source.startsWith('$$') ? 2 : 1;
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
function tokenizeMath(where: Where): Tokenizer {
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
        return inside;
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

function isDigit(code: Code): boolean {
  return code !== null && code >= codes.digit0 && code <= codes.digit9;
}
