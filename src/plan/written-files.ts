import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestText } from '../base/digest.ts';
import { findVersion, openMemo } from '../base/memo.ts';
import type { Config } from '../config/load.ts';
import type { FeedDocument, FeedTarget } from '../model/target.ts';
import { digestDocuments } from './feed.ts';

/**
 * The digest of a feed's files as they are on disk below an absolute folder; undefined where one is missing. They are only read where they
 * are not the versions that an earlier run has read.
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
  try {
    const digest = digestDocuments(
      paths.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })),
    );
    memo.remember(target.name, from, null, digest);
    memo.save();
    return digest;
  } catch {
    return undefined;
  }
}

/** Whether a feed's file is on disk as it should be, below an absolute folder. */
export function isWritten(folder: string, document: FeedDocument): boolean {
  const path = join(folder, document.path);
  return existsSync(path) && readFileSync(path, 'utf8') === document.text;
}
