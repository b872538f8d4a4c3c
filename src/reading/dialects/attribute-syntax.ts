import type { Literal } from 'mdast';
import type { CompileContext, Extension as TreeExtension, Token } from 'mdast-util-from-markdown';
import { markdownLineEnding } from 'micromark-util-character';
import { codes } from 'micromark-util-symbol';
import type { Code, Extension as TokenExtension, State, Tokenizer } from 'micromark-util-types';

/** What says how the site shows what stands beside it, such as `{: .lead}` or `{#its-id}`; `value` is its source. */
interface AttributeMark extends Literal {
  type: 'attributeMark';
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    attributeMark: 'attributeMark';
    attributeMarkData: 'attributeMarkData';
  }
}

declare module 'mdast' {
  interface RootContentMap {
    attributeMark: AttributeMark;
  }
  interface PhrasingContentMap {
    attributeMark: AttributeMark;
  }
}

/** How many characters a mark has at most. */
const longest = 500;

const quoted = String.raw`"[^"\n]*"|'[^'\n]*'`;
const pair = String.raw`[\w:@-]+=(?:${quoted}|[^\s"'{}]+)`;
const word = String.raw`(?:[#.][\w:./\\@-]+|${pair})`;

/** kramdown's marks, which begin with a colon; in them stand names that are defined elsewhere, too. */
const kramdown = new RegExp(
  String.raw`^\{:(?:(?!:|/)[\w-]+:)?[ \t]*(?:(?:${word}|[\w-]+)(?:[ \t]*(?=[.#])|[ \t]+|(?=\})))*\}$`,
);

/** Those of Pandoc, Hugo, markdown-it and others: MDX, where braces are its own, can have no pair in them first. */
const plain = new RegExp(String.raw`^\{[ \t]*${word}(?:(?:[ \t]+|(?=[.#]))${word})*[ \t]*\}$`);

/** Finds marks in braces anywhere in a line. */
export function attributeTokens(isMdx: boolean): TokenExtension {
  const construct = { name: 'attributeMark', tokenize: tokenizeMark(isMdx) };
  return { text: { [codes.leftCurlyBrace]: construct } };
}

/** Makes `attributeMark` nodes of the marks found. */
export const attributeNodes: TreeExtension = {
  enter: { attributeMark: enterMark },
  exit: { attributeMark: exitMark },
};

function enterMark(this: CompileContext, token: Token): undefined {
  this.enter({ type: 'attributeMark', value: this.sliceSerialize(token) }, token);
}

function exitMark(this: CompileContext, token: Token): undefined {
  this.exit(token);
}

function tokenizeMark(isMdx: boolean): Tokenizer {
  return (effects, ok, nok): State => {
    let seen = '';
    let quote: Code = null;
    const start: State = (code) => {
      effects.enter('attributeMark');
      effects.enter('attributeMarkData');
      return inside(code);
    };
    const inside: State = (code) => {
      if (code === null || markdownLineEnding(code) || seen.length >= longest) return nok(code);
      if (seen.length === 1 && !beginsMark(code, isMdx)) return nok(code);
      effects.consume(code);
      seen += code < 0 ? ' ' : String.fromCharCode(code);
      if (quote === null && (code === codes.quotationMark || code === codes.apostrophe)) quote = code;
      else if (code === quote) quote = null;
      if (code !== codes.rightCurlyBrace || quote !== null) return inside;
      if (!kramdown.test(seen) && !plain.test(seen)) return nok;
      effects.exit('attributeMarkData');
      effects.exit('attributeMark');
      return ok;
    };
    return start;
  };
}

/** Whether a brace and this character can begin a mark: no other brace, no percent sign, and in MDX no program. */
function beginsMark(code: number, isMdx: boolean): boolean {
  const character = String.fromCharCode(Math.max(code, 0));
  return isMdx ? /[:#.]/.test(character) : /[:#.\w \t@-]/.test(character) || code < 0;
}
