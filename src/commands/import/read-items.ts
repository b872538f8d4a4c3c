import { setImmediate as pause } from 'node:timers/promises';
import { openProgress } from '../../report/progress.ts';
import type { Shell } from '../../base/shell.ts';
import type { Feed } from '../../sources/feed/feed-item.ts';
import { interpretItem, listItems, type Interpreted } from '../../sources/feed/interpret-feed.ts';
import { describeInterruption } from '../../sources/feed/read-feed-word.ts';

/** How many items are worked on before a signal, such as that of Ctrl-C, is listened for. */
export const itemsAtOnce = 16;

/** Reads a feed's items as posts, in its order, and returns what `convert` makes of each. Throws `SOURCE_UNREADABLE` when interrupted. */
export async function readItems<Result>(
  feed: Feed,
  shell: Pick<Shell, 'signal' | 'interactive' | 'format' | 'report'>,
  convert: (interpreted: Interpreted) => Result,
): Promise<readonly Result[]> {
  const { items: _, ...around } = feed;
  const listed = listItems(feed);
  const progress = openProgress(listed.length, shell);
  const items: Result[] = [];
  try {
    for (const one of listed) {
      if (items.length % itemsAtOnce === 0) await pause();
      if (shell.signal.aborted) throw describeInterruption(shell.signal.reason);
      items.push(convert(interpretItem(one, around, 'UTC')));
      progress.step(items.length);
    }
  } finally {
    progress.clear();
  }
  return items;
}
