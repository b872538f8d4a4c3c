/** Where a site has room for feeds, relative to its root. */
export interface FeedPaths {
  readonly path: string;
  readonly atom: string;
  readonly json: string;
}

/** What only the author can answer before a target has its config. */
export interface StarterQuestion {
  /** What it is about, for the list of what was assumed. */
  readonly name: string;
  readonly text: string;
  readonly choices: readonly string[];
  /** One of the choices: the answer where nobody is asked. */
  readonly preset: string;
}

/** What a kind of target offers to the config of a new blog, where the target is named after its kind. */
export interface Starter {
  /** Where its copies are, such as on `dev.to` or into `the feeds`, for the blog's README. */
  readonly place: { readonly on: string } | { readonly into: string };
  readonly question?: StarterQuestion;
  /** The lines of YAML below the target's name, `kind` among them. `answer` is the one to the question. */
  readonly write: (given: { readonly answer: string; readonly feeds: FeedPaths }) => readonly string[];
}

/** What a kind of target offers to whoever begins a folder of letters, where the target is named after their sequence. */
export interface LetterStarter {
  /** The lines of YAML below the target's name, `kind` among them. */
  readonly write: (sequence: string) => readonly string[];
}
