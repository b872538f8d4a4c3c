import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { BroadsideError } from '../base/errors.ts';
import type { TakenId, TakenIds } from '../model/target.ts';
import { writeWhole } from '../base/write-file.ts';

/** The name of the file beside the config that keeps the ids of a feed from before Broadside. */
const fileName = 'feed-ids.json';

/** By post id: the guid, or the guid and that it is the item's address too. */
const idsFile = z.record(
  z.string(),
  z.union([
    z.string().min(1),
    z.strictObject({ guid: z.string().min(1), isPermaLink: z.boolean().default(false) }),
  ]),
);

/** What the file holds; `text` is missing where there is none. */
export interface FeedIdsFile {
  readonly ids: TakenIds;
  readonly text?: string;
}

/** Where the ids that feeds keep are, beside the config file; both absolute. */
export function locateFeedIds(config: string): string {
  return join(dirname(config), fileName);
}

/** Reads the ids that feeds keep from before. Throws `CONFIG_INVALID` for a file that is there and cannot be used. */
export function readFeedIds(path: string, cwd: string): FeedIdsFile {
  const shown = relative(cwd, path) || path;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return { ids: {} };
    throw refuse(shown, 'cannot be read', cause);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw refuse(shown, 'is not JSON', cause);
  }
  const parsed = idsFile.safeParse(value);
  if (!parsed.success) {
    const [post] = parsed.error.issues[0]?.path ?? [];
    throw refuse(shown, post === undefined ? 'is no object' : `has no usable id for "${String(post)}"`);
  }
  const ids = Object.entries(parsed.data).map(([postId, given]): [string, TakenId] => [
    postId,
    typeof given === 'string' ? { guid: given, isPermaLink: false } : given,
  ]);
  const seen = new Map<string, string>();
  for (const [postId, { guid }] of ids) {
    const other = seen.get(guid);
    if (other !== undefined) throw refuse(shown, `gives "${other}" and "${postId}" the same id`);
    seen.set(guid, postId);
  }
  return { ids: Object.fromEntries(ids), text };
}

/** Writes the ids, sorted by post. Throws `OUTPUT_UNWRITABLE`. */
export function writeFeedIds(path: string, ids: TakenIds, cwd: string): void {
  const sorted = Object.entries(ids)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
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

function refuse(file: string, fault: string, cause?: unknown): BroadsideError {
  return new BroadsideError('CONFIG_INVALID', `${file} ${fault}.`, {
    remedy: 'Correct it, or bring it back from its history: it is what keeps old posts from showing as new.',
    file,
    cause,
  });
}
