/** One way in which readers meet a copy, such as in a feed or on its own page. */
export interface Frame {
  /** The way, in a word for people: `article`, `feed`, `folded`. No two frames of a view have the same. */
  readonly name: string;
  /**
   * A whole HTML document, shown in a frame without scripts. Its own policy allows no script, frame or form, and addresses in it are
   * absolute, but for the blog's own pictures, which the preview puts in. Its root is `<html data-scheme="auto"`: light or dark as
   * the reader has it, unless that word is replaced by `light` or `dark`.
   */
  readonly html: string;
  /** The widths, in CSS pixels, at which readers see it; any width, where there are none. */
  readonly widths?: readonly number[];
  /** Places in the text where a platform cuts or counts, in characters from its start. */
  readonly marks?: readonly { readonly at: number; readonly what: string }[];
  /**
   * Sources of Mermaid diagrams, which only a browser can draw. What the document has between `<!--diagram:0-->` and
   * `<!--/diagram:0-->` stands in for the first of them, and so on.
   */
  readonly diagrams?: readonly string[];
}

/** A copy as its readers see it, made from the rendition that publish sends and from nothing else. */
export interface View {
  /** The most usual way first; never none. */
  readonly frames: readonly Frame[];
}
