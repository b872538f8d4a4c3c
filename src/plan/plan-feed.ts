import { selectItems } from '../blog/eligibility.ts';
import type { PostRenderer } from '../blog/render-posts.ts';
import { feedKey, type CopyStates } from '../model/ledger.ts';
import type { FeedAction } from '../model/plan.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Inputs } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { FeedTarget } from '../model/target.ts';
import { explainUnreadable, explainUnsupported, stateOf } from './actions.ts';
import { decideFeed, holdFeed, itemKey, keepFeed } from './decide-feed.ts';
import type { Decided } from './decide-copies.ts';
import { digestDocuments, foreseeFeed, renderFeed } from './feed.ts';
import { openRememberedItems } from './remembered-items.ts';
import type { Workbench } from './workbench.ts';
import { digestWritten, isWritten } from './written-files.ts';

/** What a feed is decided from, beside what is on disk. */
export interface FeedGrounds {
  readonly render: PostRenderer;
  readonly site: Site;
  readonly states: CopyStates;
  readonly isOut: (post: Post) => boolean;
}

/** What publish would do with a feed, which is looked at on disk. */
export async function planFeed(
  bench: Workbench,
  target: FeedTarget,
  { render, site, states, isOut }: FeedGrounds,
): Promise<Decided<FeedAction>> {
  const state = stateOf(states, feedKey(target.name));
  if (state.unreadable !== undefined) {
    return { action: holdFeed(state, 'unreadable', explainUnreadable(state)), faults: [] };
  }
  const posts = selectItems(target, bench.blog.posts, isOut);
  const inputs = foreseeFeed(target, bench.blog, site, posts);
  const unchanged = keepFeed(state, inputs, digestWritten(target, bench.siteFolder, bench.config));
  if (unchanged !== undefined) return { action: unchanged, faults: [] };
  const remembered = openRememberedItems(target, inputs, { ...bench, site });
  const rendered = await renderFeed(target, posts, render, site, remembered);
  if ('fault' in rendered) {
    const { fault } = rendered;
    return { action: holdFeed(state, 'unsupported', explainUnsupported(fault)), faults: [fault] };
  }
  const { documents, short } = rendered;
  const made = {
    documents,
    fingerprint: digestDocuments(documents),
    onDisk: documents.every((document) => isWritten(bench.siteFolder, document)),
  };
  const items = posts.map(({ id }) => id);
  // What was taken from pages while its items were rendered counts among their inputs.
  const own = countShort(foreseeFeed(target, bench.blog, site, posts), [...short.keys()]);
  const action = decideFeed(state, own, made, items);
  const faults = await target.auditFiles(documents, bench.config.file);
  return { action, faults: [...[...short.values()].flat(), ...faults] };
}

/** The inputs of a feed with items that are not whole, which differ from those that are ever foreseen: it is looked at again. */
function countShort(inputs: Inputs, short: readonly PostId[]): Inputs {
  const items = short.map((id): [string, string] => [itemKey(id), `${inputs[itemKey(id)]} short`]);
  return { ...inputs, ...Object.fromEntries(items) };
}
