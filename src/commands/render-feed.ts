import { auditPost, openPost, type Blog } from '../blog.ts';
import type { Config } from '../config.ts';
import { digestJson } from '../digest.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { FeedDocument, FeedTarget } from '../model/target.ts';
import { selectItems } from '../plan/assemble.ts';

/** A feed as it should be: its items and its files, or the fault of a post that keeps it from being made. */
export type RenderedFeed =
  | { readonly items: readonly Rendition[]; readonly documents: readonly FeedDocument[] }
  | { readonly fault: Diagnostic };

/** Renders the posts that a feed shows, and writes its files, to memory; a post with an error keeps it as it is. */
export async function renderFeed(
  target: FeedTarget,
  { blog, config }: { readonly blog: Blog; readonly config: Config },
  site: Site,
  isOut: (post: Post) => boolean,
): Promise<RenderedFeed> {
  const items: Rendition[] = [];
  for (const post of selectItems(target, blog.posts, isOut)) {
    const opened = await openPost(post, blog, async (content) => ({
      faults: await auditPost(post, content, [target], site, config, blog),
      item: target.render(post, content, site),
    }));
    if ('fault' in opened) return opened;
    const fault = opened.result.faults.find(({ severity }) => severity === 'error');
    if (fault !== undefined) return { fault };
    items.push(opened.result.item);
  }
  return { items, documents: target.assemble(items, site) };
}

/** A digest of a feed's files, as its receipts hold it. */
export function digestDocuments(documents: readonly FeedDocument[]): string {
  return digestJson(documents.map(({ path, type, text }) => ({ path, type, text })));
}
