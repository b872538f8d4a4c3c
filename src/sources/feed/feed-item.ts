import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Author, Cover } from '../../model/post.ts';

/** A file that comes with an item. */
export interface Enclosure {
  /** Absolute http(s) URL. */
  readonly url: string;
  /** The kind of file, such as `audio/mpeg`; empty when it is not told. */
  readonly type: string;
}

/** What only an export tells of an item: feeds hold nothing but what is out. */
export interface Exported {
  /** The name that its address has. */
  readonly slug?: string;
  /** The address that it has for everybody to see. */
  readonly original?: string;
  /** Its text, where that is written in markdown and not in HTML. */
  readonly markdown?: string;
  /** Whether it is not out, or not for everybody to read. */
  readonly draft?: boolean;
  /** Why not everybody may read it though it is finished, as one sentence. */
  readonly withheld?: string | undefined;
  /** What of its text could not be turned into HTML, one phrase each. */
  readonly missed?: readonly string[];
}

/** One item of a feed whatever its format, its dates as they are written. */
export interface FeedItem {
  readonly guid?: string;
  /** Whether RSS says, or lets it be taken for granted, that the guid is the item's address too. */
  readonly isPermaLink?: boolean;
  /** Absolute http(s) URL of the item's page. */
  readonly link?: string;
  /** Plain text; empty when the item has none. */
  readonly title: string;
  readonly html: string;
  /** A summary that stands beside a full text. */
  readonly summaryHtml?: string;
  readonly date?: string;
  readonly updated?: string;
  readonly tags: readonly string[];
  readonly authors: readonly Author[];
  readonly cover?: Cover;
  /** Files that come with the item, such as a recording, that are not its cover. */
  readonly enclosures?: readonly Enclosure[];
  readonly lang?: string;
  /** What relative addresses in the text are relative to. */
  readonly base?: string | undefined;
  readonly exported?: Exported;
}

/** What is wrong with a feed, and where in it. */
export type FeedFlaw = Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy' | 'line' | 'column'>;

/** A feed whatever its format. */
export interface Feed {
  readonly title: string;
  readonly link?: string;
  /** The feed's own address, as it gives it. */
  readonly self?: string;
  readonly language?: string;
  /** The platform that this is an export of. */
  readonly platform?: string;
  /** What is wrong with the feed itself. */
  readonly flaws?: readonly FeedFlaw[];
  readonly items: readonly FeedItem[];
}
