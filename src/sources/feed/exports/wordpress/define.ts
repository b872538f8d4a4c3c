/** A picture or another file of the library, as posts name it. */
export interface Attachment {
  readonly id: string;
  readonly url: string;
  readonly alt: string;
  /** HTML. */
  readonly caption: string;
  /** The post that it was uploaded to. */
  readonly parent: string;
}

/** What a post's text may name of the rest of the export. */
export interface Library {
  readonly attachments: ReadonlyMap<string, Attachment>;
  /** Texts of blocks that several posts share, by id. */
  readonly shared: ReadonlyMap<string, string>;
}

/** What is known of a post when its text is read. */
export interface PostAround {
  readonly id: string;
  /** Its footnotes, as the editor keeps them beside the text: JSON. */
  readonly footnotes: string | undefined;
  readonly library: Library;
}

/** A text as HTML, and what of it could not be turned into any, one phrase each. */
export interface ReadContent {
  readonly html: string;
  readonly missed: readonly string[];
}
