import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BroadsideError } from '../../base/errors.ts';
import { joinPath } from '../../init/paths.ts';
import { readSitemap } from '../../init/prove.ts';
import { readPageHead } from '../../reading/html/read-page-head.ts';
import type { OwnPage, OwnPages } from '../../reading/match-pages.ts';
import { openSiteFolder, type SiteFolder } from './site-folder.ts';

/** Where generators put the site that they build, relative to the folder it is built in. */
const builtFolders = [
  'public',
  '_site',
  'dist',
  'out',
  'build',
  'site',
  'output',
  '.output/public',
  '.vitepress/dist',
  'docs/.vitepress/dist',
  'dist/client',
  'website/build',
  'docs/_site',
];

const mapNames = ['sitemap.xml', 'sitemap-index.xml', 'sitemap_index.xml', 'sitemap-0.xml'];
const feedNames = [
  'feed.xml',
  'rss.xml',
  'atom.xml',
  'index.xml',
  'feed.json',
  'blog/rss.xml',
  'feed/feed.xml',
];

/** How many pages of a built site are looked at, and how many sitemaps are read. */
const [pageLimit, mapLimit] = [20_000, 12];

/** The longest that one look at the live site takes, in milliseconds, and the most bytes of an answer. */
const [lookLimit, byteLimit] = [8000, 10 * 1024 * 1024];

/** The pages of the site that was built in the blog's folder, or in the one that is named; undefined where none was. */
export async function readBuiltPages(
  root: string,
  named: string | undefined,
  url: string,
): Promise<OwnPages | undefined> {
  for (const folder of named === undefined ? builtFolders : [named]) {
    if (!existsSync(join(root, folder, 'index.html'))) continue;
    const site = openSiteFolder(join(root, folder));
    const base = joinPath(new URL(url).pathname);
    const mapped = readMaps(site);
    if (mapped !== undefined) {
      const titles = await readTitles(site);
      const pages = mapped.pages.map((address) => ({ address, title: titles.get(address) }));
      return { from: joinPath(folder, mapped.from), pages, origin: mapped.origin };
    }
    const pages = listPages(site, base);
    if (pages.length > 1) return { from: folder, pages };
  }
  return undefined;
}

/** The paths that the sitemaps of a built site have. */
function readMaps(
  site: SiteFolder,
):
  | { readonly from: string; readonly pages: readonly string[]; readonly origin: string | undefined }
  | undefined {
  const from = mapNames.find((name) => site.start(name) !== undefined);
  if (from === undefined) return undefined;
  const texts = [from, ...listMaps(site)].flatMap((name) => site.read(name) ?? []);
  const all = texts.flatMap((text) => readSitemap(text).pages);
  const pages = all.flatMap((page) => URL.parse(page)?.pathname ?? []);
  return pages.length > 1 ? { from, pages: [...new Set(pages)], origin: originOf(all) } : undefined;
}

function listMaps(site: SiteFolder): readonly string[] {
  return site
    .list('')
    .filter(({ name }) => /^sitemap[-_\w]*\.xml$/.test(name))
    .map(({ name }) => name);
}

async function readTitles(site: SiteFolder): Promise<ReadonlyMap<string, string>> {
  const name = feedNames.find((one) => site.start(one) !== undefined);
  const text = name === undefined ? undefined : site.read(name);
  if (text === undefined) return new Map();
  const entries = await readFeed(Buffer.from(text));
  return new Map(entries.map(({ address, title }) => [address, title ?? '']));
}

async function readFeed(bytes: Uint8Array): Promise<readonly OwnPage[]> {
  const { parseFeed } = await import('../../sources/feed/parse-feed.ts');
  try {
    const { items } = await parseFeed(bytes);
    return items.flatMap(({ link, title }) => {
      const path = URL.parse(link ?? '')?.pathname;
      return path === undefined ? [] : [{ address: path, title }];
    });
  } catch (error) {
    if (error instanceof BroadsideError) return [];
    throw error;
  }
}

/** Every page of a built site by its own canonical link, else by its file. */
function listPages(site: SiteFolder, base: string): readonly OwnPage[] {
  const pages: OwnPage[] = [];
  const enter = (folder: string): void => {
    for (const { name, kind } of site.list(folder)) {
      if (pages.length >= pageLimit) return;
      const path = joinPath(folder, name);
      if (kind === 'folder') enter(path);
      else if (/\.html$/i.test(name)) {
        const { canonical, title, leadsOn } = readPageHead(site.read(path) ?? site.start(path) ?? '');
        const own = URL.parse(canonical ?? '')?.pathname;
        const file = `/${joinPath(base, path)}`.replace(/\/index\.html$/i, '/');
        if (!leadsOn) pages.push({ address: own ?? file, title });
      }
    }
  };
  enter('');
  return pages;
}

/** The pages that the live site's sitemap, or else its feed, has; undefined where neither can be read. */
export async function readLivePages(
  url: string,
  feeds: readonly string[],
  signal: AbortSignal,
): Promise<OwnPages | undefined> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(2 * lookLimit)]);
  for (const name of mapNames.slice(0, 3)) {
    const from = `${url}/${name}`;
    const first = await get(from, deadline);
    if (first === 'unreachable') return undefined;
    if (first === undefined) continue;
    const { pages, maps } = readSitemap(first.toString('utf8'));
    const further = await Promise.all(
      maps.slice(0, mapLimit).map(async (map) => (sameSite(map, url) ? get(map, deadline) : undefined)),
    );
    const texts = further.flatMap((bytes) => (bytes instanceof Buffer ? bytes.toString('utf8') : []));
    const all = [...pages, ...texts.flatMap((text) => readSitemap(text).pages)];
    const found = all.flatMap((page) => URL.parse(page)?.pathname ?? []);
    if (found.length > 0) {
      return { from, pages: found.map((address) => ({ address })), origin: originOf(all) };
    }
  }
  for (const name of new Set([...feeds, ...feedNames.slice(0, 4)])) {
    const from = `${url}/${name}`;
    const bytes = await get(from, deadline);
    const pages = bytes instanceof Buffer ? await readFeed(bytes) : [];
    if (pages.length > 0) return { from, pages };
  }
  return undefined;
}

/** The host that most addresses have. */
function originOf(addresses: readonly string[]): string | undefined {
  const origins = Map.groupBy(
    addresses.flatMap((address) => URL.parse(address)?.origin ?? []),
    (origin) => origin,
  );
  return [...origins].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

function sameSite(address: string, url: string): boolean {
  const host = (text: string): string => URL.parse(text)?.host.replace(/^www\./, '') ?? '';
  return host(address) === host(url);
}

/** What stands at an address; undefined where there is nothing, and a word where the site cannot be reached. */
async function get(address: string, signal: AbortSignal): Promise<Buffer | 'unreachable' | undefined> {
  const { fetchDocument } = await import('../../base/http/fetch-document.ts');
  try {
    const { status, bytes } = await fetchDocument(address, {
      signal,
      timeoutMs: lookLimit,
      maxBytes: byteLimit,
    });
    return status === 200 ? Buffer.from(bytes) : undefined;
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return ['RESPONSE_TOO_LARGE', 'REQUEST_REFUSED'].includes(error.code) ? undefined : 'unreachable';
  }
}
