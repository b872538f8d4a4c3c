import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { decodePercent } from '../base/decode-percent.ts';
import type { Config } from '../config/load.ts';
import type { Post } from '../model/post.ts';
import { compareWithPage, type Comparison } from '../pages/compare-page.ts';
import type { Chrome, PagedPost } from '../pages/define.ts';
import { findMarks } from '../pages/find-marks.ts';
import { learnChrome } from '../pages/learn-chrome.ts';
import { dayOf } from '../base/format-instant.ts';
import { readPageHead } from '../reading/html/read-page-head.ts';
import { matchPages, tidyPath } from '../reading/match-pages.ts';
import { urlKey } from '../reading/url-key.ts';
import { findTranslations, readFileName } from '../sources/markdown/read-file-name.ts';
import { findPageFile, readPageFile } from './find-page.ts';
import { openPost } from './open-body.ts';
import type { Blog } from './load.ts';

/** A post compared with the site that was built from it. */
export interface ComparedPost {
  readonly post: Post;
  /** Where its page is instead, as a path or an address; absent where it is where the post says. */
  readonly address?: string;
  /** Absent where no page was found, or it cannot be compared: `fault` says why. */
  readonly comparison?: Comparison;
  readonly fault?: string;
}

/** How many posts tell what the pages of a site have in common. */
const postsForChrome = 12;

/** The share of a post's text from which a page at another address counts as the post's. */
const leastShare = 0.8;

/** Compares posts, one after the other, with the pages in a folder that a generator has built, absolute. */
export async function compareSite(
  posts: readonly Post[],
  folder: string,
  { config, blog, signal }: { readonly config: Config; readonly blog: Blog; readonly signal: AbortSignal },
): Promise<readonly ComparedPost[]> {
  const open = async (post: Post, file: string) => openPage(post, file, blog);
  const fileOf = (post: Post) => findPageFile(post.canonicalUrl, folder, config.site.url);
  const chrome = await learnFrom(posts, fileOf, open);
  const owns = new Map(posts.map((post) => [post.id, fileOf(post)]));
  const lost = posts.filter(({ id }) => owns.get(id) === undefined);
  const pages = lost.length === 0 ? [] : listPages(folder);
  const matched = matchFiles(lost, pages, { folder, taken: new Set(owns.values()), config });
  const compared: ComparedPost[] = [];
  for (const post of posts) {
    signal.throwIfAborted();
    const own = owns.get(post.id);
    const files =
      own === undefined ? [...(matched.get(post.id) ?? []), ...findAlike(post, pages, folder)] : [own];
    compared.push(await comparePost(post, { own, files, folder, chrome, config, open }));
  }
  return compared;
}

type Open = (post: Post, file: string) => Promise<PagedPost | { readonly fault: string }>;

async function openPage(
  post: Post,
  file: string,
  blog: Blog,
): Promise<PagedPost | { readonly fault: string }> {
  const html = readPageFile(file);
  if (html === undefined) return { fault: 'the page is larger than 20 MB' };
  const opened = await openPost(post, blog, ({ tree, text = '' }) => ({
    tree,
    marks: findMarks(tree, text),
    page: { url: post.canonicalUrl, html },
  }));
  return 'result' in opened ? opened.result : { fault: opened.fault.message };
}

async function learnFrom(
  posts: readonly Post[],
  fileOf: (post: Post) => string | undefined,
  open: Open,
): Promise<Chrome> {
  const paged: PagedPost[] = [];
  for (const post of posts) {
    if (paged.length === postsForChrome) break;
    const file = fileOf(post);
    const page = file === undefined ? undefined : await open(post, file);
    if (page !== undefined && 'tree' in page) paged.push(page);
  }
  return learnChrome(paged);
}

interface Sight {
  /** The file at the post's address, and those that may be its page. */
  readonly own: string | undefined;
  readonly files: readonly string[];
  readonly folder: string;
  readonly chrome: Chrome;
  readonly config: Config;
  readonly open: Open;
}

