import type { Parent, PhrasingContent, RootContent } from 'mdast';
import type { CompileContext, Extension as TreeExtension } from 'mdast-util-from-markdown';
import { factorySpace } from 'micromark-factory-space';
import { markdownLineEndingOrSpace, markdownSpace, unicodePunctuation } from 'micromark-util-character';
import { codes, types } from 'micromark-util-symbol';
import type {
  Code,
  Construct,
  Effects,
  Extension as TokenExtension,
  State,
  Token,
  TokenizeContext,
} from 'micromark-util-types';
import { endsLine, tokenizeContent } from './directive-content.ts';
import { nonLazyLine } from './non-lazy-line.ts';

/** The words after a directive's name: its label or title. */
export interface DirectiveTitle extends Parent {
  type: 'directiveTitle';
  children: PhrasingContent[];
}

/** A directive as written, until it is translated: its title first, if it has one, then the blocks in it. */
export interface Directive extends Parent {
  type: 'directive';
  name: string;
  /** A leaf is one line (`::name`); a fence is a line of colons that closes nothing; MkDocs' blocks are indented. */
  form: 'container' | 'leaf' | 'fence' | 'indented';
  attributes: Readonly<Record<string, string>>;
  /** Whether a container's closing line was found. */
  closed: boolean;
  children: (DirectiveTitle | RootContent)[];
}

declare module 'mdast' {
  interface RootContentMap {
    directive: Directive;
    directiveTitle: DirectiveTitle;
  }
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    directive: 'directive';
    directiveAttributes: 'directiveAttributes';
    directiveClosing: 'directiveClosing';
    directiveContent: 'directiveContent';
    directiveMarker: 'directiveMarker';
    directiveName: 'directiveName';
    directiveOpening: 'directiveOpening';
    directiveSequence: 'directiveSequence';
    directiveTitle: 'directiveTitle';
  }
}

/**
 * Containers and leaves as remark-directive reads them (`:::name[label]{attributes}`, `::name`), and containers as
 * markdown-it-container, VuePress, VitePress, Docusaurus, Pandoc and MyST do (`::: name Title`, `:::{name}`). Inside a
 * line, colons are text.
 */
export const directiveTokens: TokenExtension = {
  flow: {
    [codes.colon]: { name: 'directive', tokenize: tokenizeDirective, concrete: true } satisfies Construct,
  },
};

const attributes: Construct = { partial: true, tokenize: tokenizeAttributes };
const lastAttributes: Construct = { partial: true, tokenize: tokenizeLastAttributes };
const label: Construct = { partial: true, tokenize: tokenizeLabel };

/** The line that begins a directive, as far as it is read. */
interface Opening {
  colons: number;
  /** Whether it is a line of colons alone, which none of the containers around it took for its end. */
  isFence: boolean;
}

function tokenizeDirective(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const opening: Opening = { colons: 0, isFence: false };
  const end: State = (code) => {
    effects.exit('directive');
    return ok(code);
  };
  const content = tokenizeContent(this, effects, opening, end);
  const afterOpening: State = (code) => {
    effects.exit('directiveOpening');
    const isWhole = opening.isFence || opening.colons === 2 || code === codes.eof;
    if (isWhole || this.interrupt === true) return end(code);
    return effects.attempt(nonLazyLine, content, end)(code);
  };
  return (code) => {
    effects.enter('directive');
    effects.enter('directiveOpening');
    effects.enter('directiveSequence');
    return tokenizeOpening(effects, opening, afterOpening, nok)(code);
  };
}

/** `::name[label]{attributes}` and the like, up to the end of the line. */
function tokenizeOpening(effects: Effects, opening: Opening, done: State, nok: State): State {
  const sequence: State = (code) => {
    if (code === codes.colon) {
      effects.consume(code);
      opening.colons += 1;
      return sequence;
    }
    if (opening.colons < 2) return nok(code);
    effects.exit('directiveSequence');
    if (opening.colons === 2) return nameStart(code);
    return factorySpace(effects, nameStart, types.whitespace)(code);
  };
  const nameStart: State = (code) => {
    if (opening.colons > 2 && endsLine(code)) {
      opening.isFence = true;
      return done(code);
    }
    if (opening.colons > 2 && code === codes.leftCurlyBrace)
      return effects.attempt(attributes, spaceBeforeTitle, nok)(code);
    if (markdownLineEndingOrSpace(code) || unicodePunctuation(code)) return nok(code);
    effects.enter('directiveName');
    return name(code);
  };
  const name: State = (code) => {
    const goesOn = code === codes.dash || code === codes.underscore;
    if (markdownLineEndingOrSpace(code) || code === codes.eof || (unicodePunctuation(code) && !goesOn)) {
      effects.exit('directiveName');
      if (code === codes.leftSquareBracket) return effects.attempt(label, afterLabel, nok)(code);
      return afterLabel(code);
    }
    effects.consume(code);
    return name;
  };
  const afterLabel: State = (code) => {
    if (code === codes.leftCurlyBrace) return effects.attempt(attributes, spaceBeforeTitle, nok)(code);
    return endsLine(code) || markdownSpace(code) ? spaceBeforeTitle(code) : nok(code);
  };
  const spaceBeforeTitle: State = (code) => factorySpace(effects, titleStart, types.whitespace)(code);
  const titleStart: State = (code) => {
    if (endsLine(code)) return done(code);
    if (opening.colons === 2) return nok(code);
    if (code === codes.leftCurlyBrace) return effects.attempt(lastAttributes, done, titleText)(code);
    return titleText(code);
  };
  const titleText: State = (code) => {
    effects.enter('directiveTitle');
    effects.enter(types.chunkText, { contentType: 'text' });
    effects.consume(code);
    return title;
  };
  const titleEnd: State = (code) => {
    effects.exit(types.chunkText);
    effects.exit('directiveTitle');
    return endsLine(code) ? done(code) : effects.attempt(lastAttributes, done, nok)(code);
  };
  const title: State = (code) => {
    if (endsLine(code)) return titleEnd(code);
    if (code === codes.leftCurlyBrace) return effects.check(lastAttributes, titleEnd, titleMore)(code);
    return titleMore(code);
  };
  const titleMore: State = (code) => {
    effects.consume(code);
    return title;
  };
  return sequence;
}

