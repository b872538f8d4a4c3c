import type { PostHead } from './define.ts';
import { joinPath } from './paths.ts';
import { isData, textAt } from '../reading/site-files/read-data.ts';

/** A path on the site: one slash before each part, and one at its end only where it is asked for. */
export function sitePath(parts: readonly string[], end: '' | '/' | '.html'): string {
  const path = joinPath(...parts);
  return path === '' ? '/' : `/${path}${end}`;
}

/** A file's path without its ending; a post that is a folder's `index` has the folder's. */
export function stemOf(path: string): string {
  return path.replace(/\.[a-z\d]+$/i, '').replace(/(^|\/)index$/i, '');
}

/** The last part of a path. */
export function lastPart(path: string): string {
  return path.split('/').at(-1) ?? '';
}

/** The page that shows one post, among the routes of a site made of code. */
export interface Route {
  /** Where it is, below the site's root. */
  readonly folder: string;
  /** Whether its parameter takes folders, as `[...slug]` does. */
  readonly takesFolders: boolean;
}

/** A front matter's text field. */
export function fieldOf(post: PostHead, name: string): string | undefined {
  return textAt(post.values, name);
}

/** A front matter's list: one text is split at spaces, as Jekyll does. */
export function listField(post: PostHead, name: string): readonly string[] {
  const value = isData(post.values) ? post.values[name] : undefined;
  if (typeof value === 'string') return value.split(/\s+/).filter((word) => word !== '');
  return Array.isArray(value) ? value.map(String) : [];
}

/** Fills a pattern such as `/:year/:title/`; undefined when it has a token that is not given, or marks of one that is not read. */
export function fillPattern(
  pattern: string,
  tokens: Readonly<Record<string, string | undefined>>,
): string | undefined {
  let isKnown = true;
  const filled = pattern.replaceAll(/:([a-z_]+)/g, (whole, name: string) => {
    const value = tokens[name];
    if (value === undefined) isKnown = false;
    return value ?? whole;
  });
  return isKnown && !/[:[\]]/.test(pattern.replaceAll(/:[a-z_]+/g, ''))
    ? `/${filled}`.replaceAll(/\/{2,}/g, '/')
    : undefined;
}
