import type { Blog } from '../blog/load.ts';
import type { PostRenderer } from '../blog/render-posts.ts';
import { digestJson, digestList } from '../base/digest.ts';
import { BroadsideError } from '../base/errors.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Inputs, Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { ChosenDigests } from '../model/source.ts';
import type { FeedDocument, FeedTarget } from '../model/target.ts';
import { itemKey } from './decide-feed.ts';
import { chooseDigests } from '../transform/choose-content.ts';
import type { RememberedItems } from './remembered-items.ts';

/** A feed as it should be: its items and its files, or the fault of a post that could not be read, which keeps it from being made. */
export type RenderedFeed =
  | {
      readonly items: readonly Rendition[];
      readonly documents: readonly FeedDocument[];
      /** What to say about items that cannot be whole, by post. */
      readonly short: ReadonlyMap<PostId, readonly Diagnostic[]>;
    }
  | { readonly fault: Diagnostic };

/**
 * Renders `posts`, which a feed shows, except those `remembered`, and writes its files to memory. If a post cannot be read, the
 * feed stays as it is.
 */
export async function renderFeed(
  target: FeedTarget,
  posts: readonly Post[],
  render: PostRenderer,
  site: Site,
  remembered?: RememberedItems,
): Promise<RenderedFeed> {
  const items: Rendition[] = [];
  const short = new Map<PostId, readonly Diagnostic[]>();
  for (const post of posts) {
    const known = remembered?.find(post);
    if (known !== undefined) {
      items.push(known);
      continue;
    }
    const { diagnostics, shown } = await render(post, [target]);
    const own = shown.get(target.name);
    const fault = diagnostics.find(({ severity }) => severity === 'error');
    if (fault !== undefined) return { fault };
    if (own === undefined) continue;
    items.push(own.rendition);
    if (own.isShort === true) short.set(post.id, diagnostics);
    else remembered?.remember(post, own.rendition, own.content);
  }
  remembered?.save();
  return { items, short, documents: await target.assemble(items, site) };
}

/** A digest of a feed's files, as its receipts hold it; their order does not matter. */
export function digestDocuments(documents: readonly Pick<FeedDocument, 'path' | 'text'>[]): string {
  return digestJson(Object.fromEntries(documents.map(({ path, text }) => [path, text])));
}

/**
 * What a feed would be made of, without reading a body: its options, its items, and where all posts are, since items may link to
 * any of them.
 */
export function foreseeFeed(target: FeedTarget, blog: Blog, site: Site, posts: readonly Post[]): Inputs {
  const items = posts.map((post): [string, string] => {
    const digests = digestPost(post, blog, target);
    const { options: _, ...inputs } = target.foresee?.(post, digests, [], site) ?? {};
    return [itemKey(post.id), digestJson({ ...inputs, url: post.canonicalUrl })];
  });
  return {
    options: target.digestOptions(site),
    addresses: digestAddresses(blog.posts),
    ...Object.fromEntries(items),
  };
}

const addresses = new WeakMap<readonly Post[], string>();

/** A digest of where all posts of a blog are, made once. */
export function digestAddresses(posts: readonly Post[]): string {
  const digest =
    addresses.get(posts) ?? digestList(posts.map(({ id, canonicalUrl, draft }) => [id, canonicalUrl, draft]));
  addresses.set(posts, digest);
  return digest;
}

/** A post that cannot be read has no digest, which no receipt has either. */
function digestPost(post: Post, blog: Blog, { name }: FeedTarget): ChosenDigests {
  try {
    return chooseDigests(blog.digest(post), name);
  } catch (error) {
    if (error instanceof BroadsideError) return { digest: '' };
    throw error;
  }
}
