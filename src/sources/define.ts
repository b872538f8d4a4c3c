import type { z } from 'zod';
import type { Rules } from '../model/diagnostic.ts';
import type { Source } from '../model/source.ts';

/** What a source is given about the blog it belongs to. */
export interface SourceSite {
  /** The blog's folder, absolute: paths in the config and in diagnostics are relative to it. */
  readonly root: string;
  readonly url: string;
  /** IANA name; dates without a zone are in it. */
  readonly timezone: string;
  readonly language: string;
  readonly author: { readonly name: string; readonly url?: string | undefined };
  /** The names of the targets in the config. */
  readonly targets?: readonly string[];
  /** The program's version: what one version remembers is of no use to another. */
  readonly program?: string;
}

/** A kind of source: its options, and how a source is made of them. */
export interface SourceKind<Options extends z.ZodObject = z.ZodObject> {
  readonly kind: string;
  /** One sentence for the docs. */
  readonly summary: string;
  /** What the config may say of such a source; loaded only where that is looked at. */
  readonly options: () => Promise<Options>;
  /** What is looked for in its posts beside `postRules`. */
  readonly rules: Rules;
  create(name: string, options: z.output<Options>, site: SourceSite): Source;
}

/** Checks a kind's shape where it is written. */
export function defineSource<Options extends z.ZodObject>(kind: SourceKind<Options>): SourceKind<Options> {
  return kind;
}
