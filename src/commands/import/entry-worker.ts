import { workerData } from 'node:worker_threads';
import type { Feed } from '../../sources/feed/feed-item.ts';
import { interpretItem, type Entry, type ListedItem } from '../../sources/feed/interpret-feed.ts';
import { answerTasks } from '../answer-tasks.ts';
import { printEntry } from './print-entry.ts';

/** An item of a feed, and its place among the others. */
export type ItemTask = readonly [index: number, listed: ListedItem];

/** What an item is as a post, but for its tree, which is too large to be handed over; and its text, with the pictures of the web. */
export interface ReadItem {
  readonly entry: Omit<Entry, 'read'>;
  readonly text: string;
}

/** A worker thread: reads the items that it is sent as posts. */
async function openWorker(feed: Omit<Feed, 'items'>) {
  return async ([index, listed]: ItemTask): Promise<readonly [number, ReadItem]> => {
    const { read, ...entry } = interpretItem(listed, feed, 'UTC');
    return [index, { entry, text: printEntry({ ...entry, read }, read(), entry.cover?.url, feed.language) }];
  };
}

answerTasks(openWorker(workerData as Omit<Feed, 'items'>));
