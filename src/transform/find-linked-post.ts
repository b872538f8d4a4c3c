import { decodePercent } from '../base/decode-percent.ts';
import { nameKey } from '../base/normal-form.ts';
import { once } from '../base/once.ts';
import type { Post } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import { placeBelowSite } from '../reading/front-matter/canonical-url.ts';
import { linkKeys, urlKey } from '../reading/url-key.ts';

/** How an address begins that names another post by its file, its file's name, its slug or its id. */
export const pageReference = 'broadside-ref:';

/** The same for a link as wikis write it: where no post is called so, its words are shown without it. */
const wikiReference = 'broadside-wiki:';

/** Where a link of a post leads, as far as the site's own posts tell. Fragments are without `#`, as they are written. */
export type LinkEnd =
  | { readonly kind: 'post'; readonly post: Post; readonly query: string; readonly fragment: string }
  /** To the file or the name of a post, but there is none. */
  | { readonly kind: 'missing'; readonly name: string; readonly isReference: boolean; readonly isWiki?: true }
  /** To an address on the site of the form posts have there, but no post has it. */
  | { readonly kind: 'unknown'; readonly url: string }
  | { readonly kind: 'elsewhere' };

/** Where a link is written: the post, and the file with its body. */
export interface LinkStart {
  readonly post: Pick<Post, 'id' | 'canonicalUrl' | 'lang'>;
  /** Relative to the blog's root; an address where the post is not from a file. */
  readonly path: string;
}

const postEnding = /\.(?:md|mdx|markdown|qmd|svx)$/i;

/** How Zola writes a path from its content folder (`@/blog/post.md`), and Docusaurus one from its own (`@site/blog/post.md`). */
const siteRoot = /^@(?:site)?\//;

/** Pages that blogs have beside their posts, by the last part of their address. */
const commonPages =
  /^(?:\d*|page|index|tags?|categor(?:y|ies)|topics?|series|archives?|authors?|search|about|all|rss|feed|atom)$/i;

/**
 * Finds the post that an address leads to, as it is written in a post's body: by file, by name or by address. The rules and each
 * target ask it of the same links, one post after another.
 */
export function findLinkEnd(link: string, from: LinkStart, site: Site): LinkEnd {
  const { recent } = indexPosts(site);
  const start = JSON.stringify([from.post.canonicalUrl, from.post.lang, from.path]);
  if (recent.start !== start) {
    recent.start = start;
    recent.ends.clear();
  }
  const end = recent.ends.get(link) ?? lookUpEnd(link, from, site);
  recent.ends.set(link, end);
  return end;
}

