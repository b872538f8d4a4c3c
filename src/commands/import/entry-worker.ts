import { workerData } from 'node:worker_threads';
import type { Feed } from '../../sources/feed/feed-item.ts';
import { interpretItem, type ListedItem, packTree } from '../../sources/feed/interpret-feed.ts';
import { answerTasks } from '../answer-tasks.ts';
import { printEntry } from './print-entry.ts';
import type { ReadItem } from './read-entries.ts';

/** An item of a feed, and its place among the others. */
export type ItemTask = readonly [index: number, listed: ListedItem];

/** What a thread is told of all items. */
export interface EntryWork {
  readonly feed: Omit<Feed, 'items'>;
  /** Whether the items' pictures are saved before their texts are printed. */
  readonly savesImages: boolean;
}

/** A worker thread: reads the items that it is sent as posts. */
async function openWorker({ feed, savesImages }: EntryWork) {
  return async ([index, listed]: ItemTask): Promise<readonly [number, ReadItem]> => {
    const { entry, tree } = interpretItem(listed, feed, 'UTC');
    return [
      index,
      savesImages
        ? { entry, packed: packTree(tree) }
        : { entry, text: printEntry(entry, tree, entry.cover?.url, feed.language) },
    ];
  };
}

answerTasks(openWorker(workerData as EntryWork));
