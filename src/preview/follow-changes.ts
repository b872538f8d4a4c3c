import type { ServerEvent } from './define.ts';
import type { Preview } from './open-preview.ts';
import { watchBlog } from './watch-blog.ts';

/** How long it is left to pages to read what has changed before anything else is done, in milliseconds. */
const quietTime = 500;

/** How long it is waited at least and at most until time alone has the blog read again, in milliseconds. */
const shortestWait = 15_000;
const longestWait = 60 * 60 * 1000;

/**
 * Keeps a preview as its files and the time are, one change after another, and tells what a page has to read again. What is not
 * rendered yet is rendered after that, and then the faults of posts that nobody looks at are found. Returns what ends it. What goes wrong on the way is handed to `fail`.
 */
export function followChanges(
  preview: Preview,
  tell: (event: ServerEvent) => void,
  fail: (error: unknown) => void,
): () => void {
  let isBusy = false;
  let isStale = false;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let filler: NodeJS.Timeout | undefined;
  let clock: NodeJS.Timeout | undefined;
  const lookNow = async (own: NodeJS.Timeout): Promise<void> => {
    await preview.fill(tell);
    if (timer === own && !isOver) await preview.audit(() => tell({ overview: true, changed: [] }));
  };
  const lookForFaults = (): void => {
    clearTimeout(timer);
    const own = setTimeout(() => void lookNow(own).catch(fail), quietTime);
    timer = own;
  };
  const refresh = async (): Promise<void> => {
    if (isBusy) {
      isStale = true;
      return;
    }
    isBusy = true;
    try {
      do {
        isStale = false;
        const event = await preview.refresh();
        if (event !== undefined) tell(event);
      } while (isStale);
    } finally {
      isBusy = false;
    }
  };
  const blog = watchBlog(() => {
    refresh().catch(fail);
  });
  blog.follow(preview.watched());
  const waitForTime = (): void => {
    clearTimeout(clock);
    const due = preview.dueIn();
    if (due === undefined) return;
    const wait = Math.min(Math.max(due, shortestWait), longestWait);
    clock = setTimeout(() => void refresh().catch(fail), wait);
  };
  const follow = (): void => {
    if (!isOver) blog.follow(preview.watched());
  };
  preview.onShown(follow);
  preview.onRefreshed(() => {
    follow();
    if (isOver) return;
    lookForFaults();
    waitForTime();
  });
  preview.onMoved(() => {
    clearTimeout(filler);
    filler = setTimeout(() => void preview.fill(tell).catch(fail), quietTime);
  });
  lookForFaults();
  waitForTime();
  return () => {
    isOver = true;
    clearTimeout(timer);
    clearTimeout(filler);
    clearTimeout(clock);
    blog.close();
  };
}