/** `[…]` on one line, brackets inside in pairs or escaped. */
function tokenizeLabel(effects: Effects, ok: State, nok: State): State {
  let depth = 0;
  const start: State = (code) => {
    effects.enter('directiveTitle');
    effects.enter('directiveMarker');
    effects.consume(code);
    effects.exit('directiveMarker');
    return first;
  };
  const first: State = (code) => {
    if (code === codes.rightSquareBracket) return close(code);
    if (endsLine(code)) return nok(code);
    effects.enter(types.chunkText, { contentType: 'text' });
    return inside(code);
  };
  const inside: State = (code) => {
    if (endsLine(code)) return nok(code);
    if (code === codes.rightSquareBracket && depth === 0) {
      effects.exit(types.chunkText);
      return close(code);
    }
    if (code === codes.leftSquareBracket) depth += 1;
    if (code === codes.rightSquareBracket) depth -= 1;
    effects.consume(code);
    return code === codes.backslash ? escaped : inside;
  };
  const escaped: State = (code) => {
    if (code !== codes.leftSquareBracket && code !== codes.rightSquareBracket) return inside(code);
    effects.consume(code);
    return inside;
  };
  const close: State = (code) => {
    effects.enter('directiveMarker');
    effects.consume(code);
    effects.exit('directiveMarker');
    effects.exit('directiveTitle');
    return ok;
  };
  return start;
}

/** `{…}` on one line; a brace in quotes is text. */
function tokenizeAttributes(effects: Effects, ok: State, nok: State): State {
  let quote: Code = codes.eof;
  const start: State = (code) => {
    effects.enter('directiveAttributes');
    effects.consume(code);
    return inside;
  };
  const inside: State = (code) => {
    if (endsLine(code)) return nok(code);
    const isQuote = code === codes.quotationMark || code === codes.apostrophe;
    if (quote !== codes.eof) quote = code === quote ? codes.eof : quote;
    else if (isQuote) quote = code;
    else if (code === codes.leftCurlyBrace) return nok(code);
    effects.consume(code);
    if (code !== codes.rightCurlyBrace || quote !== codes.eof) return inside;
    effects.exit('directiveAttributes');
    return ok;
  };
  return start;
}

function tokenizeLastAttributes(effects: Effects, ok: State, nok: State): State {
  const afterSpace: State = (code) => (endsLine(code) ? ok(code) : nok(code));
  return effects.attempt(attributes, factorySpace(effects, afterSpace, types.whitespace), nok);
}

/** Makes `directive` nodes of the tokens. */
export const directiveNodes: TreeExtension = {
  enter: {
    directive(token) {
      const directive = { name: '', form: 'leaf', attributes: {}, closed: false, children: [] } as const;
      this.enter({ ...directive, type: 'directive', children: [] }, token);
    },
    directiveTitle(token) {
      this.enter({ type: 'directiveTitle', children: [] }, token);
    },
  },
  exit: {
    directive: exitNode,
    directiveTitle: exitNode,
    directiveSequence(token) {
      if (token.end.offset - token.start.offset > 2) currentDirective(this).form = 'container';
    },
    directiveName(token) {
      currentDirective(this).name = this.sliceSerialize(token);
    },
    directiveAttributes(token) {
      const directive = currentDirective(this);
      directive.attributes = { ...directive.attributes, ...readAttributes(this.sliceSerialize(token)) };
    },
    directiveOpening() {
      const directive = currentDirective(this);
      if (directive.name === '' && Object.keys(directive.attributes).length === 0) directive.form = 'fence';
    },
    directiveClosing() {
      currentDirective(this).closed = true;
    },
  },
};

function exitNode(this: CompileContext, token: Token): undefined {
  this.exit(token);
}

function currentDirective(context: CompileContext): Directive {
  const node = context.stack.findLast(({ type }) => type === 'directive');
  if (node?.type !== 'directive') throw new TypeError('a directive token stands in a directive');
  return node;
}

const attribute = /([#.])([^\s#.=}"']+)|([^\s=}"'#.][^\s=}"']*)(?:=(?:"([^"]*)"|'([^']*)'|([^\s}"']+)))?/g;

/** `{#id .class name=value flag}`; classes are joined by spaces. */
function readAttributes(text: string): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const [, mark, short = '', name = '', ...values] of text.slice(1, -1).matchAll(attribute)) {
    const value = values.find((one) => one !== undefined) ?? '';
    if (mark === undefined) found.set(name, value);
    else if (mark === '#') found.set('id', short);
    else found.set('class', [found.get('class'), short].filter((one) => one !== undefined).join(' '));
  }
  return Object.fromEntries(found);
}