async function comparePost(
  post: Post,
  { own, files, folder, chrome, config, open }: Sight,
): Promise<ComparedPost> {
  let fault: string | undefined;
  for (const file of files) {
    const page = await open(post, file);
    if ('fault' in page) {
      fault = page.fault;
      continue;
    }
    const comparison = compareWithPage(page, chrome);
    if (own === undefined && (comparison?.share ?? 0) < leastShare) continue;
    const address = nameAddress(post, file, page.page.html, folder, config);
    const found = { post, ...(address !== undefined && { address }) };
    return comparison === undefined
      ? { ...found, fault: 'the page has nothing of the post' }
      : { ...found, comparison };
  }
  return { post, fault: fault ?? 'there is no page at its address' };
}

/** Where a page is, if that is not the post's own address: the address that the page gives itself, or else its path. */
function nameAddress(
  { canonicalUrl }: Post,
  file: string,
  html: string,
  folder: string,
  { site }: Config,
): string | undefined {
  const { canonical: named } = readPageHead(html);
  const said = named === undefined ? null : URL.parse(named, canonicalUrl);
  if (said !== null && said.origin === new URL(site.url).origin) {
    return urlKey(said.href) === urlKey(canonicalUrl) ? undefined : said.href;
  }
  const built = `/${relative(folder, file).split(sep).join('/')}`;
  const path = decodePercent(new URL(canonicalUrl).pathname);
  const isSame = [
    built,
    built.replace(/\/index\.html?$/, '/'),
    built.replace(/\/index\.html?$/, ''),
    built.replace(/\.html?$/, ''),
  ].some((one) => path === one || path.endsWith(one));
  return isSame ? undefined : built.replace(/\/index\.html?$/, '/');
}

/** How many pages of a site are searched, at most, for one that is not where it should be. */
const mostPages = 50_000;

function listPages(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.html?$/i.test(name))
    .slice(0, mostPages);
}

/** Of how many pages the titles are read, to recognise those that belong to no post yet. */
const mostTitles = 20_000;

/** The pages that are recognised as posts' by their titles and names, as `init` does it; by the posts' ids. */
function matchFiles(
  posts: readonly Post[],
  pages: readonly string[],
  given: {
    readonly folder: string;
    readonly taken: ReadonlySet<string | undefined>;
    readonly config: Config;
  },
): ReadonlyMap<string, readonly string[]> {
  const { folder, taken, config } = given;
  const files = pages.map((page) => join(folder, page)).filter((file) => !taken.has(file));
  const byAddress = new Map(files.map((file) => [addressOf(file, folder), file]));
  const own = [...byAddress].map(([address, file], index) => ({
    address,
    title: index < mostTitles ? readPageHead(readPageFile(file) ?? '').title : undefined,
  }));
  const translations = findTranslations(posts.map(({ origin }) => origin.path));
  const sought = posts.map((post) => {
    const { slug, name } = readFileName(post.origin.path, '', translations);
    const day = dayOf(post.publishAt, config.site.timezone);
    return { id: post.id, path: post.origin.path, slug, name, title: post.title, day };
  });
  const found = matchPages(sought, [], own);
  return new Map(
    sought.map(({ id, path }) => [id, [byAddress.get(found.get(path) ?? '') ?? []].flat()] as const),
  );
}

function addressOf(file: string, folder: string): string {
  return tidyPath(`/${relative(folder, file).split(sep).join('/')}`);
}

/** The pages whose address is a post's, except for letter case, a date, or its ending. */
function findAlike(
  { id, origin, canonicalUrl }: Post,
  pages: readonly string[],
  folder: string,
): readonly string[] {
  const names = new Set([id, origin.path, new URL(canonicalUrl).pathname].map(lastName));
  return pages
    .filter((page) => names.has(lastName(page)))
    .slice(0, 5)
    .map((page) => join(folder, page));
}

function lastName(path: string): string {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => part.replace(/\.(?:html?|mdx?|markdown)$/i, '').replace(/^\d{4}-\d{2}-\d{2}-/, ''))
    .filter((part) => part !== '' && part !== 'index');
  return (parts.at(-1) ?? '').toLowerCase();
}
