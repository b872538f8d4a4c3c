import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodePercent } from '../../base/decode-percent.ts';
import type { Resource } from '../../model/post.ts';
import { listSpellings } from '../../base/normal-form.ts';
import { joinPath, pageReference } from '../../transform/find-linked-post.ts';
import { placeBelowSite } from '../../reading/front-matter/canonical-url.ts';
import type { SourceSite } from '../define.ts';
import { findHugoPage } from './find-hugo-page.ts';
import { findHugoRoot, findResource } from './find-resource.ts';
import { isFileInside } from './follow-link.ts';

/** Where the files are that posts name. */
export interface FileOptions {
  /** The source's folder, relative to the blog's, which links stay in; the blog's own for a file of no source. */
  readonly path?: string | undefined;
  /** The folders whose files the site serves from its root, relative to the blog's; by default those that generators use. */
  readonly static?: readonly string[] | undefined;
  /** Where the site has a file that stands beside a post: an address or path with {post}, {file} or {path}. */
  readonly files?: string | undefined;
  /** Where the site's own pages tell what they show, if anywhere. */
  readonly pages?: unknown;
}

/** The words a template of files may hold between braces: the original's address, the file from the post's folder, and from the blog's. */
export const fileWords = ['post', 'file', 'path'] as const;

/** Hugo and Docusaurus serve `static`, Astro and Next `public`, Hexo `source`; Hugo also `assets`, Jekyll and Eleventy the blog itself. */
const usualFolders = ['static', 'public', 'source', 'assets', '.'];

/** Folders that hold nothing but such files, so that one that is missing there is missing. */
const pureFolders = ['static', 'public'];

/** The folder that links of a source stay in, absolute. */
export function sourceFolder({ path = '.' }: Pick<FileOptions, 'path'>, { root }: SourceSite): string {
  return resolve(root, path);
}

/** Where a file is named: the original, and the file that names it, relative to the blog's folder. */
export interface NamingFile {
  readonly canonicalUrl: string;
  readonly path: string;
  /** The files of its folder that the post has names for. */
  readonly resources?: readonly Resource[] | undefined;
}

/**
 * What a file is on the site, by the path that names it, in whatever form its letters with accents are written: its address, `null` when it is known to be missing, or `false` where the
 * site's build gives it a name that nothing here tells. Undefined for an address that is no path, and for a path from `/` that may be
 * served from elsewhere.
 */
export function findFile(
  named: string,
  from: NamingFile,
  options: FileOptions,
  site: SourceSite,
): string | false | null | undefined {
  if (named.startsWith(pageReference)) return findHugoPage(named, from, site);
  const { path, rest } = splitAddress(named);
  const [written, ...others] = listSpellings(path).map((spelling, index) => {
    return index === 0 ? named : `${writeAddress(spelling)}${rest}`;
  });
  const found = findSpelled(written ?? named, from, options, site);
  if (typeof found === 'string' || found === false) return found;
  const elsewhere = others.map((other) => findSpelled(other, from, options, site));
  const spelled = elsewhere.find((one) => typeof one === 'string' || one === false);
  if (spelled !== undefined || found === undefined) return spelled;
  return findHugoFile(path, rest, from, options, site) ?? found;
}

