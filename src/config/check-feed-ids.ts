import { z } from 'zod';
import type { TakenId, TakenIds } from '../model/target.ts';
import { refuseIds } from './feed-ids.ts';

/** By post id: the guid, or the guid and that it is the item's address too. */
const idsFile = z.record(
  z.string(),
  z.union([
    z.string().min(1),
    z.strictObject({ guid: z.string().min(1), isPermaLink: z.boolean().default(false) }),
  ]),
);

/** Reads the ids that feeds keep from before; `file` is their file for people. Throws `CONFIG_INVALID` where it cannot be used. */
export function checkFeedIds(text: string, file: string): TakenIds {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw refuseIds(file, 'is not JSON', cause);
  }
  const parsed = idsFile.safeParse(value);
  if (!parsed.success) {
    const [post] = parsed.error.issues[0]?.path ?? [];
    throw refuseIds(file, post === undefined ? 'is no object' : `has no usable id for "${String(post)}"`);
  }
  const ids = Object.entries(parsed.data).map(([postId, given]): [string, TakenId] => [
    postId,
    typeof given === 'string' ? { guid: given, isPermaLink: false } : given,
  ]);
  const seen = new Map<string, string>();
  for (const [postId, { guid }] of ids) {
    const other = seen.get(guid);
    if (other !== undefined) throw refuseIds(file, `gives "${other}" and "${postId}" the same id`);
    seen.set(guid, postId);
  }
  return Object.fromEntries(ids);
}
