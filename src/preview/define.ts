import type { Place, Severity } from '../model/diagnostic.ts';
import type { View } from '../model/view.ts';

/**
 * What the preview shows, as plain JSON. The server answers with it at `data/….json`, with `?at=INSTANT` for another instant;
 * written to a folder, the same stands in `data/….js`, each a script that hands it to the function `takeBroadsideData(name, value)`
 * under its name, such as `overview` or `posts/my-post`, since a page that was opened from a folder may read no file.
 * All paths are relative to the page.
 *
 * The app is `app.css` and `app.js` in `dist/app/`, with all else that it loads, flat. `app.js` is a classic script that fills
 * `<div id="app">`, and so is what it loads later: such a page loads no modules. The page's `<html data-from>` says what is beside
 * it, as `Overview.from` does. A post is opened by the page's fragment: `#/posts/my-post`, which is `#/` and `PostLine.data`.
 */
export interface Overview {
  readonly site: { readonly title: string; readonly url: string; readonly timezone: string };
  /** `server`: it is kept up to date at `events`. `files`: it is as it was when it was written. */
  readonly from: 'server' | 'files';
  /** The instant that all of it is true at, ISO 8601 in UTC, and the same as the site's zone has it, such as `2026-12-01T08:30`. */
  readonly now: string;
  readonly local: string;
  /** The same instant, where the clock was moved to it. */
  readonly at?: string;
  /** What is to be said above all: whole sentences, such as that nothing is sent. */
  readonly banner: readonly string[];
  readonly targets: readonly TargetLine[];
  /** The targets that letters are mailed from. */
  readonly mailing: readonly TargetLine[];
  /** By sequence and place, then those by themselves. */
  readonly letters: readonly LetterLine[];
  /** Newest first. */
  readonly posts: readonly PostLine[];
  /** How often each rule is broken; errors first, then the most frequent. */
  readonly rules: readonly RuleCount[];
  /** What has to come with the address of a copy that a person made; absent where no address is taken. */
  readonly token?: string;
  /** Whether the ledger is kept elsewhere, so that others may add to it what is not seen here until it is read there. */
  readonly isLedgerElsewhere?: true;
  /** In the order of their instants. */
  readonly calendar: readonly CalendarEntry[];
  /** How many posts were looked at for faults, and how many there are, until all were. */
  readonly looking?: { readonly done: number; readonly of: number };
  /** How many copies were rendered of those that have to be before it is known where they stand, until all were. */
  readonly rendering?: { readonly done: number; readonly of: number };
  /** How many posts have no view in these files, since more would make them too large. */
  readonly leftOut?: number;
  /** Why the blog cannot be read as it is now; all else is as it was before. */
  readonly problem?: Problem;
}

/** A fault that keeps the whole blog from being read, such as a broken config. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly editorUrl?: string;
}

export interface TargetLine {
  readonly name: string;
  readonly kind: string;
  readonly granularity: 'copy' | 'feed' | 'letter';
  /** Whether it can be asked what it holds now; only a server can. */
  readonly asks: boolean;
}

/** A letter as a list shows it; its view is a `PostView`, whose original has no address. */
export interface LetterLine extends PostLine {
  readonly subject: string;
  readonly preview?: string;
  /** Absent for a letter by itself. */
  readonly sequence?: {
    readonly name: string;
    readonly position: number;
    /** The day on which it arrives, 0 being the day on which a reader joined. */
    readonly day?: number;
    /** The time since the letter before, for people. */
    readonly delay?: string;
  };
}

/** A post as a list shows it. */
export interface PostLine {
  readonly id: string;
  /** Where its `PostView` is, below `data/` and without an ending: `posts/my-post`. Absent where it was left out of the files. */
  readonly data?: string;
  readonly title: string;
  /** Its file, relative to the blog's folder, or the address of a feed's item. */
  readonly path: string;
  /** Absent while it has none. ISO 8601 in UTC, and as the site's zone has it, such as `2026-12-01T08:30`. */
  readonly date?: string;
  readonly local?: string;
  readonly draft: boolean;
  readonly tags: readonly string[];
  readonly series?: { readonly name: string; readonly part?: number };
  /** By the target's name; every target has one, of a letter each that could mail it. */
  readonly states: Readonly<Record<string, ShownState>>;
  readonly faults: { readonly errors: number; readonly warnings: number };
}

/**
 * `live`: as it should be. `waiting`: goes on by itself. `held`: until a person acts. `new`, `changed`: the next publish sends it.
 * `drifted`: edited where it is. `error`: held, since the post has an error. `off`: does not go there. `by-hand`: a person is to make it.
 * `rendering`: where it stands is known once it was rendered.
 */
export type CopyStateWord =
  'live' | 'waiting' | 'held' | 'new' | 'changed' | 'drifted' | 'error' | 'off' | 'by-hand' | 'rendering';

/** Where a copy stands, from the same plan as `plan` shows. */
export interface ShownState {
  readonly state: CopyStateWord;
  /** Why, for people: `scheduled`, `changed: post, series navigation`. */
  readonly reason: string;
  /** When it goes out, or when it went out: ISO 8601 in UTC, and as the site's zone has it. */
  readonly at?: string;
  readonly local?: string;
  /** Where it is. */
  readonly url?: string;
}