function lookUpEnd(link: string, from: LinkStart, site: Site): LinkEnd {
  const [, address = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(link) ?? [];
  const posts = indexPosts(site);
  const end = (post: Post, shown = query): LinkEnd => ({ kind: 'post', post, query: shown, fragment });
  if (address.startsWith(pageReference)) {
    const name = decodePercent(address.slice(pageReference.length));
    const post = findByName(name, from, posts);
    return post === undefined ? { kind: 'missing', name, isReference: true } : end(post, '');
  }
  if (address.startsWith(wikiReference)) {
    const name = decodePercent(address.slice(wikiReference.length));
    const post = findByName(name, from, posts);
    return post === undefined ? { kind: 'missing', name, isReference: true, isWiki: true } : end(post, '');
  }
  const isFile = !/^[a-z][a-z\d+.-]*:|^\/\//i.test(address) && !/^https?:/i.test(from.path);
  const path = decodePercent(address);
  if (isFile && postEnding.test(path)) {
    const post = findByFile(path.replace(siteRoot, '/'), from, posts);
    return post === undefined ? { kind: 'missing', name: path, isReference: false } : end(post);
  }
  if (address === '' && query === '') return { kind: 'elsewhere' };
  const isRelative = !/^(?:[a-z][a-z\d+.-]*:|\/)/i.test(address);
  const page = from.post.canonicalUrl;
  const folder = `${page.replace(/[?#].*$/s, '').replace(/(?<!\/)\/+$/, '')}/`;
  const placed = placeBelowSite(address, page, site.url);
  const readings = isRelative
    ? [
        [address, page],
        [address, folder],
      ]
    : [
        [address, page],
        [placed, page],
      ];
  for (const [written = '', base] of readings) {
    const url = URL.parse(`${written}${query}`, base);
    if (url === null || !/^https?:$/.test(url.protocol)) return { kind: 'elsewhere' };
    if (!posts.hosts().has(url.host)) continue;
    const post = findByUrl(url.href, posts);
    if (post !== undefined) return end(post);
  }
  if (isFile && !path.startsWith('/') && address !== '') {
    const post = findByFile(path, from, posts);
    if (post !== undefined) return end(post);
  }
  const url = new URL(`${placed}${query}`, page);
  return isShapedLikePost(url, posts, site) ? { kind: 'unknown', url: url.href } : { kind: 'elsewhere' };
}

/** The posts by what links name, each part made when it is first asked for. */
interface PostIndex {
  /** By the key of a file's path, with and without its ending; of a folder's `index`, also by the folder. */
  readonly byFile: () => ReadonlyMap<string, Post>;
  /** By `urlKey`, drafts too. */
  readonly byUrl: () => ReadonlyMap<string, Post>;
  /** The hosts that posts are on. */
  readonly hosts: () => ReadonlySet<string>;
  /** By id and slug, and by the name of the file or folder, with and without its date. */
  readonly byName: () => ReadonlyMap<string, readonly Post[]>;
  /** The folders of the site that posts are in, their numbers hidden. */
  readonly folders: () => ReadonlySet<string>;
  /** The links that were looked up last, all of one start. */
  readonly recent: { start: string; readonly ends: Map<string, LinkEnd> };
}

const known = new WeakMap<
  Site['postsByUrl'],
  { readonly of: Site['postsByPath']; readonly index: PostIndex }
>();

function indexPosts({ postsByUrl, postsByPath }: Site): PostIndex {
  const made = known.get(postsByUrl);
  if (made?.of === postsByPath) return made.index;
  const byUrl = once(() => indexUrls(postsByUrl, postsByPath));
  const index = {
    byUrl,
    hosts: once(() => new Set([...byUrl().values()].map((post) => new URL(post.canonicalUrl).host))),
    byFile: once(() => indexFiles(postsByPath)),
    byName: once(() => indexNames(postsByPath)),
    folders: once(() => new Set([...byUrl().keys()].map((key) => shapeOf(parentOf(key))))),
    recent: { start: '', ends: new Map() },
  };
  known.set(postsByUrl, { of: postsByPath, index });
  return index;
}

function indexUrls(
  postsByUrl: Site['postsByUrl'],
  postsByPath: Site['postsByPath'],
): ReadonlyMap<string, Post> {
  const byUrl = new Map(postsByUrl);
  const listed = new Set(postsByUrl.values());
  for (const post of postsByPath.values()) {
    if (listed.has(post)) continue;
    const key = urlKey(post.canonicalUrl);
    if (!postsByUrl.has(key) && (!byUrl.has(key) || !post.draft)) byUrl.set(key, post);
  }
  return byUrl;
}

function indexFiles(postsByPath: Site['postsByPath']): ReadonlyMap<string, Post> {
  return new Map(
    [...postsByPath].flatMap(([path, post]) => {
      const { whole, folder } = splitFile(path);
      return [path, whole, folder].map((file): [string, Post] => [nameKey(file), post]);
    }),
  );
}

function indexNames(postsByPath: Site['postsByPath']): ReadonlyMap<string, readonly Post[]> {
  const names = [...postsByPath].flatMap(([path, post]) => {
    const name = lastPart(splitFile(path).folder);
    const slug = decodePercent(lastPart(new URL(post.canonicalUrl).pathname.replace(/(?<!\/)\/+$/, '')));
    const all = [post.id, slug, name, name.replace(/^\d{4}-\d{2}-\d{2}-/, '')];
    return [...new Set(all.map((one) => nameKey(one).toLowerCase()))].map((each) => ({ each, post }));
  });
  return new Map(
    [...Map.groupBy(names, ({ each }) => each)].map(([name, pairs]) => [name, pairs.map(({ post }) => post)]),
  );
}

/** A file without its ending, and the folder that stands for it where it is a folder's `index`. */
function splitFile(path: string): { readonly whole: string; readonly folder: string } {
  const whole = path.replace(postEnding, '');
  return { whole, folder: whole.replace(/\/_?index$/i, '') };
}

function findByUrl(url: string, posts: PostIndex): Post | undefined {
  const byUrl = posts.byUrl();
  const likeliest = byUrl.get(urlKey(url));
  if (likeliest !== undefined) return likeliest;
  const key = linkKeys(url).find((each) => byUrl.has(each));
  return key === undefined ? undefined : byUrl.get(key);
}

/** A path from `/` is one from the blog's root or from any folder in it, such as Hugo's `content`. */
function findByFile(path: string, from: LinkStart, posts: PostIndex): Post | undefined {
  if (!path.startsWith('/')) return posts.byFile().get(nameKey(joinPath(parentOf(from.path), path)));
  const plain = nameKey(joinPath('', path));
  return posts.byFile().get(plain) ?? findBelow(plain, from, posts);
}

/** A name that has folders in it has to end the post's path; one that has none can also be a slug or an id. */
function findByName(written: string, from: LinkStart, posts: PostIndex): Post | undefined {
  const name = nameKey(joinPath('', written));
  if (name === '') return undefined;
  const beside = nameKey(joinPath(parentOf(from.path), written));
  const exact = written.startsWith('/') ? undefined : posts.byFile().get(beside);
  const found = exact ?? posts.byFile().get(name) ?? findBelow(name, from, posts);
  if (found !== undefined || name.includes('/')) return found;
  const plain = name.replace(postEnding, '').toLowerCase();
  return preferLanguage(posts.byName().get(plain) ?? [], from);
}

function findBelow(path: string, from: LinkStart, { byFile }: PostIndex): Post | undefined {
  const found = [...byFile()].filter(([file]) => file.endsWith(`/${path}`)).map(([, post]) => post);
  return preferLanguage(found, from);
}

function preferLanguage(posts: readonly Post[], { post: { lang } }: LinkStart): Post | undefined {
  return posts.find((post) => post.lang === lang) ?? posts[0];
}

/** Whether an address is in a folder of the site that posts are in, and names no page that blogs have there. */
function isShapedLikePost(url: URL, { hosts, folders }: PostIndex, site: Site): boolean {
  if (!hosts().has(url.host)) return false;
  const key = urlKey(url.href).replace(/\?.*$/, '');
  const name = lastPart(key);
  const parent = parentOf(key);
  if (name.includes('.') || commonPages.test(name) || parent === url.origin) return false;
  return parent !== site.url.replace(/\/+$/, '') && folders().has(shapeOf(parent));
}

function shapeOf(key: string): string {
  return key.replaceAll(/\d(?=\d*(?:\/|$))/g, '#');
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins a folder and a path relative to it; what leads out of the root keeps its `..` and so names nothing. */
export function joinPath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
