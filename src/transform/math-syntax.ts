import type { CompileContext, Extension as TreeExtension, Token } from 'mdast-util-from-markdown';
import { factorySpace } from 'micromark-factory-space';
import { markdownLineEnding, markdownLineEndingOrSpace } from 'micromark-util-character';
import { codes } from 'micromark-util-symbol';
import type {
  Code,
  Construct,
  Effects,
  Extension as TokenExtension,
  State,
  TokenizeContext,
} from 'micromark-util-types';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    mathBlock: 'mathBlock';
    mathText: 'mathText';
  }
}

/**
 * Finds TeX between dollars by Pandoc's rule (https://pandoc.org/MANUAL.html#math, checked November 2026): no blank after
 * the opening dollar, none before the closing one, and no digit after it; `$$` opens and closes a formula of its own.
 */
export const mathTokens: TokenExtension = {
  flow: { [codes.dollarSign]: { concrete: true, name: 'mathBlock', tokenize: tokenizeBlock } },
  text: { [codes.dollarSign]: { name: 'mathText', previous: notAfterDollar, tokenize: tokenizeText } },
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

/** Formulas that begin with one dollar, and with two, are looked for up to the end only once where there is no end. */
const endless: readonly [WeakSet<TokenizeContext>, WeakSet<TokenizeContext>] = [new WeakSet(), new WeakSet()];

function notAfterDollar(this: TokenizeContext, code: Code): boolean {
  if (code !== codes.dollarSign) return true;
  const last = this.events.at(-1)?.[1].type;
  return last === 'characterEscape';
}

function tokenizeText(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  let marks = 0;
  let previous: Code = null;
  let isEscaped = false;
  let isEmpty = true;

  const start: State = (code) => {
    effects.enter('mathText');
    effects.consume(code);
    marks = 1;
    return afterDollar;
  };

  const afterDollar: State = (code) => {
    if (code === codes.dollarSign && marks === 1) {
      effects.consume(code);
      marks = 2;
      return hasNoEnd() ? nok : inside;
    }
    return hasNoEnd() || (marks === 1 && markdownLineEndingOrSpace(code)) ? nok(code) : inside(code);
  };

  const hasNoEnd = (): boolean => endless[marks - 1]?.has(this) === true;

  const inside: State = (code) => {
    if (code === codes.eof) {
      endless[marks - 1]?.add(this);
      return nok(code);
    }
    if (markdownLineEnding(code)) {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      previous = code;
      isEscaped = false;
      return inside;
    }
    if (code === codes.dollarSign && !isEscaped) {
      if (marks === 2) {
        effects.consume(code);
        return secondDollar;
      }
      if (!markdownLineEndingOrSpace(previous)) {
        effects.consume(code);
        return afterClosing;
      }
    }
    take(code);
    return inside;
  };

  const take = (code: Code): void => {
    isEscaped = code === codes.backslash && !isEscaped;
    isEmpty &&= markdownLineEndingOrSpace(code);
    previous = code;
    effects.consume(code);
  };

  const secondDollar: State = (code) => {
    if (code !== codes.dollarSign) return inside(code);
    effects.consume(code);
    return isEmpty ? nok : finish;
  };

  const afterClosing: State = (code) => {
    if (isDigit(code)) {
      previous = codes.dollarSign;
      return inside(code);
    }
    return isEmpty ? nok(code) : finish(code);
  };

  const finish: State = (code) => {
    effects.exit('mathText');
    return ok(code);
  };

  return start;
}

function isDigit(code: Code): boolean {
  return code !== null && code >= codes.digit0 && code <= codes.digit9;
}

const nonLazyLine: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    return (code) => {
      if (code === null) return nok(code);
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return (next) => (this.parser.lazy[this.now().line] === true ? nok(next) : ok(next));
    };
  },
};

/** From `$$` at the start of a line up to the next `$$`, which ends its line. */
function tokenizeBlock(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  let isEscaped = false;
  let isEmpty = true;

  const start: State = (code) => {
    effects.enter('mathBlock');
    effects.consume(code);
    return secondOpening;
  };

  const secondOpening: State = (code) => {
    if (code !== codes.dollarSign) return nok(code);
    effects.consume(code);
    return inside;
  };

  const inside: State = (code) => {
    if (code === codes.eof) return nok(code);
    if (markdownLineEnding(code)) {
      isEscaped = false;
      if (this.interrupt === true) return ok(code);
      return effects.attempt(nonLazyLine, inside, nok)(code);
    }
    if (code === codes.dollarSign && !isEscaped) {
      effects.consume(code);
      return secondClosing;
    }
    isEscaped = code === codes.backslash && !isEscaped;
    isEmpty &&= markdownLineEndingOrSpace(code);
    effects.consume(code);
    return inside;
  };

  const secondClosing: State = (code) => {
    if (code !== codes.dollarSign) return inside(code);
    effects.consume(code);
    if (isEmpty) return nok;
    effects.exit('mathBlock');
    return factorySpace(effects, atEnd, 'whitespace');
  };

  const atEnd: State = (code) => (code === null || markdownLineEnding(code) ? ok(code) : nok(code));

  return start;
}
