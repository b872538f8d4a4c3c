import { openCacheFile } from '../cache-file.ts';
import type { Blog } from '../blog.ts';
import type { Config } from '../config.ts';
import { digestText } from '../digest.ts';
import type { Post } from '../model/post.ts';
import type { Inputs, Rendition } from '../model/rendition.ts';
import type { Content } from '../model/source.ts';
import type { FeedTarget } from '../model/target.ts';
import { itemKey } from '../plan/assemble.ts';

/** A feed's item as an earlier run rendered it, from a post that had no error. */
interface KeptItem {
  /** Digests what it was made from, but for the files that its body names. */
  readonly key: string;
  /** The file its body was read from, relative to the blog's root. */
  readonly path: string;
  /** What the files that the body names, as it names them, were on the site. */
  readonly files: NonNullable<Content['files']>;
  readonly item: Rendition;
}

/** The items of one feed that need not be rendered again. Only ever a shortcut. */
export interface KeptItems {
  find(post: Post): Rendition | undefined;
  keep(post: Post, item: Rendition, content: Content): void;
  /** Writes what is new, and forgets what was not asked for. */
  save(): void;
}

/** Opens the items that earlier runs rendered for a feed; `inputs` are those foreseen for it now. */
export function openKeptItems(target: FeedTarget, inputs: Inputs, blog: Blog, config: Config): KeptItems {
  const file = openCacheFile(
    config.root,
    `${target.name}-${digestText(config.file).slice(0, 8)}`,
    config.digest,
  );
  const known = (file.read() ?? {}) as Readonly<Record<string, KeptItem>>;
  const shown: Record<string, KeptItem> = {};
  const paths = digestText(blog.posts.map(({ origin }) => origin.path).join('\n'));
  const { options = '', addresses = '' } = inputs;
  const keyOf = (post: Post): string =>
    digestText(JSON.stringify([options, addresses, paths, inputs[itemKey(post.id)], post]));
  let changed = false;
  return {
    find(post) {
      const kept = known[itemKey(post.id)];
      if (kept === undefined || kept.key !== keyOf(post)) return undefined;
      const { path, files } = kept;
      const isSame = Object.entries(files).every(([named, at]) => blog.findFile(post, path, named) === at);
      if (!isSame) return undefined;
      shown[itemKey(post.id)] = kept;
      return kept.item;
    },
    keep(post, item, { path = post.origin.path, files = {} }) {
      shown[itemKey(post.id)] = { key: keyOf(post), path, files, item };
      changed = true;
    },
    save() {
      if (changed) file.write(shown);
    },
  };
}
