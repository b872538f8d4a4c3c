import { decodePercent } from '../base/decode-percent.ts';
import { slugifyTitle } from './front-matter/address-template.ts';

/** A page that the site has. */
export interface OwnPage {
  /** Its path on the site, as the site writes it. */
  readonly address: string;
  readonly title?: string | undefined;
}

/** Every page that the site's own sitemap, feed or built folder names. */
export interface OwnPages {
  /** The file or address that names them. */
  readonly from: string;
  readonly pages: readonly OwnPage[];
  /** The host and scheme that they are given with. */
  readonly origin?: string | undefined;
}

/** What a post's page can be known by. */
export interface Sought {
  readonly path: string;
  readonly slug: string;
  readonly name: string;
  readonly title?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

/** Pages that list posts, and are called like one now and then. */
const listing = /\/(?:tags?|categor(?:y|ies)|topics?|series|authors?|archives?|page)\//i;

/**
 * Finds the page of each post, by the post's file: the one at an address that is expected of it, else the only one that has
 * its title, else the only one that is called like it. A post whose page cannot be told is left out.
 */
export function matchPages<Post extends Sought>(
  posts: readonly Post[],
  expectedOf: readonly ((post: Post) => string | undefined)[],
  pages: readonly OwnPage[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const addresses = new Set(pages.map(({ address }) => tidyPath(address)));
  for (const expected of expectedOf) {
    for (const post of posts.filter(({ path }) => !found.has(path))) {
      const address = tidyPath(expected(post) ?? '');
      if (addresses.has(address)) found.set(post.path, address);
    }
  }
  const taken = new Set(found.values());
  const free = [...new Set(pages.map(({ address }) => tidyPath(address)))].filter(
    (one) => !taken.has(one) && !listing.test(one),
  );
  const byName = Map.groupBy(free, (address) => plainName(address));
  const byTitle = Map.groupBy(
    pages.filter(
      ({ title, address }) => title !== undefined && !taken.has(tidyPath(address)) && !listing.test(address),
    ),
    ({ title }) => slugifyTitle(title ?? ''),
  );
  const wanted = Map.groupBy(posts, (post) => plainName(post.slug));
  for (const post of posts) {
    if (found.has(post.path)) continue;
    const named = namesOf(post).flatMap((name) => byName.get(name) ?? []);
    const titled = (byTitle.get(slugifyTitle(post.title ?? '')) ?? []).map(({ address }) =>
      tidyPath(address),
    );
    const isShared = (wanted.get(plainName(post.slug))?.length ?? 0) > 1;
    const address = chooseOne(titled, post, false) ?? chooseOne(named, post, isShared);
    if (address === undefined || taken.has(address)) continue;
    taken.add(address);
    found.set(post.path, address);
  }
  return found;
}

function namesOf({ slug, name, title, day }: Sought): readonly string[] {
  const names = [slug, name, `${day}-${slug}`, title ?? ''].map((text) => plainName(text));
  return [...new Set(names)].filter((text) => text !== '');
}

/** The only one of several addresses, or the only one with the post's year in it; one name that posts share needs the year. */
function chooseOne(addresses: readonly string[], { day }: Sought, isShared: boolean): string | undefined {
  const unique = [...new Set(addresses)];
  const year = day.slice(0, 4);
  const dated = unique.filter((address) => address.split(/[/-]/).includes(year));
  if (dated.length === 1) return dated[0];
  return unique.length === 1 && !isShared ? unique[0] : undefined;
}

/** The last part of an address as far as letters and digits go. */
function plainName(address: string): string {
  const last = address
    .replace(/(?:\/index)?\.x?html?$|\/$/i, '')
    .split('/')
    .at(-1);
  return slugifyTitle(decodePercent(last ?? '').replaceAll(/[._]+/g, '-'));
}

/** A path as addresses are compared: encoded in one way. */
export function tidyPath(path: string): string {
  try {
    return encodeURI(decodeURI(path).normalize('NFC'));
  } catch {
    return path;
  }
}
