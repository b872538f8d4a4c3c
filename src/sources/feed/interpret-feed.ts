import type { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { digestJson } from '../../base/digest.ts';
import type { Diagnostic, RuleId } from '../../model/diagnostic.ts';
import type { Author, Cover } from '../../model/post.ts';
import { isZeroDate } from '../../reading/front-matter/parse-date.ts';
import { parseMarkdown } from '../../reading/parse.ts';
import { urlKey } from '../../reading/url-key.ts';
import type { Feed, FeedItem } from './feed-item.ts';
import { dropTracking, takeCanonicalNotice } from './find-canonical.ts';
import { htmlToTree } from '../../reading/html/html-to-tree.ts';
import type { Body } from '../../reading/html/html-to-tree.ts';
import { nameSlug } from './name-slug.ts';
import { readFeedDate } from './read-date.ts';
import { readHttpUrl, readPlainText } from '../../reading/html/read-text.ts';

/** What an item lacks or loses, to be told beside its file or feed. */
export type Flaw = Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy'>;

/** An item of a feed as a post, as far as the feed tells. */
export interface FeedPost {
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
  /** Whether an export has it as one, or as not for everybody. */
  readonly draft?: boolean;
  /** Digest of all that the item says. */
  readonly digest: string;
  readonly flaws: readonly Flaw[];
}

const summaryLength = 500;
const excerptEnding = /(?:\[?(?:…|\.\.\.|&hellip;)\]?|\[…\]|continue reading.{0,80}|read more.{0,40})\s*$/i;
const nonTags = new Set(['uncategorized', 'uncategorised', '']);

/** An item as a post, and its text. */
export interface Interpreted {
  readonly post: FeedPost;
  /** To be used at once or packed: it takes a hundred times the memory of its HTML. */
  readonly tree: Root;
}

/** A tree as text, which takes little memory. */
export function packTree(tree: Root): string {
  return JSON.stringify(tree);
}

/** A tree of its own each time. */
export function unpackTree(packed: string): Root {
  return JSON.parse(packed) as Root;
}

/**
 * Reads every item of a feed as a post, in the feed's order, and returns what `convert` makes of each. Items that come twice are read
 * once; items that share an id and have addresses of their own are as many posts.
 */
export function interpretFeed<Result>(
  feed: Feed,
  timezone: string,
  convert: (interpreted: Interpreted) => Result,
): readonly Result[] {
  return listItems(feed).map((listed) => convert(interpretItem(listed, feed, timezone)));
}

/** An item of a feed, and whether the feed has it again, not alike. */
export interface ListedItem {
  readonly item: FeedItem;
  readonly differs: boolean;
}

/** A feed's items without those that come again. */
export function listItems(feed: Feed): readonly ListedItem[] {
  const first = new Map<string, FeedItem>();
  const differing = new Set<FeedItem>();
  const items = feed.items.filter((item) => {
    if (item.guid === undefined && item.link === undefined) return true;
    const identity = JSON.stringify([item.guid, item.link]);
    const known = first.get(identity);
    if (known === undefined) first.set(identity, item);
    else if (digestItem(known) !== digestItem(item)) differing.add(known);
    return known === undefined;
  });
  return items.map((item) => ({ item, differs: differing.has(item) }));
}

const comesTwice: Flaw = warn(
  'feed-duplicate',
  'The feed has this item more than once, not always alike; the first was taken.',
  'See on its page whether it is the newest.',
);

/** Reads an item as a post; of its feed all but the items counts. */
export function interpretItem(
  { item, differs }: ListedItem,
  feed: Omit<Feed, 'items'>,
  timezone: string,
): Interpreted {
  const flaws: Flaw[] = [];
  const { tree, missed, named, coverAlt } = readBody(item, flaws);
  const { exported } = item;
  const platform = exported === undefined ? recognisePlatform(item, feed) : undefined;
  const own = exported === undefined ? item.link : exported.original;
  const original = named ?? (own === undefined || platform !== undefined ? undefined : dropTracking(own));
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
  if (differs) flaws.push(comesTwice);
  if (exported?.withheld !== undefined) flaws.push(describeWithheld(exported.withheld));
  const digest = digestItem(item);
  const post: FeedPost = {
    slug: nameSlug({
      name: exported?.slug,
      // What is not out has an address that names nothing, such as /?p=12.
      url: named ?? (exported === undefined ? item.link : exported.original),
      platform: named === undefined ? platform : undefined,
      title: item.title,
      text: item.title === '' ? toString(tree.children.slice(0, 3)) : '',
      digest,
    }),
    title: item.title,
    tags: readTags(item.tags),
    authors: item.authors,
    digest,
    flaws,
    ...(item.link !== undefined && { link: item.link }),
    ...(original !== undefined && { original }),
    ...(publishAt !== undefined && { publishAt }),
    ...(updatedAt !== undefined && updatedAt !== publishAt && { updatedAt }),
    ...(summary !== undefined && { summary }),
    ...(item.cover && { cover: coverAlt ? { ...item.cover, alt: coverAlt } : item.cover }),
    ...(lang !== undefined && { lang }),
    ...(exported?.draft === true && { draft: true }),
  };
  return { post, tree };
}

function describeWithheld(why: string): Flaw {
  return warn(
    'import-withheld',
    `${why} It comes as a draft.`,
    'Take out draft: true if everybody may read it.',
  );
}

function warn(rule: RuleId, message: string, remedy: string): Flaw {
  return { rule, severity: 'warning', message, remedy };
}

function digestItem(item: FeedItem): string {
  return digestJson({
    title: item.title,
    html: item.exported?.markdown ?? item.html,
    tags: item.tags,
    link: item.link ?? null,
    date: item.date ?? null,
    updated: item.updated ?? null,
    summary: item.summaryHtml ?? null,
    cover: item.cover?.url ?? null,
  });
}

/** The most HTML that one item may have, in characters: what a post may have in bytes. */
const longestHtml = 2_000_000;

interface ItemBody extends Body {
  /** The original that its notice names. */
  readonly named: string | undefined;
  /** The description of the cover, if the text began with it. */
  readonly coverAlt: string | undefined;
}

/** Takes out the cover that a text begins with, since it is shown above the text anyway. Returns what it says it shows. */
function takeCover(tree: Root, cover: Cover | undefined): string | undefined {
  const [first] = tree.children;
  const image = first?.type === 'paragraph' && first.children.length === 1 ? first.children[0] : undefined;
  if (cover === undefined || image?.type !== 'image' || image.url !== cover.url) return undefined;
  tree.children.shift();
  return image.alt ?? '';
}

/** An item's text without the cover and the notice that names its original, and what that notice names. */
function readBody(item: FeedItem, flaws: Flaw[]): ItemBody {
  const refuse = (message: string): void => {
    flaws.push({
      rule: 'feed-body',
      severity: 'error',
      message,
      remedy: "Copy the text from the item's page.",
    });
  };
  const nothing = {
    tree: { type: 'root', children: [] } satisfies Root,
    missed: [],
    named: undefined,
    coverAlt: undefined,
  };
  if (Math.max(item.html.length, item.exported?.markdown?.length ?? 0) > longestHtml) {
    refuse('The text is longer than the 2 MB that a post may have.');
    return nothing;
  }
  try {
    const { exported } = item;
    const { tree, missed } =
      exported?.markdown === undefined
        ? htmlToTree(item.html, item.base)
        : { tree: parseMarkdown(`\n${exported.markdown}`), missed: [] };
    const named = takeCanonicalNotice(tree);
    const coverAlt = takeCover(tree, item.cover);
    const lost = [...(exported?.missed ?? []), ...missed, ...linkEnclosures(tree, item)];
    return { tree, missed: lost, named, coverAlt };
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    refuse('The HTML is nested too deeply, or has too many elements, to be read.');
    return nothing;
  }
}

/** Adds a link for each file that comes with an item and that its text does not name. Returns what to tell of them. */
function linkEnclosures(tree: Root, item: FeedItem): readonly string[] {
  const files = (item.enclosures ?? [])
    .filter(({ url }) => !item.html.includes(url))
    .slice(0, mostEnclosures);
  return files.map(({ url, type }) => {
    const name = new URL(url).pathname.split('/').at(-1) || url;
    tree.children.push({
      type: 'paragraph',
      children: [{ type: 'link', url, children: [{ type: 'text', value: name }] }],
    });
    return `a file that comes with the item${type === '' ? '' : ` (${type})`} became a link at the end of the text`;
  });
}

/** The most files of one item that are linked. */
const mostEnclosures = 50;

/** The date that an item came out: its own, else when it was last changed. */
function readDate(item: FeedItem, timezone: string, flaws: Flaw[]): string | undefined {
  const given = [item.date, item.updated].filter((one) => one !== undefined);
  const read = given.map((one) => readFeedDate(one, timezone));
  const date = read.find((one) => one !== undefined);
  const unread = given.find((one, index) => read[index] === undefined && !isZeroDate(one));
  const isDraft = item.exported?.draft === true && unread === undefined;
  if ((unread !== undefined || date === undefined) && !isDraft)
    flaws.push(describeDate(unread, given[0], date));
  return date;
}

function describeDate(unread: string | undefined, zero: string | undefined, date: string | undefined): Flaw {
  const quote = (text: string): string => `"${text.trim().slice(0, 60)}"`;
  const remedy = 'Give the post a date, such as 2026-11-21T08:30:00Z.';
  if (unread !== undefined) {
    return date === undefined
      ? warn('feed-date', `The date ${quote(unread)} cannot be read.`, remedy)
      : warn(
          'feed-date',
          `The date ${quote(unread)} cannot be read; ${date} was taken.`,
          'Check whether it is right.',
        );
  }
  return zero === undefined
    ? warn('feed-date', 'The item has no date.', remedy)
    : warn('feed-date', `The item has no date: ${quote(zero)} is what programs write for none.`, remedy);
}

/** Whether HTML says at its end that it goes on, which is seen without parsing it. */
function isCutOffHtml(html: string): boolean {
  return /(?:…|\.\.\.|&hellip;|&#8230;|&#x2026;)\]?\s*(?:<\/\w+>\s*)*$/i.test(html.slice(-100));
}

/** A summary the author wrote, not the beginning of the text that a feed's generator cut off. */
function readSummary(item: FeedItem, tree: Root): string | undefined {
  if (item.summaryHtml === undefined || isCutOffHtml(item.summaryHtml)) return undefined;
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

/** The platform that the item's page is a copy on, so its address says nothing about the original. */
function recognisePlatform(item: FeedItem, feed: Omit<Feed, 'items'>): 'forem' | 'medium' | undefined {
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
