import type { Ask } from './ask.ts';

/** The program's surroundings, as a command sees them. */
export interface Shell {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** The real clock, ISO 8601 in UTC with milliseconds. */
  readonly now: () => string;
  readonly format: 'human' | 'json' | 'github';
  /** Results, to standard output. What is `done` to a target goes to standard error where standard output is gone. */
  readonly print: (text: string, what?: 'done') => void;
  /** Progress and diagnostics, to standard error. */
  readonly report: (text: string) => void;
  /** Standard input, read once; ends with an error when the run is interrupted. */
  readonly input?: () => AsyncIterable<Uint8Array>;
  readonly interactive: boolean;
  /** Asks whoever is at the terminal; absent when nobody is. */
  readonly ask?: Ask;
  readonly color: boolean;
}
