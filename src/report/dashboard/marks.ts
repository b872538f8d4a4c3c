import type { PostId } from '../../model/post.ts';

/** What a box of the dashboard asks for. */
export const asks = ['publish', 'take-source', 'take-remote', 'retract', 'posted', 'not-posted'] as const;

export type Ask = (typeof asks)[number];

/** The only part of the text that is trusted: the mark of a box. */
export interface Mark {
  readonly ask: Ask;
  readonly target: string;
  readonly post: PostId;
  /** Digest of the plan's line that the box was shown for: 32 hexadecimal digits. */
  readonly line: string;
}

/** The first line of the issue that is a blog's dashboard. `blog`: what tells it apart in its repository, as one word. */
export function writeDashboardMark(blog: string): string {
  return `<!-- broadside dashboard ${blog} -->`;
}

/** The most boxes that one edit may tick: nobody ticks more by hand. */
const mostChecked = 50;

const box = new RegExp(
  String.raw`^ *[-*+] \[([ xX])\] <!-- broadside:(${asks.join('|')}) ([\w.!~*'()%]+) ([\w.!~*'()%]+) ([\da-f]{32}) -->`,
);

/** A box to tick, with what it does in words that are safe already. */
export function writeBox({ ask, target, post, line }: Mark, label: string): string {
  return `- [ ] <!-- broadside:${ask} ${encodeWord(target)} ${encodeWord(post)} ${line} --> ${label}`;
}

/** The marks of the ticked boxes in a text, each once and 50 at most; everything else is passed over. */
export function readChecked(text: string): readonly Mark[] {
  const found = new Map<string, Mark>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const mark = readBox(line);
    if (mark === undefined || found.size >= mostChecked) continue;
    found.set(keyOf(mark), mark);
  }
  return [...found.values()];
}

/** What one edit asks for: the boxes that are ticked after it and were not before. */
export function findAsked(before: string, after: string): readonly Mark[] {
  const known = new Set(readChecked(before).map(keyOf));
  return readChecked(after).filter((mark) => !known.has(keyOf(mark)));
}

/** Whether two marks are of the same box. */
export function isSameMark(one: Mark, other: Mark): boolean {
  return keyOf(one) === keyOf(other);
}

/** Whether a text is the dashboard's of a blog. */
export function isDashboard(text: string, blog: string): boolean {
  return text.trimStart().startsWith(writeDashboardMark(blog));
}

function readBox(line: string): Mark | undefined {
  const [, sign = ' ', ask, target = '', post = '', digest = ''] = box.exec(line) ?? [];
  const known = asks.find((one) => one === ask);
  if (sign === ' ' || known === undefined) return undefined;
  const words = { target: decodeWord(target), post: decodeWord(post) };
  return words.target === undefined || words.post === undefined
    ? undefined
    : { ask: known, target: words.target, post: words.post, line: digest };
}

function keyOf({ ask, target, post, line }: Mark): string {
  return JSON.stringify([ask, target, post, line]);
}

/** A name as one word that cannot end a comment. */
function encodeWord(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll('-', '%2D');
}

function decodeWord(word: string): string | undefined {
  try {
    return decodeURIComponent(word);
  } catch {
    return undefined;
  }
}