/** What Hugo takes a path for that leads to no file: the name of a page resource, else a file in its folder `assets`. */
function findHugoFile(
  path: string,
  rest: string,
  from: NamingFile,
  options: FileOptions,
  site: SourceSite,
): string | false | null | undefined {
  const file = findResource(path, from, site.root);
  if (file !== undefined) return findSpelled(`${writeAddress(file)}${rest}`, from, options, site);
  const above = findHugoRoot(from.path, site.root);
  const [asset, folder] = [path.replace(/^\.?\//, ''), resolve(site.root, above ?? '', 'assets')];
  const isThere = above !== undefined && isFileInside(resolve(folder, asset), folder, site.root);
  const address = `/${writeAddress(asset)}${rest}`;
  return isThere
    ? URL.parse(placeBelowSite(address, from.canonicalUrl, site.url), from.canonicalUrl)?.href
    : undefined;
}

/** A file's path as an address. */
function writeAddress(path: string): string {
  return encodeURI(path.toWellFormed()).replaceAll('?', '%3F').replaceAll('#', '%23');
}

/** The same for a path as it is spelled. */
function findSpelled(
  named: string,
  from: NamingFile,
  options: FileOptions,
  site: SourceSite,
): string | false | null | undefined {
  const { path, rest } = splitAddress(named);
  if (path === '' || /^(?:[a-z][a-z\d+.-]*:|\/\/)|\{[{%]/i.test(path)) return undefined;
  const aliased = /^@site\/(?:static(\/.+)|.+)$/.exec(path);
  const folder = folderOf(from.path);
  if (aliased !== null && isHashed(folder, site)) {
    const [, served] = aliased;
    if (served !== undefined) return findSpelled(`${served}${rest}`, from, options, site);
    return isPicture(path) && options.pages === undefined ? false : undefined;
  }
  const url = URL.parse(placeBelowSite(named, from.canonicalUrl, site.url), from.canonicalUrl);
  if (url === null) return undefined;
  const imported = readImport(path);
  if (imported !== undefined && isRenamed(imported, site.root) && existsSync(resolve(site.root, imported)))
    return options.pages === undefined ? false : url.href;
  if (path.startsWith('/')) {
    if (isServed(path, options, site)) return url.href;
    return isKnownPlace(path, options, site.root) ? null : undefined;
  }
  const file = joinPath(folder, path);
  const inFolder = folder === '' ? file : file.slice(folder.length + 1);
  const isBelow = folder === '' ? !file.startsWith('../') : file.startsWith(`${folder}/`);
  const page = from.canonicalUrl.replace(/[?#].*$/s, '').replace(/(?<!\/)\/+$/, '');
  if (isFileInside(resolve(site.root, file), sourceFolder(options, site), site.root)) {
    if (options.files !== undefined) {
      const words: Readonly<Record<string, string>> = {
        post: page,
        file: encodeURI(isBelow ? inFolder : path),
        path: encodeURI(file),
      };
      const filled = options.files.replaceAll(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
      return URL.parse(filled, site.url)?.href.concat(rest) ?? url.href;
    }
    if (
      options.pages === undefined &&
      (isRenamed(file, site.root) || (isPicture(file) && isHashed(folder, site)))
    )
      return false;
    const isBundle = /(?:^|\/)_?index\.\w+$/i.test(from.path.replace(/\.[\w-]+(?=\.\w+$)/, ''));
    return isBundle && isBelow ? `${page}/${encodeURI(inFolder)}${rest}` : url.href;
  }
  for (const shown of [url, new URL(named, `${page}/`)]) {
    if (isServed(decodePercent(shown.pathname), options, site)) return shown.href;
  }
  return isOfImagePlugin(path, site.root) ? false : null;
}

/** The file that Astro imports by a path from the project's root or by an alias as its templates have them, which stands for `src` or a folder in it. */
function readImport(path: string): string | undefined {
  const [, from, rest] = /^(\/src|[~@]|@(?:assets|images))\/(.+)$/.exec(path) ?? [];
  if (from === undefined || rest === undefined || rest.includes('..')) return undefined;
  return from.length > 1 && from !== '/src' ? `src/${from.slice(1)}/${rest}` : `src/${rest}`;
}

/** Whether it is a picture that Astro's build takes from `src` and serves under a name with a digest (https://docs.astro.build/en/guides/images/, checked December 2026). */
function isRenamed(file: string, root: string): boolean {
  if (!file.startsWith('src/') || !/\.(?:avif|gif|jpe?g|png|tiff?|webp)$/i.test(file)) return false;
  return ['mjs', 'ts', 'js', 'mts', 'cjs'].some((ending) =>
    existsSync(resolve(root, `astro.config.${ending}`)),
  );
}

/** The configs of generators that serve what stands beside a post under a digest; VitePress's may be a folder. */
const hashers = /^(?:docusaurus\.config|gatsby-config)\.[cm]?[jt]s$/;
const vitepress = /^config(?:\.[cm]?[jt]s)?$/;

/** What was found in the folders of a blog while it is read, so that no folder is read again for each picture. */
const seenFolders = new WeakMap<SourceSite, Map<string, boolean>>();

/**
 * Whether a folder is of a site that serves the pictures beside its posts under a name with a digest: of Docusaurus
 * (https://docusaurus.io/docs/markdown-features/assets), VitePress (https://vitepress.dev/guide/asset-handling) or Gatsby
 * (https://www.gatsbyjs.com/plugins/gatsby-remark-images/), all checked December 2026.
 */
function isHashed(folder: string, site: SourceSite): boolean {
  const seen = seenFolders.get(site) ?? new Map<string, boolean>();
  seenFolders.set(site, seen);
  const known = seen.get(folder);
  if (known !== undefined) return known;
  const names = listNames(resolve(site.root, folder));
  const isOwn =
    names.some((name) => hashers.test(name)) ||
    (names.includes('.vitepress') &&
      listNames(resolve(site.root, folder, '.vitepress')).some((name) => vitepress.test(name)));
  const found = isOwn || (folder !== '' && isHashed(folderOf(folder), site));
  seen.set(folder, found);
  return found;
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function isPicture(path: string): boolean {
  return /\.(?:avif|gif|jpe?g|png|svg|webp)$/i.test(path);
}

/** Whether it is a picture that Eleventy's image plugin takes from the site's own folder and serves under a digest (https://www.11ty.dev/docs/plugins/image/, checked December 2026). */
function isOfImagePlugin(path: string, root: string): boolean {
  const isPicture = /\.(?:avif|gif|jpe?g|png|svg|webp)$/i.test(path) && !path.startsWith('../');
  const configs = [
    '.eleventy.js',
    ...['js', 'mjs', 'cjs', 'ts'].map((ending) => `eleventy.config.${ending}`),
  ];
  return (
    isPicture &&
    isFileInside(resolve(root, path), root, root) &&
    configs.some((name) => existsSync(resolve(root, name)))
  );
}

/** Whether a path on the site is that of a file in one of the folders it serves. */
function isServed(path: string, options: FileOptions, { root, url }: SourceSite): boolean {
  const base = new URL(url).pathname.replace(/(?<!\/)\/+$/, '');
  const below = base !== '' && path.startsWith(`${base}/`) ? [path.slice(base.length)] : [];
  return [path, ...below].some((each) =>
    (options.static ?? usualFolders).some((folder) =>
      isFileInside(resolve(root, folder, `.${each}`), resolve(root, folder), root),
    ),
  );
}

/** Whether a path from `/` without a file is certainly missing, because the site's files are known to be here. */
function isKnownPlace(path: string, options: FileOptions, root: string): boolean {
  if (options.static !== undefined || pureFolders.some((folder) => existsSync(resolve(root, folder))))
    return true;
  const first = path.split('/').find((part) => part !== '') ?? '.';
  return path.lastIndexOf('/') > 0 && !first.startsWith('.') && existsSync(resolve(root, first));
}

/** A path as a file's name, and the query and fragment after it as they are written. */
export function splitAddress(named: string): { readonly path: string; readonly rest: string } {
  const [path = ''] = /^[^?#]*/.exec(named) ?? [];
  return { path: decodePercent(path), rest: named.slice(path.length) };
}
