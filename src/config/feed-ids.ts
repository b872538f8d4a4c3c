import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { compareText } from '../base/compare-text.ts';
import { BroadsideError } from '../base/errors.ts';
import type { TakenIds } from '../model/target.ts';
import { writeWhole } from '../base/write-file.ts';

/** The name of the file beside the config that keeps the ids of a feed from before Broadside. */
const fileName = 'feed-ids.json';

/** Where the ids that feeds keep are, beside the config file; both absolute. */
export function locateFeedIds(config: string): string {
  return join(dirname(config), fileName);
}

/** The text of the file of ids, both paths absolute; undefined where there is none. Throws `CONFIG_INVALID`. */
export function readFeedIdsText(path: string, cwd: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw refuseIds(relative(cwd, path) || path, 'cannot be read', cause);
  }
}

/** Writes the ids, sorted by post. Throws `OUTPUT_UNWRITABLE`. */
export function writeFeedIds(path: string, ids: TakenIds, cwd: string): void {
  const sorted = Object.entries(ids)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([postId, { guid, isPermaLink }]) => [postId, isPermaLink ? { guid, isPermaLink } : guid]);
  try {
    writeWhole(
      dirname(path),
      basename(path),
      `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`,
    );
  } catch (cause) {
    throw new BroadsideError('OUTPUT_UNWRITABLE', `${relative(cwd, path)} cannot be written.`, {
      remedy: 'Make its folder writable.',
      cause,
    });
  }
}

/** The error of a file of ids that is there and cannot be used. */
export function refuseIds(file: string, fault: string, cause?: unknown): BroadsideError {
  return new BroadsideError('CONFIG_INVALID', `${file} ${fault}.`, {
    remedy: 'Correct it, or bring it back from its history. Without it, old posts would show as new.',
    file,
    cause,
  });
}
