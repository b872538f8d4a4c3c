import type { Post } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import { decode, linkKeys, urlKey } from './url-key.ts';

/** How an address begins that names another post by its file, its file's name, its slug or its id. */
const reference = 'broadside-ref:';

/** Where a link of a post leads, as far as the site's own posts tell. Fragments are without `#`, as they are written. */
export type LinkEnd =
  | { readonly kind: 'post'; readonly post: Post; readonly query: string; readonly fragment: string }
  /** To the file or the name of a post, but there is none. */
  | { readonly kind: 'missing'; readonly name: string; readonly isReference: boolean }
  /** To an address on the site of the form posts have there, but no post has it. */
  | { readonly kind: 'unknown'; readonly url: string }
  | { readonly kind: 'elsewhere' };

/** Where a link is written: the post, and the file with its body. */
export interface LinkStart {
  readonly post: Pick<Post, 'id' | 'canonicalUrl' | 'lang'>;
  /** Relative to the blog's root; an address where the post is not from a file. */
  readonly path: string;
}

const postEnding = /\.(?:md|mdx|markdown)$/i;

/** Pages that blogs have beside their posts, by the last part of their address. */
const commonPages =
  /^(?:\d*|page|index|tags?|categor(?:y|ies)|topics?|series|archives?|authors?|search|about|all|rss|feed|atom)$/i;

/** Finds the post that an address leads to, as it is written in a post's body: by file, by name or by address. */
export function findLinkEnd(written: string, from: LinkStart, site: Site): LinkEnd {
  const [, address = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(written) ?? [];
  const posts = indexPosts(site);
  const end = (post: Post, shown = query): LinkEnd => ({ kind: 'post', post, query: shown, fragment });
  if (address.startsWith(reference)) {
    const name = decode(address.slice(reference.length));
    const post = findByName(name, from, posts);
    return post === undefined ? { kind: 'missing', name, isReference: true } : end(post, '');
  }
  const isFile = !/^[a-z][a-z\d+.-]*:|^\/\//i.test(address) && !/^https?:/i.test(from.path);
  const path = decode(address);
  if (isFile && postEnding.test(path)) {
    const post = findByFile(path, from, posts);
    return post === undefined ? { kind: 'missing', name: path, isReference: false } : end(post);
  }
  if (address === '' && query === '') return { kind: 'elsewhere' };
  const bases = [
    from.post.canonicalUrl,
    `${from.post.canonicalUrl.replace(/[?#].*$/s, '').replace(/\/+$/, '')}/`,
  ];
  for (const base of bases) {
    const url = URL.parse(`${address}${query}`, base);
    if (url === null || !/^https?:$/.test(url.protocol)) return { kind: 'elsewhere' };
    const post = findByUrl(url.href, posts);
    if (post !== undefined) return end(post);
  }
  if (isFile && !path.startsWith('/') && address !== '') {
    const post = findByFile(path, from, posts);
    if (post !== undefined) return end(post);
  }
  const url = new URL(`${address}${query}`, from.post.canonicalUrl);
  return isShapedLikePost(url, posts, site) ? { kind: 'unknown', url: url.href } : { kind: 'elsewhere' };
}

interface PostIndex {
  /** By file, with and without its ending; of a folder's `index`, also by the folder. */
  readonly byFile: ReadonlyMap<string, Post>;
  /** By `urlKey`, drafts too. */
  readonly byUrl: ReadonlyMap<string, Post>;
  /** By id and slug, and by the name of the file or folder, with and without its date. */
  readonly byName: ReadonlyMap<string, readonly Post[]>;
  /** The folders of the site that posts are in, their numbers hidden. */
  readonly folders: ReadonlySet<string>;
}

const known = new WeakMap<
  Site['postsByUrl'],
  { readonly of: Site['postsByPath']; readonly index: PostIndex }
>();

function indexPosts(site: Site): PostIndex {
  const made = known.get(site.postsByUrl);
  if (made?.of === site.postsByPath) return made.index;
  const byFile = new Map<string, Post>();
  const byUrl = new Map<string, Post>();
  const names: [string, Post][] = [];
  for (const post of [...site.postsByUrl.values(), ...site.postsByPath.values()]) {
    const key = urlKey(post.canonicalUrl);
    if (!byUrl.has(key) || !post.draft) byUrl.set(key, post);
  }
  for (const [path, post] of site.postsByPath) {
    const whole = path.replace(postEnding, '');
    const folder = whole.replace(/\/_?index$/i, '');
    for (const file of [path, whole, folder]) byFile.set(file, post);
    const name = lastPart(folder);
    const slug = decode(lastPart(new URL(post.canonicalUrl).pathname.replace(/\/+$/, '')));
    const all = [post.id, slug, name, name.replace(/^\d{4}-\d{2}-\d{2}-/, '')];
    for (const each of new Set(all.map((one) => one.toLowerCase()))) names.push([each, post]);
  }
  const index = {
    byFile,
    byUrl,
    byName: new Map(
      [...Map.groupBy(names, ([name]) => name)].map(([name, pairs]) => [name, pairs.map(([, post]) => post)]),
    ),
    folders: new Set([...byUrl.keys()].map((key) => shapeOf(parentOf(key)))),
  };
  known.set(site.postsByUrl, { of: site.postsByPath, index });
  return index;
}

function findByUrl(url: string, { byUrl }: PostIndex): Post | undefined {
  for (const key of linkKeys(url)) {
    const post = byUrl.get(key);
    if (post !== undefined) return post;
  }
  return undefined;
}

/** A path from `/` is one from the blog's root or from any folder in it, such as Hugo's `content`. */
function findByFile(path: string, from: LinkStart, posts: PostIndex): Post | undefined {
  if (!path.startsWith('/')) return posts.byFile.get(joinPath(parentOf(from.path), path));
  const plain = joinPath('', path);
  return posts.byFile.get(plain) ?? findBelow(plain, from, posts);
}

/** A name that has folders in it has to end the post's path; one that has none can also be a slug or an id. */
function findByName(written: string, from: LinkStart, posts: PostIndex): Post | undefined {
  const name = joinPath('', written);
  if (name === '') return undefined;
  const beside = joinPath(parentOf(from.path), written);
  const exact = written.startsWith('/') ? undefined : posts.byFile.get(beside);
  const found = exact ?? posts.byFile.get(name) ?? findBelow(name, from, posts);
  if (found !== undefined || name.includes('/')) return found;
  const plain = name.replace(postEnding, '').toLowerCase();
  return preferLanguage(posts.byName.get(plain) ?? [], from);
}

function findBelow(path: string, from: LinkStart, { byFile }: PostIndex): Post | undefined {
  const found = [...byFile].filter(([file]) => file.endsWith(`/${path}`)).map(([, post]) => post);
  return preferLanguage(found, from);
}

function preferLanguage(posts: readonly Post[], { post: { lang } }: LinkStart): Post | undefined {
  return posts.find((post) => post.lang === lang) ?? posts[0];
}

/** Whether an address is in a folder of the site that posts are in, and names no page that blogs have there. */
function isShapedLikePost(url: URL, { folders }: PostIndex, site: Site): boolean {
  const key = urlKey(url.href).replace(/\?.*$/, '');
  const name = lastPart(key);
  const parent = parentOf(key);
  if (name.includes('.') || commonPages.test(name) || parent === url.origin) return false;
  return parent !== site.url.replace(/\/+$/, '') && folders.has(shapeOf(parent));
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
