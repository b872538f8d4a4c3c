import type { Root } from 'mdast';
import type { Extension as TreeExtension } from 'mdast-util-from-markdown';
import type { Extension as TokenExtension } from 'micromark-util-types';
import type { Plugin } from 'unified';
import type { Meaning, ShortcodeNames } from './meanings.ts';
import type { SiteValues } from './value-expressions.ts';

/** A syntax that blogs add to markdown: how its marks are found, and how nodes are made of them. */
export interface Syntax {
  readonly tokens: TokenExtension;
  readonly nodes: TreeExtension;
}

/** What the blog's own site makes of its posts' text. */
export interface Dialect {
  /** What makes MDX of markdown, as a plugin of remark, and its translation, for a post that is written in it. */
  readonly mdx?: { readonly plugin: Plugin; readonly translate: Translate };
  /** Whether every post is MDX, whatever the ending of its file; such sites also take comments of HTML in it. */
  readonly mdxInAll?: boolean;
  /** Whether lines end where the author ends them. */
  readonly breaks?: boolean;
  /** Whether `H~2~O` and `2^10^` are set lower and higher. */
  readonly scripts?: boolean;
  /** Whether it is a post of Quarto, which runs code in it. */
  readonly isQuarto?: boolean;
  /** The language of the post, BCP 47, where what the site says by itself depends on it. */
  readonly lang?: string;
  /** What the blog's own components stand for, by name. */
  readonly components?: Readonly<Record<string, Meaning>>;
  /** What the blog's own directives stand for, by name. */
  readonly directives?: Readonly<Record<string, Meaning>>;
  /** What the blog's own shortcodes and tags stand for, by name; `false` where `{{<` and `{%` are text. */
  readonly shortcodes?: boolean | ShortcodeNames;
  /** The values that the site fills into this post, as far as they are known. */
  readonly values?: SiteValues;
  /** Whether other values that the site fills in, such as `{{ site.title }}`, are left for its page to tell, not shown as they are written. */
  readonly takesValues?: boolean;
  /** Whether TeX between dollars is set; a post's front matter can say so for itself. */
  readonly math?: boolean;
  /** The emoji by the names in codes such as `:smile:`; as long as it is not the table itself, codes are text. */
  readonly emoji?: boolean | Readonly<Record<string, string>>;
}

/** One change from a dialect's nodes to standard ones or to those of nodes.ts; it changes the tree it is given. */
export type Translate = (tree: Root, dialect: Dialect, text: string) => void;
