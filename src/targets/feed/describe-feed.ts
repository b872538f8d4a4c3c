import type { Site } from '../../model/site.ts';
import { cleanLine } from '../../reading/plain-text.ts';
import { printAddress } from './printer/legal-text.ts';

/** Where each format is written, relative to the site's root; absent ones are not. */
interface FormatPaths {
  readonly rss: string;
  readonly atom?: string;
  readonly json?: string;
}

/** One of the site's feeds, as pages name it. */
export interface FeedEntry {
  /** The feed's title, where config gives one. */
  readonly title: string | undefined;
  /** What it is narrowed to, for people: tags or a series. */
  readonly narrowedTo: string | undefined;
  readonly paths: FormatPaths;
}

/** A feed's title: the one in config, else the site's, and what it is narrowed to. */
export function titleFeed({ title, narrowedTo }: Omit<FeedEntry, 'paths'>, site: Site): string {
  return cleanLine(title ?? (narrowedTo === undefined ? site.title : `${site.title}: ${narrowedTo}`));
}

/** The public address of a path on the site. */
export function resolvePath(path: string, siteUrl: string): string {
  return printAddress(new URL(encodeURI(path), `${siteUrl.replace(/\/+$/, '')}/`).href);
}
