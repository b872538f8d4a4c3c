import type { Config } from '../config/load.ts';
import { inspectSite } from '../init/index.ts';
import { joinPath } from '../init/paths.ts';
import { matchPages, tidyPath, type OwnPages } from '../reading/match-pages.ts';
import type { Post } from '../model/post.ts';
import { dayOf } from '../base/format-instant.ts';
import { findTranslations, readFileName } from '../sources/markdown/read-file-name.ts';
import { readBuiltPages, readLivePages } from './init/own-pages.ts';
import { readPostHeads } from './init/post-heads.ts';
import { openSiteFolder } from './init/site-folder.ts';

/** How many posts the rule of a generator is tried on. */
const sampleSize = 20;

/** A post whose address is another than its canonical URL. */
interface WrongAddress {
  readonly post: Post;
  /** The path on the site where it is, as far as is known. */
  readonly at: string;
}

/** How posts' canonical URLs compare with the addresses that the site itself, or its generator, gives them. */
export interface TriedAddresses {
  /** What gives the addresses: a file, an address, or a generator's name. */
  readonly from: string;
  /** Whether that is the site itself. */
  readonly isProof: boolean;
  readonly tried: number;
  readonly wrong: readonly WrongAddress[];
}

/**
 * Holds the canonical URLs of posts that are out against the site that was built beside them, else, if `live` is given, against the
 * live site, and else, for each source, against what its generator would make of a few. Undefined where nothing tells.
 */
export async function tryAddresses(
  config: Config,
  posts: readonly Post[],
  live?: AbortSignal,
): Promise<TriedAddresses | undefined> {
  const { root, site, sources } = config;
  const folders = sources.flatMap(({ pages }) => (typeof pages === 'object' ? [pages.from] : []));
  let own = await readBuiltPages(root, folders[0], site.url);
  if (own === undefined && live !== undefined) own = await readLivePages(site.url, [], live);
  return own === undefined ? tryGenerator(config, posts) : trySite(config, posts, own);
}

function trySite({ site }: Config, posts: readonly Post[], own: OwnPages): TriedAddresses | undefined {
  const translations = findTranslations(posts.map(({ origin }) => origin.path));
  const sought = posts.map((post) => {
    const { slug, name } = readFileName(post.origin.path, '', translations);
    return {
      post,
      path: post.origin.path,
      slug,
      name,
      title: post.title,
      day: dayOf(post.publishAt, site.timezone),
    };
  });
  const found = matchPages(sought, [({ post }) => pathOf(post)], own.pages);
  const tried = sought.filter(({ path }) => found.has(path));
  const wrong = tried.flatMap(({ post, path }) => {
    const at = found.get(path);
    return at === undefined || at === pathOf(post) ? [] : [{ post, at }];
  });
  return { from: own.from, isProof: true, tried: tried.length, wrong };
}

async function tryGenerator(
  { root, site, sources }: Config,
  posts: readonly Post[],
): Promise<TriedAddresses | undefined> {
  const view = openSiteFolder(root);
  const byPath = new Map(posts.map((post) => [post.origin.path, post]));
  let generator = '';
  const tried: { readonly post: Post; readonly at: string }[] = [];
  for (const { folder: written } of sources) {
    if (written === undefined) continue;
    const folder = joinPath(written) || '.';
    const inspection = inspectSite(view, { url: site.url, posts: folder });
    generator = inspection.generator;
    for (const head of await readPostHeads(root, folder, site, view, sampleSize)) {
      const post = byPath.get(head.path);
      const at = inspection.addressOf?.(head);
      if (post !== undefined && at !== undefined) tried.push({ post, at: tidyPath(at) });
    }
  }
  const wrong = tried.filter(({ post, at }) => at !== pathOf(post));
  return tried.length === 0 ? undefined : { from: generator, isProof: false, tried: tried.length, wrong };
}

function pathOf({ canonicalUrl }: Post): string {
  return tidyPath(new URL(canonicalUrl).pathname);
}
