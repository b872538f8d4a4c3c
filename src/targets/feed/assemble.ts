import type { Rendition } from '../../model/rendition.ts';
import type { Site } from '../../model/site.ts';
import type { FeedDocument } from '../../model/target.ts';
import { cleanLine } from '../../reading/plain-text.ts';
import { resolvePath, titleFeed, type FeedEntry } from './describe-feed.ts';
import { nameFeed, type FeedIdentity } from './identity.ts';
import { readItem, type FeedModel } from './item.ts';
import { printAddress } from './printer/legal-text.ts';
import { stylesheet } from './printer/stylesheet.ts';
import { writeAtom } from './printer/write-atom.ts';
import { writeJsonFeed } from './printer/write-json-feed.ts';
import { writePage } from './printer/write-page.ts';
import { writeRss } from './printer/write-rss.ts';

/** What shapes a feed as a whole. */
export interface FeedAssembly extends FeedEntry {
  /** The target's name in the config. */
  readonly name: string;
  readonly limit: number;
  readonly content: 'full' | 'summary';
  readonly hub: string | undefined;
  readonly identity: FeedIdentity;
  /** The stylesheet's path, and whether it is the feed's own, to be written too. */
  readonly stylesheet: { readonly path: string; readonly isOwn: boolean } | undefined;
  /** The page for people who want to subscribe, if this target writes it, and all the feeds that it names. */
  readonly page: { readonly path: string; readonly feeds: readonly FeedEntry[] } | undefined;
}

/** Writes the files of a feed from renditions, newest first. No clock: an empty feed is dated by its identity. */
export function assembleFeed(
  renditions: readonly Rendition[],
  site: Site,
  assembly: FeedAssembly,
): readonly FeedDocument[] {
  const { hub, page } = assembly;
  const { rss, atom, json } = assembly.paths;
  const feed = describeFeed(renditions, site, assembly);
  const resolve = (path: string): string => resolvePath(path, site.url);
  const told = hub !== undefined && { hub };
  return [
    { path: rss, type: 'application/rss+xml', text: writeRss(feed, resolve(rss)), ...told },
    ...(atom === undefined
      ? []
      : [{ path: atom, type: 'application/atom+xml', text: writeAtom(feed, resolve(atom)), ...told }]),
    ...(json === undefined
      ? []
      : [{ path: json, type: 'application/feed+json', text: writeJsonFeed(feed, resolve(json)), ...told }]),
    ...(assembly.stylesheet?.isOwn === true
      ? [{ path: assembly.stylesheet.path, type: 'text/css', text: stylesheet }]
      : []),
    ...(page === undefined
      ? []
      : [{ path: page.path, type: 'text/html', text: writePage(feed, page.feeds, site) }]),
  ];
}

function describeFeed(renditions: readonly Rendition[], site: Site, assembly: FeedAssembly): FeedModel {
  const { name, limit, content, hub, identity } = assembly;
  const items = renditions.slice(0, limit).map((rendition) => readItem(rendition, content));
  const title = titleFeed(assembly, site);
  const { url } = site.author;
  return {
    title,
    description: cleanLine(site.description) || title,
    url: printAddress(site.url),
    id: nameFeed(identity, site.url, name),
    language: site.language,
    author: { name: cleanLine(site.author.name), url: url === undefined ? null : printAddress(url) },
    updated: items.reduce(
      (newest, item) => (item.updated > newest ? item.updated : newest),
      items[0]?.updated ?? `${identity.since}T00:00:00Z`,
    ),
    hub,
    stylesheet:
      assembly.stylesheet === undefined
        ? undefined
        : new URL(resolvePath(assembly.stylesheet.path, site.url)).pathname,
    timezone: site.timezone,
    items,
  };
}
