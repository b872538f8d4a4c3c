import { resolve } from 'node:path';
import { BroadsideError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { readHttpUrl } from '../../reading/html/read-text.ts';
import { isFolder, readExport, readExportFolder } from '../../sources/feed/exports/read-export.ts';
import type { Feed } from '../../sources/feed/feed-item.ts';
import { parseFeed } from '../../sources/feed/parse-feed.ts';
import { readFeedWord } from '../../sources/feed/read-feed-word.ts';

/** What is to be imported, as it is named on the command line. */
interface ImportedWord {
  readonly feed: string;
  readonly config: string;
  readonly allowPrivate?: boolean;
  readonly site?: string | undefined;
}

/** Reads the feed or the export that a word on the command line names. Throws when it cannot be read, or is neither. */
export async function readImported(args: ImportedWord, shell: Shell): Promise<Feed> {
  const site = readSite(args.site);
  const path = resolve(shell.cwd, args.feed);
  if (args.feed !== '-' && !/^https?:\/\//i.test(args.feed) && (await isFolder(path)))
    return readExportFolder(path, site, shell.signal);
  const parse: typeof parseFeed = async (bytes, origin) =>
    (await readExport(bytes, origin?.url ?? args.feed, site)) ?? parseFeed(bytes, origin);
  return readFeedWord({ ...args, parse }, shell);
}

function readSite(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const site = readHttpUrl(/^https?:\/\//i.test(given) ? given : `https://${given}`, undefined);
  if (site !== undefined) return site;
  throw new BroadsideError('USAGE', `"${given}" is not the address of a site.`, {
    remedy: 'Give one such as https://blog.example.com.',
  });
}
