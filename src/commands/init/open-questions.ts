import type { Ask } from '../../base/ask.ts';

/** Something that init has to know. */
interface Question {
  /** What it is about, for the list of what was assumed. */
  readonly name: string;
  readonly text: string;
  readonly found: string | undefined;
  readonly preset?: string | undefined;
  /** The answer in its proper form; undefined asks again. */
  readonly read: (text: string) => string | undefined;
}

/** Where answers come from, and what was assumed for want of one. */
export interface Questions {
  /** What was found, else what a person says, else what is assumed. */
  readonly answer: (question: Question) => Promise<string | undefined>;
  /** What nobody said, with what is assumed instead. */
  readonly guesses: readonly string[];
  /** Whether somebody is there to be asked. */
  readonly isAsked: boolean;
}

/** Answers questions; without `ask`, nobody is asked. */
export function openQuestions(ask: Ask | undefined): Questions {
  const guesses: string[] = [];
  return {
    guesses,
    isAsked: ask !== undefined,
    answer: async ({ name, text, found, preset, read }) => {
      if (found !== undefined) return found;
      if (ask === undefined) {
        if (preset !== undefined) guesses.push(`${name} ${JSON.stringify(preset)}`);
        return preset;
      }
      for (;;) {
        const answer = read(await ask(text, preset));
        if (answer !== undefined) return answer;
      }
    },
  };
}
