import { join } from 'node:path';
import { digestText } from '../base/digest.ts';
import { findVersion, openMemo } from '../base/memo.ts';
import { readWritten } from '../base/write-documents.ts';
import type { Config } from '../config/load.ts';
import type { FeedDocument, FeedTarget } from '../model/target.ts';
import { digestDocuments } from './feed.ts';

/**
 * The digest of a feed's files as they are on disk below an absolute folder; undefined where one cannot be read. They are only read
 * where they are not the versions that an earlier run has read.
 */
export function digestWritten(
  target: FeedTarget,
  folder: string,
  { root, file }: Config,
): string | undefined {
  const paths = Object.keys(target.files);
  const versions = paths.map((path) => findVersion(join(folder, path)));
  const from = versions.includes(undefined) ? undefined : versions.join(' ');
  const memo = openMemo<null>(root, `written-${target.name}-${digestText(file).slice(0, 8)}`, folder);
  const known = memo.recall(target.name, from);
  if (known !== undefined) return known.note;
  const documents = paths.flatMap((path) => {
    const text = readWritten(folder, path);
    return text === undefined ? [] : [{ path, text }];
  });
  if (documents.length < paths.length) return undefined;
  const digest = digestDocuments(documents);
  memo.remember(target.name, from, null, digest);
  memo.save();
  return digest;
}

/** Whether a feed's file is on disk as it should be, below an absolute folder. */
export function isWritten(folder: string, { path, text }: FeedDocument): boolean {
  return readWritten(folder, path) === text;
}
