import { setImmediate as pause } from 'node:timers/promises';
import { openProgress } from '../../report/progress.ts';
import type { Shell } from '../../base/shell.ts';
import type { Feed } from '../../sources/feed/feed-item.ts';
import {
  interpretItem,
  listItems,
  packTree,
  type FeedPost,
  type ListedItem,
} from '../../sources/feed/interpret-feed.ts';
import type { EntryWork, ItemTask } from './entry-worker.ts';
import { describeInterruption } from '../../sources/feed/read-feed-word.ts';
import { countThreads, shareTasks } from '../threads.ts';

/** An item as a post, and its file's text with the pictures of the web, or the tree that is still to be printed, packed. */
export type ReadItem = { readonly entry: FeedPost } & (
  { readonly text: string } | { readonly packed: string }
);

/**
 * Reads a feed's items as posts, in its order, in worker threads where they are many; there they are printed too, unless their pictures
 * are saved. Throws `SOURCE_UNREADABLE` when interrupted.
 */
export async function readEntries(
  feed: Feed,
  savesImages: boolean,
  shell: Pick<Shell, 'signal' | 'interactive' | 'format' | 'report'>,
): Promise<readonly ReadItem[]> {
  const { items: _, ...around } = feed;
  const listed = listItems(feed);
  const threads = countThreads(listed.length);
  const read = new Map<number, ReadItem>();
  if (threads > 0) {
    const progress = openProgress(listed.length, shell);
    try {
      await shareTasks({
        tasks: listed.map((one, index): ItemTask => [index, one]),
        threads,
        start: (Thread, resourceLimits) =>
          new Thread(new URL('./entry-worker.ts', import.meta.url), {
            workerData: { feed: around, savesImages } satisfies EntryWork,
            resourceLimits,
          }),
        keep(index: number, item: ReadItem) {
          read.set(index, item);
          progress.step(read.size);
        },
        signal: shell.signal,
      });
    } catch (error) {
      throw shell.signal.aborted ? describeInterruption(error) : error;
    } finally {
      progress.clear();
    }
  }
  const items: ReadItem[] = [];
  for (const [index, one] of listed.entries()) {
    const known = read.get(index);
    // Else a signal, such as that of Ctrl-C, would only be heard at the end.
    if (known === undefined) await pause();
    if (shell.signal.aborted) throw describeInterruption(shell.signal.reason);
    items.push(known ?? readItem(one, around));
  }
  return items;
}

function readItem(listed: ListedItem, feed: Omit<Feed, 'items'>): ReadItem {
  const { entry, tree } = interpretItem(listed, feed, 'UTC');
  return { entry, packed: packTree(tree) };
}
