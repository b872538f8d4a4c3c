import { countOf } from '../base/count-of.ts';
import { shorten } from '../base/shorten.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import type { ComparedPost } from '../blog/compare-site.ts';
import type { Difference } from '../pages/compare-page.ts';

/** The share of a post that has to be on its page for the two to be compared word by word. */
const leastShare = 0.8;

/** How many differences of a kind are shown of a post, and how many characters of each. */
const mostShown = 3;
const longestShown = 100;

const kinds: Readonly<Record<Difference['kind'], string>> = {
  words: 'words on the page that a copy would lack',
  link: 'links on the page that a copy would lack',
  picture: 'pictures on the page that a copy would lack',
  added: 'words in the post that its page does not show',
};

/** Whether a copy would show everything as the page does. */
export function isFaithful({ address, comparison, fault }: ComparedPost): boolean {
  return address === undefined && fault === undefined && comparison?.differences.length === 0;
}

/** What was found in posts that were compared with their pages, one question after the other, for people. */
export function formatComparison(compared: readonly ComparedPost[], folder: string): string {
  const groups = [
    group(
      'without a page that can be compared',
      compared.flatMap(({ post, fault }) =>
        fault === undefined ? [] : [`${post.origin.path}  ${post.canonicalUrl}: ${fault}`],
      ),
    ),
    group(
      'at another address',
      compared.flatMap(({ post, address }) =>
        address === undefined ? [] : [`${post.origin.path}  ${post.canonicalUrl} is ${address}`],
      ),
    ),
    group(
      'of which the page shows little: it may be old, or of something else',
      compared.flatMap(({ post, comparison }) =>
        isStale(comparison)
          ? [`${post.origin.path}  ${Math.floor((comparison?.share ?? 0) * 100)} % of it is on the page`]
          : [],
      ),
    ),
    ...Object.entries(kinds).map(([kind, words]) => group(`with ${words}`, listOf(compared, kind))),
  ].filter((text) => text !== '');
  const faithful = compared.filter(isFaithful).length;
  const total = `${countOf(compared.length, 'post was', 'posts were')} compared with ${folder}: ${countOf(faithful, 'reads', 'read')} as on the site.`;
  return `${[...groups, total].join('\n\n')}\n`;
}

function isStale(comparison: ComparedPost['comparison']): boolean {
  return comparison !== undefined && comparison.share < leastShare;
}

function listOf(compared: readonly ComparedPost[], kind: string): readonly string[] {
  return compared.flatMap(({ post, comparison }) => {
    if (comparison === undefined || isStale(comparison)) return [];
    const own = comparison.differences.filter((one) => one.kind === kind);
    const more = own.length > mostShown ? [`${post.origin.path}  and ${own.length - mostShown} more`] : [];
    return [
      ...own
        .slice(0, mostShown)
        .map(
          ({ line, what }) =>
            `${post.origin.path}:${line}  ${shorten(what.replaceAll(/\s+/g, ' '), longestShown)}`,
        ),
      ...more,
    ];
  });
}

function group(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const posts = new Set(lines.map((line) => line.split(/:\d+ | {2}/)[0]));
  const count = countOf(posts.size, 'post');
  return [`${count} ${title}`, ...lines.map((line) => `  ${cleanForTerminal(line)}`)].join('\n');
}
