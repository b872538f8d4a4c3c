import type { AddressParts } from '../reading/front-matter/address-template.ts';

/** A name in a folder. */
export interface FolderItem {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/**
 * A blog's folder as detection sees it. Paths are relative to it, with forward slashes; what is not there, leads out of it or
 * is no text of a reasonable size counts as absent.
 */
export interface SiteView {
  list(path: string): readonly FolderItem[];
  read(path: string): string | undefined;
  /** The first 4 KB of a file of any size. */
  start(path: string): string | undefined;
}

/** What the author has said already. */
export interface Wish {
  readonly url?: string;
  /** The posts' folder. */
  readonly posts?: string;
}

/** What is known of a site, as far as it is. */
export interface Facts {
  /** Absolute, without a slash at its end. */
  readonly url?: string;
  readonly title?: string;
  readonly description?: string;
  readonly author?: { readonly name: string; readonly url?: string };
  /** BCP 47. */
  readonly language?: string;
  /** IANA name. */
  readonly timezone?: string;
}

/** What a post says of itself, from which generators make its address. */
export interface PostHead extends AddressParts {
  /** Relative to the blog's folder. */
  readonly path: string;
  /** The front matter as it is written. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What `{year}`, `{month}` and `{day}` stand for: `YYYY-MM-DD` in the site's zone. */
  readonly day: string;
  /** The same day as the post itself writes it. */
  readonly writtenDay: string;
}

/** Something the author should know, and what to do about it. */
export interface Note {
  readonly message: string;
  readonly remedy: string;
  /** Whether it only matters where the generator copies the feeds into the site. */
  readonly isAboutFeeds?: true;
}

/** What a generator reads in posts beyond plain markdown. */
export interface Syntax {
  readonly mdx?: boolean;
  readonly math?: boolean;
  readonly emoji?: boolean;
  readonly scripts?: boolean;
  readonly breaks?: boolean;
}

/** What a generator's own config and files say. */
export interface Inspection {
  /** The generator's name, as people write it. */
  readonly generator: string;
  /** The file or folder it was recognised by; absent for a plain folder. */
  readonly evidence?: string;
  readonly facts: Facts;
  /** What beside the generator's own files says at which address the site is. */
  readonly addressFile?: string;
  /** The posts' folder, or where this generator's posts usually are. */
  readonly posts: string;
  /** Further folders whose files the generator takes for posts of the same blog. */
  readonly alsoPosts?: readonly string[];
  /** Further folders with dated files in them, which may be something else. */
  readonly otherPosts?: readonly string[];
  /** The language of the posts in the folder, where that is another than the site's. */
  readonly lang?: string;
  /** How addresses are made: a path with `{slug}` and the like; absent when that could not be found. */
  readonly canonical?: string;
  /** How the generator reads the posts, where that is not how others do; as `syntax` of a source has it. */
  readonly syntax?: Syntax;
  /** The path the generator gives one post; undefined where its rules cannot be followed here. */
  readonly addressOf?: (post: PostHead) => string | undefined;
  /** The folder whose files the generator copies as they are to where `feedPrefix` says. */
  readonly feedFolder: string;
  /** Where in the site that folder's files end up: empty, or a path that ends with a slash. */
  readonly feedPrefix: string;
  /** The folder that the generator writes the whole site to; absent where it writes none, or where that is not certain. */
  readonly output?: string;
  /** Whether it serves the pictures that posts name by their files under other names. */
  readonly renamesPictures?: true;
  /** The folder of the repository that the site lies in; absent at its top. */
  readonly folder?: string;
  /** Paths in the site that the generator writes feeds to by itself. */
  readonly ownFeeds: readonly string[];
  /** How a first post is written. */
  readonly firstPost: {
    /** The file's name; `{day}` stands for the day. */
    readonly file: string;
    readonly dateField: string;
    /** Further lines of front matter that keep the generator from showing it. */
    readonly lines: readonly string[];
  };
  /** Where a README goes, if README.md would become a page of the site. */
  readonly readme?: string;
  readonly notes: readonly Note[];
}

/** One site generator, and how its sites are read. None of a site's code is ever run. */
export interface Generator {
  readonly name: string;
  detect(view: SiteView, wish: Wish): Inspection | undefined;
}
