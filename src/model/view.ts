/** One way in which readers meet a copy, such as in a feed or on its own page. */
export interface Frame {
  /** The way, in a word for people: `article`, `feed`, `folded`. */
  readonly name: string;
  /**
   * A whole HTML document, shown in a frame without scripts. Its own policy allows no script, frame or form, and addresses in it are
   * absolute, but for the blog's own pictures, which the preview puts in.
   */
  readonly html: string;
  /** The widths, in CSS pixels, at which readers see it; any width, where there are none. */
  readonly widths?: readonly number[];
  /** Places in the text where a platform cuts or counts, in characters from its start. */
  readonly marks?: readonly { readonly at: number; readonly what: string }[];
}

/** A copy as its readers see it, made from the rendition that publish sends and from nothing else. */
export interface View {
  /** The most usual way first; never none. */
  readonly frames: readonly Frame[];
}
