import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedDocument, FeedTarget } from '../model/target.ts';
import { digestDocuments } from './feed.ts';

/** The digest of a feed's files as they are on disk below an absolute folder; undefined where one is missing. */
export function digestWritten(target: FeedTarget, folder: string): string | undefined {
  try {
    return digestDocuments(
      Object.keys(target.files).map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })),
    );
  } catch {
    return undefined;
  }
}

/** Whether a feed's file is on disk as it should be, below an absolute folder. */
export function isWritten(folder: string, document: FeedDocument): boolean {
  const path = join(folder, document.path);
  return existsSync(path) && readFileSync(path, 'utf8') === document.text;
}
