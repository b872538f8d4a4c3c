/** A file's text cut at its front matter. */
export interface SplitText {
  /** `lines`: plain `Key: value` lines up to a blank one, as Pelican takes them; `unsupported`: the opening fence names a language. */
  readonly kind: 'yaml' | 'toml' | 'lines' | 'none' | 'unsupported';
  /** The language an unsupported fence names. */
  readonly language?: string;
  /** The text between the fences. */
  readonly raw: string;
  /** The line of the file that `raw` starts on, from 1. */
  readonly firstLine: number;
  /** Whether the closing fence was found. */
  readonly closed: boolean;
  /** What follows the front matter: nothing where it is not closed. */
  readonly body: string;
}

/** Drops a byte order mark and makes every line end in a line feed, as digests and positions need it. */
export function normaliseText(text: string): string {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return text.includes('\r') ? text.slice(start).replaceAll(/\r\n?/g, '\n') : text.slice(start);
}

/**
 * Finds the front matter: YAML between `---`, of which the last may be `...` as for Jekyll and Pandoc, TOML between `+++`, from the first line on. Without a first fence it is YAML up
 * to a `---`, as Hexo takes it, or plain lines up to a blank one; either only with a title and a date in it. JSON, which Hugo
 * takes as well, is YAML, too.
 */
export function splitFrontMatter(text: string): SplitText {
  const lines = normaliseText(text);
  const opening = /^(---|\+\+\+)[ \t]*([a-z][\w+]*)?[ \t]*(?:\n|$)/i.exec(lines);
  if (!opening) {
    return (
      splitJson(lines) ??
      splitUnfenced(lines) ?? { kind: 'none', raw: '', firstLine: 1, closed: true, body: lines }
    );
  }
  const [{ length: start }, fence = '', language] = opening;
  const end = findEnd(lines, fence, start);
  const raw = end === start ? '' : lines.slice(start, end === -1 ? undefined : end - 1);
  const bodyStart = end === -1 ? -1 : lines.indexOf('\n', end) + 1;
  const body = bodyStart > 0 ? lines.slice(bodyStart) : '';
  const found = { raw, firstLine: 2, closed: end !== -1, body };
  if (language !== undefined) return { kind: 'unsupported', language, ...found };
  return { kind: fence === '---' ? 'yaml' : 'toml', ...found };
}

/** JSON from a brace alone on the first line to one alone on another. */
function splitJson(lines: string): SplitText | undefined {
  if (!/^\{[ \t]*\n\s*"/.test(lines)) return undefined;
  const closing = /\n\}[ \t]*(?:\n|$)/.exec(lines);
  if (closing === null) return undefined;
  const end = closing.index + closing[0].length;
  const raw = lines.slice(0, closing.index + 2).replaceAll(/^\t+/gm, (tabs) => ' '.repeat(tabs.length));
  return { kind: 'yaml', raw, firstLine: 1, closed: true, body: lines.slice(end) };
}

/** A text with blanks for front matter without markdown's own fences, which would be read as words; nothing else moves. */
export function hideUnfenced(text: string): string {
  const isFenced = /^\uFEFF?(?:---|\+\+\+)/.test(text);
  if (isFenced && !/(?:^|[\r\n])\.\.\.[ \t]*(?:$|[\r\n])/.test(text)) return text;
  const lines = normaliseText(text);
  const found = isFenced ? splitDotted(lines) : (splitJson(lines) ?? splitUnfenced(lines));
  if (found === undefined) return text;
  const count = lines.slice(0, lines.length - found.body.length).split('\n').length - 1;
  const ends = [...text.matchAll(/\r\n?|\n/g)];
  const last = ends[count - 1];
  const end = last === undefined ? text.length : last.index + last[0].length;
  return text.slice(0, end).replaceAll(/[^\r\n]/g, ' ') + text.slice(end);
}

/** YAML that ends in dots. */
function splitDotted(lines: string): SplitText | undefined {
  const found = splitFrontMatter(lines);
  const matter = lines.slice(0, lines.length - found.body.length);
  return found.closed && /\n\.\.\.[ \t]*\n?$/.test(matter) ? found : undefined;
}

function splitUnfenced(lines: string): SplitText | undefined {
  if (!/^[a-z][\w-]{0,40}:[ \t]/i.test(lines)) return undefined;
  const [{ index: end, 0: mark } = { index: lines.length, 0: '' }] = lines.matchAll(
    /\n(?:---[ \t]*(?:\n|$)|[ \t]*(?:\n|$))/g,
  );
  const raw = lines.slice(0, end);
  const isFrontMatter = /^title:/im.test(raw) && /^date:/im.test(raw);
  const isWhole = raw
    .split('\n')
    .every((line) => /^(?:[a-z][\w-]{0,40}:(?:[ \t]|$)|[ \t]+\S|-[ \t])/i.test(line));
  if (!isFrontMatter || !isWhole) return undefined;
  const kind = mark.startsWith('\n---') ? 'yaml' : 'lines';
  return { kind, raw, firstLine: 1, closed: true, body: lines.slice(end + mark.length) };
}

/** Where the first line from `start` on begins that ends front matter; -1 if there is none. */
function findEnd(lines: string, fence: string, start: number): number {
  const ends = (fence === '---' ? [fence, '...'] : [fence]).map((mark) => findFence(lines, mark, start));
  const found = ends.filter((end) => end !== -1);
  return found.length === 0 ? -1 : Math.min(...found);
}

/** Where the first line from `start` on begins that is a fence and blanks; -1 if there is none. */
function findFence(lines: string, fence: string, start: number): number {
  for (let at = lines.indexOf(fence, start); at !== -1; at = lines.indexOf(`\n${fence}`, at) + 1 || -1) {
    const end = lines.indexOf('\n', at);
    const isLine = lines.charAt(at - 1) === '\n';
    if (isLine && lines.slice(at, end === -1 ? undefined : end).trimEnd() === fence) return at;
  }
  return -1;
}
