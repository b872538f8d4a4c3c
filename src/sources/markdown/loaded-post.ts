import type { Stats } from 'node:fs';
import type { Diagnostic, Place, RuleId } from '../../model/diagnostic.ts';
import type { Letter } from '../../model/letter.ts';
import type { Post } from '../../model/post.ts';
import type { Dialect } from '../../reading/dialects/dialect.ts';
import type { FrontMatterOptions } from '../../reading/front-matter/read.ts';
import type { FileOptions } from './find-files.ts';

/** What a source's options say about each of its posts. */
export interface PostOptions extends FileOptions {
  /** The template of canonical URLs. */
  readonly canonical: string;
  /** The addresses of posts that the template does not make, by their files. */
  readonly addresses?: Readonly<Record<string, string>> | undefined;
  /** The language of posts that name none. */
  readonly lang?: string | undefined;
  /** The blog's own names of fields. */
  readonly fields: FrontMatterOptions['mapping'];
  /** What the files are, where they do not say so themselves. */
  readonly as?: 'posts' | 'letters' | undefined;
  /** What the posts hold beside markdown. */
  readonly syntax?: Dialect;
}

/** What a file, as a post names it, was found to be on the site. */
export interface Lookup {
  readonly named: string;
  readonly canonicalUrl: string;
  readonly found: string | false | null | undefined;
}

/** One file as a post or a letter, unless an error keeps it out. */
export interface LoadedPost {
  /** What the disk said about the file before it was read; absent if it was not asked, or did not answer. */
  readonly stats?: Stats;
  readonly post?: Post;
  readonly letter?: Letter;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether it was read as the translation that its folder names. */
  readonly isTranslation?: boolean;
  /** The files it names in its front matter, and what they are on the site: `null` for one that is missing. */
  readonly lookups?: readonly Lookup[];
}

/** An error that keeps a whole file from being a post. */
export function refuseFile(
  file: string,
  rule: RuleId,
  message: string,
  remedy: string,
  place: Place = { line: 1, column: 1 },
): LoadedPost {
  return { diagnostics: [{ rule, severity: 'error', message, remedy, file, ...place }] };
}
