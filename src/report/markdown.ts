import { shorten } from '../base/shorten.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import type { Action } from '../model/plan.ts';
import type { Post } from '../model/post.ts';
import { nameSubject } from './format-plan.ts';

/** The most bytes of a comment or an issue: GitHub takes 65,536 characters, and an environment variable holds 128 KiB. */
export const commentLimit = 60_000;

/** The most characters of one cell. */
const longestCell = 400;

/** A part of a report that may be cut between its lines. */
export interface Block {
  readonly open: string;
  readonly lines: readonly string[];
  readonly close: string;
}

/** Everything that markdown, HTML, GitHub's mentions, references, autolinks or emoji could take for more than text. */
const markup = /[\\`*_[\]()<>#!|~$&@]|:(?=\/\/|[\w+-]*[a-z][\w+-]*:)|(?<=www)\.|(?<=\bgh)-(?=\d)/gi;

/** Characters that GitHub looks for after it has read entities, so they need a zero-width space behind them. */
const readLater = '@#:-';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text from outside as one line of markdown or HTML that shows just that text: nothing in it is markup, a mention or a link. */
export function escapeMarkdown(text: string): string {
  const line = cleanForTerminal(text.toWellFormed()).trim();
  const shown = shorten(line, longestCell);
  return shown.replace(markup, (character) => {
    if (character === '.') return '&#8203;.';
    const entity = `&#${character.codePointAt(0) ?? 0};`;
    return readLater.includes(character) ? `${entity}&#8203;` : entity;
  });
}

/** Lines from outside inside `<pre>`, where GitHub looks for neither markdown nor mentions. */
function escapeLines(text: string): readonly string[] {
  return text
    .toWellFormed()
    .split('\n')
    .map((line) => cleanForTerminal(line).replaceAll(/[&<>]/g, (character) => entities[character] ?? ''));
}

/** A link to an address of the web, its text shown as text; only the text where the address is not one, or names a user. */
export function formatLink(text: string, address: string | undefined): string {
  const shown = escapeMarkdown(text);
  const url = URL.parse(address ?? '');
  if (url === null || !/^https?:$/.test(url.protocol) || url.username + url.password !== '') return shown;
  const safe = url.href.replaceAll(
    /[^\w\-.~:/?#@!$',;=%&+]/g,
    (character) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `[${shown}](<${safe.replaceAll('&', '&amp;')}>)`;
}

/** A command line to be copied: what stands in code is neither markup nor a mention. */
export function formatCommand(command: string): string {
  return /[`|\s\\]/.test(command.replaceAll(' ', '')) ? escapeMarkdown(command) : `\`${command}\``;
}

/** The post of an action by its title, with a link to its original. */
export function linkPost(action: Action, { posts }: { readonly posts: readonly Post[] }): string {
  const post = 'post' in action ? posts.find((one) => one.id === action.post) : undefined;
  return post === undefined ? escapeMarkdown(nameSubject(action)) : formatLink(post.title, post.canonicalUrl);
}

/** A field's value, for people. */
export function printValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Texts that are folded away until their heading is clicked. */
export function details(heading: string, ...texts: readonly string[]): Block {
  const [first = '', ...more] = texts.filter((text) => text !== '');
  const between = more.flatMap((text) => ['</pre>', '', `<pre>${escapeLines(text).join('\n')}`]);
  return {
    open: `<details><summary>${escapeMarkdown(heading)}</summary>\n\n<pre>`,
    lines: [...escapeLines(first), ...between],
    close: '</pre>\n\n</details>\n\n',
  };
}

/** How many bytes a text is in UTF-8. */
export function countBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
