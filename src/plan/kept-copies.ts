import { digestList, digestText } from '../base/digest.ts';
import { BroadsideError } from '../base/errors.ts';
import { openMemo } from '../base/memo.ts';
import type { Blog } from '../blog/load.ts';
import type { Config } from '../config/load.ts';
import { stateKey, type CopyStates } from '../model/ledger.ts';
import type { PostActionOf } from '../model/plan.ts';
import type { Post } from '../model/post.ts';
import type { Series, Site } from '../model/site.ts';
import type { HoldingTarget } from '../model/target.ts';
import { digestAddresses } from './feed.ts';

type KeptAction = PostActionOf<'keep'>;

/**
 * The copies that an earlier plan kept, made from the same as now: neither their state nor their inputs need be looked at. Only
 * ever a shortcut.
 */
export interface KeptCopies {
  find(post: Post, target: HoldingTarget): KeptAction | undefined;
  remember(post: Post, target: HoldingTarget, action: KeptAction): void;
  save(): void;
}

/** What the copies of a blog are decided from. */
export interface KeptGrounds {
  readonly config: Config;
  readonly blog: Blog;
  readonly site: Site;
  readonly states: CopyStates;
}

/**
 * Opens what earlier plans without words kept. That a copy is kept follows from the config, its entries, the bytes of its post, the
 * series as it is shown, and where links to posts lead. Time only counts for a post that expires, and for a copy whose target has asked
 * to wait; such a copy is looked at each time.
 */
export function openKeptCopies({ config, blog, site, states }: KeptGrounds): KeptCopies {
  const addresses = digestList([
    digestAddresses(blog.posts),
    ...[...site.copies].map(([target, copies]) => [target, ...[...copies].flat()]),
  ]);
  const name = `kept-${digestText(config.file).slice(0, 8)}`;
  const memo = openMemo<null>(config.root, name, `${config.digest} ${addresses}`);

  // Parts of a series that are out show the same of it.
  const digests = new WeakMap<Series, string>();
  const digestSeries = (series: Series): string => {
    const digest = digests.get(series) ?? digestText(JSON.stringify(series));
    digests.set(series, digest);
    return digest;
  };
  const describe = (post: Post, key: string): string | undefined => {
    const version = states.versionOf?.(key);
    if (version === undefined || post.expiresAt !== undefined) return undefined;
    try {
      const series = site.seriesByPost.get(post.id);
      const { digest, page, variants } = blog.digest(post);
      const rest = [page, variants, post.syndicate, post.draft];
      const own = rest.every(isNothing) ? '' : digestText(JSON.stringify(rest));
      return `${version} ${digest} ${own} ${series === undefined ? '' : digestSeries(series)}`;
    } catch (error) {
      if (error instanceof BroadsideError) return undefined;
      throw error;
    }
  };
  const keyOf = ({ id }: Post, { name: target }: HoldingTarget): string => stateKey({ target, postId: id });
  return {
    find(post, target) {
      const key = keyOf(post, target);
      const recalled = memo.knows(key) ? memo.recall(key, describe(post, key)) : undefined;
      return recalled && parseNote(recalled.note, post, target);
    },
    remember(post, target, action) {
      const key = keyOf(post, target);
      memo.remember(key, describe(post, key), null, formatNote(action));
    },
    save: () => memo.save(),
  };
}

/** Whether there is nothing in a part of a post. */
function isNothing(part: unknown): boolean {
  return part === undefined || part === false || (typeof part === 'object' && part !== null && isEmpty(part));
}

function isEmpty(part: object): boolean {
  for (const key in part) if (Object.hasOwn(part, key)) return false;
  return true;
}

/** What the action of a kept copy says beyond its post and its target. */
function formatNote({ ledgerLength, remoteId = '', url = '' }: KeptAction): string {
  return [ledgerLength, remoteId, url].join('\n');
}

function parseNote(note: string, { id }: Post, { name }: HoldingTarget): KeptAction {
  const [length, remoteId = '', url = ''] = note.split('\n');
  return {
    verb: 'keep',
    reason: 'unchanged',
    target: name,
    post: id,
    ledgerLength: Number(length),
    remoteId,
    url,
  };
}
