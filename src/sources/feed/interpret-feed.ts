import type { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { digestJson } from '../../digest.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Author, Cover } from '../../model/post.ts';
import { urlKey } from '../../transform/url-key.ts';
import type { Feed, FeedItem } from './feed-item.ts';
import { dropTracking, takeCanonicalNotice } from './find-canonical.ts';
import { htmlToTree } from './html-to-tree.ts';
import type { Body } from './html-to-tree.ts';
import { nameSlug } from './name-slug.ts';
import { readFeedDate } from './read-date.ts';
import { readHttpUrl, readPlainText } from './read-text.ts';

/** What an item lacks or loses, to be told beside its file or feed. */
export type Flaw = Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy'>;

/** An item of a feed as a post, as far as the feed tells. */
export interface Entry {
  /** From the original's address, else the item's, else the title; not unique. */
  readonly slug: string;
  /** Empty when the item has none. */
  readonly title: string;
  readonly link?: string;
  /** The original's address: named in the text, or the item's own unless that is a copy's on a platform. */
  readonly original?: string;
  /** ISO 8601 in UTC. */
  readonly publishAt?: string;
  readonly updatedAt?: string;
  readonly summary?: string;
  readonly tags: readonly string[];
  readonly cover?: Cover;
  readonly authors: readonly Author[];
  /** Where the item differs from its feed, or the feed tells; BCP 47. */
  readonly lang?: string;
  readonly tree: Root;
  /** Digest of all that the item says. */
  readonly digest: string;
  readonly flaws: readonly Flaw[];
}

const summaryLength = 500;
const excerptEnding = /(?:\[?(?:…|\.\.\.|&hellip;)\]?|\[…\]|continue reading.{0,80}|read more.{0,40})\s*$/i;
const nonTags = new Set(['uncategorized', 'uncategorised', '']);

/** Reads every item of a feed as a post, in the feed's order; items that come twice are read once. */
export function interpretFeed(feed: Feed, timezone: string): readonly Entry[] {
  const seen = new Set<string>();
  return feed.items.flatMap((item) => {
    const identity = item.guid ?? item.link;
    if (identity !== undefined && seen.has(identity)) return [];
    if (identity !== undefined) seen.add(identity);
    return [interpretItem(item, feed, timezone)];
  });
}

function interpretItem(item: FeedItem, feed: Feed, timezone: string): Entry {
  const flaws: Flaw[] = [];
  const { tree, missed } = readBody(item, flaws);
  const platform = recognisePlatform(item, feed);
  const named = takeCanonicalNotice(tree);
  const own = item.link === undefined || platform !== undefined ? undefined : dropTracking(item.link);
  const original = named ?? own;
  const publishAt = readDate(item, timezone, flaws);
  const updatedAt = item.updated === undefined ? undefined : readFeedDate(item.updated, timezone);
  const summary = readSummary(item, tree);
  const lang = item.lang ?? feed.language;
  if (item.title === '') {
    flaws.push(warn('feed-title', 'The item has no title.', 'Give the post a title.'));
  }
  for (const phrase of missed) {
    flaws.push(
      warn(
        'feed-content',
        `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`,
        'Look at the original and put in what is missing.',
      ),
    );
  }
  if (tree.children.length === 0 && !flaws.some(({ rule }) => rule === 'feed-body')) {
    flaws.push(warn('feed-body', 'The item has no text.', "Copy the text from the item's page."));
  } else if (item.html.length < 2000 && excerptEnding.test(toString(tree).trim())) {
    flaws.push(warn('feed-body', 'The text looks like an excerpt.', "Copy the rest from the item's page."));
  }
  return {
    slug: nameSlug({
      url: named ?? item.link,
      platform: named === undefined ? platform : undefined,
      title: item.title,
    }),
    title: item.title,
    tags: readTags(item.tags),
    authors: item.authors,
    tree,
    digest: digestJson({
      title: item.title,
      html: item.html,
      tags: item.tags,
      link: item.link ?? null,
      date: item.date ?? null,
      updated: item.updated ?? null,
      summary: item.summaryHtml ?? null,
      cover: item.cover?.url ?? null,
    }),
    flaws,
    ...(item.link !== undefined && { link: item.link }),
    ...(original !== undefined && { original }),
    ...(publishAt !== undefined && { publishAt }),
    ...(updatedAt !== undefined && updatedAt !== publishAt && { updatedAt }),
    ...(summary !== undefined && { summary }),
    ...(item.cover && { cover: item.cover }),
    ...(lang !== undefined && { lang }),
  };
}

function warn(rule: string, message: string, remedy: string): Flaw {
  return { rule, severity: 'warning', message, remedy };
}

function readBody(item: FeedItem, flaws: Flaw[]): Body {
  try {
    return htmlToTree(item.html, item.base);
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    flaws.push({
      rule: 'feed-body',
      severity: 'error',
      message: 'The HTML is nested too deeply to be read.',
      remedy: "Copy the text from the item's page.",
    });
    return { tree: { type: 'root', children: [] }, missed: [] };
  }
}

function readDate(item: FeedItem, timezone: string, flaws: Flaw[]): string | undefined {
  const written = item.date ?? item.updated;
  const date = written === undefined ? undefined : readFeedDate(written, timezone);
  if (date !== undefined) return date;
  const message = written === undefined ? 'The item has no date.' : `The date "${written}" cannot be read.`;
  flaws.push(warn('feed-date', message, 'Give the post a date, such as 2026-11-21T08:30:00Z.'));
  return undefined;
}

/** A summary the author wrote, not the beginning of the text that a feed's generator cut off. */
function readSummary(item: FeedItem, tree: Root): string | undefined {
  if (item.summaryHtml === undefined) return undefined;
  const text = readPlainText(item.summaryHtml.slice(0, 4 * summaryLength), 'html')
    .replace(/\s*The post .{0,300} (?:appeared first|first appeared) on .{0,200}$/i, '')
    .trim();
  const isCutOff = excerptEnding.test(text);
  const bare = (words: string) => words.replace(/[^\p{L}\p{N}]+/gu, '');
  const opening = bare(text.replace(excerptEnding, ''));
  const repeats = bare(toString(tree).slice(0, 8 * summaryLength)).startsWith(opening);
  return text === '' || isCutOff || repeats || text.length > summaryLength ? undefined : text;
}

function readTags(tags: readonly string[]): readonly string[] {
  const plain = tags.map((tag) => tag.trim().toLowerCase()).filter((tag) => !nonTags.has(tag));
  return [...new Set(plain)];
}

/** The platform whose copy the item's page is, so that its address says nothing of the original. */
function recognisePlatform(item: FeedItem, feed: Feed): 'forem' | 'medium' | undefined {
  if (item.link === undefined) return undefined;
  const { hostname, pathname } = new URL(item.link);
  if (/(?:^|\.)medium\.com$/.test(hostname)) return 'medium';
  if (hostname === 'dev.to') return 'forem';
  const self = readHttpUrl(feed.self ?? '', feed.link);
  if (feed.link === undefined || self === undefined) return undefined;
  const owner = new URL(feed.link).pathname;
  const isForem =
    /^\/[\w-]+$/.test(owner) &&
    urlKey(self) === urlKey(new URL(`/feed${owner}`, feed.link).href) &&
    new URL(feed.link).hostname === hostname &&
    /^\/[\w-]+\/[\w-]+-[0-9a-p]{1,4}$/.test(pathname);
  return isForem ? 'forem' : undefined;
}
