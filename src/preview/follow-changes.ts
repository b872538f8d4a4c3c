import type { ServerEvent } from './define.ts';
import type { Preview } from './open-preview.ts';
import { watchBlog } from './watch-blog.ts';

/** How long it is left to pages to read what has changed before anything else is done, in milliseconds. */
const quietTime = 500;

/**
 * Keeps a preview as its files are, one change after another, and tells what a page has to read again. Faults of posts that nobody
 * looks at are found after that. Returns what ends it. What goes wrong on the way is handed to `fail`.
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
  const lookForFaults = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      preview.audit(() => tell({ overview: true, changed: [] })).catch(fail);
    }, quietTime);
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
  const follow = (): void => {
    if (!isOver) blog.follow(preview.watched());
  };
  preview.onShown(follow);
  preview.onRefreshed(() => {
    follow();
    if (!isOver) lookForFaults();
  });
  lookForFaults();
  return () => {
    isOver = true;
    clearTimeout(timer);
    blog.close();
  };
}