/** How often a rule is broken in the whole blog. */
export interface RuleCount {
  readonly rule: string;
  /** The worse of its severities. */
  readonly severity: Severity;
  readonly count: number;
  /** The ids of the posts. */
  readonly posts: readonly string[];
  /** What is wrong wherever it is broken, and what a reader sees of it, in a sentence. */
  readonly wrong?: string;
}

/** Something that a day of the calendar shows. */
export interface CalendarEntry {
  readonly post: string;
  readonly title: string;
  /** Absent for the original itself. */
  readonly target?: string;
  /** `out`: it went out. `due`: the next publish sends it. `waiting`: it goes out then. `held`: it should have, and needs a person. */
  readonly what: 'out' | 'due' | 'waiting' | 'held' | 'by-hand';
  /** ISO 8601 in UTC, and as the site's zone has it, such as `2026-12-01T08:30`. */
  readonly at: string;
  readonly local: string;
  readonly reason: string;
  readonly url?: string;
  readonly series?: string;
}

/** A diagnostic with the address that opens its place in the author's editor. */
export interface ShownDiagnostic extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
  readonly file: string;
  /** The target this concerns; absent when it concerns the post wherever it goes. */
  readonly target?: string;
  /** Absent in files, which are opened where the author's files are not. */
  readonly editorUrl?: string;
}

/** A post with its copies side by side. */
export interface PostView {
  readonly id: string;
  readonly original: {
    readonly title: string;
    readonly url: string;
    /** A whole document, as `Frame.html`. */
    readonly html: string;
    /** The file as it was written, for diagnostics beside their lines; absent where the post is no file. */
    readonly source?: { readonly path: string; readonly text: string };
    readonly editorUrl?: string;
  };
  /** One for each target that it goes to or could go to, in the config's order. */
  readonly copies: readonly CopyView[];
  /** In the order of their places. */
  readonly diagnostics: readonly ShownDiagnostic[];
}

/** A copy as its readers see it. */
export interface CopyView {
  readonly target: string;
  readonly kind: string;
  readonly state: ShownState;
  /** Absent where the post could not be rendered: its diagnostics say why. */
  readonly view?: View;
  /** The body that is sent. */
  readonly raw?: { readonly text: string; readonly language: 'markdown' | 'text' | 'html' };
  /** What is sent beside the body, by the target's own field names. */
  readonly fields: readonly { readonly name: string; readonly text: string }[];
  /** What the button "copy" takes, where a person may put it there by hand. */
  readonly copyText?: string;
  /** For a target whose copies a person makes. */
  readonly hand?: HandGuide;
  /** What it would get now against what it last took; absent where it was never taken or where both are the same. */
  readonly change?: Change;
}

/** How a person makes a copy and tells of it. */
export interface HandGuide {
  /** What people call the place. */
  readonly title: string;
  /** The page that takes the original by its address, where there is one. */
  readonly importUrl?: string;
  /** The command that records where the copy is, with `URL` in place of its address. */
  readonly command: string;
  /** Of what is shown here, which goes with the address that the person gives. */
  readonly fingerprint: string;
}

/** What a page posts to `record` as JSON: where a person has made a copy. */
export interface MadeCopy {
  readonly post: string;
  readonly target: string;
  readonly url: string;
  /** As `HandGuide.fingerprint`: what the person has pasted, whatever the post says by now. */
  readonly fingerprint?: string | undefined;
  /** As `Overview.token`. */
  readonly token: string;
}

/** What became of it, in a whole sentence. */
export interface Recorded {
  readonly isRecorded: boolean;
  readonly message: string;
}

/** What a page gets that posts `Overview.token` to `ledger` as JSON, so that the ledger is read where it is kept: what became of that, in a sentence. */
export interface LedgerLook {
  readonly isRead: boolean;
  readonly message: string;
}

/** How two bodies differ. */
export interface Change {
  /** Which of what it was made from differs, for people: `post, series navigation`. */
  readonly what: string;
  /** Absent where what was last sent is not kept. */
  readonly hunks?: readonly Hunk[];
}

/** Lines that differ, with some around them. Lines count from 1. */
export interface Hunk {
  readonly before: number;
  readonly after: number;
  readonly lines: readonly ChangedLine[];
}

export interface ChangedLine {
  readonly kind: 'same' | 'removed' | 'added';
  /** The line's text in pieces; `marked` are the words that differ. */
  readonly words: readonly { readonly text: string; readonly marked: boolean }[];
}

/** What a target said of a copy when it was asked: at `data/remote.json?post=ID&target=NAME`, from a server only. */
export interface RemoteView {
  readonly post: string;
  readonly target: string;
  /** `same`: as it was last taken. `unasked`: it could not be asked, for want of credentials or of an answer. */
  readonly seen: 'same' | 'drifted' | 'absent' | 'unasked';
  /** Whole sentences. */
  readonly message: string;
  readonly url?: string;
  /** What it would get now against what it holds. */
  readonly change?: Change;
}

/**
 * What a server sends at `events`, each as one message of JSON. `overview`: read the overview again. `changed`: read the views of
 * these posts again, where they are shown; of all posts, where it is missing.
 */
export interface ServerEvent {
  readonly overview: true;
  readonly changed?: readonly string[];
}
