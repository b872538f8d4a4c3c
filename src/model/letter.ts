import type { Place } from './diagnostic.ts';
import type { Post, Syndicate } from './post.ts';

/** The ledger's key for a letter: its `id`, else its slug. It never changes, and no post has the same. */
export type LetterId = string;

/** A letter's place in its sequence, which has the name of the source that its letters come from; the first is 1. */
export interface SequencePlace {
  readonly name: string;
  readonly position: number;
}

/** How long after the letter before, or after a reader joined, a letter is mailed. */
export interface Delay {
  readonly value: number;
  readonly unit: 'hours' | 'days';
  /** Targets always get `previous`: the blog converts the others, and holds back a letter whose delay it cannot work out. */
  readonly from: 'previous' | 'start';
}

/** The front matter fields of a letter a diagnostic can point at. */
export type LetterField =
  | 'title'
  | 'subject'
  | 'preview'
  | 'sequence'
  | 'delay'
  | 'from'
  | 'draft'
  | 'id'
  | 'slug'
  | 'date'
  | 'lang'
  | 'syndicate'
  | 'silence';

/** What is written to be mailed, as its front matter tells it; or a post that is mailed, with the address of its original. */
export interface Letter {
  readonly id: LetterId;
  /** The source's name in the config, and the file's path relative to the blog's root. */
  readonly origin: Post['origin'];
  readonly title: string;
  readonly subject: string;
  /** What mail programs show beside the subject. */
  readonly preview?: string;
  /** Absent for a letter by itself, such as one issue of a newsletter. */
  readonly sequence?: SequencePlace;
  /** Only in a sequence; without it, the letter arrives at once. */
  readonly delay?: Delay;
  /** The day on which it arrives, 0 being the day on which a reader joined; only where the whole sequence before it tells. */
  readonly day?: number;
  /** How many hours after a reader joined it arrives; where `day` is there. */
  readonly hours?: number;
  readonly status: 'draft' | 'ready';
  /** When it is to be sent, ISO 8601 in UTC; for a letter by itself that has a date. */
  readonly publishAt?: string;
  /** BCP 47, such as `en` or `pt-BR`. */
  readonly lang: string;
  /** For a post that is mailed: its permanent address, at which it can be read on the site. */
  readonly canonicalUrl?: string;
  readonly syndicate: Syndicate;
  /** The rules that are not to be reported for this letter, by id, each with its author's reason. */
  readonly silence?: Readonly<Record<string, string>>;
  /** Where each field given in the front matter stands, for diagnostics. */
  readonly places: Readonly<Partial<Record<LetterField, Place>>>;
}
