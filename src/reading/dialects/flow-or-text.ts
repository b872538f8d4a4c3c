import { factorySpace } from 'micromark-factory-space';
import { markdownLineEnding } from 'micromark-util-character';
import type { Code, Effects, State, TokenType } from 'micromark-util-types';
import { nonLazyLine } from './non-lazy-line.ts';

/** Where something is found that may stand alone on its lines, or anywhere in a paragraph. */
export type Where = 'flow' | 'text';

/** What is taken as it stands, in a token for each line. */
interface Data {
  consume(code: Code): void;
  end(): void;
}

/** Opens a token of a type where something is consumed, and none is open. */
export function openData(effects: Effects, type: TokenType): Data {
  let isOpen = false;
  return {
    consume(code) {
      if (!isOpen) effects.enter(type);
      isOpen = true;
      effects.consume(code);
    },
    end() {
      if (isOpen) effects.exit(type);
      isOpen = false;
    },
  };
}

/** Goes on behind the end of a line; in flow, only where the next one belongs to the same quotes and lists. */
export function crossLine(effects: Effects, where: Where, then: State, nok: State): State {
  if (where === 'flow') return effects.attempt(nonLazyLine, then, nok);
  return (code) => {
    effects.enter('lineEnding');
    effects.consume(code);
    effects.exit('lineEnding');
    return then;
  };
}

/** Ends what was found; in flow, only where nothing but blanks follows in its line. */
export function endAlone(effects: Effects, where: Where, ok: State, nok: State): State {
  if (where === 'text') return ok;
  const atEnd: State = (code) => (code === null || markdownLineEnding(code) ? ok(code) : nok(code));
  return factorySpace(effects, atEnd, 'whitespace');
}
