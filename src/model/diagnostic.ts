/** Where something stands in a file: lines and columns count from 1, as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** An `error` keeps the post from being published to the places it concerns; a `warning` never does. */
export type Severity = 'error' | 'warning';

/** What is wrong in a post, where, and what to do about it. */
export interface Diagnostic {
  /** The rule's permanent kebab-case id, such as `devto-tag-count`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong and what a reader would see, in one sentence without a final line break. */
  readonly message: string;
  /** What the author can do, in one imperative sentence. */
  readonly remedy: string;
  /** The file's path relative to the blog's root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly postId?: string;
  /** The target this concerns; absent when it concerns the post wherever it goes. */
  readonly target?: string;
}
