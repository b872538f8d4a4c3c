import { setImmediate as pause } from 'node:timers/promises';
import { openProgress } from '../../report/progress.ts';
import type { Shell } from '../../base/shell.ts';
import type { Feed } from '../../sources/feed/feed-item.ts';
import { interpretItem, listItems, readItem, type Entry } from '../../sources/feed/interpret-feed.ts';
import type { ItemTask, ReadItem } from './entry-worker.ts';
import { describeInterruption } from '../../sources/feed/read-feed-word.ts';
import { countThreads, shareTasks } from '../threads.ts';

/**
 * Reads a feed's items as posts, in its order, in worker threads where they are many; from there comes the text too. Throws
 * `SOURCE_UNREADABLE` when interrupted.
 */
export async function readEntries(
  feed: Feed,
  shell: Pick<Shell, 'signal' | 'interactive' | 'format' | 'report'>,
): Promise<readonly (readonly [Entry, string | undefined])[]> {
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
          new Thread(new URL('./entry-worker.ts', import.meta.url), { workerData: around, resourceLimits }),
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
  const entries: (readonly [Entry, string | undefined])[] = [];
  for (const [index, one] of listed.entries()) {
    const known = read.get(index);
    // Else a signal, such as that of Ctrl-C, would only be heard at the end.
    if (known === undefined) await pause();
    if (shell.signal.aborted) throw describeInterruption(shell.signal.reason);
    entries.push(
      known === undefined
        ? [interpretItem(one, around, 'UTC'), undefined]
        : [{ ...known.entry, read: () => readItem(one) }, known.text],
    );
  }
  return entries;
}
