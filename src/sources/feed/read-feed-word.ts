import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { BroadsideError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import type { Feed } from './feed-item.ts';
import { loadFeed, loadPieces, type ParseFeed } from './load-feed.ts';

/** A feed as it is named on the command line. */
interface FeedWord {
  readonly feed: string;
  readonly config: string;
  readonly allowPrivate?: boolean;
  /** How its bytes are read, where they need not be a feed. */
  readonly parse?: ParseFeed;
}

/**
 * Reads the feed that a word on the command line names: a file, an http(s) URL, or `-` for standard input. Where there is a
 * config, a feed of the web is remembered in the blog's folder. Throws when it cannot be read.
 */
export async function readFeedWord(args: FeedWord, shell: Shell): Promise<Feed> {
  try {
    return await readFeed(args, shell);
  } catch (fault) {
    if (!shell.signal.aborted || fault instanceof BroadsideError) throw fault;
    throw describeInterruption(fault);
  }
}

/** What is told of a feed whose reading was interrupted. */
export function describeInterruption(cause: unknown): BroadsideError {
  const remedy = 'Run the command again.';
  return new BroadsideError('SOURCE_UNREADABLE', 'Reading the feed was interrupted.', { remedy, cause });
}

async function readFeed(args: FeedWord, shell: Shell): Promise<Feed> {
  if (args.feed === '-') {
    if (shell.input === undefined) {
      throw new BroadsideError('USAGE', 'There is no standard input to read a feed from.', {
        remedy: 'Give a file or an address.',
      });
    }
    return loadPieces(shell.input(), args.parse);
  }
  const isUrl = /^https?:\/\//i.test(args.feed);
  const config = resolve(shell.cwd, args.config);
  return loadFeed(isUrl ? args.feed : resolve(shell.cwd, args.feed), {
    signal: shell.signal,
    allowPrivate: args.allowPrivate,
    parse: args.parse,
    ...(existsSync(config) && { root: dirname(dirname(config)) }),
  });
}
