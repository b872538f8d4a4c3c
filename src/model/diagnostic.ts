/** Where something stands in a file: lines and columns count from 1, as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** An `error` keeps the post from being published to the places it concerns; a `warning` never does. */
export type Severity = 'error' | 'warning';

/** What a rule looks for, for people: the page of rules is made of these. */
export interface Rule {
  /** `either` where it depends on the post; what is an error elsewhere is a warning in a draft. */
  readonly severity: Severity | 'either';
  /** What is wrong and what a reader would see of it, in one sentence. */
  readonly wrong: string;
  /** What the author can do, in one imperative sentence. */
  readonly remedy: string;
  /** Whether an author may silence it for a post even where it is an error; a warning always may be. */
  readonly optional?: true;
}

/** Rules by their permanent kebab-case ids. */
export type Rules = Readonly<Record<string, Rule>>;

/**
 * All rules there are. Each catalogue declares its own rules here, so every fault names a rule that exists.
 * @public
 */
export interface Catalogue {}

/** The permanent kebab-case id of a rule, such as `devto-tag-count`. */
export type RuleId = keyof Catalogue;

/** What is wrong in a post, where, and what to do about it. */
export interface Diagnostic {
  readonly rule: RuleId;
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
  /** For a construct of the blog's own: the entry of the source's `syntax` that would say what it stands for. */
  readonly syntax?: {
    readonly group: 'shortcodes' | 'directives' | 'components';
    readonly name: string;
    /** Whether something stands inside it that could be shown without it. */
    readonly isPair?: true;
  };
  /** Whether the message says nothing new about another post, so that it is shown once for the whole blog. */
  readonly once?: true;
}
