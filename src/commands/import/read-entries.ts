import { setImmediate as pause } from 'node:timers/promises';
import { openProgress } from '../../report/progress.ts';
import type { Shell } from '../../base/shell.ts';
import type { Feed } from '../../sources/feed/feed-item.ts';
import { interpretItem, listItems, packTree, type FeedPost } from '../../sources/feed/interpret-feed.ts';
import { describeInterruption } from '../../sources/feed/read-feed-word.ts';

/** An item as a post, and the tree that is still to be printed, packed. */
export interface ReadItem {
  readonly entry: FeedPost;
  readonly packed: string;
}

/** Reads a feed's items as posts, in its order. Throws `SOURCE_UNREADABLE` when interrupted. */
export async function readEntries(
  feed: Feed,
  shell: Pick<Shell, 'signal' | 'interactive' | 'format' | 'report'>,
): Promise<readonly ReadItem[]> {
  const { items: _, ...around } = feed;
  const listed = listItems(feed);
  const progress = openProgress(listed.length, shell);
  const items: ReadItem[] = [];
  try {
    for (const one of listed) {
      // Otherwise a signal, such as that of Ctrl-C, would only be heard at the end.
      await pause();
      if (shell.signal.aborted) throw describeInterruption(shell.signal.reason);
      const { entry, tree } = interpretItem(one, around, 'UTC');
      items.push({ entry, packed: packTree(tree) });
      progress.step(items.length);
    }
  } finally {
    progress.clear();
  }
  return items;
}
