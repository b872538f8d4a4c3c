import type { Nodes, Root } from 'mdast';
import type { Post } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import { chooseSeries } from './choose-series.ts';

/** The nodes that every printer shows by themselves: not raw HTML, which is read anew, nor references, which show what stands elsewhere. */
const plainTypes: ReadonlySet<string> = new Set(
  `blockquote break code delete emphasis heading image inlineCode link list listItem paragraph root strong table tableCell tableRow
  text thematicBreak toml yaml`.split(/\s+/),
);

/** More bytes than any printer makes of one character, such as of a brace that Liquid would read. */
const bytesPerCharacter = 20;

/** More bytes than the marks of a node take, without the addresses that a relative one is completed by. */
const bytesPerNode = 300;

/** More bytes than each thing that a node stands in puts before a line of it. */
const bytesPerDepth = 6;

/** More bytes than what is put around a text, such as its cover, takes without the series. */
const bytesAround = 20_000;

/**
 * More bytes than any printer makes of a body. A body far below a limit need not be printed to be compared with it. Infinite if
 * only printing can tell.
 */
export function boundSize(tree: Root, post: Post, site: Site): number {
  const { parts = [], hub } = chooseSeries(post, site) ?? {};
  const ofSeries = [...parts, ...(hub ? [hub] : [])]
    .map(({ title, url = '', summary = '' }) => title.length + url.length + summary.length)
    .reduce((sum, length) => sum + length * bytesPerCharacter + 6 * bytesPerNode, bytesAround);
  return ofSeries + boundNode(tree, 0, bytesPerNode + post.canonicalUrl.length + site.url.length);
}

function boundNode(node: Nodes, depth: number, perNode: number): number {
  if (!plainTypes.has(node.type) || node.data !== undefined) return Number.POSITIVE_INFINITY;
  let characters = 0;
  if ('value' in node) characters += node.value.length;
  if ('url' in node) characters += node.url.length;
  if ('title' in node) characters += node.title?.length ?? 0;
  if ('alt' in node) characters += node.alt?.length ?? 0;
  if ('lang' in node) characters += node.lang?.length ?? 0;
  const before = bytesPerDepth * depth;
  let size = perNode + before + characters * (bytesPerCharacter + before);
  if ('children' in node) for (const child of node.children) size += boundNode(child, depth + 1, perNode);
  return size;
}
