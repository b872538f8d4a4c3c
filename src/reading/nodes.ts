import type { Literal, Node, Parent, PhrasingContent, RootContent } from 'mdast';

/** The line of a `details` that is always shown. */
export interface Summary extends Parent {
  type: 'summary';
  children: PhrasingContent[];
}

/** Content that readers open: a `summary` first, then blocks. */
export interface Details extends Parent {
  type: 'details';
  children: (Summary | RootContent)[];
}

/** The words under a figure. */
export interface Figcaption extends Parent {
  type: 'figcaption';
  children: PhrasingContent[];
}

/** Blocks, mostly pictures, with a caption before or after them. */
export interface Figure extends Parent {
  type: 'figure';
  children: (Figcaption | RootContent)[];
}

/** A page, film or snippet shown in a frame of its own; `url` is the address of its page, `title` what to call a link to it. In a line, it is shown as that link. */
export interface Embed extends Node {
  type: 'embed';
  url: string;
  title?: string;
}

/** TeX on lines of its own. */
export interface Math extends Literal {
  type: 'math';
}

/** TeX in a line of text. */
export interface InlineMath extends Literal {
  type: 'inlineMath';
}

/** Blocks for the targets named, by name or kind, or with `except` for all others. */
export interface Only extends Parent {
  type: 'only';
  targets: readonly string[];
  except: boolean;
  children: RootContent[];
}

/**
 * What the author's own site would have replaced and Broadside cannot: a shortcode, a directive, a component. It is never
 * shown; `name` is how the author calls it, `syntax` what it is.
 */
export interface Unknown extends Node {
  type: 'unknown';
  syntax: 'shortcode' | 'directive' | 'component' | 'expression';
  name: string;
  /** What is wrong with it, where it is not just unknown: no end, no beginning, nothing in it that could be shown, or that an address needs it. */
  fault?: 'unclosed' | 'unopened' | 'incomplete' | 'address';
  /** What the author can do instead, in one imperative sentence, where there is something special to say. */
  remedy?: string;
  /** Where what closes it ends, where something does: all between is inside it on the author's site. */
  closedAt?: NonNullable<Node['position']>['end'];
  /** Whether anything but its name is written in it. */
  hasValues?: boolean;
  /**
   * What stands inside it and can be shown without it, where nothing else is said; empty where that stands beside it in the tree.
   */
  wrapped?: readonly RootContent[];
  /** What the address is of, where it is no picture's. */
  of?: 'picture' | 'frame';
  /** The words for a picture whose address it is, which are shown in its place. */
  alt?: string;
  /** Why the site's own page did not show what stands here, where it was asked: a word of `MissingReason`, and one sentence. */
  missing?: { readonly reason: string; readonly words: string };
}

/** Where the navigation of the post's series is to stand. */
export interface SeriesMark extends Node {
  type: 'seriesMark';
}

declare module 'mdast' {
  interface LinkData {
    /** Whether its words are its address, wherever it comes to lead. */
    showsAddress?: boolean;
  }
  interface Data {
    /** Whether it was taken from the site's own page: what a link of it leads to is there. */
    fromPage?: boolean;
  }
  interface RootContentMap {
    details: Details;
    summary: Summary;
    figure: Figure;
    figcaption: Figcaption;
    embed: Embed;
    math: Math;
    inlineMath: InlineMath;
    only: Only;
    unknown: Unknown;
    seriesMark: SeriesMark;
  }
  interface BlockContentMap {
    details: Details;
    figure: Figure;
    embed: Embed;
    math: Math;
    only: Only;
    unknown: Unknown;
    seriesMark: SeriesMark;
  }
  interface PhrasingContentMap {
    embed: Embed;
    inlineMath: InlineMath;
    unknown: Unknown;
  }
}
