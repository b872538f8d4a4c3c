import { openMemo } from '../base/memo.ts';
import type { Blog } from '../blog/load.ts';
import type { Config } from '../config/load.ts';
import { digestList, digestText } from '../base/digest.ts';
import { BroadsideError } from '../base/errors.ts';
import type { Post } from '../model/post.ts';
import type { Inputs, Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { ChosenDigests, Content, Digests } from '../model/source.ts';
import type { FeedTarget } from '../model/target.ts';
import { itemKey } from './decide-feed.ts';
import { chooseDigests } from '../transform/choose-content.ts';

/** A feed's item as an earlier run rendered it, from a post that had no error. */
interface RememberedItem {
  /** The file its body was read from, relative to the blog's root. */
  readonly path: string;
  /** What the files that the body names, as it names them, were on the site. */
  readonly files: NonNullable<Content['files']>;
  readonly item: Rendition;
}

/** The items of one feed that need not be rendered again. Only ever a shortcut. */
export interface RememberedItems {
  /** What was rendered of a post that is as it was then; asked before the post is read. */
  find(post: Post): Rendition | undefined;
  /** Remembers what was rendered of a post that was asked for, from the content chosen for the feed. */
  remember(post: Post, item: Rendition, content: Content): void;
  save(): void;
}

/**
 * Opens the items that earlier runs rendered for a feed; `inputs` are those foreseen for it now. Items of sources that have no
 * files are not remembered, since their digests leave out what no copy shows.
 */
export function openRememberedItems(
  target: FeedTarget,
  inputs: Inputs,
  { blog, config, site }: { readonly blog: Blog; readonly config: Config; readonly site: Site },
): RememberedItems {
  const name = `${target.name}-${digestText(config.file).slice(0, 8)}`;
  const memo = openMemo<RememberedItem>(config.root, name, config.digest);
  const others = digestList(blog.posts.map(({ origin, lang }) => [origin.path, lang]));
  const asked = new Map<Post, { readonly key: string } & ChosenDigests>();

  /** Digests what an item is made from, but for the files that its body names. A link may lead to any post, and a hub's map shows more of its series than its inputs name. */
  const describe = (post: Post, digests: Digests): string => {
    const { options, addresses, [itemKey(post.id)]: own } = inputs;
    const series = site.seriesByPost.get(post.id);
    return digestText(JSON.stringify([options, addresses, others, own, digests, series, post]));
  };
  return {
    find(post) {
      const findFile = blog.findFileOf(post);
      const digests = findFile && readDigests(post, blog);
      if (findFile === undefined || digests === undefined) return undefined;
      const key = describe(post, digests);
      asked.set(post, { key, ...chooseDigests(digests, target.name) });
      const remembered = memo.find(itemKey(post.id), key);
      if (remembered === undefined) return undefined;
      const isSame = Object.entries(remembered.files).every(
        ([named, found]) => findFile(remembered.path, named) === found,
      );
      return isSame ? remembered.item : undefined;
    },
    remember(post, item, content) {
      const { key, digest, page } = asked.get(post) ?? {};
      if (key === undefined || item.inputs['source'] !== digest || item.inputs['page'] !== page) return;
      const { path = post.origin.path, files = {} } = content;
      memo.remember(itemKey(post.id), key, { path, files, item });
    },
    save: () => memo.save(),
  };
}

/** The digests of all of a post's bodies, since a fault in any of them is one of the post; nothing where one cannot be read. */
function readDigests(post: Post, blog: Blog): Digests | undefined {
  try {
    return blog.digest(post);
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}
