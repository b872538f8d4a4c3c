import type { Root } from 'mdast';
import type { Post, PostId } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content } from '../model/source.ts';
import { absolutise, mapAddresses } from './absolutise-urls.ts';
import { placeBelowSite } from '../reading/front-matter/canonical-url.ts';
import { chooseAddress } from './choose-address.ts';
import { findLinkEnd, type LinkStart, pageReference } from './find-linked-post.ts';

/** A fragment that the site and dev.to make alike of a heading, so that a link to a copy's section may keep it. */
const plainFragment = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * Makes every address in a tree absolute: links to posts lead where the target's links lead, files beside the post and in
 * the site's folders get their address on the site, and the rest is read from the post's own page. Returns the other posts
 * that are linked to, by id, each with the address first shown; drafts are not among them.
 */
export function resolveLinks(
  tree: Root,
  post: Pick<Post, 'id' | 'origin' | 'canonicalUrl' | 'lang'>,
  content: Pick<Content, 'files' | 'path'>,
  site: Site,
  target: string,
): Record<PostId, string> {
  const links: Record<PostId, string> = {};
  const from: LinkStart = { post, path: content.path ?? post.origin.path };
  mapAddresses(tree, (written, role) => {
    const file = content.files?.[written];
    const isReference = written.startsWith(pageReference);
    if (typeof file === 'string' && !isReference) return file;
    const placed = placeBelowSite(written, post.canonicalUrl, site.url);
    if (role === 'file') return absolutise(placed, post.canonicalUrl);
    const end = findLinkEnd(written, from, site);
    if (end.kind === 'missing' && end.isReference) return typeof file === 'string' ? file : undefined;
    if (end.kind !== 'post') return absolutise(placed, post.canonicalUrl);
    const { post: linked, query, fragment } = end;
    const mark = fragment === '' ? '' : `#${fragment}`;
    const address = linked.id === post.id ? post.canonicalUrl : chooseAddress(linked, site, target);
    const url =
      address === linked.canonicalUrl
        ? `${address}${address.includes('?') ? '' : query}${mark}`
        : `${address}${plainFragment.test(fragment) ? mark : ''}`;
    if (!linked.draft && linked.id !== post.id) links[linked.id] ??= url;
    return url;
  });
  return links;
}
