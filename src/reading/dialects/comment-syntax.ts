import { markdownLineEnding } from 'micromark-util-character';
import { codes } from 'micromark-util-symbol';
import type { CompileContext, Extension as TreeExtension, Token } from 'mdast-util-from-markdown';
import type { Extension as TokenExtension, State, Tokenizer } from 'micromark-util-types';
import { crossLine, endAlone, openData, type Where } from './flow-or-text.ts';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    htmlComment: 'htmlComment';
    htmlCommentData: 'htmlCommentData';
  }
}

/**
 * Finds comments of HTML, `<!-- truncate -->`, where MDX has none: Docusaurus takes them all the same
 * (https://docusaurus.io/docs/api/docusaurus-config#markdown, `mdx1Compat`, checked December 2026).
 */
export const commentTokens: TokenExtension = {
  flow: { [codes.lessThan]: { concrete: true, name: 'htmlComment', tokenize: tokenizeComment('flow') } },
  text: { [codes.lessThan]: { name: 'htmlComment', tokenize: tokenizeComment('text') } },
};

/** Makes `html` nodes of the comments found. */
export const commentNodes: TreeExtension = {
  enter: { htmlComment: enterComment },
  exit: { htmlComment: exitComment },
};

function enterComment(this: CompileContext, token: Token): undefined {
  this.enter({ type: 'html', value: this.sliceSerialize(token) }, token);
}

function exitComment(this: CompileContext, token: Token): undefined {
  this.exit(token);
}

function tokenizeComment(where: Where): Tokenizer {
  return function tokenize(effects, ok, nok): State {
    let seen = '';
    const data = openData(effects, 'htmlCommentData');
    const start: State = (code) => {
      effects.enter('htmlComment');
      return opening(code);
    };
    const opening: State = (code) => {
      if (code !== '<!--'.charCodeAt(seen.length)) return nok(code);
      data.consume(code);
      seen += String.fromCharCode(code);
      return seen === '<!--' ? inside : opening;
    };
    const inside: State = (code) => {
      if (code === codes.eof) return nok(code);
      if (markdownLineEnding(code)) {
        data.end();
        seen = '';
        if (where === 'flow' && this.interrupt === true) return ok(code);
        return crossLine(effects, where, inside, nok)(code);
      }
      data.consume(code);
      seen = `${seen}${code > 0 ? String.fromCharCode(code) : ' '}`.slice(-3);
      return seen === '-->' ? finish : inside;
    };
    const finish: State = (code) => {
      data.end();
      effects.exit('htmlComment');
      return endAlone(effects, where, ok, nok)(code);
    };
    return start;
  };
}
