import { factorySpace } from 'micromark-factory-space';
import { markdownLineEnding } from 'micromark-util-character';
import { codes, types } from 'micromark-util-symbol';
import type {
  Code,
  Construct,
  Effects,
  ParseContext,
  State,
  Token,
  TokenizeContext,
} from 'micromark-util-types';
import { nonLazyLine } from './non-lazy-line.ts';

/** Whether a line, or the text, ends here. */
export function endsLine(code: Code): boolean {
  return code === codes.eof || markdownLineEnding(code);
}

/** How many containers may be in each other: what is in one is read anew for each that is around it. */
const deepest = 20;

/** In how many containers each line is, of the texts that are being parsed. */
const depths = new WeakMap<ParseContext, number[]>();

/** The lines of a container, up to the one that closes it. Throws a `RangeError` where containers are nested too deeply. */
export function tokenizeContent(
  context: TokenizeContext,
  effects: Effects,
  opening: { readonly colons: number },
  end: State,
): State {
  const { parser } = context;
  const prefix = context.events.at(-1);
  const indent = prefix?.[1].type === types.linePrefix ? prefix[2].sliceSerialize(prefix[1], true).length : 0;
  const depthByLine = depths.get(parser) ?? [];
  depths.set(parser, depthByLine);
  const depth = (depthByLine[context.now().line] ?? 0) + 1;
  const closing: Construct = {
    partial: true,
    tokenize: (inner, isClosing, isContent) =>
      tokenizeClosing(parser, opening.colons, inner, isClosing, isContent),
  };
  let previous: Token | undefined;

  const contentStart: State = (code) => {
    if (depth > deepest) throw new RangeError('nested too deeply');
    if (code === codes.eof) return end(code);
    if (markdownLineEnding(code)) return effects.check(nonLazyLine, emptyLine, end)(code);
    effects.enter('directiveContent');
    return lineStart(code);
  };
  const emptyLine: State = (code) => {
    effects.enter('directiveContent');
    return lineStart(code);
  };
  const lineStart: State = (code) =>
    effects.attempt(
      closing,
      contentEnd,
      indent > 0 ? factorySpace(effects, chunkStart, types.linePrefix, indent + 1) : chunkStart,
    )(code);
  const chunkStart: State = (code) => {
    if (code === codes.eof) return contentEnd(code);
    if (markdownLineEnding(code)) return effects.check(nonLazyLine, chunk, contentEnd)(code);
    return chunk(code);
  };
  const chunk: State = (code) => {
    const token = effects.enter(types.chunkDocument, {
      contentType: 'document',
      ...(previous && { previous }),
    });
    if (previous) previous.next = token;
    previous = token;
    return chunkText(code);
  };
  const chunkText: State = (code) => {
    if (code === codes.eof) return contentEnd(leaveChunk(code));
    if (markdownLineEnding(code)) return effects.check(nonLazyLine, lineEnd, lastLineEnd)(code);
    effects.consume(code);
    return chunkText;
  };
  const lineEnd: State = (code) => {
    effects.consume(code);
    leaveChunk(code);
    return lineStart;
  };
  const lastLineEnd: State = (code) => contentEnd(leaveChunk(code));
  const leaveChunk = (code: Code): Code => {
    const token = effects.exit(types.chunkDocument);
    parser.lazy[token.start.line] = false;
    depthByLine[token.start.line] = depth;
    return code;
  };
  const contentEnd: State = (code) => {
    effects.exit('directiveContent');
    return end(code);
  };
  return contentStart;
}

/** At least as many colons as opened the container, alone on a line. */
function tokenizeClosing(
  parser: ParseContext,
  colons: number,
  effects: Effects,
  ok: State,
  nok: State,
): State {
  let size = 0;
  const closingStart: State = (code) => {
    effects.enter('directiveClosing');
    effects.enter('directiveSequence');
    return closing(code);
  };
  const closing: State = (code) => {
    if (code === codes.colon) {
      effects.consume(code);
      size += 1;
      return closing;
    }
    if (size < colons) return nok(code);
    effects.exit('directiveSequence');
    return factorySpace(effects, closingEnd, types.whitespace)(code);
  };
  const closingEnd: State = (code) => {
    if (!endsLine(code)) return nok(code);
    effects.exit('directiveClosing');
    return ok(code);
  };
  const hasIndentedCode = parser.constructs.disable.null?.includes('codeIndented') !== true;
  return factorySpace(effects, closingStart, types.linePrefix, hasIndentedCode ? 4 : undefined);
}
