import type { Meaning, ShortcodeMeaning } from '../meanings.ts';

/** What a generator, a theme or a library calls what everybody's posts use, and what each name stands for. */
export interface Family {
  /** Components of MDX, by their names. */
  readonly components?: Readonly<Record<string, Meaning>>;
  /** Shortcodes, tags and included files, by their names in lower case without an ending. */
  readonly shortcodes?: Readonly<Record<string, ShortcodeMeaning>>;
  /** Directives, in lower case. */
  readonly directives?: Readonly<Record<string, Meaning>>;
}
