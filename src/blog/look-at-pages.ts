import { join } from 'node:path';
import { unescapeHtml } from '../base/escape-html.ts';
import { findVersion } from '../base/memo.ts';
import type { Config } from '../config/load.ts';
import type { Post } from '../model/post.ts';
import type { PagesPlace } from '../model/source.ts';
import type { Piece } from '../pages/define.ts';
import { findPageFile, isFileGone, readPageFile } from './find-page.ts';

/** A page of the site, or what keeps it from being read. */
export type SeenPage =
  | { readonly html: string }
  | {
      readonly fault: string;
      /** Whether nobody has looked. */
      readonly isUnseen?: true;
    };

/** Looks at a page of the site by its address. */
export type LookAtPage = (url: string) => Promise<SeenPage>;

/** The page of a post in the folder that the site is built into. */
export function lookInFolder({ canonicalUrl }: Post, from: string, { root, site }: Config): SeenPage {
  const file = findPageFile(canonicalUrl, join(root, from), site.url);
  if (file === undefined) return { fault: `${from} has no page for ${canonicalUrl}` };
  const html = readPageFile(file);
  return html === undefined
    ? { fault: `the page of ${canonicalUrl} in ${from} is larger than 20 MB` }
    : { html };
}

/** The version of the file of a post's page, `none` where there is no such file; undefined where that is not certain. */
export function findPageVersion(
  { canonicalUrl }: Post,
  from: string,
  { root, site }: Config,
): string | undefined {
  const file = findPageFile(canonicalUrl, join(root, from), site.url);
  return file === undefined ? 'none' : findVersion(file);
}

/** A tag in a piece. One printer writes them all: each value is in double quotes, and a quote in it is a reference. */
const printedTag = /<[a-z][^\s">]*(?:\s[^\s"=>]+(?:="[^"]*")?)+/g;

const fileAddress = /\s(?:src|poster|data)="([^"]+)"/g;

/** Whether a file of the site that a piece names is no longer in the folder that the site is built into, where the post's page is. */
export function lacksFile(
  { html }: Piece,
  { canonicalUrl }: Post,
  place: PagesPlace,
  { root, site }: Config,
): boolean {
  if (place === 'live') return false;
  const folder = join(root, place.from);
  const tags = html.match(printedTag) ?? [];
  const named = tags.flatMap((tag) =>
    [...tag.matchAll(fileAddress)].map(([, url = '']) => unescapeHtml(url)),
  );
  return (
    named.length > 0 &&
    findPageFile(canonicalUrl, folder, site.url) !== undefined &&
    named.some((url) => isFileGone(url, folder, site.url))
  );
}
