import type { Rendition } from '../../model/rendition.ts';
import type { Site } from '../../model/site.ts';
import type { FeedDocument } from '../../model/target.ts';
import { cleanLine } from '../../transform/plain-text.ts';
import { nameFeed, type FeedIdentity } from './identity.ts';
import { readItem, type FeedModel } from './item.ts';
import { writeAtom } from './write-atom.ts';
import { writeJsonFeed } from './write-json-feed.ts';
import { writeRss } from './write-rss.ts';

/** What shapes a feed as a whole. */
export interface FeedAssembly {
  /** The target's name in the config. */
  readonly name: string;
  /** Where each format is written, relative to the site's root; absent ones are not. */
  readonly paths: { readonly rss: string; readonly atom?: string; readonly json?: string };
  readonly limit: number;
  /** The feed's title, where it is not the site's. */
  readonly title: string | undefined;
  readonly content: 'full' | 'summary';
  readonly hub: string | undefined;
  readonly identity: FeedIdentity;
}

/** Writes the files of a feed from renditions, newest first. No clock: an empty feed is dated by its identity. */
export function assembleFeed(
  renditions: readonly Rendition[],
  site: Site,
  assembly: FeedAssembly,
): readonly FeedDocument[] {
  const { rss, atom, json } = assembly.paths;
  const feed = describeFeed(renditions, site, assembly);
  const resolve = (path: string): string => new URL(path, `${site.url.replace(/\/+$/, '')}/`).href;
  return [
    { path: rss, type: 'application/rss+xml', text: writeRss(feed, resolve(rss)) },
    ...(atom === undefined
      ? []
      : [{ path: atom, type: 'application/atom+xml', text: writeAtom(feed, resolve(atom)) }]),
    ...(json === undefined
      ? []
      : [{ path: json, type: 'application/feed+json', text: writeJsonFeed(feed, resolve(json)) }]),
  ];
}

function describeFeed(renditions: readonly Rendition[], site: Site, assembly: FeedAssembly): FeedModel {
  const { name, limit, content, hub, identity } = assembly;
  const items = renditions.slice(0, limit).map((rendition) => readItem(rendition, content));
  const title = cleanLine(assembly.title ?? site.title);
  return {
    title,
    description: cleanLine(site.description) || title,
    url: site.url,
    id: nameFeed(identity, site.url, name),
    language: site.language,
    author: { name: cleanLine(site.author.name), url: site.author.url ?? null },
    updated: items.reduce(
      (newest, item) => (item.updated > newest ? item.updated : newest),
      items[0]?.updated ?? `${identity.since}T00:00:00Z`,
    ),
    hub,
    items,
  };
}
