import { writeFiles, openFolder } from '../../../workspace.ts';
import { readExport, readExportFolder } from '../../../../src/sources/feed/exports/read-export.ts';
import type { Feed } from '../../../../src/sources/feed/feed-item.ts';
import { interpretFeed, type FeedPost } from '../../../../src/sources/feed/interpret-feed.ts';
import { printBody } from '../../../../src/sources/feed/print-markdown.ts';

/** An export as it is imported: its posts with their bodies as markdown, and what is told of the whole. */
export interface Read {
  readonly posts: readonly (FeedPost & { readonly body: string })[];
  readonly flaws: readonly string[];
}

/** Reads an export of one file. */
export async function readText(text: string, path = 'export', site?: string): Promise<Read> {
  const feed = await readExport(new TextEncoder().encode(text), path, site);
  if (feed === undefined) throw new Error('not recognised');
  return readPosts(feed);
}

/** Reads an export that is a folder of files. */
export async function readFiles(files: Readonly<Record<string, string>>, site?: string): Promise<Read> {
  const folder = openFolder();
  writeFiles(folder, files);
  return readPosts(await readExportFolder(folder, site, new AbortController().signal));
}

function readPosts(feed: Feed): Read {
  const posts = interpretFeed(feed, 'UTC', ({ post, tree }) => ({
    ...post,
    body: printBody(tree).trimEnd(),
  }));
  return { posts, flaws: (feed.flaws ?? []).map(({ rule, message }) => `${rule}: ${message}`) };
}
