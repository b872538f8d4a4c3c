import type { CompileContext, Extension as TreeExtension, Token } from 'mdast-util-from-markdown';
import { factorySpace } from 'micromark-factory-space';
import { codes, types } from 'micromark-util-symbol';
import type {
  Code,
  Construct,
  Effects,
  Extension as TokenExtension,
  State,
  TokenizeContext,
} from 'micromark-util-types';
import { endsLine } from './directive-content.ts';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    indentedBlock: 'indentedBlock';
    indentedBlockLine: 'indentedBlockLine';
  }
}

/** How far the lines of a block are indented. */
const indent = 4;

/** `!!! note "A title"`, `??? note` and `=== "A tab"`: a sign that is written three times, words, and a title in quotes. */
const line =
  /^(?<sign>!!!|\?\?\?\+?|===[+!]?)[ \t]+(?:(?<words>[a-zA-Z][\w -]*?)[ \t]*)?(?:"(?<title>[^"\n]*)")?[ \t]*$/;

/**
 * Finds the admonitions, collapsible blocks and tabs of MkDocs, which hold the lines after them that are indented by four blanks
 * (https://squidfunk.github.io/mkdocs-material/reference/admonitions/, checked December 2026).
 */
export const indentedTokens: TokenExtension = {
  document: {
    [codes.exclamationMark]: makeConstruct(),
    [codes.questionMark]: makeConstruct(),
    [codes.equalsTo]: makeConstruct(),
  },
};

function makeConstruct(): Construct {
  return {
    name: 'indentedBlock',
    tokenize: tokenizeStart,
    continuation: { tokenize: tokenizeContinuation },
    exit: exitBlock,
  };
}

const blankLine: Construct = {
  partial: true,
  tokenize: (effects, ok, nok) =>
    factorySpace(effects, (code) => (endsLine(code) ? ok(code) : nok(code)), types.linePrefix),
};

/** Makes `directive` nodes of them. */
export const indentedNodes: TreeExtension = {
  enter: { indentedBlock: enterBlock },
  exit: { indentedBlock: leaveBlock, indentedBlockLine: readLine },
};

function enterBlock(this: CompileContext, token: Token): undefined {
  this.enter(
    { type: 'directive', name: '', form: 'indented', attributes: {}, closed: true, children: [] },
    token,
  );
}

function leaveBlock(this: CompileContext, token: Token): undefined {
  this.exit(token);
}

function readLine(this: CompileContext, token: Token): undefined {
  const node = this.stack.at(-1);
  const written = this.sliceSerialize(token);
  const { sign = '', words = '', title } = line.exec(written)?.groups ?? {};
  if (node?.type !== 'directive') return;
  const [kind = ''] = words.split(' ');
  node.name = sign.startsWith('=') ? 'tab' : sign.startsWith('?') ? 'details' : kind.toLowerCase();
  node.attributes = { written, kind, ...(title !== undefined && { title }) };
}

function tokenizeStart(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const state = this.containerState;
  let seen = '';
  const start: State = (code) => {
    if (state === undefined || state.open === true) return nok(code);
    effects.enter('indentedBlock', { _container: true });
    effects.enter('indentedBlockLine');
    return inside(code);
  };
  const inside: State = (code: Code) => {
    if (!endsLine(code)) {
      effects.consume(code);
      seen += (code ?? 0) > 0 ? String.fromCharCode(code ?? 0) : ' ';
      return inside;
    }
    const { sign, words, title } = line.exec(seen)?.groups ?? {};
    if (
      sign === undefined ||
      (sign.startsWith('=') ? title === undefined || words !== undefined : words === undefined)
    )
      return nok(code);
    effects.exit('indentedBlockLine');
    if (state) state.open = true;
    return ok(code);
  };
  return start;
}

function tokenizeContinuation(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const indented: Construct = {
    partial: true,
    tokenize: (inner, isIndented, isNot) => {
      const afterBlanks: State = (code) => {
        const last = this.events.at(-1);
        const width = last?.[1].type === types.linePrefix ? last[2].sliceSerialize(last[1], true).length : 0;
        return width === indent ? isIndented(code) : isNot(code);
      };
      return factorySpace(inner, afterBlanks, types.linePrefix, indent + 1);
    },
  };
  const onBlank: State = (code) => factorySpace(effects, ok, types.linePrefix, indent + 1)(code);
  return effects.check(blankLine, onBlank, effects.attempt(indented, ok, nok));
}

function exitBlock(effects: Effects): undefined {
  effects.exit('indentedBlock');
}
