import type { Root, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { noticeEndings, noticeOpenings } from './notice-openings.ts';
import { urlKey } from '../../reading/url-key.ts';
import { readHttpUrl } from '../../reading/html/read-text.ts';
import { walk } from '../../reading/walk.ts';

/** Pages that gather posts or sell something, so that a link to one never names an original. */
const gatheringPages =
  /^(?:series|tags?|categor(?:y|ies)|topics?|collections?|products?|pricing|shop|store|courses?|users?|authors?)$/i;
const listingPages =
  /^(?:blog|posts?|articles?|writing|notes?|news|newsletter|subscribe|archives?|about|contact|search|page|home|index(?:\.\w+)?|feed(?:\.\w+)?|[a-z]{2}(?:-[a-z]{2})?|@.*|\d{1,2}|\d{4})$/i;

/** How far from either end of a body a notice is looked for, in blocks. */
const reach = 3;

/** Finds the notice that names the original, such as "Originally published at …", and takes it out of the tree. */
export function takeCanonicalNotice(tree: Root): string | undefined {
  const { children } = tree;
  const blocks = children.filter((node) => node.type !== 'footnoteDefinition');
  const likeliestFirst = [...blocks.slice(-reach).toReversed(), ...blocks.slice(0, reach)];
  for (const block of likeliestFirst) {
    const url = readNotice(block);
    if (url === undefined) continue;
    const neighbour = block === blocks.at(-1) ? blocks.at(-2) : block === blocks[0] ? blocks[1] : undefined;
    const gone = new Set<RootContent>([block, ...(neighbour?.type === 'thematicBreak' ? [neighbour] : [])]);
    tree.children = children.filter((node) => !gone.has(node));
    return url;
  }
  return undefined;
}

function readNotice(block: RootContent): string | undefined {
  if (block.type === 'blockquote') {
    const [only, ...others] = block.children;
    return only && others.length === 0 ? readNotice(only) : undefined;
  }
  if (block.type !== 'paragraph' && block.type !== 'heading') return undefined;
  const links = listLinks(block);
  if (links.length === 0) return undefined;
  const text = toString(block).replace(/\s+/g, ' ').trim();
  if (text.length > 400) return undefined;
  const opening = noticeOpenings
    .map((pattern) => pattern.exec(text)?.[0])
    .find((found) => found !== undefined);
  if (opening === undefined) return undefined;
  const posts = links.filter(({ url }) => leadsToPost(url));
  const [post] = posts;
  if (!post || new Set(posts.map(({ url }) => urlKey(url))).size > 1) return undefined;

  const last = links.at(-1);
  const end = last === undefined ? -1 : text.lastIndexOf(last.text);
  if (end === -1 || last === undefined) return undefined;
  const between = text.slice(opening.length, Math.max(opening.length, end));
  const after = text.slice(Math.max(end + last.text.length, opening.length));
  const short = between.length - links.reduce((sum, link) => sum + link.text.length, 0) <= 60;
  return short && !/[.;!?]\s/.test(between) && noticeEndings.some((pattern) => pattern.test(after))
    ? dropTracking(post.url)
    : undefined;
}

/** The links to pages in a block. */
function listLinks(block: RootContent): readonly { readonly url: string; readonly text: string }[] {
  const links: { readonly url: string; readonly text: string }[] = [];
  walk(block, (link) => {
    if (link.type !== 'link') return;
    const url = readHttpUrl(link.url, undefined);
    if (url !== undefined) links.push({ url, text: toString(link).replace(/\s+/g, ' ').trim() });
  });
  return links;
}

/** Whether an address looks like that of one post rather than of a site, a list, a series or a product. */
function leadsToPost(url: string): boolean {
  const { pathname } = new URL(url);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1);
  return (
    last !== undefined &&
    !listingPages.test(last) &&
    !segments.some((segment) => gatheringPages.test(segment))
  );
}

const countingParameters = /^(?:utm_.*|source|ref|fbclid|gclid|mc_[ce]id)$/i;

/** An address without its fragment and the parameters that only count visitors. */
export function dropTracking(address: string): string {
  const url = new URL(address);
  url.hash = '';
  const counters = Array.from(url.searchParams.keys()).filter((name) => countingParameters.test(name));
  for (const name of counters) url.searchParams.delete(name);
  return url.href;
}
