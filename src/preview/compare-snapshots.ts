import type { PostId } from '../model/post.ts';
import type { ServerEvent } from './define.ts';
import type { Snapshot } from './gather.ts';

/** What differs between two states of a blog, with the posts whose views show other files; nothing, where nothing does. */
export function compareSnapshots(
  before: Snapshot,
  after: Snapshot,
  others: readonly PostId[],
  wasBroken: boolean,
): ServerEvent | undefined {
  const ids = [...after.versions.keys()];
  const changed = ids.filter(
    (id) => before.versions.get(id) !== after.versions.get(id) || others.includes(id),
  );
  const isGone = [...before.versions.keys()].some((id) => !after.versions.has(id));
  const isSame =
    JSON.stringify(before.bench.blog.diagnostics) === JSON.stringify(after.bench.blog.diagnostics) &&
    before.bench.knowsLedger === after.bench.knowsLedger;
  if (changed.length === 0 && !isGone && isSame && !wasBroken) return undefined;
  return changed.length === ids.length && changed.length > 1
    ? { overview: true }
    : { overview: true, changed };
}
