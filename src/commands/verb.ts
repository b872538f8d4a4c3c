import type { Option } from 'commander';
import type { Shell } from '../base/shell.ts';
import type { Options } from './words.ts';

/** One verb: how it is called, and how its module is loaded and run when it is. */
export interface CataloguedVerb {
  /** The name and its arguments, as commander spells them. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly Option[];
  readonly example: string;
  run(words: readonly unknown[], options: Options, shell: Shell): Promise<number>;
}
